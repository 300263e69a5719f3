"""The demonstration's candidates are loaded through the pages that people use, once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import yaml
from sqlalchemy import Engine

from gateway.cli.run import demo_day
from gateway.demo.nurture import CANDIDATES, load_candidates
from gateway.demo.sample import DOSSIERS
from services.identity import main as identity
from shared.plan.shelf import shelf
from shared.settings import settings


@pytest.fixture
def demonstration(database: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The first plan in force, with its sample people."""
    monkeypatch.setenv("GUONGSANG_DEMO", "1")
    settings.cache_clear()
    plan = next(iter(shelf().values()))
    identity.activate(plan)
    identity.enroll_sample_people(plan)
    yield database
    monkeypatch.undo()
    settings.cache_clear()


def trails(database: Engine) -> dict[str, list[Any]]:
    """{candidate: what was done, in order}"""
    with database.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT name, array_agg(kind ORDER BY happened_on, kind <> 'chosen', noted_at) FROM nomination.candidate"
            " JOIN nomination.trail ON candidate_id = candidate.id GROUP BY name"
        )
        return {row.name: row[1] for row in rows}


def loaded() -> None:
    """Load them in a thread of its own: a browser of another test may keep this one's loop running."""
    with ThreadPoolExecutor(1) as beside:
        beside.submit(load_candidates).result()


def test_each_sample_candidate_has_the_whole_trail_and_loading_again_adds_nothing(demonstration: Engine) -> None:
    told = yaml.safe_load(CANDIDATES.read_text(encoding="utf-8"))

    loaded()
    first = trails(demonstration)
    loaded()

    assert first == {each["name"]: ["chosen", "buoc", *(deed["do"] for deed in each["then"])] for each in told}
    assert trails(demonstration) == first


def test_nothing_of_the_sample_lies_ahead_of_the_demonstrations_day() -> None:
    candidates = yaml.safe_load(CANDIDATES.read_text(encoding="utf-8"))
    dossiers = yaml.safe_load(DOSSIERS.read_text(encoding="utf-8"))

    days = [one["day"] for one in [*dossiers, *candidates, *(deed for each in candidates for deed in each["then"])]]

    assert max(days) <= demo_day().date()

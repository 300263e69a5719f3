"""The real plan, and a way to let report hear events as the bus would tell them."""

from collections.abc import Callable
from datetime import date

import pytest

from services.report.handlers import ear
from shared.bus.consume import consume
from shared.bus.record import record
from shared.database import engine_of, transaction
from shared.events.nomination import Consent, NominationSubmitted, Nominee
from shared.ids import new_id
from shared.plan import Plan
from shared.plan.shelf import shelf


@pytest.fixture
def plan(installation: None) -> Plan:
    return next(iter(shelf().values()))


@pytest.fixture
def tell(database, plan) -> Callable:
    """Says events, one transaction each, and has report hear all that waits for it; the ids of what was said."""

    def told(*events):
        ids = []
        for event in events:
            with transaction(database) as session:
                ids.append(record(session, event, plan))
        hear_all(database)
        return ids

    return told


def hear_all(database) -> None:
    while True:
        with database.begin() as connection:
            waiting = connection.exec_driver_sql(
                "SELECT event_id FROM bus.delivery WHERE hearer = 'report' AND state = 'pending' ORDER BY event_id"
            )
            ids = list(waiting.scalars())
        if not ids or not consume(engine_of("report"), ear, ids):
            return


@pytest.fixture
def submitted(plan) -> Callable:
    """Makes a `nomination.submitted` of the plan's first village."""

    def make(on: date = date(2025, 5, 2), **changes) -> NominationSubmitted:
        village = next(unit for unit in plan.units if unit.kind == "village")
        values = {
            "nomination_id": new_id(),
            "code": "DC-2025-0001",
            "unit_id": village.id,
            "unit_key": village.key,
            "source": "village",
            "subject_kind": plan.subject_kinds[0].id,
            "model_kind": plan.model_kinds[0].id,
            "field": plan.fields[3].id,
            "movement": plan.movements[0].id,
            "areas": [plan.achievement_areas[0].id],
            "initiative": False,
            "direct_worker": True,
            "headline": "Nuôi ong dưới tán rừng",
            "story": "Một câu chuyện đủ dài để kể.",
            "happened_on": None,
            "photo": None,
            "submitted_on": on,
            "answer_by": date(2025, 5, 16),
            "consent": Consent(
                given_by="self",
                proof="spoken",
                publish_name=True,
                publish_story=True,
                publish_photo=False,
                text_version="1",
            ),
            "personal": Nominee(name="Người Mẫu"),
        }
        return NominationSubmitted(**values | changes)

    return make

"""Everybody on the plan's list of recipients is told that it is in force, whenever they are enrolled."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine

from shared.access.principal import Role
from shared.bus.consume import consume
from shared.bus.record import act_as, record
from shared.database import engine_of, transaction
from shared.plan import Plan, Unit
from shared.plan.shelf import shelf
from shared.settings import settings
from tests.notify.conftest import Enrol, Say, activate, mail_all, submitted, tell_again, waiting
from tests.notify.postbox import Postbox
from tests.worlds import Rows

SENT = (
    "SELECT data->>'recipient', data->>'channel' FROM bus.event "
    "WHERE type LIKE '%message.sent%' AND data->>'about' = :about"
)


def lines_told(rows: Rows, about: str = "plan.activated") -> set[str]:
    return {recipient for recipient, channel in rows(SENT, about=about) if channel == "inbox"}


def test_every_line_of_the_list_is_told_of_the_plan(active: Plan, office: dict[Role, UUID], rows: Rows) -> None:
    assert lines_told(rows) == {line.id for line in active.recipients}
    clauses = {
        clause.id
        for recipient in lines_told(rows)
        for clause in active.clauses_proved_by("message.sent", {"recipient": recipient})
    }
    assert {f"R{number}" for number in range(90, 99)} <= clauses


def test_people_who_were_enrolled_first_are_told_when_the_plan_comes_into_force(
    database: Engine, plan: Plan, enrol: Enrol, rows: Rows
) -> None:
    from services.identity import main as identity  # noqa: PLC0415 -- settings must point to the test database first
    from services.notify.handlers import ear  # noqa: PLC0415

    identity.activate(plan, today=plan.period.starts_on)
    identity.enroll_person(plan, name="Chủ tịch", email="chu-tich@xa.example", role=Role.CHAIR, unit=plan.unit.key)
    first, second = waiting()
    consume(engine_of("notify"), ear, [second])
    assert rows("SELECT * FROM notify.message") == []

    consume(engine_of("notify"), ear, [first])

    assert rows("SELECT recipients FROM notify.message") == [(["chairs"],)]


def test_a_receipt_waits_for_the_enrolment_of_its_nominator_and_is_mailed_then(
    active: Plan, village: Unit, rows: Rows
) -> None:
    from services.identity import main as identity  # noqa: PLC0415 -- settings must point to the test database first
    from services.notify.handlers import ear  # noqa: PLC0415

    head = {"name": "Trưởng thôn", "email": "thon@xa.example", "role": Role.NOMINATOR, "unit": village.key}
    person_id = identity.enroll_person(active, **head)
    (enrolled,) = waiting()
    with transaction(engine_of("notify")) as session:
        act_as(session, person_id)
        record(session, submitted(active), active)
    sent = next(event_id for event_id in waiting() if event_id != enrolled)
    consume(engine_of("notify"), ear, [sent])
    assert rows("SELECT * FROM notify.message WHERE letter = 'receipt'") == []

    consume(engine_of("notify"), ear, [enrolled])
    consume(engine_of("notify"), ear, [sent])

    assert rows("SELECT person_id, mail_state FROM notify.message WHERE letter = 'receipt'") == [(person_id, "planned")]


def test_a_person_in_two_lines_gets_one_message_and_both_lines_are_proved(
    active: Plan, enrol: Enrol, rows: Rows
) -> None:
    office = next(unit for unit in active.units if unit.kind == "office" and unit.parent == active.unit.key)
    both = [line.id for line in active.recipients if office.key in line.units]

    enrol(Role.CLERK, office)

    assert len(both) > 1
    ((recipients,),) = rows("SELECT recipients FROM notify.message")
    assert set(both) <= set(recipients)
    assert set(both) <= lines_told(rows)


def test_a_second_office_brings_no_second_letter_but_proves_its_line(active: Plan, enrol: Enrol, rows: Rows) -> None:
    enrol(Role.CHAIR, email="le@xa.example")
    assert "council_members" not in lines_told(rows)

    enrol(Role.COUNCIL_MEMBER, email="le@xa.example", name=f"{Role.CHAIR} {active.unit.key}")

    assert rows("SELECT recipients FROM notify.message") == [(["chairs", "council_members"],)]
    assert {"chairs", "council_members"} <= lines_told(rows)


def test_the_clerk_keeps_the_letter_for_bodies_that_have_no_people_here(active: Plan, enrol: Enrol, rows: Rows) -> None:
    enrol(Role.CLERK)

    assert lines_told(rows) == {"officers", "standing_boards", "archive"}
    assert rows("SELECT count(*) FROM notify.message") == [(1,)]


def test_lines_whose_people_never_came_are_kept_by_the_clerk_once_work_begins(
    active: Plan, enrol: Enrol, say: Say, rows: Rows
) -> None:
    enrol(Role.CLERK)
    assert "website" not in lines_told(rows)

    say(submitted(active))

    assert lines_told(rows) == {line.id for line in active.recipients}
    assert rows("SELECT open_lines FROM notify.activation") == [([],)]


def test_without_a_clerk_lines_stay_open_until_there_is_one(active: Plan, enrol: Enrol, say: Say, rows: Rows) -> None:
    say(submitted(active))
    assert lines_told(rows) == set()

    enrol(Role.CLERK)
    say(submitted(active, code="DC-2025-0148"))

    assert lines_told(rows) == {line.id for line in active.recipients}


@pytest.fixture
def with_mailboxes(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plan]:
    """The same plan whose villages and standing boards have mailboxes of their own."""
    text = (settings().plans_dir / f"{plan.id}.yaml").read_text(encoding="utf-8")
    for key in (*(f"village-{number}" for number in range(1, 7)), "party-committee"):
        text = re.sub(rf"(key: {key})(, |\n)", rf"\1\2email: {key}@xa.example\2", text, count=1)
    text = text.replace("\nemail:", "\n    email:")
    (tmp_path / f"{plan.id}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("GUONGSANG_PLANS_DIR", str(tmp_path))
    settings.cache_clear()
    yield shelf()[plan.id]
    monkeypatch.undo()
    settings.cache_clear()


def test_a_unit_without_people_is_told_in_its_mailbox(
    database: Engine, post: Postbox, with_mailboxes: Plan, rows: Rows
) -> None:
    activate(with_mailboxes)
    assert lines_told(rows) == set()

    mail_all()

    assert {str(letter["To"]) for letter in post.taken} == {
        *(f"Thôn {n} <village-{n}@xa.example>" for n in range(1, 7)),
        "Thường trực Đảng ủy xã <party-committee@xa.example>",
    }
    assert set(rows(SENT, about="plan.activated")) == {("grassroots_units", "mail"), ("standing_boards", "mail")}


def test_a_plan_that_is_heard_of_again_tells_nobody_twice(active: Plan, office: dict[Role, UUID], rows: Rows) -> None:
    before = rows("SELECT id, recipients FROM notify.message ORDER BY id"), rows(SENT, about="plan.activated")

    tell_again(rows)

    after = rows("SELECT id, recipients FROM notify.message ORDER BY id"), rows(SENT, about="plan.activated")
    assert after == before

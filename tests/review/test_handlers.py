"""What review does when it hears of a nomination: a case is opened once, and closed when the dossier goes back."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from shared import clock
from shared.bus.consume import consume
from shared.database import engine_of
from shared.ids import new_id
from shared.plan import Plan
from tests.review.conftest import STORY, OpensCase, nomination_under, told, withdrawal_of
from tests.worlds import Rows

NOON = datetime(2024, 11, 14, 5, tzinfo=UTC)


def test_a_nomination_told_five_times_opens_one_case_with_its_own_copy(
    plan: Plan, rows: Rows, database: Engine
) -> None:
    nomination = nomination_under(plan)

    with clock.set_to(NOON):
        told(plan, nomination, times=5)

    cases = rows(
        "SELECT nomination_id, plan_id, code, unit_id, nominee_name, folded_name, story, photo, stage, opened_on,"
        ' answer_by, version, decided_on, consent FROM review."case"'
    )
    assert cases == [
        (
            nomination.nomination_id, plan.id, "DC-2024-0147", nomination.unit_id, "Lò Thị Ấm", "lo thi am", STORY,
            None, "open", date(2024, 11, 14), date(2024, 11, 28), 1, None, nomination.consent.model_dump(),
        )
    ]  # fmt: skip


def test_the_opening_is_said_once_as_the_nominations_doing(plan: Plan, rows: Rows, database: Engine) -> None:
    nomination = nomination_under(plan)

    (event_id,) = told(plan, nomination, times=3)

    (case_id,) = rows('SELECT id FROM review."case"')[0]
    said = rows(
        "SELECT subject, subjectversion, data, causationid, correlationid, planid, unitid, source FROM bus.event"
        " WHERE type = 'vn.guongsang.case.opened.v1'"
    )
    assert said == [
        (
            f"case/{case_id}", 1,
            {
                "case_id": str(case_id), "nomination_id": str(nomination.nomination_id), "code": "DC-2024-0147",
                "unit_id": str(nomination.unit_id), "field": nomination.field,
                "subject_kind": nomination.subject_kind, "model_kind": nomination.model_kind,
                "answer_by": "2024-11-28",
            },
            event_id, nomination.nomination_id, plan.id, plan.unit.id, "/review",
        )
    ]  # fmt: skip
    hearers = rows(
        "SELECT hearer FROM bus.delivery WHERE subject = :subject ORDER BY hearer",
        subject=f"case/{case_id}",
    )
    assert hearers == [("nomination",), ("notify",), ("report",)]


def test_a_hundred_nominations_in_one_batch_open_a_hundred_cases(plan: Plan, rows: Rows, database: Engine) -> None:
    told(plan, *(nomination_under(plan, code=f"DC-2024-{number:04}") for number in range(100)))

    assert rows('SELECT count(*), count(DISTINCT code) FROM review."case"') == [(100, 100)]
    assert rows("SELECT count(*) FROM bus.event WHERE type = 'vn.guongsang.case.opened.v1'") == [(100,)]


def test_a_dossier_taken_back_closes_its_case_even_when_both_come_together(
    plan: Plan, rows: Rows, database: Engine
) -> None:
    nomination = nomination_under(plan)

    with clock.set_to(NOON):
        told(plan, nomination, withdrawal_of(nomination.nomination_id, plan), times=2)

    assert rows('SELECT stage, taken_back_on, taken_back_because, decided_on, version FROM review."case"') == [
        ("withdrawn", date(2024, 11, 14), "Người được đề cử đổi ý", None, 2)
    ]


def test_a_decision_stays_when_the_dossier_is_taken_back_afterwards(
    plan: Plan, rows: Rows, opens_case: OpensCase, scored, decided
) -> None:
    nomination_id = new_id()
    case_id = opens_case(nomination_id=nomination_id)
    scored(case_id, 8, 8, 8)
    decided(case_id, "recognised")

    told(plan, withdrawal_of(nomination_id, plan))

    assert rows('SELECT stage, taken_back_on IS NOT NULL, decided_by_name FROM review."case"') == [
        ("recognised", True, "Lê Văn Chủ")
    ]


def test_a_withdrawal_delivered_first_waits_for_its_nomination(plan: Plan, rows: Rows, database: Engine) -> None:
    from services.review.handlers import ear  # noqa: PLC0415 -- settings must point to the test database first

    nomination = nomination_under(plan)
    submitted, withdrawn = told(plan, nomination, withdrawal_of(nomination.nomination_id, plan), times=0)

    consume(engine_of("review"), ear, [withdrawn])
    assert rows('SELECT count(*) FROM review."case"') == [(0,)]
    consume(engine_of("review"), ear, [submitted])
    consume(engine_of("review"), ear, [withdrawn])

    assert rows('SELECT stage FROM review."case"') == [("withdrawn",)]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("stage = 'recognised'", "case_decided_says_who_when_why"),
        ("stage = 'withdrawn'", "case_withdrawn_has_a_day"),
        ("stage = 'lost'", "case_stage_is_known"),
        (
            "stage = 'declined', decided_on = '2024-11-20', decided_by = id, decided_by_name = 'A', reason = ''",
            "case_refusal_has_a_reason",
        ),
    ],
)
def test_the_database_refuses_a_case_that_contradicts_itself(
    rows: Rows, opens_case: OpensCase, change: str, constraint: str
) -> None:
    opens_case()

    with pytest.raises(IntegrityError) as refused:
        rows(f'UPDATE review."case" SET {change}')

    assert constraint in str(refused.value)


def test_the_service_may_not_look_into_another_services_tables(in_review, rows: Rows) -> None:
    assert rows("SELECT count(*) FROM nomination.nomination") == [(0,)]  # the table is there to be looked into

    with pytest.raises(ProgrammingError, match="permission denied"):
        in_review.connection().execute(text("SELECT count(*) FROM nomination.nomination"))
    in_review.rollback()

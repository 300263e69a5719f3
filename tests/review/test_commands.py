"""Scores, decisions and what follows: who may, what is said, and that twice is once."""

from datetime import date

import pytest
from sqlalchemy import Engine

from services.review import commands
from services.review.rules.awards import Track
from services.review.rules.stages import Outcome
from shared.access.principal import Role
from shared.bus.record import act_as
from shared.database import engine_of, transaction
from shared.errors import Conflict, NotFound, Refused
from shared.ids import new_id
from shared.plan import Plan
from tests.review.conftest import OpensCase, in_office, nomination_under, person, told, withdrawal_of
from tests.worlds import Rows

DAY = date(2024, 11, 20)
SAID = "SELECT data, actorid, correlationid, causationid FROM bus.event WHERE type = :type ORDER BY id"


def full(plan: Plan, points: int, field: str | None = None) -> dict[str, int]:
    return dict.fromkeys([*(each.id for each in plan.criteria), field or plan.fields[-1].id], points)


def test_a_sheet_is_said_with_every_criterion_and_by_whom(plan: Plan, opens_case: OpensCase, rows: Rows) -> None:
    nomination_id = new_id()
    case_id = opens_case(nomination_id=nomination_id)
    member = person(plan, Role.COUNCIL_MEMBER)

    with transaction(engine_of("review")) as session:
        act_as(session, member.person_id)
        commands.score(session, member, case_id, points=full(plan, 8), note="Việc thật, người thật.")

    ((data, actor, correlation, cause),) = rows(SAID, type="vn.guongsang.case.scored.v1")
    assert data == {
        "case_id": str(case_id), "nomination_id": str(nomination_id), "member_id": str(member.person_id),
        "scores": full(plan, 8),
    }  # fmt: skip
    assert (actor, correlation) == (member.person_id, nomination_id)
    assert rows("SELECT type FROM bus.event WHERE id = :id", id=cause) == [("vn.guongsang.case.opened.v1",)]


def test_the_same_sheet_twice_is_one_and_another_replaces_it(
    plan: Plan, opens_case: OpensCase, scored, rows: Rows
) -> None:
    case_id = opens_case()

    scored(case_id, 8)
    scored(case_id, 8)
    scored(case_id, 5)

    assert rows("SELECT DISTINCT points FROM review.score") == [(5,)]
    assert rows("SELECT count(*) FROM review.score") == [(5,)]
    assert rows("SELECT count(*) FROM bus.event WHERE type = 'vn.guongsang.case.scored.v1'") == [(2,)]


def test_nobody_scores_a_case_that_is_decided(plan: Plan, opens_case: OpensCase, scored, decided, rows: Rows) -> None:
    case_id = opens_case()
    scored(case_id, 8, 8, 8)
    decided(case_id, "recognised")

    with pytest.raises(Refused) as refused:
        scored(case_id, 1)

    assert refused.value.key == "case.closed_to_scores"
    assert rows("SELECT DISTINCT points FROM review.score") == [(8,)]


@pytest.mark.parametrize(
    ("outcome", "reason", "event"),
    [
        ("recognised", "", "case.recognised"),
        ("nurture", "Cần thêm thời gian.", "case.sent_to_nurture"),
        ("declined", "Chưa nêu kết quả.", "case.declined"),
    ],
)
def test_a_decision_is_said_once_with_all_that_hearers_need(
    plan: Plan, opens_case: OpensCase, scored, decided, rows: Rows, outcome: str, reason: str, event: str
) -> None:
    nomination = nomination_under(plan)
    case_id = opens_case(nomination_id=nomination.nomination_id)
    scored(case_id, 8, 8, 8)

    decided(case_id, outcome, reason)
    decided(case_id, outcome, reason)

    ((data, _, correlation, _),) = rows(SAID, type=f"vn.guongsang.{event}.v1")
    assert data == {
        "case_id": str(case_id), "nomination_id": str(nomination.nomination_id), "code": "DC-2024-0147",
        "unit_id": str(nomination.unit_id), "field": nomination.field, "subject_kind": nomination.subject_kind,
        "model_kind": nomination.model_kind, "decided_on": "2024-11-20", "reason": reason,
    }  # fmt: skip
    assert correlation == nomination.nomination_id
    assert rows('SELECT stage, decided_on, decided_by_name, reason, version FROM review."case"') == [
        (outcome, DAY, "Lê Văn Chủ", reason, 2)
    ]


def test_a_recognition_carries_out_the_clause_of_its_field(
    plan: Plan, opens_case: OpensCase, scored, decided, rows: Rows
) -> None:
    case_id = opens_case()
    scored(case_id, 8, 8, 8)

    decided(case_id, "recognised")

    own = plan.clause(plan.fields[-1].clause).section
    assert rows("SELECT planstep FROM bus.event WHERE type = 'vn.guongsang.case.recognised.v1'") == [(own,)]


def test_the_chair_cannot_decide_before_the_sheets_are_in_and_nothing_is_said(
    plan: Plan, opens_case: OpensCase, scored, decided, rows: Rows
) -> None:
    case_id = opens_case()
    scored(case_id, 9, 9)

    with pytest.raises(Refused) as refused:
        decided(case_id, "recognised")

    assert (refused.value.key, refused.value.details["missing"]) == ("case.sheets_missing", 1)
    assert rows('SELECT stage FROM review."case"') == [("open",)]
    assert rows(SAID, type="vn.guongsang.case.recognised.v1") == []


def test_a_second_chair_is_told_who_decided_and_when(opens_case: OpensCase, scored, decided) -> None:
    case_id = opens_case()
    scored(case_id, 8, 8, 8)
    decided(case_id, "nurture", "Cần thêm thời gian.")

    with pytest.raises(Conflict) as conflict:
        decided(case_id, "recognised", number=2)

    assert (conflict.value.key, conflict.value.details) == (
        "case.decided_already.nurture",
        {"who": "Lê Văn Chủ", "day": "20/11/2024"},
    )


def test_a_decision_on_a_case_that_has_changed_meanwhile_is_a_conflict(
    plan: Plan, opens_case: OpensCase, scored
) -> None:
    case_id = opens_case()
    scored(case_id, 8, 8, 8)

    with pytest.raises(Conflict) as conflict, transaction(engine_of("review")) as session:
        commands.decide(
            session, person(plan, Role.CHAIR), case_id, outcome=Outcome.RECOGNISED, reason="", today=DAY, version=7
        )

    assert conflict.value.key == "case.changed"


def test_a_commendation_is_proposed_once_and_said(
    plan: Plan, opens_case: OpensCase, scored, decided, rows: Rows
) -> None:
    nomination = nomination_under(plan)
    case_id = opens_case(nomination_id=nomination.nomination_id)
    scored(case_id, 8, 8, 8)
    decided(case_id, "recognised")
    clerk = person(plan, Role.CLERK)

    for _ in range(2):
        with transaction(engine_of("review")) as session:
            commands.propose_commendation(session, clerk, case_id, track=Track.ROLE_MODEL_MERIT, today=DAY)

    ((data, _, correlation, _),) = rows(SAID, type="vn.guongsang.commendation.proposed.v1")
    assert data == {
        "case_id": str(case_id), "nomination_id": str(nomination.nomination_id), "unit_id": str(nomination.unit_id),
        "track": "role_model_merit", "form": "giay_khen", "proposed_on": "2024-11-20",
    }  # fmt: skip
    assert correlation == nomination.nomination_id


def test_a_model_is_put_forward_to_the_plans_next_tier_once(
    plan: Plan, opens_case: OpensCase, scored, decided, rows: Rows
) -> None:
    case_id = opens_case()
    scored(case_id, 8, 8, 8)
    decided(case_id, "recognised")
    clerk = person(plan, Role.CLERK)

    for _ in range(2):
        with transaction(engine_of("review")) as session:
            commands.put_forward(session, clerk, case_id, today=DAY)

    ((data, _, _, _),) = rows(SAID, type="vn.guongsang.role_model.put_forward.v1")
    assert (data["to_unit_id"], data["put_forward_on"]) == (str(plan.aggregator.id), "2024-11-20")


@pytest.mark.parametrize("step", ["propose", "put_forward"])
@pytest.mark.parametrize("state", ["open", "declined", "taken back"])
def test_nothing_follows_from_a_case_that_is_not_a_role_model(
    plan: Plan, opens_case: OpensCase, scored, decided, rows: Rows, state: str, step: str
) -> None:
    nomination_id = new_id()
    case_id = opens_case(nomination_id=nomination_id)
    scored(case_id, 8, 8, 8)
    if state == "declined":
        decided(case_id, "declined", "Chưa nêu kết quả.")
    if state == "taken back":
        decided(case_id, "recognised")
        told(plan, withdrawal_of(nomination_id, plan))
    clerk = person(plan, Role.CLERK)

    with pytest.raises(Refused) as refused, transaction(engine_of("review")) as session:
        if step == "propose":
            commands.propose_commendation(session, clerk, case_id, track=Track.ROLE_MODEL_MERIT, today=DAY)
        else:
            commands.put_forward(session, clerk, case_id, today=DAY)

    assert refused.value.key == ("case.taken_back" if state == "taken back" else "case.not_recognised")


@pytest.mark.parametrize("step", ["score", "decide", "propose", "put_forward"])
def test_nobody_touches_another_communes_case(
    plan: Plan, other_plan: Plan, opens_case: OpensCase, step: str, database: Engine
) -> None:
    case_id = opens_case()
    role = {"score": Role.COUNCIL_MEMBER, "decide": Role.CHAIR}.get(step, Role.CLERK)
    stranger = in_office(person(plan, role), other_plan)

    with pytest.raises(NotFound) as unknown:
        act(step, stranger, case_id, plan)

    assert unknown.value.key == "case.unknown"


@pytest.mark.parametrize("step", ["score", "decide", "propose", "put_forward"])
def test_a_case_that_is_not_there_is_said_to_be_unknown(plan: Plan, step: str, database: Engine) -> None:
    role = {"score": Role.COUNCIL_MEMBER, "decide": Role.CHAIR}.get(step, Role.CLERK)

    with pytest.raises(NotFound) as unknown:
        act(step, person(plan, role), new_id(), plan)

    assert unknown.value.key == "case.unknown"


def act(step: str, who, case_id, plan: Plan) -> None:
    with transaction(engine_of("review")) as session:
        match step:
            case "score":
                commands.score(session, who, case_id, points=full(plan, 5), note="")
            case "decide":
                commands.decide(session, who, case_id, outcome=Outcome.RECOGNISED, reason="", today=DAY)
            case "propose":
                commands.propose_commendation(session, who, case_id, track=Track.ROLE_MODEL_MERIT, today=DAY)
            case "put_forward":
                commands.put_forward(session, who, case_id, today=DAY)

"""What becomes of cases when their commune ends."""

from datetime import date

import pytest

from services.review import commands
from services.review.models import Case
from services.review.queries.cases import case_for, former_sheets_of, sheets_of
from services.review.queries.lists import Asked, View, counts
from services.review.rules.awards import Track
from services.review.rules.scores import measures_of
from services.review.rules.stages import Outcome, Stage
from shared.access.principal import Role
from shared.bus.ear import NotYet
from shared.database import engine_of, transaction
from shared.errors import NotFound, Refused
from tests.merger.conftest import (
    BINH_LUONG,
    HOA_QUY,
    MORNING,
    THE_DAY,
    at_the_door,
    clock_at,
    dissolution,
    hear,
    say,
    somebody,
)
from tests.merger.dossiers import handed_in

MEMBERS = (1, 2, 3)


def member(plan, number):
    return somebody(plan, Role.COUNCIL_MEMBER, number=number)


def score(plan, case_id, points, *numbers):
    for number in numbers:
        with transaction(engine_of("review")) as session:
            case = session.get_one(Case, case_id)
            sheet = dict.fromkeys((one.id for one in measures_of(case.plan, case.field)), points)
            commands.score(session, member(plan, number), case_id, points=sheet, note="Đáng khen")


def decide(plan, case_id, on=date(2025, 6, 30)):
    with transaction(engine_of("review")) as session:
        chair = somebody(plan, Role.CHAIR)
        commands.decide(session, chair, case_id, outcome=Outcome.RECOGNISED, reason="Tốt", today=on)


@pytest.fixture
def case_of(rows, hear_all):
    def opened(plan):
        nomination_id = handed_in(plan)
        hear_all("review")
        return rows('SELECT id FROM review."case" WHERE nomination_id = :id', id=nomination_id)[0][0]

    return opened


def test_an_open_case_goes_to_the_new_council_which_scores_anew_by_the_same_day(former, successor, merged, case_of):
    case_id = case_of(former)
    score(former, case_id, 9, 1, 2)
    with transaction(engine_of("review")) as session:
        answer_by = session.get_one(Case, case_id).answer_by

    merged()

    with transaction(engine_of("review")) as session:
        case = session.get_one(Case, case_id)
        assert (case.plan_id, case.origin, case.answer_by, case.stage) == (HOA_QUY, BINH_LUONG, answer_by, Stage.OPEN)
        assert sheets_of(session, case) == []
        members = {member(former, number).name for number in (1, 2)}
        assert {sheet.member_name for sheet in former_sheets_of(session, case)} == members
        asked = Asked(member(successor, 1), successor, THE_DAY)
        assert counts(session, asked)[View.MINE] == 1  # also for somebody who sat in the former council
    with pytest.raises(Refused, match="sheets_missing"):
        decide(successor, case_id, THE_DAY)

    score(successor, case_id, 8, *MEMBERS)
    decide(successor, case_id, THE_DAY)

    with transaction(engine_of("review")) as session:
        case = session.get_one(Case, case_id)
        assert (len(sheets_of(session, case)), len(former_sheets_of(session, case))) == (3, 2)
        assert case.stage is Stage.RECOGNISED


def test_the_former_officers_can_do_nothing_with_it_any_more(former, successor, merged, case_of):
    case_id = case_of(former)
    merged()

    with pytest.raises(NotFound):
        decide(former, case_id)


def test_an_open_case_is_not_judged_between_the_end_and_its_transfer(former, successor, hear_all, case_of, rows):
    """Review has heard of the end, and nomination's word that the dossier goes on is still under way."""
    case_id = case_of(former)
    score(former, case_id, 9, *MEMBERS)
    said = say(former, dissolution(former, successor), at=MORNING)
    hear("review", said)

    with pytest.raises(Refused) as at_scoring:
        score(former, case_id, 8, 1)
    with pytest.raises(Refused) as at_deciding:
        decide(former, case_id, THE_DAY)

    for refused in (at_scoring, at_deciding):
        assert refused.value.key == "case.commune_ended"
        assert refused.value.details["successor"] == "xã Hóa Quỳ"
    hear_all()
    assert rows('SELECT plan_id, stage FROM review."case" WHERE id = :id', id=case_id) == [(HOA_QUY, "open")]


def test_what_was_decided_stays_and_the_successor_reads_it(former, neighbour, successor, merged, case_of, rows):
    case_id = case_of(former)
    score(former, case_id, 9, *MEMBERS)
    decide(former, case_id)
    merged()

    with transaction(engine_of("review")) as session:
        case = session.get_one(Case, case_id)
        assert (case.plan_id, case.stage, case.decided_on) == (BINH_LUONG, Stage.RECOGNISED, date(2025, 6, 30))
        assert case_for(session, at_the_door(somebody(successor, Role.CLERK)), case_id) is case
        with pytest.raises(NotFound):
            case_for(session, somebody(neighbour, Role.CLERK), case_id)


@pytest.mark.parametrize("step", ["propose", "put_forward"])
def test_nothing_more_is_proposed_for_a_dissolved_commune(former, successor, merged, case_of, rows, step):
    case_id = case_of(former)
    score(former, case_id, 9, *MEMBERS)
    decide(former, case_id)
    merged()

    clerk = somebody(former, Role.CLERK)
    with pytest.raises(Refused) as refused, transaction(engine_of("review")) as session:
        if step == "propose":
            commands.propose_commendation(session, clerk, case_id, track=Track.ROLE_MODEL_MERIT, today=THE_DAY)
        else:
            commands.put_forward(session, clerk, case_id, today=THE_DAY)
    assert refused.value.key == "award.commune_ended"


def test_a_transfer_that_comes_before_its_case_waits_and_changes_nothing(former, successor, hear_all, rows):
    handed_in(former)
    say(former, dissolution(former, successor))
    hear_all("nomination")
    (transfer,) = rows("SELECT id FROM bus.event WHERE type LIKE '%nomination.transferred%'")[0]

    assert hear("review", [transfer]) == 0
    assert rows('SELECT count(*) FROM review."case"') == [(0,)]

    rows("UPDATE bus.delivery SET next_at = now()")
    hear_all("review")
    assert rows('SELECT plan_id, origin FROM review."case"') == [(HOA_QUY, BINH_LUONG)]


def test_transferring_what_was_never_heard_of_raises_not_yet(former, successor):
    from shared.events.nomination import NominationTransferred  # noqa: PLC0415 -- here only
    from shared.ids import new_id  # noqa: PLC0415

    said = NominationTransferred(
        nomination_id=new_id(), code="DC-2025-0001", from_plan=BINH_LUONG, to_plan=HOA_QUY,
        from_unit_id=former.unit.id, to_unit_id=successor.unit.id, transferred_on=THE_DAY,
    )  # fmt: skip
    with pytest.raises(NotYet), transaction(engine_of("review")) as session:
        commands.transfer(session, said)


def test_the_page_says_where_the_case_came_from_and_what_the_former_council_thought(
    former, successor, merged, case_of, seat
):
    case_id = case_of(former)
    score(former, case_id, 9, 1)
    merged()

    with clock_at(MORNING):
        page = seat("review", successor, Role.CLERK).get(f"/xet-duyet/{case_id}")
        queue = seat("review", successor, Role.CHAIR).get("/xet-duyet?loc=cho-xet")

    assert page.status_code == 200, page.text
    assert "Tiếp nhận từ xã Bình Lương cũ do sáp nhập" in page.text
    assert "Hội đồng trước: Xã Bình Lương" in page.text
    assert "1 phiếu, trung bình 9 trên 10" in page.text
    assert "Thôn Bình Lương 1" in queue.text

"""A case goes back for a supplement, is held, and goes on: who may, what is said, what the days bring."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from services.review import commands
from services.review.models import Case
from services.review.rules.resting import Ground
from shared.access.principal import Role
from shared.database import engine_of, transaction
from shared.errors import Invalid, Refused
from shared.events.clock import DayBegan
from shared.events.nomination import NominationResubmitted
from shared.ids import new_id
from shared.plan import Plan
from tests.review.conftest import OpensCase, Seats, person, told, withdrawal_of
from tests.worlds import Rows

DAY = date(2024, 11, 18)  # a Monday
DUE = date(2024, 11, 25)
MISSING = "Xin nêu rõ bao nhiêu suất cháo mỗi tuần."
REASON = "Có đơn phản ánh, xã đang xác minh."
Steps = Callable[..., Case]


@pytest.fixture
def step(database, plan: Plan) -> Steps:
    """Takes a step of the clerk's: `step("hold", case_id)`."""
    clerk = person(plan, Role.CLERK)

    def take(name: str, case_id: UUID, *, today: date = DAY, **said: object) -> Case:
        usual = {
            "return_case": {"missing": MISSING, "due_on": DUE},
            "hold": {"ground": Ground.COMPLAINT, "reason": REASON, "until": DUE},
        }.get(name, {})
        with transaction(engine_of("review")) as session:
            return getattr(commands, name)(session, clerk, case_id, today=today, **usual | said)

    return take


def given(nomination_id: UUID, plan: Plan, number: int = 1) -> NominationResubmitted:
    village = next(unit for unit in plan.units if unit.kind == "village")
    return NominationResubmitted(
        nomination_id=nomination_id,
        code="DC-2024-0147",
        unit_id=village.id,
        number=number,
        addition="Mỗi tuần 60 suất, từ năm 2014.",
        resubmitted_on=date(2024, 11, 21),
        answer_by=date(2024, 12, 5),
    )


def said(rows: Rows) -> list[str]:
    """What was said about resting cases, in order."""
    found = rows("SELECT type FROM bus.event WHERE source = '/review' ORDER BY id")
    names = [name.removeprefix("vn.guongsang.").removesuffix(".v1") for (name,) in found]
    return [name for name in names if name not in {"case.opened", "case.scored", "case.recognised"}]


def test_what_is_missing_goes_to_the_unit_and_its_answer_comes_back(
    plan: Plan, opens_case: OpensCase, scored, step: Steps, rows: Rows
) -> None:
    nomination_id = new_id()
    case_id = opens_case(nomination_id=nomination_id)
    scored(case_id, 8)

    step("return_case", case_id)
    step("return_case", case_id)
    with pytest.raises(Refused) as refused:
        scored(case_id, 9)
    told(plan, given(nomination_id, plan), times=2)
    scored(case_id, 9)

    assert refused.value.key == "case.returned"
    assert rows('SELECT stage, answer_by, version FROM review."case"') == [("open", date(2024, 12, 5), 3)]
    assert rows("SELECT number, missing, addition, given_on FROM review.supplement") == [
        (1, MISSING, "Mỗi tuần 60 suất, từ năm 2014.", date(2024, 11, 21))
    ]
    assert said(rows) == ["case.returned"]


def test_it_goes_back_no_more_often_than_the_plan_says(
    plan: Plan, opens_case: OpensCase, step: Steps, rows: Rows
) -> None:
    nomination_id = new_id()
    case_id = opens_case(nomination_id=nomination_id)
    step("return_case", case_id)
    told(plan, given(nomination_id, plan))

    with pytest.raises(Refused) as refused:
        step("return_case", case_id, missing="Còn thiếu xác nhận của trạm y tế.")

    assert (refused.value.key, refused.value.details) == ("case.returned_enough", {"most": 1})


def test_the_council_goes_on_without_and_what_comes_late_is_kept(
    plan: Plan, opens_case: OpensCase, step: Steps, rows: Rows
) -> None:
    nomination_id = new_id()
    case_id = opens_case(nomination_id=nomination_id)
    step("return_case", case_id)

    step("resume", case_id, today=date(2024, 11, 26))
    told(plan, given(nomination_id, plan))

    assert rows('SELECT stage, answer_by FROM review."case"') == [("open", date(2024, 12, 10))]
    assert rows("SELECT resumed_on, addition IS NOT NULL FROM review.supplement") == [(date(2024, 11, 26), True)]
    assert said(rows) == ["case.returned", "case.resumed"]


def test_nothing_is_decided_while_a_case_is_held(
    plan: Plan, opens_case: OpensCase, scored, decided, step: Steps, rows: Rows
) -> None:
    case_id = opens_case()
    scored(case_id, 8, 8, 8)
    step("hold", case_id)

    refusals = []
    for act in (
        lambda: decided(case_id, "recognised"),
        lambda: scored(case_id, 1),
        lambda: step("return_case", case_id),
    ):
        with pytest.raises(Refused) as refused:
            act()
        refusals.append(refused.value.key)
    step("release", case_id, today=date(2024, 11, 22))
    decided(case_id, "recognised")

    assert refusals == ["case.held"] * 3
    ((data,),) = rows("SELECT data FROM bus.event WHERE type = 'vn.guongsang.case.held.v1'")
    assert (data["ground"], data["held_until"], REASON in str(data)) == ("complaint", "2024-11-25", False)
    assert rows("SELECT reason, held_by_name, released_by_name FROM review.hold") == [
        (REASON, "Ngân Thị Thu", "Ngân Thị Thu")
    ]
    assert rows('SELECT stage, held_until, answer_by FROM review."case"') == [("recognised", None, date(2024, 12, 6))]


def test_a_recognised_one_is_held_too_and_nothing_more_follows(
    plan: Plan, opens_case: OpensCase, scored, decided, step: Steps, rows: Rows
) -> None:
    case_id = opens_case()
    scored(case_id, 8, 8, 8)
    decided(case_id, "recognised")
    step("hold", case_id, today=date(2024, 11, 21))
    step("hold", case_id, today=date(2024, 11, 22), until=date(2024, 12, 20))

    clerk = person(plan, Role.CLERK)
    with pytest.raises(Refused) as refused, transaction(engine_of("review")) as session:
        commands.put_forward(session, clerk, case_id, today=date(2024, 11, 22))

    assert refused.value.key == "case.held"
    assert rows("SELECT held_on, held_until FROM review.hold") == [(date(2024, 11, 21), date(2024, 12, 20))]
    assert said(rows) == ["case.held", "case.held"]


@pytest.mark.parametrize(
    ("name", "change", "box"),
    [
        ("return_case", {"missing": "  thiếu  "}, "missing"),
        ("return_case", {"due_on": DAY}, "due_on"),
        ("return_case", {"due_on": DAY + timedelta(days=91)}, "due_on"),
        ("hold", {"reason": ""}, "hold_reason"),
        ("hold", {"until": DAY}, "until"),
        ("hold", {"until": DAY + timedelta(days=91)}, "until"),
    ],
)
def test_what_cannot_be_is_refused_at_its_box(
    opens_case: OpensCase, step: Steps, name: str, change: dict[str, object], box: str
) -> None:
    with pytest.raises(Invalid) as refused:
        step(name, opens_case(), **change)

    assert list(refused.value.faults) == [box]


def test_the_days_remind_of_what_is_awaited(plan: Plan, opens_case: OpensCase, step: Steps, rows: Rows) -> None:
    returned, held = opens_case(), opens_case(code="DC-2024-0148")
    step("return_case", returned)
    step("hold", held)

    for number in range(1, 18):
        began = DayBegan(day_id=new_id(), day=DAY + timedelta(days=number))
        told(plan, began, times=2)

    found = rows(
        "SELECT type, coalesce(data->>'days_left', data->>'said_on', data->>'due_on') FROM bus.event"
        " WHERE type LIKE '%.supplement.%' OR type LIKE '%.hold.%' ORDER BY id"
    )
    assert [(name.removeprefix("vn.guongsang."), value) for name, value in found] == [
        ("supplement.due.v1", "2"),
        ("supplement.overdue.v1", "2024-11-25"),
        ("hold.expired.v1", "2024-11-26"),
        ("hold.expired.v1", "2024-12-03"),
    ]


def test_a_dossier_that_is_taken_back_rests_no_more(plan: Plan, opens_case: OpensCase, step: Steps, rows: Rows) -> None:
    nomination_id = new_id()
    case_id = opens_case(nomination_id=nomination_id)
    step("return_case", case_id)
    step("hold", case_id)

    told(plan, withdrawal_of(nomination_id, plan))
    told(plan, given(nomination_id, plan))

    assert rows('SELECT stage, held_until FROM review."case"') == [("withdrawn", None)]
    assert rows("SELECT count(*) FROM review.hold WHERE released_on IS NULL") == [(0,)]


def test_the_clerks_page_asks_holds_and_keeps_what_was_typed(seats: Seats, opens_case: OpensCase, rows: Rows) -> None:
    case_id = opens_case()
    clerk, member = seats(Role.CLERK), seats(Role.COUNCIL_MEMBER)
    path = f"/xet-duyet/{case_id}"

    wrong = clerk.post(f"{path}/tra-lai", data={"missing": MISSING, "due_on": "32/1/2030"})
    back = clerk.get(f"{path}").text.split('name="due_on" value="')[1].split('"')[0]
    sent = clerk.post(f"{path}/tra-lai", data={"missing": MISSING, "due_on": back})
    shown = member.get(path).text
    waiting = clerk.get("/xet-duyet?loc=cho-bo-sung").text
    held = clerk.post(f"{path}/tam-dung", data={"ground": "press", "hold_reason": REASON, "until": back})
    refused = clerk.post(f"{path}/xet-tiep")
    strangers = [member.post(f"{path}/{word}").status_code for word in ("tra-lai", "xet-tiep", "tam-dung")]

    assert (wrong.status_code, MISSING in wrong.text, "32/1/2030" in wrong.text) == (422, True, True)
    assert (sent.status_code, held.status_code, refused.status_code, strangers) == (303, 303, 422, [403] * 3)
    assert (MISSING in shown, 'name="diem-G1"' in shown, "Lò Thị Ấm" in waiting) == (True, False, True)
    assert "Báo chí nêu dấu hiệu" in member.get(path).text
    assert rows('SELECT stage, held_until IS NOT NULL FROM review."case"') == [("returned", True)]

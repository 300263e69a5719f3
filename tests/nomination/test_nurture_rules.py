"""What may be done for a candidate, and how what was typed is read: no database."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.nomination.rules.candidacy import DEEDS, GOING_ON, CandidateStage, Deed, after_deed
from services.nomination.rules.fault import Incomplete
from services.nomination.rules.nurture import BOXES, Support, naming_from, noted_from
from services.nomination.rules.step_due import overdue_due, reminder_due
from shared.errors import Refused
from shared.plan import Plan

TODAY = date(2025, 3, 27)
NAMED: dict[str, list[str]] = {
    "name": ["Hà Văn Bính"],
    "subject_kind": ["individual"],
    "field": ["F04"],
    "why": ["Dám thử trồng rau sạch trong nhà lưới"],
    "mentor": ["Chi hội Nông dân thôn"],
    "weakness": ["Chưa biết ghi chép chi tiêu"],
    "detail": ["Học lớp kế toán hộ gia đình"],
    "due_on": ["30/4/2025"],
}


def faults(call: Any) -> dict[str, str]:
    with pytest.raises(Incomplete) as refused:
        call()
    return {box: fault.key for box, fault in refused.value.missing.items()}


@given(st.lists(st.sampled_from(Deed), max_size=30))
def test_however_it_goes_only_deeds_of_the_table_change_a_candidate(deeds: list[Deed]) -> None:
    stage = CandidateStage.NURTURED
    for deed in deeds:
        if (stage, deed) in DEEDS:
            stage = after_deed(stage, deed)
        else:
            with pytest.raises(Refused):
                after_deed(stage, deed)

    assert stage in CandidateStage


def test_nothing_is_done_for_whom_the_unit_has_stopped_nurturing_but_to_go_on() -> None:
    for stage, key in ((CandidateStage.STOPPED, "nurture.stopped"), (CandidateStage.GRADUATED, "nurture.graduated")):
        for deed in GOING_ON:
            with pytest.raises(Refused) as refused:
                after_deed(stage, deed)
            assert refused.value.key == key
    assert after_deed(CandidateStage.STOPPED, Deed.RESUME) is CandidateStage.NURTURED


def test_a_candidate_is_read_with_the_first_step(plan: Plan) -> None:
    naming = naming_from(NAMED, plan, TODAY)

    assert (naming.name, naming.field, naming.mentor) == ("Hà Văn Bính", "F04", "Chi hội Nông dân thôn")
    assert naming.measure.due_on == date(2025, 4, 30)


def test_every_empty_box_is_said_at_once(plan: Plan) -> None:
    assert faults(lambda: naming_from({}, plan, TODAY)) == {
        "name": "name.missing",
        "field": "field.missing",
        "why": "why.missing",
        "mentor": "mentor.missing",
        "weakness": "weakness.missing",
        "detail": "detail.missing",
        "due_on": "day.missing",
    }


@pytest.mark.parametrize(
    ("day", "key"),
    [
        ("26/3/2025", "due_on.past"),
        ("1/1/2026", "day.outside_plan"),
        ("31/2/2025", "date.no_such_day"),
        ("mai", "date.not_a_day"),
    ],
)
def test_a_step_is_due_from_today_to_the_plans_last_day(plan: Plan, day: str, key: str) -> None:
    assert faults(lambda: naming_from(NAMED | {"due_on": [day]}, plan, TODAY)) == {"due_on": key}


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ("500000", 500_000),
        ("500.000", 500_000),
        ("1 200 000 đ", 1_200_000),
        ("2.000.000 đồng", 2_000_000),
        ("10.000.000.000", 10_000_000_000),
        ("", None),
    ],
)
def test_money_is_whole_dong_as_people_write_it(plan: Plan, raw: str, amount: int | None) -> None:
    typed = {"support": ["material"], "detail": ["Tiền giống"], "amount": [raw]}

    assert noted_from(Deed.SUPPORT, typed, plan, TODAY).amount_vnd == amount


@pytest.mark.parametrize("raw", ["0", "-5", "500,5", "nửa triệu", "10.000.000.001", "5.00", "٥٠٠", "1e9", "\x00"])
def test_what_is_no_money_is_said(plan: Plan, raw: str) -> None:
    typed = {"support": ["material"], "detail": ["Tiền giống"], "amount": [raw]}

    assert faults(lambda: noted_from(Deed.SUPPORT, typed, plan, TODAY)) == {"amount": "amount.not_money"}


def test_moral_support_has_no_amount(plan: Plan) -> None:
    typed = {"support": ["moral"], "detail": ["Động viên ở họp thôn"], "amount": ["500000"]}

    noted = noted_from(Deed.SUPPORT, typed, plan, TODAY)

    assert (noted.support, noted.amount_vnd, noted.on) == (Support.MORAL, None, TODAY)


def test_what_was_done_lies_not_ahead(plan: Plan) -> None:
    typed = {"detail": ["Đến thăm nhà"], "on": ["28/3/2025"]}

    assert faults(lambda: noted_from(Deed.VISIT, typed, plan, TODAY)) == {"on": "happened_on.in_future"}


TYPED = st.dictionaries(
    st.sampled_from(sorted({box for boxes in BOXES.values() for box in boxes})), st.lists(st.text())
)


@given(deed=st.sampled_from(sorted(BOXES)), typed=TYPED)
def test_whatever_is_typed_is_read_or_refused_in_words(
    plan_read: Plan, deed: Deed, typed: dict[str, list[str]]
) -> None:
    try:
        found = noted_from(deed, typed, plan_read, TODAY).detail
    except Incomplete as refused:
        found = refused.missing

    assert found


@pytest.fixture(scope="module")
def plan_read() -> Plan:
    from shared.plan.shelf import plan_of  # noqa: PLC0415 -- settings first

    return plan_of("binh-luong-2023-2025")


def test_a_unit_is_reminded_once_in_the_last_three_days_and_told_once_that_it_is_late() -> None:
    due = date(2025, 4, 10)
    days = [date(2025, 4, day) for day in range(5, 14)]

    assert [day.day for day in days if reminder_due(due, today=day, reminded_on=None)] == [7, 8, 9, 10]
    assert [day.day for day in days if overdue_due(due, today=day, said_on=None)] == [11, 12, 13]
    assert not reminder_due(due, today=due, reminded_on=date(2025, 4, 7))
    assert not overdue_due(due, today=date(2025, 4, 12), said_on=date(2025, 4, 11))

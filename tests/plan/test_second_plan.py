"""A ward of another province, with nothing in common with the first plan: no code may know a commune."""

from datetime import date
from pathlib import Path

import pytest

from shared.plan import Plan, UnknownInPlan, Window
from shared.plan.questions import (
    active_channels,
    answer_by,
    channel_forms,
    clauses_by_section,
    next_deadline,
    occasions_of,
    party_title,
    quota_window,
    recipient_units,
    recipients_of,
    scored_criteria,
    units_of,
    units_owing,
    units_within,
)


def test_it_differs_in_every_list(suoi_mo: Plan, binh_luong: Plan) -> None:
    def ids(plan: Plan, key: str) -> set[str]:
        return {each.id for each in getattr(plan, key)}

    lists = ("subject_kinds", "model_kinds", "achievement_areas", "fields", "criteria", "movements")
    lists += ("activity_kinds", "quotas", "deadlines", "occasions", "clauses", "recipients")

    assert [key for key in lists if ids(suoi_mo, key) & ids(binh_luong, key)] == []
    assert ids(suoi_mo, "channels") != ids(binh_luong, "channels")  # named alike where the product carries them
    assert ids(suoi_mo, "roles") == ids(binh_luong, "roles")
    assert suoi_mo.role("clerk").title != binh_luong.role("clerk").title


def test_two_tiers_and_forty_villages(suoi_mo: Plan) -> None:
    assert (suoi_mo.unit.kind, suoi_mo.aggregator.kind, suoi_mo.unit.parent) == ("ward", "province", "tinh")
    assert len(units_of(suoi_mo, "neighbourhood", "village")) == 40
    assert len(units_within(suoi_mo, suoi_mo.unit)) == 44
    assert len(recipient_units(suoi_mo, suoi_mo.recipient("heads"))) == 40


def test_only_general_criteria_are_scored_where_the_plan_says_so(suoi_mo: Plan, binh_luong: Plan) -> None:
    assert [each.id for each in scored_criteria(suoi_mo, "DL")] == ["C1", "C2", "C3", "C4", "C5"]
    assert [each.id for each in scored_criteria(binh_luong, "F04")] == ["G1", "G2", "G3", "G4", "F04"]
    with pytest.raises(UnknownInPlan, match="no field 'F04'"):
        scored_criteria(suoi_mo, "F04")


def test_an_answer_is_due_after_the_plans_working_days(suoi_mo: Plan, binh_luong: Plan) -> None:
    friday = date(2026, 10, 2)

    assert answer_by(binh_luong, submitted_on=friday) == date(2026, 10, 16)
    assert answer_by(suoi_mo, submitted_on=friday) == date(2026, 10, 23)
    assert answer_by(binh_luong, submitted_on=friday, holidays={date(2026, 10, 5)}) == date(2026, 10, 19)


def test_each_quota_is_owed_by_its_own_units(suoi_mo: Plan) -> None:
    owing = {quota.id: [unit.key for unit in units_owing(suoi_mo, quota)] for quota in suoi_mo.quotas}

    assert owing == {
        "three_a_quarter": ["phuong"],
        "one_a_year_each": [f"khu-pho-{n}" for n in range(1, 29)],
        "two_each_half": ["phuong"],
    }


def test_each_quota_runs_in_its_own_windows(suoi_mo: Plan) -> None:
    quarterly, yearly, half_yearly = suoi_mo.quotas

    assert quota_window(suoi_mo, quarterly, date(2030, 6, 30)) == Window(2030, 2)
    assert quota_window(suoi_mo, yearly, date(2026, 7, 1)) == Window(2026, 1, "year")
    assert quota_window(suoi_mo, half_yearly, date(2029, 1, 1)) == Window(2029, 1, "half_year")
    assert quota_window(suoi_mo, quarterly, date(2030, 7, 1)) is None
    assert [len(quota.windows(suoi_mo.period)) for quota in suoi_mo.quotas] == [16, 5, 8]
    assert quarterly.alarm_days(Window(2027, 1)) == (date(2027, 2, 14), date(2027, 3, 21))


def test_deadlines_come_one_after_the_other(suoi_mo: Plan) -> None:
    met = suoi_mo.deadline("y2027")

    assert next_deadline(suoi_mo, date(2027, 12, 14)) == met
    assert met.days_left(date(2027, 12, 14)) == 0
    assert next_deadline(suoi_mo, date(2027, 12, 15)) == suoi_mo.deadline("mid")
    assert next_deadline(suoi_mo, date(2030, 7, 1)) is None


def test_occasions_without_a_day_come_last(suoi_mo: Plan) -> None:
    assert [each.id for each in occasions_of(suoi_mo, 2029)] == ["ward_day", "ward_fair"]
    assert occasions_of(suoi_mo, 2028) == ()


def test_channels_and_their_forms(suoi_mo: Plan) -> None:
    assert [channel.id for channel in active_channels(suoi_mo)] == ["leaflet", "portal"]
    assert channel_forms(suoi_mo, ["leaflet", "portal"]) == {"traditional", "online"}
    assert channel_forms(suoi_mo, ["portal"]) == {"online"}


def test_recipients_and_parties(suoi_mo: Plan) -> None:
    assert [each.id for each in recipients_of(suoi_mo, "report")] == ["province"]
    assert [party_title(suoi_mo, party).vi for party in ("clerk", "public", "heads")] == [
        "Chuyên viên Văn hóa - Xã hội", "Nhân dân", "Các khu phố và thôn",
    ]  # fmt: skip
    with pytest.raises(UnknownInPlan):
        party_title(suoi_mo, "nobody")


def test_clauses_stand_under_their_sections(suoi_mo: Plan) -> None:
    counted = {section.id: len(clauses) for section, clauses in clauses_by_section(suoi_mo).items()}

    assert counted == {"1": 2, "2": 7, "3": 6, "4": 3}


def test_events_take_the_steps_of_this_plan(suoi_mo: Plan) -> None:
    assert suoi_mo.step_of("nomination.submitted", {"field": "MT"}) == "2"
    assert suoi_mo.step_of("nomination.submitted", {"field": "F04"}) == "1"
    assert suoi_mo.step_of("quota.missed", {}) == "3"
    assert suoi_mo.step_of("story.withdrawn", {}) == ""


def test_the_code_that_reads_plans_names_no_commune() -> None:
    folder = Path(__file__).parents[2] / "shared" / "plan"
    words = ("Bình Lương", "binh-luong", "Như Xuân", "16204", "Thanh Hóa")

    told = [(path.name, word) for path in folder.glob("*.py") for word in words if word in path.read_text()]

    assert told == []

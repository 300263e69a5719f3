"""The real plan: everything the paper says is there, and everything there names something that exists."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from shared.events.catalogue import event_names
from shared.plan import Known, Plan, Signer, Text, UnknownInPlan, check, load
from shared.plan.questions import units_of

PROMISED = Known(
    events=event_names(),
    pages=frozenset(
        {"/", "/de-cu", "/xet-duyet", "/bien-tap", "/hoat-dong", "/thong-bao", "/ke-hoach", "/hanh-trinh", "/tong-hop"}
        | {"/bao-cao", "/boi-duong", "/phong-trao"}
    ),
    documents=frozenset({"leaflet", "radio_bulletin", "receipt", "proposal", "progress_report", "nurture_trail"}),
    rules=frozenset(
        {"channel_mix", "consent_gate", "award_power", "secrecy_check", "child_check", "deadline_exclusive"}
    ),
    indicators=frozenset(
        {"published_count", "channels_reached", "participation_units", "on_time_share", "direct_worker_share"}
        | {"replicated_count", "average_days_to_answer", "budget_spent", "read_share", "days_since_last"}
    ),
    roles=frozenset(
        {"nominator", "organisation", "clerk", "council_member", "chair", "editor", "aggregator_officer", "admin"}
    ),
)

SAMPLES = ["hoa-quy", "xuan-binh", "cat-van", "thanh-lam"]


def test_all_98_obligations_are_clauses_in_order(binh_luong: Plan) -> None:
    assert [clause.id for clause in binh_luong.clauses] == [f"R{number:02d}" for number in range(1, 99)]


def test_every_obligation_names_something_that_exists(plans_dir: Path) -> None:
    assert check(plans_dir / "binh-luong-2023-2025.yaml", known=PROMISED) == []


def test_the_general_aims_are_measured(binh_luong: Plan) -> None:
    unmeasured = [f"R{n:02d}" for n in range(3, 12) if not binh_luong.clause(f"R{n:02d}").realised_as("indicator")]

    assert unmeasured == []


def test_conditions_ask_only_for_data_that_the_event_carries(binh_luong: Plan) -> None:
    from shared.events.event import CATALOGUE  # noqa: PLC0415 -- filled by the catalogue imported above

    fields = {declared.NAME: set(declared.model_fields) for declared in CATALOGUE.values()}
    strangers = [
        (clause.id, found.name, key)
        for clause in binh_luong.clauses
        for found in clause.realised_by
        for key in found.where
        if key not in fields[found.name]
    ]

    assert strangers == []


def test_the_head_of_the_paper(binh_luong: Plan) -> None:
    assert binh_luong.parent == "Kế hoạch số 65/KH-UBND ngày 24/3/2023 của UBND huyện Như Xuân"
    assert binh_luong.signed_by == Signer(
        "Lê Đức Tuấn", Text("Chủ tịch Ủy ban nhân dân xã", "Chairperson of the commune People's Committee")
    )
    assert (binh_luong.number, binh_luong.issued_on, binh_luong.sample) == (None, None, False)


def test_who_takes_part(binh_luong: Plan) -> None:
    assert (binh_luong.unit.code, binh_luong.unit.code_list, binh_luong.unit.kind) == ("16204", "gso/2023", "commune")
    assert (binh_luong.aggregator.name.vi, binh_luong.aggregator.kind) == ("Huyện Như Xuân", "district")
    assert [unit.name.vi for unit in units_of(binh_luong, "village")] == [f"Thôn {n}" for n in range(1, 7)]
    assert len(units_of(binh_luong, "organisation")) == 5
    assert len(binh_luong.recipients) == 9
    assert binh_luong.role("clerk").title.vi == "Công chức Văn phòng - Thống kê"


def test_the_lists_of_the_paper(binh_luong: Plan) -> None:
    assert [field.id for field in binh_luong.fields] == [f"F{n:02d}" for n in range(1, 14)]
    assert [criterion.id for criterion in binh_luong.criteria] == ["G1", "G2", "G3", "G4"]
    assert [kind.id for kind in binh_luong.subject_kinds] == ["individual", "collective", "household"]
    assert [kind.id for kind in binh_luong.model_kinds] == ["role_model", "good_deed", "new_model", "new_factor"]
    assert len(binh_luong.achievement_areas) == 7
    assert binh_luong.field("F02").checks == ("secrecy_check",)
    assert binh_luong.field("F07").checks == ("child_check",)
    assert [field.id for field in binh_luong.fields if field.priority == "direct_worker"] == ["F13"]
    assert [channel.id for channel in binh_luong.channels if channel.active] == ["portal", "atom", "radio", "leaflet"]


def test_fields_and_criteria_use_the_words_of_their_clauses(binh_luong: Plan) -> None:
    different = [
        each.id
        for each in (*binh_luong.fields, *binh_luong.criteria)
        if each.text != binh_luong.clause(each.clause).text
    ]

    assert different == []


def test_before_31_may_means_30_may(binh_luong: Plan) -> None:
    assert [(each.report, each.last_day) for each in binh_luong.deadlines] == [
        ("interim", date(2023, 5, 30)),
        ("final", date(2025, 5, 30)),
    ]
    assert {each.to for each in binh_luong.deadlines} == {"home-affairs"}


def test_eleven_quarters_nine_of_them_up_to_the_final_report(binh_luong: Plan) -> None:
    quarters = binh_luong.period.quarters()

    assert [quarter.key for quarter in (quarters[0], quarters[-1])] == ["2023-Q2", "2025-Q4"]
    assert len(quarters) == 11
    assert sum(quarter.starts_on < binh_luong.deadline("final_report").before for quarter in quarters) == 9


def test_one_role_model_a_quarter(binh_luong: Plan) -> None:
    (quota,) = binh_luong.quotas

    assert (quota.minimum, quota.per, quota.counts, quota.unit, quota.clause, quota.alarms) == (
        1, "quarter", "role_model.introduced", "commune", "R69", (30, 14, 7),
    )  # fmt: skip


def test_occasions_and_yearbook_have_their_own_days(binh_luong: Plan) -> None:
    assert [(each.year, each.on) for each in binh_luong.occasions] == [(2023, date(2023, 6, 11)), (2025, None)]
    assert binh_luong.yearbook is not None
    assert (binh_luong.yearbook.period.starts_on.year, binh_luong.yearbook.period.ends_on.year) == (2020, 2025)


def test_the_council_scores_five_criteria_from_0_to_10(binh_luong: Plan) -> None:
    review = binh_luong.review

    assert (review.minimum, review.maximum, review.members_needed, review.field_is_scored) == (0, 10, 3, True)
    assert (review.recognise_from, review.answer_within_working_days) == (Decimal("7.0"), 10)


def test_every_section_with_words_has_clauses_and_every_clause_a_section(binh_luong: Plan) -> None:
    used = {clause.section for clause in binh_luong.clauses}
    headings_only = {"I", "II", "II.2", "II.3", "III", "V"}

    assert {section.id for section in binh_luong.sections} - used == headings_only


@pytest.mark.parametrize(
    ("key", "unit_id"),
    [
        ("province", "810ded2d-dd5e-5bbc-a469-428a93db5e3f"),
        ("commune", "e15437a2-aa71-5818-95d5-394a7d70135d"),
        ("village-1", "e62fdb51-b50d-5a9c-a9ed-fd51d0a2e6c7"),
        ("home-affairs", "adc18658-7ae5-5a9c-b712-1537acc9e8a8"),
    ],
)
def test_ids_of_units_never_change(binh_luong: Plan, key: str, unit_id: str) -> None:
    """They are in databases and feeds. A change here is a migration, not a new golden value."""
    assert binh_luong.unit_by_key(key).id == UUID(unit_id)
    assert binh_luong.unit_by_id(UUID(unit_id)).key == key


def test_a_look_up_that_fails_says_what_is_near(binh_luong: Plan) -> None:
    with pytest.raises(UnknownInPlan, match="no field 'F14'; did you mean 'F1") as caught:
        binh_luong.field("F14")

    assert (caught.value.kind, caught.value.value, len(caught.value.choices)) == ("field", "F14", 13)


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_whole_plans_under_the_same_district(plans_dir: Path, binh_luong: Plan, name: str) -> None:
    path = plans_dir / "samples" / f"{name}-2023-2025.yaml"

    sample = load(path, known=PROMISED)

    assert sample.sample
    assert sample.signed_by is None
    assert sample.id == f"{name}-2023-2025"
    assert sample.aggregator == binh_luong.aggregator
    assert len(sample.clauses) == 98
    assert "Bình Lương" not in "".join((sample.title.vi, *(clause.text.vi for clause in sample.clauses)))
    assert "Lê Đức Tuấn" not in "".join(clause.text.vi for clause in sample.clauses)


def test_samples_differ_in_villages_and_share_no_unit_below_the_district(plans_dir: Path, binh_luong: Plan) -> None:
    plans = [binh_luong, *(load(plans_dir / "samples" / f"{name}-2023-2025.yaml") for name in SAMPLES)]
    own = [{unit.id for unit in plan.units if unit.parent not in {None, "province", "district"}} for plan in plans]

    assert [len(units_of(plan, "village")) for plan in plans] == [6, 9, 10, 7, 5]
    assert sum(len(ids) for ids in own) == len(set().union(*own))


def test_the_number_of_villages_in_the_words_is_the_number_of_villages(plans_dir: Path) -> None:
    for path in plans_dir.rglob("*.yaml"):
        plan = load(path)
        villages = str(len(units_of(plan, "village")))

        assert re.findall(r"\d+", plan.clause("R95").text.vi) == [villages]
        assert re.findall(r"\d+", plan.recipient("grassroots_units").title.vi) == [villages]

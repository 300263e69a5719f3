"""What may be submitted, when, by whom: tables of right and wrong."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from services.nomination.commands.filing import filing
from services.nomination.rules.consent import consent_faults, may_be_child
from services.nomination.rules.dossier import Dossier, code_of, faults_of, require_open
from services.nomination.rules.fault import Fault
from services.nomination.rules.phone import NotAPhone, ends_with, parsed_phone
from services.nomination.rules.sources import nominating_unit, source_of
from services.nomination.rules.stages import STEPS, Stage, Step, after, after_hearing, may_be_withdrawn
from services.nomination.rules.typed import Sheet, kept, next_sheet, read
from shared.access.principal import Office, Principal, Role
from shared.errors import Refused
from shared.holidays import holidays_from
from shared.plan import Plan
from shared.plan.questions import working_day_after
from shared.plan.shelf import plan_of
from tests.nomination.conftest import OTHER_PLAN, PLAN, STORY

TODAY = date(2025, 3, 27)
RIGHT = Dossier(
    subject_kind="individual",
    name="Lò Thị Ấm",
    birth_year=1975,
    field="F13",
    headline="Hiến đất làm đường thôn",
    story=STORY,
    model_kind="good_deed",
    movement="new_countryside",
    given_by="self",
    proof="spoken",
    publish_story=True,
)


@pytest.fixture
def the_plan(installation: None) -> Plan:
    return plan_of(PLAN)


def somebody_of(plan: Plan, unit: str, role: Role) -> Principal:
    office = Office(role, plan.unit_by_key(unit).id, plan.id)
    return Principal(uuid4(), "Người mẫu", office, (office,))


def test_a_complete_dossier_has_no_faults(the_plan: Plan) -> None:
    assert faults_of(RIGHT, the_plan, TODAY) == {}


@pytest.mark.parametrize(
    ("change", "field", "key"),
    [
        ({"name": ""}, "name", "name.missing"),
        ({"name": "Ấ"}, "name", "name.too_short"),
        ({"name": "123"}, "name", "name.no_letters"),
        ({"story": ""}, "story", "story.missing"),
        ({"story": "Ngắn quá."}, "story", "story.too_short"),
        ({"headline": "Tốt"}, "headline", "headline.too_short"),
        ({"field": ""}, "field", "field.missing"),
        ({"field": "F99"}, "field", "choice.unknown"),
        ({"movement": "dancing"}, "movement", "choice.unknown"),
        ({"model_kind": "hero"}, "model_kind", "choice.unknown"),
        ({"subject_kind": "robot"}, "subject_kind", "choice.unknown"),
        ({"areas": ("work", "sleep")}, "areas", "choice.unknown"),
        ({"birth_year": 1899}, "birth_year", "birth_year.out_of_range"),
        ({"birth_year": 2026}, "birth_year", "birth_year.out_of_range"),
        ({"happened_on": date(2025, 3, 28)}, "happened_on", "happened_on.in_future"),
        ({"happened_on": date(1944, 12, 31)}, "happened_on", "happened_on.too_early"),
        ({"given_by": ""}, "given_by", "consent.missing"),
        ({"given_by": "not_asked"}, "given_by", "consent.not_asked"),
        ({"proof": "hearsay"}, "proof", "consent.proof_missing"),
        ({"publish_story": False}, "publish", "consent.purpose_missing"),
        ({"birth_year": 2012}, "given_by", "consent.guardian_needed"),
    ],
)
def test_one_wrong_field_is_the_only_one_named(the_plan: Plan, change: dict[str, object], field: str, key: str) -> None:
    faults = faults_of(replace(RIGHT, **change), the_plan, TODAY)  # type: ignore[arg-type]

    assert {name: fault.key for name, fault in faults.items()} == {field: key}


def test_an_unknown_field_is_told_with_the_choices(the_plan: Plan) -> None:
    fault = faults_of(replace(RIGHT, field="F99"), the_plan, TODAY)["field"]

    assert fault.details["value"] == "F99"
    assert str(fault.details["choices"]).startswith("F01, F02")


@pytest.mark.parametrize("day", [date(2025, 3, 27), date(1945, 1, 1)])
def test_the_first_and_the_last_possible_day_of_a_deed_are_right(the_plan: Plan, day: date) -> None:
    assert faults_of(replace(RIGHT, happened_on=day), the_plan, TODAY) == {}


@pytest.mark.parametrize(("born", "child"), [(None, False), (2008, False), (2009, True), (2020, True)])
def test_whoever_may_still_be_under_16_counts_as_a_child(born: int | None, child: bool) -> None:
    assert may_be_child(born, on_year=2025) is child


def test_a_child_with_its_guardians_consent_is_right() -> None:
    assert consent_faults(given_by="guardian", proof="signed_paper", purposes=2, child=True) == {}


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2023, 3, 31), False),
        (date(2023, 4, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_nominations_are_taken_within_the_plans_period_only(the_plan: Plan, day: date, is_open: bool) -> None:
    if is_open:
        require_open(the_plan, day)
        return
    with pytest.raises(Refused) as refusal:
        require_open(the_plan, day)
    assert (refusal.value.key, refusal.value.details["last"]) == ("nomination.closed", "31/12/2025")


@pytest.mark.parametrize(
    ("submitted", "due"),
    [
        (date(2025, 3, 27), date(2025, 4, 11)),  # ten working days over the Hùng Kings' day
        (date(2025, 4, 21), date(2025, 5, 8)),  # over 30/4 and 1/5, and 2/5 instead of 26/4
        (date(2025, 8, 25), date(2025, 9, 10)),  # over 1/9 and 2/9
    ],
)
def test_the_answer_is_due_after_the_plans_working_days(the_plan: Plan, submitted: date, due: date) -> None:
    filed = filing(nomination_id=uuid4(), plan=the_plan, unit=the_plan.unit, dossier=RIGHT, today=submitted)

    assert filed.answer_by == due


def test_the_years_holidays_reach_into_the_next_year() -> None:
    assert date(2026, 1, 1) in holidays_from(2025)


def test_no_office_answers_at_tet() -> None:
    days = holidays_from(2024)
    assert working_day_after(date(2024, 2, 7), 1, holidays=days) == date(2024, 2, 15)


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("village", "village"),
        ("neighbourhood", "village"),
        ("organisation", "organisation"),
        ("school", "organisation"),
        ("media", "media"),
        ("council", "council"),
        ("commune", "council"),
    ],
)
def test_the_source_follows_from_the_units_kind(kind: str, source: str) -> None:
    assert source_of(kind) == source


def test_a_village_head_nominates_for_no_other_village(the_plan: Plan) -> None:
    head = somebody_of(the_plan, "village-1", Role.NOMINATOR)

    own, other = nominating_unit(the_plan, head, ""), nominating_unit(the_plan, head, "village-2")

    assert own == the_plan.unit_by_key("village-1")
    assert other == Fault("unit.not_yours", {"value": "village-2", "own": "village-1"})


def test_the_clerk_names_a_unit_of_the_commune(the_plan: Plan) -> None:
    clerk = somebody_of(the_plan, "commune", Role.CLERK)

    found = [nominating_unit(the_plan, clerk, key) for key in ("radio", "", "district", "nowhere")]

    assert found[0] == the_plan.unit_by_key("radio")
    assert [fault.key for fault in found[1:] if isinstance(fault, Fault)] == [
        "unit.missing",
        "choice.unknown",
        "choice.unknown",
    ]


def test_no_rule_knows_the_first_commune(installation: None) -> None:
    assert faults_of(RIGHT, plan_of(OTHER_PLAN), TODAY) == {}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("step", Step)
def test_every_step_leads_where_the_table_says_or_nowhere(stage: Stage, step: Step) -> None:
    heard = after_hearing(stage, step)

    assert heard == STEPS.get((stage, step), stage)
    if (stage, step) not in STEPS:
        with pytest.raises(Refused):
            after(stage, step)


def test_withdrawn_is_the_end() -> None:
    assert not any(stage is Stage.WITHDRAWN for stage, _ in STEPS)
    assert [stage for stage in Stage if not may_be_withdrawn(stage)] == [Stage.DRAFT, Stage.WITHDRAWN]


@pytest.mark.parametrize(("number", "code"), [(7, "DC-2025-0007"), (147, "DC-2025-0147"), (12345, "DC-2025-12345")])
def test_codes_grow_longer_rather_than_repeat(number: int, code: str) -> None:
    assert code_of(number, year=2025) == code


# --- What was typed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("box", "value", "key"),
    [
        ("name", "A" * 151, "text.too_long"),
        ("story", "a" * 5001, "text.too_long"),
        ("name", "Lò\x00Ấm", "text.control_character"),
        ("name", "NguyÔn V¨n ¸nh", "text.legacy_font"),
        ("story", "Bà \ufffd\ufffdm hiến đất làm đường", "text.not_utf8"),
        ("birth_year", "75", "birth_year.not_a_year"),
        ("birth_year", "năm 1975", "birth_year.not_a_year"),
        ("happened_on", "hôm qua", "date.not_a_day"),
        ("happened_on", "31/2/2025", "date.no_such_day"),
        ("happened_on", "27/3/25", "date.short_year"),
    ],
)
def test_what_cannot_be_read_is_said_by_its_box(box: str, value: str, key: str) -> None:
    faults = read({box: [value]}).faults

    assert {name: fault.key for name, fault in faults.items()} == {box: key}


def test_decomposed_letters_are_composed_and_not_refused() -> None:
    reading = read({"name": ["Lo\u0300 Thi\u0323 A\u0302\u0301m"]})

    assert (reading.dossier.name, reading.faults) == ("Lò Thị Ấm", {})


@pytest.mark.parametrize("typed", ["27/3/2025", "27-03-2025", " 27.3.2025 ", "2025-03-27"])
def test_a_day_may_be_typed_in_many_ways(typed: str) -> None:
    assert read({"happened_on": [typed]}).dossier.happened_on == date(2025, 3, 27)


@pytest.mark.parametrize(
    ("story", "headline"),
    [
        (STORY, "Bà Ấm hiến 300 m2 đất làm đường thôn"),
        ("Không có dấu chấm", "Không có dấu chấm"),
        ("Một\ncâu trên hai dòng. Câu sau.", "Một câu trên hai dòng"),
        ("từ " * 100, ("từ " * 66).rstrip() + "…"),
    ],
)
def test_a_headline_left_empty_is_the_first_sentence(story: str, headline: str) -> None:
    assert read({"story": [story]}).dossier.headline == headline


def test_only_a_sheets_own_boxes_are_kept_and_what_no_database_takes_is_marked() -> None:
    posted = {"name": ["A\x00B\ud800"], "stage": ["published"], "story": ["x"], "subject_kind": []}

    assert kept(Sheet.WHO, posted) == {"name": ["A\ufffdB\ufffd"]}


def test_the_sheets_come_one_after_the_other() -> None:
    assert [next_sheet(sheet) for sheet in Sheet] == [Sheet.DEED, Sheet.CONSENT, None]


@pytest.mark.parametrize("typed", ["0912 345 678", "+84 912.345.678", "0084-912-345-678", "(0912) 345678"])
def test_a_telephone_is_read_however_it_is_written(typed: str) -> None:
    assert parsed_phone(typed) == "0912345678"


@pytest.mark.parametrize("typed", ["0912", "1234567890", "09123456789012", "０９１２３４５６７８", "bác Tư", "0" * 50])
def test_what_is_no_telephone_is_refused(typed: str) -> None:
    with pytest.raises(NotAPhone):
        parsed_phone(typed)


@pytest.mark.parametrize(("digits", "fits"), [("678", True), ("78", False), ("5678", False), ("", False)])
def test_exactly_three_last_digits_open_a_dossier(digits: str, fits: bool) -> None:
    assert ends_with("0912345678", digits) is fits
    assert not ends_with("", digits)

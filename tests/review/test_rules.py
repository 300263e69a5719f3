"""Which steps a case may take, what a sheet and a decision must have, who sees what, who may award what."""

from datetime import date
from decimal import Decimal

import pytest

from services.review.rules.awards import GIAY_KHEN, bases_in_force, forms_within_power, power_to_award
from services.review.rules.decisions import check_sheets_in, checked_note, checked_reason
from services.review.rules.scores import BadSheet, SheetFault, checked_sheet, measures_of
from services.review.rules.sight import Sight, sight_of
from services.review.rules.stages import STEPS, Outcome, Stage, Step, after
from shared.access.principal import Role
from shared.errors import Invalid, Refused
from shared.plan import Plan, ReviewRule, Text


def rule(**changes: object) -> ReviewRule:
    facts = {
        "clause": "R67", "minimum": 1, "maximum": 5, "field_is_scored": True, "members_needed": 3,
        "recognise_from": Decimal("3.5"), "answer_within_working_days": 10,
    }  # fmt: skip
    return ReviewRule(**(facts | changes))


ALLOWED = {
    (Stage.OPEN, Step.SCORE): Stage.OPEN,
    (Stage.OPEN, Step.RECOGNISE): Stage.RECOGNISED,
    (Stage.OPEN, Step.NURTURE): Stage.NURTURE,
    (Stage.OPEN, Step.DECLINE): Stage.DECLINED,
    (Stage.OPEN, Step.WITHDRAW): Stage.WITHDRAWN,
    (Stage.RECOGNISED, Step.WITHDRAW): Stage.RECOGNISED,
    (Stage.NURTURE, Step.WITHDRAW): Stage.NURTURE,
    (Stage.DECLINED, Step.WITHDRAW): Stage.DECLINED,
    (Stage.RECOGNISED, Step.PROPOSE_COMMENDATION): Stage.RECOGNISED,
    (Stage.RECOGNISED, Step.PUT_FORWARD): Stage.RECOGNISED,
    (Stage.OPEN, Step.RETURN): Stage.RETURNED,
    (Stage.RETURNED, Step.SUPPLEMENT): Stage.OPEN,
    (Stage.RETURNED, Step.RESUME): Stage.OPEN,
    (Stage.RETURNED, Step.WITHDRAW): Stage.WITHDRAWN,
    (Stage.OPEN, Step.HOLD): Stage.OPEN,
    (Stage.RETURNED, Step.HOLD): Stage.RETURNED,
    (Stage.RECOGNISED, Step.HOLD): Stage.RECOGNISED,
}
#: What a held case allows.
ALLOWED_WHILE_HELD = {
    (Stage.OPEN, Step.HOLD), (Stage.OPEN, Step.RELEASE), (Stage.OPEN, Step.WITHDRAW),
    (Stage.RETURNED, Step.HOLD), (Stage.RETURNED, Step.RELEASE), (Stage.RETURNED, Step.WITHDRAW),
    (Stage.RETURNED, Step.SUPPLEMENT),
    (Stage.RECOGNISED, Step.HOLD), (Stage.RECOGNISED, Step.RELEASE), (Stage.RECOGNISED, Step.WITHDRAW),
    (Stage.NURTURE, Step.WITHDRAW), (Stage.DECLINED, Step.WITHDRAW),
}  # fmt: skip


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("stage", Stage)
def test_a_step_outside_the_table_is_refused(stage: Stage, step: Step) -> None:
    if (stage, step) in ALLOWED:
        assert after(stage, step) is ALLOWED[stage, step]
    else:
        with pytest.raises(Refused):
            after(stage, step)


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("stage", Stage)
def test_nothing_goes_on_while_a_case_is_held(stage: Stage, step: Step) -> None:
    if (stage, step) in ALLOWED_WHILE_HELD:
        after(stage, step, held=True)
    else:
        with pytest.raises(Refused):
            after(stage, step, held=True)


@pytest.mark.parametrize(("stage", "step"), STEPS)
def test_a_dossier_taken_back_takes_no_step(stage: Stage, step: Step) -> None:
    with pytest.raises(Refused) as refused:
        after(stage, step, taken_back=True)

    assert refused.value.key == "case.taken_back"


@pytest.mark.parametrize(
    ("step", "key"),
    [
        (Step.SCORE, "case.closed_to_scores"),
        (Step.RECOGNISE, "case.closed"),
        (Step.PROPOSE_COMMENDATION, "case.not_recognised"),
        (Step.PUT_FORWARD, "case.not_recognised"),
    ],
)
def test_the_refusal_says_why(step: Step, key: str) -> None:
    with pytest.raises(Refused) as refused:
        after(Stage.DECLINED, step)

    assert refused.value.key == key


def test_a_sheet_has_the_general_criteria_and_the_fields_own(plan: Plan) -> None:
    field = plan.fields[3]

    measures = measures_of(plan, field.id)

    assert [measure.id for measure in measures] == [*(criterion.id for criterion in plan.criteria), field.id]
    assert measures[-1].text == field.text


def test_every_fault_of_a_sheet_is_told_at_once(plan: Plan) -> None:
    measures = measures_of(plan, plan.fields[0].id)
    bounds = rule()
    first, second, third, fourth, own = (measure.id for measure in measures)

    with pytest.raises(BadSheet) as bad:
        checked_sheet({first: 0, second: 6, third: 1, fourth: 5, "G9": 3}, measures, bounds)

    assert bad.value.found == (
        SheetFault(first, measures[0].title, "score.out_of_bounds", 0, bounds),
        SheetFault(second, measures[1].title, "score.out_of_bounds", 6, bounds),
        SheetFault(own, plan.fields[0].title, "score.missing", None, bounds),
        SheetFault("G9", Text("G9", "G9"), "score.unknown_criterion", 3, bounds),
    )


def test_both_bounds_of_the_scale_may_be_given(plan: Plan) -> None:
    measures = measures_of(plan, plan.fields[0].id)
    sheet = {measure.id: 1 + 4 * (place % 2) for place, measure in enumerate(measures)}

    assert checked_sheet(sheet, measures, rule()) == sheet


@pytest.mark.parametrize(("sheets", "needed"), [(3, 3), (4, 3), (0, 0)])
def test_the_chair_may_decide_when_the_sheets_are_in(sheets: int, needed: int) -> None:
    check_sheets_in(rule(members_needed=needed), sheets=sheets)


def test_the_chair_is_told_how_many_sheets_are_missing() -> None:
    with pytest.raises(Refused) as refused:
        check_sheets_in(rule(members_needed=3), sheets=1)

    assert (refused.value.key, refused.value.details) == (
        "case.sheets_missing",
        {"missing": 2, "sheets": 1, "needed": 3},
    )


@pytest.mark.parametrize("outcome", [Outcome.NURTURE, Outcome.DECLINED])
@pytest.mark.parametrize("reason", ["", "  \n ", "\u200b"])
def test_a_refusal_without_a_reason_is_no_decision(outcome: Outcome, reason: str) -> None:
    with pytest.raises(Invalid) as invalid:
        checked_reason(reason, outcome)

    assert invalid.value.faults == {"reason": "decision.reason_missing"}


def test_a_recognition_needs_no_reason_and_a_reason_is_kept_clean() -> None:
    assert checked_reason("", Outcome.RECOGNISED) == ""
    assert checked_reason("  Cảm ơn.\r\nTiếp tục nhé. ", Outcome.RECOGNISED) == "Cảm ơn.\nTiếp tục nhé."


@pytest.mark.parametrize(("text", "key"), [("x" * 1001, "text.too_long"), ("một\x00hai", "text.control_character")])
def test_an_unusable_remark_is_refused(text: str, key: str) -> None:
    with pytest.raises(Invalid) as invalid:
        checked_note(text)

    assert invalid.value.faults == {"note": key}


@pytest.mark.parametrize(
    ("role", "has_scored", "stage", "sight"),
    [
        (Role.COUNCIL_MEMBER, False, Stage.OPEN, Sight.OWN),
        (Role.COUNCIL_MEMBER, True, Stage.OPEN, Sight.SHEETS),
        (Role.CHAIR, False, Stage.OPEN, Sight.SUMS),
        (Role.CLERK, False, Stage.OPEN, Sight.SUMS),
        (Role.COUNCIL_MEMBER, False, Stage.DECLINED, Sight.SHEETS),
        (Role.CLERK, False, Stage.RECOGNISED, Sight.SHEETS),
    ],
)
def test_a_member_scores_before_looking_at_the_others(role: Role, has_scored: bool, stage: Stage, sight: Sight) -> None:
    assert sight_of(role, has_scored=has_scored, stage=stage) is sight


LAST_DAY, NEXT_DAY = date(2025, 6, 30), date(2025, 7, 1)


@pytest.mark.parametrize("day", [date(2023, 6, 1), LAST_DAY, NEXT_DAY])
@pytest.mark.parametrize("kind", ["commune", "ward", "township"])
def test_a_commune_chair_may_always_give_a_certificate_of_merit(kind: str, day: date) -> None:
    assert power_to_award(GIAY_KHEN, unit_kind=kind, on=day).unit_tier == "commune"


def test_powers_moved_from_the_district_to_the_commune_overnight() -> None:
    with pytest.raises(Refused) as refused:
        power_to_award("chien_si_thi_dua_co_so", unit_kind="commune", on=LAST_DAY)

    assert (refused.value.key, refused.value.details["day"]) == ("award.no_power", "30/06/2025")
    assert power_to_award("chien_si_thi_dua_co_so", unit_kind="district", on=LAST_DAY)
    assert power_to_award("chien_si_thi_dua_co_so", unit_kind="commune", on=NEXT_DAY).source.endswith("129/2025/NĐ-CP")
    assert len(forms_within_power(unit_kind="commune", on=LAST_DAY)) == 3
    assert len(forms_within_power(unit_kind="commune", on=NEXT_DAY)) == 6


@pytest.mark.parametrize("kind", ["village", "commune"])
def test_a_diploma_of_merit_has_to_be_put_forward(kind: str) -> None:
    with pytest.raises(Refused) as refused:
        power_to_award("bang_khen", unit_kind=kind, on=NEXT_DAY)

    assert refused.value.key == "award.no_power"


def test_an_unknown_form_is_named() -> None:
    with pytest.raises(Refused) as refused:
        power_to_award("huy_chuong", unit_kind="commune", on=NEXT_DAY)

    assert (refused.value.key, refused.value.details) == ("award.unknown_form", {"form": "huy_chuong"})


@pytest.mark.parametrize(
    ("day", "law", "decree"),
    [
        (date(2023, 12, 31), "26 tháng 11 năm 2003", "91/2017"),
        (date(2024, 1, 1), "15 tháng 6 năm 2022", "98/2023"),
        (LAST_DAY, "15 tháng 6 năm 2022", "98/2023"),
        (NEXT_DAY, "15 tháng 6 năm 2022", "152/2025"),
    ],
)
def test_a_paper_cites_the_law_and_the_decree_of_its_day(day: date, law: str, decree: str) -> None:
    cited = bases_in_force(day)

    assert len(cited) == 2
    assert law in cited[0]
    assert decree in cited[1]

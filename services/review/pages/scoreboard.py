"""The council's scores in words, as far as the asker may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

from services.review.queries.cases import MemberSheet
from services.review.rules.scores import Measure, Tally
from services.review.rules.sight import Sight
from shared.plan import Plan, ReviewRule, UnknownInPlan
from shared.web.i18n import current_language, gettext


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion in the plan's own words; `points` are the sheets' in their order."""

    id: str
    title: str
    text: str
    section: str
    average: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """`shown` is False for a member who has not scored yet: then there are only the criteria."""

    scale: str
    criteria: list[Criterion]
    shown: bool
    members: tuple[MemberSheet, ...]
    heads: list[str | tuple[str, str]]
    remarks: tuple[str, ...]
    verdict: str
    verdict_kind: Literal["ok", "info"]


def scoreboard_of(
    plan: Plan,
    measures: Sequence[Measure],
    sheets: Sequence[MemberSheet],
    tally: Tally,
    sight: Sight,
) -> Scoreboard:
    """The scores as far as `sight` reaches; members' columns only where their sheets may be seen."""
    members = tuple(sheets) if sight is Sight.SHEETS else ()
    rule = plan.review
    return Scoreboard(
        scale=gettext("Mỗi tiêu chuẩn chấm từ %(minimum)s đến %(maximum)s điểm, số nguyên.",
                      minimum=rule.minimum, maximum=rule.maximum),
        criteria=[criterion_of(plan, measure, members, tally, sight) for measure in measures],
        shown=sight is not Sight.OWN,
        members=members,
        heads=[gettext("Tiêu chuẩn"), *((member.member_name, "n") for member in members),
               (gettext("Trung bình"), "n")],
        remarks=tuple(sheet.note for sheet in sheets if sheet.note) if sight is Sight.SUMS else (),
        verdict=verdict_of(tally, rule),
        verdict_kind="ok" if tally.advised else "info",
    )  # fmt: skip


def criterion_of(plan: Plan, measure: Measure, members: Sequence[MemberSheet], tally: Tally, sight: Sight) -> Criterion:
    language = current_language()
    average = tally.by_criterion.get(measure.id) if sight is not Sight.OWN else None
    return Criterion(
        id=measure.id,
        title=measure.title.to(language),
        text=measure.text.to(language),
        section=section_of(plan, measure),
        average=exactly(average) if average is not None else "",
        points=tuple(str(member.points.get(measure.id, "")) for member in members),
    )


def section_of(plan: Plan, measure: Measure) -> str:
    """Where the criterion stands in the plan; "" for a field that only a former commune's plan has."""
    try:
        return gettext("Mục %(section)s", section=plan.clause(measure.clause).section)
    except UnknownInPlan:
        return ""


def verdict_of(tally: Tally, rule: ReviewRule) -> str:
    """The average and what it advises; the chair decides."""
    if tally.average is None:
        return gettext("Chưa có phiếu chấm nào.")
    average = exactly(tally.average)
    if cut := about(tally.average):
        average = gettext("%(exact)s (khoảng %(about)s)", exact=average, about=cut)
    threshold = exactly(Fraction(rule.recognise_from))
    if tally.advised:
        return gettext(
            "Điểm trung bình %(average)s: đủ điểm đề nghị công nhận (từ %(threshold)s).",
            average=average,
            threshold=threshold,
        )
    return gettext(
        "Điểm trung bình %(average)s: chưa đủ điểm đề nghị công nhận (từ %(threshold)s).",
        average=average,
        threshold=threshold,
    )


def exactly(value: Fraction) -> str:
    """8, 8,25 or 8 7/15 (8.25 in English): never rounded."""
    if 100 % value.denominator == 0:
        return decimals(value)
    whole, rest = divmod(value.numerator, value.denominator)
    part = f"{rest}/{value.denominator}"
    return f"{whole} {part}" if whole else part


def about(value: Fraction) -> str:
    """The value cut after two decimals, so that it never looks as if it reached a threshold; "" when it is exact."""
    return "" if 100 % value.denominator == 0 else decimals(Fraction(floor(value * 100), 100))


def decimals(value: Fraction) -> str:
    """A number of whole hundredths, without trailing zeros, with the language's comma."""
    whole, hundredths = divmod(int(value * 100), 100)
    written = f"{whole}.{hundredths:02d}".rstrip("0").rstrip(".")
    return written if current_language() == "en" else written.replace(".", ",")

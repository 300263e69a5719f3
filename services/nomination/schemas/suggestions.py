"""Suggestions as their pages show them: to whoever gave them, and to whoever answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.nomination.models import Nomination, Suggestion
from services.nomination.queries.suggestions import PER_PAGE
from services.nomination.rules.stages import Stage
from services.nomination.rules.suggestions import ANYWHERE, Origin, SuggestionStage
from services.nomination.schemas.views import unit_name
from shared.plan import Plan, Unit
from shared.plan.shelf import plan_of
from shared.web.i18n import LazyText, _, current_language, lazy
from shared.web.parts import Choice, Tone
from shared.web.parts import Happening as Entry

HERE = "/de-cu/goi-y"
ANSWERED = "da-tra-loi"
STAGES: Mapping[SuggestionStage, tuple[Tone, LazyText]] = {
    SuggestionStage.RECEIVED: ("info", lazy("Chờ trả lời")),
    SuggestionStage.ENDORSED: ("ok", lazy("Đã nhận lập hồ sơ")),
    SuggestionStage.DECLINED: ("mute", lazy("Không đề cử")),
}
ORIGINS: Mapping[Origin, LazyText] = {
    Origin.CITIZEN: lazy("Người dân gợi ý"),
    Origin.VILLAGE: lazy("Thôn khác giới thiệu"),
    Origin.ORGANISATION: lazy("Đoàn thể, cơ quan giới thiệu"),
    Origin.MEDIA: lazy("Cơ quan truyền thông phát hiện"),
    Origin.COUNCIL: lazy("Hội đồng giới thiệu"),
}


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    href: str
    name: str
    deed: str
    unit: str
    origin: str
    received_on: date
    due_on: date | None  # while the answer is awaited
    tone: Tone
    label: str


@dataclass(frozen=True, slots=True)
class SuggestionList:
    filters: list[tuple[str, str, bool, int | None]]
    lines: list[SuggestionLine]
    given: list[SuggestionLine]  # what the reader's unit told others
    next_href: str
    answered: bool


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """One suggestion with what may be done: `units` are those that it may be passed to."""

    line: SuggestionLine
    giver: str
    phone: str
    reason: str
    answered_on: date | None
    draft_href: str
    may_answer: bool
    may_endorse: bool  # anew too, where the draft was thrown away
    units: list[Choice]
    unit_key: str


def list_of(found: Sequence[Suggestion], given: Sequence[Suggestion], *, answered: bool) -> SuggestionList:
    """`found` has one more than a page where there is a next one."""
    shown = found[:PER_PAGE]
    base = f"{HERE}?nhom={ANSWERED}&" if answered else f"{HERE}?"
    return SuggestionList(
        filters=[
            (_("Chờ trả lời"), HERE, not answered, None),
            (_("Đã trả lời"), f"{HERE}?nhom={ANSWERED}", answered, None),
        ],
        lines=[line_of_suggestion(one) for one in shown],
        given=[line_of_suggestion(one) for one in given],
        next_href=f"{base}sau={shown[-1].id}" if len(found) > PER_PAGE else "",
        answered=answered,
    )


def place_typed(raw: str) -> UUID | None:
    """The place that an address names; None for what no page of ours has written."""
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None


def line_of_suggestion(suggestion: Suggestion) -> SuggestionLine:
    stage = SuggestionStage(suggestion.stage)
    tone, label = STAGES[stage]
    plan = plan_of(suggestion.plan_id)
    return SuggestionLine(
        href=f"{HERE}/{suggestion.id}",
        name=suggestion.name,
        deed=suggestion.deed,
        unit=unit_name(plan, suggestion.unit_id),
        origin=str(ORIGINS[Origin(suggestion.origin)]),
        received_on=suggestion.received_on,
        due_on=suggestion.answer_by if stage is SuggestionStage.RECEIVED else None,
        tone=tone,
        label=str(label),
    )


def view_of(suggestion: Suggestion, units: Sequence[Unit], plan: Plan) -> SuggestionView:
    stage = SuggestionStage(suggestion.stage)
    draft = f"/de-cu/{suggestion.nomination_id}" if suggestion.nomination_id else ""
    return SuggestionView(
        line=line_of_suggestion(suggestion),
        giver=suggestion.giver,
        phone=suggestion.phone,
        reason=suggestion.reason,
        answered_on=suggestion.answered_on,
        draft_href=draft,
        may_answer=stage is SuggestionStage.RECEIVED,
        may_endorse=stage is not SuggestionStage.DECLINED and not draft,
        units=choices_of_units(units),
        unit_key=plan.unit_by_id(suggestion.unit_id).key,
    )


def village_choices(villages: Sequence[Unit]) -> list[Choice]:
    return [Choice(ANYWHERE, _("Không rõ, hoặc nơi khác trong xã")), *choices_of_units(villages)]


def choices_of_units(units: Sequence[Unit]) -> list[Choice]:
    return [Choice(unit.key, unit.name.to(current_language())) for unit in units]


def steps_of(suggestion: Suggestion, nomination: Nomination | None) -> list[Entry]:
    """What became of it, without names and without the council's outcome."""
    steps = [Entry(suggestion.received_on, _("Đã nhận gợi ý"))]
    unit = unit_name(plan_of(suggestion.plan_id), suggestion.unit_id)
    match SuggestionStage(suggestion.stage):
        case SuggestionStage.RECEIVED:
            return [*steps, Entry(suggestion.answer_by, _("%(unit)s trả lời chậm nhất", unit=unit), state="next")]
        case SuggestionStage.DECLINED:
            said = _("%(unit)s trả lời: không đề cử", unit=unit)
            return [*steps, Entry(suggestion.answered_on or "", said, suggestion.reason)]
        case SuggestionStage.ENDORSED:
            steps.append(Entry(suggestion.answered_on or "", _("%(unit)s nhận lập hồ sơ", unit=unit)))
    if nomination is not None and nomination.stage != Stage.DRAFT:
        steps.append(Entry(nomination.submitted_on or "", _("Hồ sơ đã gửi xã xét chọn")))
    return steps

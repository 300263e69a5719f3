"""Candidates as their pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from services.nomination.models import Candidate, MeasureRow, Nomination, TrailRow
from services.nomination.queries.nurture import PER_PAGE, Place
from services.nomination.rules.candidacy import CandidateStage, Deed, allowed
from services.nomination.rules.nurture import NOTHING_DUE, Support
from services.nomination.rules.stages import Stage
from services.nomination.schemas.views import unit_name
from shared.plan import Plan
from shared.web.filters import vnd
from shared.web.i18n import LazyText, _, current_language, lazy
from shared.web.parts import Happening as Entry
from shared.web.parts import Tone

HERE = "/boi-duong"
STAGES: Mapping[CandidateStage, tuple[Tone, LazyText]] = {
    CandidateStage.NURTURED: ("gold", lazy("Đang bồi dưỡng")),
    CandidateStage.GRADUATED: ("ok", lazy("Đã đề cử")),
    CandidateStage.STOPPED: ("mute", lazy("Đã dừng")),
}
#: How a stage is named in an address: /boi-duong?nhom=da-de-cu
SLUGS: Mapping[CandidateStage, str] = {
    CandidateStage.NURTURED: "dang-boi-duong",
    CandidateStage.GRADUATED: "da-de-cu",
    CandidateStage.STOPPED: "da-dung",
}
TRAIL: Mapping[str, LazyText] = {
    "chosen": lazy("Đơn vị xác định là nhân tố cần bồi dưỡng"),
    "identified": lazy("Hội đồng đề nghị bồi dưỡng"),
    "transferred": lazy("Chuyển về xã mới do sáp nhập"),
    Deed.PLAN_STEP: lazy("Đặt ra một bước"),
    Deed.FINISH_STEP: lazy("Làm xong một bước"),
    Deed.MOVE_STEP: lazy("Dời hạn một bước"),
    Deed.VISIT: lazy("Thăm hỏi"),
    Deed.MILESTONE: lazy("Đạt một mốc"),
    Deed.MENTOR: lazy("Có người kèm cặp"),
    Deed.PROMOTE: lazy("Trở thành tấm gương trong đơn vị"),
    Deed.STOP: lazy("Dừng bồi dưỡng"),
    Deed.RESUME: lazy("Bồi dưỡng tiếp"),
    Deed.NOMINATE: lazy("Đã đề cử lên xã"),
    Deed.RETURN: lazy("Trở lại bồi dưỡng"),
}
SUPPORTS: Mapping[Support, LazyText] = {
    Support.MATERIAL: lazy("Hỗ trợ vật chất"),
    Support.MORAL: lazy("Động viên tinh thần"),
}
#: What can be done from the candidate's page, the most frequent first.
ACTIONS: Mapping[Deed, LazyText] = {
    Deed.SUPPORT: lazy("Ghi hỗ trợ"),
    Deed.VISIT: lazy("Ghi thăm hỏi"),
    Deed.MILESTONE: lazy("Ghi một mốc"),
    Deed.PLAN_STEP: lazy("Thêm bước"),
    Deed.MENTOR: lazy("Đổi người kèm"),
    Deed.PROMOTE: lazy("Thành tấm gương"),
    Deed.RESUME: lazy("Bồi dưỡng tiếp"),
    Deed.STOP: lazy("Dừng bồi dưỡng"),
}


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """One candidate in the list; `due_on` is the first day that something is due."""

    href: str
    name: str
    unit: str
    mentor: str
    due_on: date | None
    late: bool
    tone: Tone
    label: str


@dataclass(frozen=True, slots=True)
class CandidatesView:
    filters: list[tuple[str, str, bool, int]]
    lines: list[CandidateLine]
    next_href: str
    exports: tuple[str, str]  # CSV, XLSX
    total: int


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A step: with `done_on` it was taken, without `done_href` it is not the reader's to take."""

    weakness: str
    action: str
    due_on: date
    done_on: date | None
    done_href: str
    move_href: str


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A candidate's own page."""

    candidate: Candidate
    href: str
    unit: str
    field: str
    tone: Tone
    label: str
    open: list[MeasureLine]
    done: list[MeasureLine]
    timeline: list[Entry]
    support_vnd: int
    actions: list[tuple[str, str]]  # (address, words)
    may_nominate: bool  # not while a draft of them is being written
    nomination: tuple[str, str] | None  # (address, words) of the nomination that was made of them
    before: str  # address of the nomination that the council sent back


def line_of(candidate: Candidate, today: date) -> CandidateLine:
    tone, label = STAGES[CandidateStage(candidate.stage)]
    due_on = candidate.next_due if candidate.next_due != NOTHING_DUE else None
    return CandidateLine(
        href=f"{HERE}/{candidate.id}",
        name=candidate.name,
        unit=unit_name(candidate.plan, candidate.unit_id),
        mentor=candidate.mentor,
        due_on=due_on,
        late=due_on is not None and due_on < today,
        tone=tone,
        label=str(label),
    )


def candidates_view(
    found: Sequence[Candidate],
    counted: Mapping[CandidateStage, int],
    *,
    stage: CandidateStage,
    words: str,
    today: date,
) -> CandidatesView:
    """`found` has one more than a page where there is a next one."""
    shown = found[:PER_PAGE]
    last = shown[-1] if len(found) > PER_PAGE else None
    return CandidatesView(
        filters=[
            (str(label), address(one, words), one is stage, counted[one]) for one, (_tone, label) in STAGES.items()
        ],
        lines=[line_of(each, today) for each in shown],
        next_href=address(stage, words, after=(last.next_due, last.id)) if last else "",
        exports=(address(stage, words, file="danh-sach.csv"), address(stage, words, file="danh-sach.xlsx")),
        total=sum(counted.values()),
    )


def address(stage: CandidateStage, words: str, *, after: Place | None = None, file: str = "") -> str:
    parts = {"nhom": SLUGS[stage], "q": words, "sau": f"{after[0]}_{after[1]}" if after else ""}
    return f"{HERE}{'/' if file else ''}{file}?{urlencode({name: value for name, value in parts.items() if value})}"


def stage_named(slug: str) -> CandidateStage:
    """The stage that an address names; those who are nurtured for any other word."""
    return next((stage for stage, known in SLUGS.items() if known == slug), CandidateStage.NURTURED)


def candidate_view(
    candidate: Candidate,
    measures: Sequence[MeasureRow],
    trail: Sequence[TrailRow],
    nomination: Nomination | None,
    *,
    may_act: bool,
) -> CandidateView:
    plan, stage = candidate.plan, CandidateStage(candidate.stage)
    tone, label = STAGES[stage]
    href = f"{HERE}/{candidate.id}"
    steps = [measure_line(each, href, may_act=may_act and stage is CandidateStage.NURTURED) for each in measures]
    return CandidateView(
        candidate=candidate,
        href=href,
        unit=unit_name(plan, candidate.unit_id),
        field=field_title(plan, candidate.field),
        tone=tone,
        label=str(label),
        open=[each for each in steps if each.done_on is None],
        done=[each for each in steps if each.done_on],
        timeline=[entry_of(each, nomination) for each in trail],
        support_vnd=sum(each.amount_vnd or 0 for each in trail),
        actions=[
            (f"{href}/{deed}", str(words))
            for deed, words in ACTIONS.items()
            if may_act and allowed(stage, deed) and not (deed is Deed.PROMOTE and candidate.promoted_on)
        ],
        may_nominate=may_act
        and allowed(stage, Deed.NOMINATE)
        and (nomination is None or nomination.stage != Stage.DRAFT),
        nomination=made_of(nomination),
        before=f"/de-cu/{candidate.nomination_id}" if candidate.nomination_id else "",
    )


def made_of(nomination: Nomination | None) -> tuple[str, str] | None:
    if nomination is None:
        return None
    href = f"/de-cu/{nomination.id}"
    return (href, _("Bản nháp đề cử")) if nomination.stage == Stage.DRAFT else (href, nomination.code or "")


def measure_line(measure: MeasureRow, href: str, *, may_act: bool) -> MeasureLine:
    step = f"{href}/{Deed.PLAN_STEP}/{measure.id}"
    return MeasureLine(
        weakness=measure.weakness,
        action=measure.action,
        due_on=measure.due_on,
        done_on=measure.done_on,
        done_href=f"{step}/{Deed.FINISH_STEP}" if may_act else "",
        move_href=f"{step}/{Deed.MOVE_STEP}" if may_act else "",
    )


def entry_of(row: TrailRow, nomination: Nomination | None) -> Entry:
    """One thing that was done, with what it was worth and who noted it."""
    title = trail_title(row)
    said = [row.detail, _("Ghi: %(name)s", name=row.by_name) if row.by_name else ""]
    href = f"/de-cu/{nomination.id}" if nomination and row.kind == Deed.NOMINATE else ""
    return Entry(row.happened_on, title, " · ".join(part for part in said if part), href=href)


def trail_title(row: TrailRow) -> str:
    if row.support is None:
        return str(TRAIL[row.kind])
    words = str(SUPPORTS[Support(row.support)])
    return f"{words}: {vnd(row.amount_vnd)}" if row.amount_vnd else words


def field_title(plan: Plan, field_id: str) -> str:
    return plan.field(field_id).title.to(current_language())

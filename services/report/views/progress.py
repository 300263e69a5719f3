"""The table of communes, one commune in numbers, and the reports that the plan asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from services.report import queries
from services.report.models import DeadlineState, QuotaWindow
from services.report.queries import CommuneFigures
from services.report.rules import Evidence, Standing, State, deadline_standing, quota_standing
from services.report.views.living_plan import counted_now, state_words
from services.report.views.words import STATE_WORDS
from shared.errors import NotFound
from shared.plan import Deadline, Plan, Quota, Window
from shared.web.charts import HeatRow
from shared.web.i18n import current_language
from shared.web.parts import Tone


@dataclass(frozen=True, slots=True)
class CommuneLine:
    plan: Plan
    name: str
    figures: CommuneFigures
    share: float  # met quarters of those begun, 0 to 100


@dataclass(frozen=True, slots=True)
class Table:
    tier: str  # the aggregating tier, or the one commune that the reader sees
    lines: tuple[CommuneLine, ...]
    quarters: tuple[str, ...]
    heat: tuple[HeatRow, ...]
    silent: tuple[CommuneLine, ...]  # communes without an introduction in the present quarter
    today: date

    @property
    def nominated(self) -> int:
        return sum(line.figures.nominated for line in self.lines)

    @property
    def introduced(self) -> int:
        return sum(line.figures.introduced for line in self.lines)

    @property
    def overdue(self) -> int:
        return sum(line.figures.overdue for line in self.lines)


@dataclass(frozen=True, slots=True)
class QuotaLine:
    quota: Quota
    title: str
    words: str
    tone: Tone
    windows: tuple[tuple[str, int, bool], ...]  # (label, counted, enough) of every window begun


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    deadline: Deadline
    title: str
    to: str
    standing: Standing
    words: str
    tone: Tone
    state: DeadlineState | None


@dataclass(frozen=True, slots=True)
class Commune:
    plan: Plan
    name: str
    figures: CommuneFigures
    by_field: tuple[tuple[str, int, int], ...]  # (title, nominated, introduced)
    by_kind: tuple[tuple[str, int, int], ...]
    by_subject: tuple[tuple[str, int, int], ...]
    by_unit: tuple[tuple[str, int, int], ...]
    quotas: tuple[QuotaLine, ...]
    deadlines: tuple[DeadlineLine, ...]
    direct_worker_share: float


def table(session: Session, plans: Sequence[Plan], today: date) -> Table:
    """All plans side by side over the quarters that have begun."""
    figures = queries.communes(session, [plan.id for plan in plans], today=today)
    quarters = sorted({window for plan in plans for window in plan.period.quarters() if window.starts_on <= today})
    lines = tuple(commune_line(plan, figures[plan.id], today) for plan in plans)
    present = quarters[-1].key if quarters else ""
    return Table(
        tier=(plans[0].aggregator if len(plans) > 1 else plans[0].unit).name.to(current_language()),
        lines=lines,
        quarters=tuple(label_of(window) for window in quarters),
        heat=tuple(
            HeatRow(
                line.name,
                [line.figures.introduced_by_quarter.get(window.key, 0) for window in quarters],
                f"/tong-hop/{line.plan.id}",
            )
            for line in lines
        ),
        silent=tuple(line for line in lines if not line.figures.introduced_by_quarter.get(present, 0)),
        today=today,
    )


def commune_line(plan: Plan, figures: CommuneFigures, today: date) -> CommuneLine:
    begun = [window for window in plan.period.quarters() if window.starts_on <= today]
    met = sum(1 for window in begun if figures.introduced_by_quarter.get(window.key, 0) >= quarter_minimum(plan))
    return CommuneLine(plan, plan.unit.name.to(current_language()), figures, 100 * met / len(begun) if begun else 0.0)


def label_of(window: Window) -> str:
    """A window's name as a heading: "Quý II/2023"."""
    label = window.label.to(current_language())
    return label[:1].upper() + label[1:]


def quarter_minimum(plan: Plan) -> int:
    """What the plan asks of the whole commune in a quarter; 1 where it asks by another measure."""
    return next((quota.minimum for quota in plan.quotas if quota.unit == "commune" and quota.per == "quarter"), 1)


def commune(session: Session, plan: Plan, today: date) -> Commune:
    """One commune in numbers, since the plan began."""
    language = current_language()
    since, until = plan.period.starts_on, max(today, plan.period.ends_on)

    def counts(column: str, titles: Mapping[Any, str]) -> tuple[tuple[str, int, int], ...]:
        found = queries.breakdown(session, plan.id, column, since=since, until=until)
        return tuple((title, *found.get(key, (0, 0))) for key, title in titles.items())

    figures = queries.communes(session, [plan.id], today=today)[plan.id]
    units = {unit.id: unit.name.to(language) for unit in plan.units}
    by_unit = [line for line in counts("unit_id", units) if line[1]]
    return Commune(
        plan=plan,
        name=plan.unit.name.to(language),
        figures=figures,
        by_field=counts("field", {one.id: one.title.to(language) for one in plan.fields}),
        by_kind=counts("model_kind", {one.id: one.title.to(language) for one in plan.model_kinds}),
        by_subject=counts("subject_kind", {one.id: one.title.to(language) for one in plan.subject_kinds}),
        by_unit=tuple(sorted(by_unit, key=lambda line: -line[1])),
        quotas=quota_lines(session, plan, today),
        deadlines=deadline_lines(session, plan, today),
        direct_worker_share=figures.direct_workers / figures.introduced if figures.introduced else 0.0,
    )


def quota_lines(session: Session, plan: Plan, today: date) -> tuple[QuotaLine, ...]:
    rows = queries.quota_windows(session, plan.id)
    counted = counted_now(session, plan, today)
    evidence = Evidence(len(rows), today, {}, counted)
    return tuple(
        quota_line(plan, quota, [row for row in rows if row.quota == quota.id], evidence) for quota in plan.quotas
    )


def quota_line(plan: Plan, quota: Quota, rows: Sequence[QuotaWindow], evidence: Evidence) -> QuotaLine:
    found = quota_standing(quota, plan.period, evidence)
    words, tone = STATE_WORDS[found.state]
    by_key = {row.window: row.counted for row in rows}
    begun = [window for window in quota.windows(plan.period) if window.starts_on <= evidence.today]
    return QuotaLine(
        quota=quota,
        title=quota.title.to(current_language()),
        words=state_words(found, str(words)),
        tone=tone,
        windows=tuple(
            (label_of(window), by_key.get(window.key, 0), by_key.get(window.key, 0) >= quota.minimum)
            for window in begun
        ),
    )


def deadline_lines(session: Session, plan: Plan, today: date) -> tuple[DeadlineLine, ...]:
    """Every report that the plan asks for, in the order of their days."""
    states = queries.deadline_states(session, plan.id)
    return tuple(
        deadline_line(plan, deadline, states.get(deadline.id), today)
        for deadline in sorted(plan.deadlines, key=lambda one: one.before)
    )


def deadline_line(plan: Plan, deadline: Deadline, state: DeadlineState | None, today: date) -> DeadlineLine:
    submitted = {deadline.id: bool(state.on_time)} if state and state.submitted_on else {}
    found = deadline_standing(deadline, Evidence(0, today, submitted, {}))
    words, tone = STATE_WORDS[found.state]
    if found.state is State.NOT_STARTED:
        tone = "mute"
    return DeadlineLine(
        deadline=deadline,
        title=deadline.title.to(current_language()),
        to=plan.unit_by_key(deadline.to).name.to(current_language()),
        standing=found,
        words=state_words(found, str(words)),
        tone=tone,
        state=state,
    )


def deadline_of(plan: Plan, deadline_id: str) -> Deadline:
    """The plan's deadline. Raises NotFound."""
    for deadline in plan.deadlines:
        if deadline.id == deadline_id:
            return deadline
    raise NotFound("thing.unknown")

"""One commune in numbers, and the reports that the plan asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from services.report import queries
from services.report.models import DeadlineState, EndedPlan, QuotaWindow
from services.report.queries import CommuneFigures
from services.report.rules import Evidence, Standing, State, deadline_standing, quota_standing
from services.report.views.living_plan import evidence_of, state_words
from services.report.views.table import label_of
from services.report.views.words import STATE_WORDS
from shared.errors import NotFound
from shared.plan import Deadline, Plan, Quota
from shared.succession import ending_of
from shared.web.ended import Ended, ended_view
from shared.web.i18n import current_language
from shared.web.parts import Tone


@dataclass(frozen=True, slots=True)
class QuotaLine:
    quota: Quota
    title: str
    words: str
    tone: Tone
    windows: tuple[tuple[str, int, bool | None], ...]  # (label, counted, enough); None: it outlived the commune


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    deadline: Deadline
    title: str
    to: str
    standing: Standing
    words: str
    tone: Tone
    state: DeadlineState | None
    moved_on: bool  # the successor reports instead


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
    ended: Ended | None


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
        ended=ended_view(ending_of(session, EndedPlan, plan.id)),
    )


def quota_lines(session: Session, plan: Plan, today: date) -> tuple[QuotaLine, ...]:
    rows = queries.quota_windows(session, plan.id)
    evidence = evidence_of(session, plan, today, proofs=len(rows))
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
            (
                label_of(window),
                by_key.get(window.key, 0),
                None if evidence.outlives(window.ends_on) else by_key.get(window.key, 0) >= quota.minimum,
            )
            for window in begun
        ),
    )


def deadline_lines(session: Session, plan: Plan, today: date) -> tuple[DeadlineLine, ...]:
    """Every report that the plan asks for, in the order of their days."""
    states, evidence = queries.deadline_states(session, plan.id), evidence_of(session, plan, today)
    return tuple(
        deadline_line(plan, deadline, states.get(deadline.id), evidence)
        for deadline in sorted(plan.deadlines, key=lambda one: one.before)
    )


def deadline_line(plan: Plan, deadline: Deadline, state: DeadlineState | None, evidence: Evidence) -> DeadlineLine:
    found = deadline_standing(deadline, evidence)
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
        moved_on=found.state is State.TRANSFERRED,
    )


def deadline_of(plan: Plan, deadline_id: str) -> Deadline:
    """The plan's deadline. Raises NotFound."""
    for deadline in plan.deadlines:
        if deadline.id == deadline_id:
            return deadline
    raise NotFound("thing.unknown")

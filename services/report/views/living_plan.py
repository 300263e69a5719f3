"""The living plan: the official text with the state of each clause."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from services.report import queries
from services.report.queries import ProofCount
from services.report.rules import Evidence, Standing, State, present_window, standing
from services.report.views.words import STATE_WORDS, kind_words, measure, step_words
from shared.access.principal import Principal
from shared.plan import Clause, Group, Plan, Recipient, Role, Section
from shared.web.i18n import _, current_language, ngettext
from shared.web.parts import Tone


@dataclass(frozen=True, slots=True)
class Line:
    """A clause as the page shows it."""

    clause: Clause
    text: str
    standing: Standing
    tone: Tone
    words: str
    proofs: int
    last_at: datetime | None
    measures: tuple[str, ...]  # indicators in words, for the plan's general aims


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the plan and the clauses below it; `depth` 1 is a Roman numeral."""

    section: Section
    title: str
    depth: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LivingPlan:
    plan: Plan
    title: str
    today: date
    sections: tuple[Part, ...]
    totals: tuple[tuple[str, int, Tone], ...]
    touched: int  # clauses with at least one proof


@dataclass(frozen=True, slots=True)
class ClausePage:
    plan: Plan
    line: Line
    acts: tuple[str, ...]
    tells: tuple[str, ...]
    realised: tuple[tuple[str, str], ...]  # (kind in words, name)
    proofs: tuple[tuple[datetime, str, str, str], ...]  # (when, what, link or "", event name)


def living_plan(session: Session, plan: Plan, today: date) -> LivingPlan:
    """The whole plan; four queries."""
    lines = lines_of(session, plan, today)
    return LivingPlan(
        plan=plan,
        title=plan.title.to(current_language()),
        today=today,
        sections=tuple(part for section in plan.sections if (part := part_of(section, lines))),
        totals=totals(lines),
        touched=sum(1 for line in lines if line.proofs),
    )


def part_of(section: Section, lines: list[Line]) -> Part | None:
    """A section with its lines; None for one that has neither lines nor sections below."""
    own = tuple(line for line in lines if line.clause.section == section.id)
    below = any(line.clause.section.startswith(f"{section.id}.") for line in lines)
    if not own and not below:
        return None
    return Part(section, section.title.to(current_language()), section.id.count(".") + 1, own)


def totals(lines: list[Line]) -> tuple[tuple[str, int, Tone], ...]:
    """How many clauses are in each state, the most pressing first."""
    order = (State.LATE, State.DUE, State.UNDER_WAY, State.DONE, State.NOT_STARTED)
    return tuple(
        (str(STATE_WORDS[state][0]), sum(1 for line in lines if line.standing.state is state), STATE_WORDS[state][1])
        for state in order
    )


def lines_of(session: Session, plan: Plan, today: date) -> list[Line]:
    proofs = queries.proofs_by_clause(session, plan.id)
    submitted = {
        key: bool(state.on_time)
        for key, state in queries.deadline_states(session, plan.id).items()
        if state.submitted_on
    }
    counted = counted_now(session, plan, today)
    measured = queries.indicators(session, plan.id, today=today)
    return [
        line_of(plan, clause, proofs.get(clause.id), Evidence(0, today, submitted, counted), measured)
        for clause in plan.clauses
    ]


def line_of(plan: Plan, clause: Clause, proof: ProofCount | None, known: Evidence, measured: dict[str, float]) -> Line:
    named = clause.realised_as("indicator")
    count = proof.count if proof else 0
    shown = count or sum(1 for name in named if measured.get(name, 0) > 0)
    found = standing(plan, clause, Evidence(shown, known.today, known.submitted, known.counted))
    words, tone = STATE_WORDS[found.state]
    return Line(
        clause=clause,
        text=clause.text.to(current_language()),
        standing=found,
        tone=tone,
        words=state_words(found, str(words)),
        proofs=count,
        last_at=proof.last_at if proof else None,
        measures=tuple(measure(name, measured[name]) for name in named if name in measured),
    )


def state_words(found: Standing, words: str) -> str:
    """The state with its days: "Còn 10 ngày", "Quá hạn 2 ngày"."""
    if found.state is State.DUE and found.days is not None:
        return ngettext("Còn %(count)s ngày", "Còn %(count)s ngày", found.days) if found.days else _("Hôm nay hết hạn")
    if found.state is State.LATE and found.days is not None:
        return ngettext("Quá hạn %(count)s ngày", "Quá hạn %(count)s ngày", -found.days)
    return words


def counted_now(session: Session, plan: Plan, today: date) -> dict[str, int]:
    """{quota id: counted in the present window}; where several units owe it, the least of them."""
    windows = queries.quota_windows(session, plan.id)
    found: dict[str, int] = {}
    for quota in plan.quotas:
        now = present_window(quota, plan.period, today)
        counts = [row.counted for row in windows if now and row.quota == quota.id and row.window == now.key]
        found[quota.id] = min(counts, default=0)
    return found


def clause_page(session: Session, plan: Plan, clause_id: str, today: date, *, who: Principal | None) -> ClausePage:
    """One clause; links to events only for those who may open them."""
    line = next(line for line in lines_of(session, plan, today) if line.clause.id == clause_id)
    may_open = who is not None and who.plan_id == plan.id
    steps = queries.proofs_of(session, plan.id, clause_id)
    return ClausePage(
        plan=plan,
        line=line,
        acts=tuple(party(plan, name) for name in line.clause.acts),
        tells=tuple(party(plan, name) for name in line.clause.tells),
        realised=tuple((kind_words(found.kind), found.name) for found in line.clause.realised_by),
        proofs=tuple(
            (step.said_at, step_words(step.name), f"/su-kien/{step.event_id}" if may_open else "", step.name)
            for step in steps
        ),
    )


def party(plan: Plan, name: str) -> str:
    """A recipient line, group or role of the plan under its title."""
    titled: tuple[Recipient | Group | Role, ...] = (*plan.recipients, *plan.groups, *plan.roles)
    for thing in titled:
        if thing.id == name:
            return thing.title.to(current_language())
    return name

"""The living plan: the official text with the state of each clause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from services.report import queries
from services.report.models import EndedPlan, Step
from services.report.queries import ProofCount
from services.report.rules import Evidence, Standing, State, present_window, standing
from services.report.views.words import STATE_SLUGS, STATE_WORDS, measure, step_words
from shared.plan import Clause, Group, Plan, Recipient, Role, Section
from shared.succession import ending_of
from shared.web.charts import Bar
from shared.web.ended import Ended, ended_view
from shared.web.i18n import _, current_language, ngettext
from shared.web.parts import Tone

PRESSING = (State.LATE, State.DUE)
#: The most pressing first; the colours of a stacked figure follow this order.
ORDER = (State.LATE, State.DUE, State.UNDER_WAY, State.DONE, State.NOT_STARTED, State.TRANSFERRED)


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
    newest: tuple[UUID, str] | None  # the newest proof: event and its title
    measures: tuple[str, ...]  # indicators in words, for the plan's general aims


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the plan and the clauses below it; `depth` 1 is a Roman numeral."""

    section: Section
    title: str
    depth: int
    lines: tuple[Line, ...]

    @property
    def anchor(self) -> str:
        return f"muc-{self.section.id}"

    @property
    def is_bare(self) -> bool:
        """Whether the paper gives only a number or a letter here: "1.", "b."."""
        return len(self.title) <= len("13.")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents. `pressing` are late or due."""

    href: str
    title: str
    clauses: int
    pressing: int


@dataclass(frozen=True, slots=True)
class LivingPlan:
    """`sections` are those with clauses in the state asked for; the numbers are of the whole plan."""

    plan: Plan
    title: str
    today: date
    sections: tuple[Part, ...]
    contents: tuple[Entry, ...]
    totals: tuple[tuple[str, int, Tone], ...]
    states: tuple[Bar, ...]
    only: str  # the one state that is shown, in words; "" for all
    shown: int
    touched: int  # clauses with at least one proof
    ended: Ended | None


def living_plan(session: Session, plan: Plan, today: date, *, only: str = "") -> LivingPlan:
    """The plan; `only` is the slug of a state. Five queries."""
    lines = lines_of(session, plan, today)
    state = next((state for state, slug in STATE_SLUGS.items() if slug == only), None)
    shown = [line for line in lines if state in {None, line.standing.state}]
    return LivingPlan(
        plan=plan,
        title=plan.title.to(current_language()),
        today=today,
        sections=tuple(part for section in plan.sections if (part := part_of(section, shown))),
        contents=tuple(entry(section, lines) for section in plan.sections if is_chapter(section, lines)),
        totals=totals(lines),
        states=states(plan, lines),
        only=str(STATE_WORDS[state][0]) if state else "",
        shown=len(shown),
        touched=sum(1 for line in lines if line.proofs),
        ended=ended_view(ending_of(session, EndedPlan, plan.id)),
    )


def part_of(section: Section, lines: Sequence[Line]) -> Part | None:
    """A section with its lines; None for one that has neither lines nor sections below."""
    own = tuple(line for line in lines if line.clause.section == section.id)
    if not own and not any(below(section, line) for line in lines):
        return None
    return Part(section, section.title.to(current_language()), section.id.count(".") + 1, own)


def below(section: Section, line: Line) -> bool:
    """Whether a clause stands in a section or in one of its sections."""
    return line.clause.section == section.id or line.clause.section.startswith(f"{section.id}.")


def is_chapter(section: Section, lines: Sequence[Line]) -> bool:
    """Whether a section belongs into the table of contents: a heading of the first rank with something below it."""
    return "." not in section.id and any(below(section, line) for line in lines)


def entry(section: Section, lines: Sequence[Line]) -> Entry:
    found = [line for line in lines if below(section, line)]
    return Entry(
        href=f"#muc-{section.id}",
        title=section.title.to(current_language()).rstrip(":"),
        clauses=len(found),
        pressing=sum(1 for line in found if line.standing.state in PRESSING),
    )


def totals(lines: Sequence[Line]) -> tuple[tuple[str, int, Tone], ...]:
    """How many clauses are in each state, the most pressing first."""
    return tuple((str(STATE_WORDS[state][0]), count_of(lines, state), STATE_WORDS[state][1]) for state in ORDER)


def states(plan: Plan, lines: Sequence[Line]) -> tuple[Bar, ...]:
    """The same as a figure, whose legend leads to the clauses of one state."""
    return tuple(
        Bar(
            str(STATE_WORDS[state][0]),
            count,
            href=f"/ke-hoach?xa={plan.id}&trang-thai={STATE_SLUGS[state]}#van-ban" if count else "",
        )
        for state in ORDER
        for count in [count_of(lines, state)]
    )


def count_of(lines: Sequence[Line], state: State) -> int:
    return sum(1 for line in lines if line.standing.state is state)


def lines_of(session: Session, plan: Plan, today: date) -> list[Line]:
    proofs = queries.proofs_by_clause(session, plan.id)
    newest = queries.newest_proofs(session, plan.id, list(proofs))
    known = evidence_of(session, plan, today)
    measured = queries.indicators(session, plan.id, today=today)
    return [
        line_of(plan, clause, proofs.get(clause.id), newest.get(clause.id), known, measured) for clause in plan.clauses
    ]


def evidence_of(session: Session, plan: Plan, today: date, *, proofs: int = 0) -> Evidence:
    """What is known of the plan's duties; of an ended commune, as they stood on its last day."""
    ending = ending_of(session, EndedPlan, plan.id)
    day = min(today, ending.on - timedelta(days=1)) if ending else today
    states = queries.deadline_states(session, plan.id)
    submitted = {key: bool(state.on_time) for key, state in states.items() if state.submitted_on}
    return Evidence(proofs, day, submitted, counted_now(session, plan, day), ending.on if ending else None)


def line_of(
    plan: Plan,
    clause: Clause,
    proof: ProofCount | None,
    newest: Step | None,
    known: Evidence,
    measured: Mapping[str, float],
) -> Line:
    named = clause.realised_as("indicator")
    count = proof.count if proof else 0
    shown = count or sum(1 for name in named if measured.get(name, 0) > 0)
    found = standing(plan, clause, replace(known, proofs=shown))
    words, tone = STATE_WORDS[found.state]
    return Line(
        clause=clause,
        text=clause.text.to(current_language()),
        standing=found,
        tone=tone,
        words=state_words(found, str(words)),
        proofs=count,
        last_at=proof.last_at if proof else None,
        newest=(newest.event_id, step_words(newest.name)) if newest else None,
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


def party(plan: Plan, name: str) -> str:
    """A recipient line, group or role of the plan under its title."""
    titled: tuple[Recipient | Group | Role, ...] = (*plan.recipients, *plan.groups, *plan.roles)
    for thing in titled:
        if thing.id == name:
            return thing.title.to(current_language())
    return name

"""One clause: its words, who acts, who is told, what carries it out, and the events that prove it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from services.report import queries
from services.report.models import Step
from services.report.views.living_plan import Line, lines_of, party
from services.report.views.road import detail
from services.report.views.words import kind_words, realisation_words, step_words
from shared.plan import Clause, Plan, Realisation
from shared.web.i18n import current_language


@dataclass(frozen=True, slots=True)
class Carrier:
    """What of the product carries the clause out. `href` where it can be opened."""

    kind: str
    words: str
    name: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class ProofLine:
    """An event that proves the clause. `href` is "" for readers who may not open it."""

    at: datetime
    title: str
    detail: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class ClausePage:
    plan: Plan
    line: Line
    place: str  # the headings above it, the outermost first
    acts: tuple[str, ...]
    tells: tuple[str, ...]
    carriers: tuple[Carrier, ...]
    proofs: tuple[ProofLine, ...]  # newest first, at most 200
    before: str  # id of the clause before it in the plan, "" for the first
    after: str


def clause_page(session: Session, plan: Plan, clause_id: str, today: date, *, may_open: bool) -> ClausePage:
    """One clause; `may_open` says whether the reader may follow links to events."""
    ids = [clause.id for clause in plan.clauses]
    at = ids.index(clause_id)
    line = next(line for line in lines_of(session, plan, today) if line.clause.id == clause_id)
    steps = queries.proofs_of(session, plan.id, clause_id)
    return ClausePage(
        plan=plan,
        line=line,
        place=place(plan, line.clause),
        acts=tuple(party(plan, name) for name in line.clause.acts),
        tells=tuple(party(plan, name) for name in line.clause.tells),
        carriers=tuple(carriers(line.clause)),
        proofs=tuple(proof_line(step, plan, may_open=may_open) for step in steps),
        before=ids[at - 1] if at else "",
        after=ids[at + 1] if at + 1 < len(ids) else "",
    )


def place(plan: Plan, clause: Clause) -> str:
    """The headings above a clause: "II. NỘI DUNG › 2. Công tác phát hiện › c. …"."""
    above = (section for section in plan.sections if f"{clause.section}.".startswith(f"{section.id}."))
    return " › ".join(section.title.to(current_language()).rstrip(":;") for section in above)


def carriers(clause: Clause) -> list[Carrier]:
    """Each kind and name once, in the order of the plan."""
    found = dict.fromkeys((one.kind, one.name) for one in clause.realised_by)
    return [carrier(Realisation(kind, name)) for kind, name in found]


def carrier(one: Realisation) -> Carrier:
    href = one.name if one.kind == "page" and one.name != "/hanh-trinh" else ""
    return Carrier(kind_words(one.kind), realisation_words(one.kind, one.name), one.name, href)


def proof_line(step: Step, plan: Plan, *, may_open: bool) -> ProofLine:
    """What happened, for everybody; headlines, reasons and points are for those who may open events."""
    if not may_open:
        return ProofLine(step.said_at, step_words(step.name), "", step.name, "")
    return ProofLine(step.said_at, step_words(step.name), detail(step, plan), step.name, f"/su-kien/{step.event_id}")

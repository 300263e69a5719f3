"""The road of a nomination: its steps day by day, each with what it caused and what it carried out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from sqlmodel import Session

from services.report import queries
from services.report.models import NominationFact, Person, Step
from services.report.views.living_plan import party
from services.report.views.words import ABOUT_PEOPLE, outcome_words, service_words, step_words
from shared.clock import day_of
from shared.plan import Plan, UnknownInPlan
from shared.plan.carried import plan_for
from shared.plan.shelf import plan_of
from shared.web.i18n import _, current_language
from shared.web.parts import Tone

SOON_MS = 60_000  # a step within a minute of its cause is told in milliseconds: the product did it, not a person


@dataclass(frozen=True, slots=True)
class Stone:
    """A step of the road."""

    event_id: UUID
    name: str
    title: str
    detail: str
    service: str
    service_id: str
    actor: str
    said_at: datetime
    since_ms: int | None  # milliseconds since the step that caused it, None for the first and for what took longer
    clauses: tuple[str, ...]  # those that it carries out, the most specific first
    carries_out: str  # the first of them in the plan's words
    section: str
    cause_id: UUID | None  # the step of this road that caused it
    cause: str  # its title, "" when a person began it


@dataclass(frozen=True, slots=True)
class Milestone:
    """A stone with what followed from it. `told` are the messages about it, folded away on the page."""

    stone: Stone
    caused: tuple[Stone, ...]
    told: tuple[Stone, ...]

    @property
    def failed(self) -> int:
        return sum(1 for one in self.told if one.name == "message.failed")

    @property
    def read(self) -> int:
        return sum(1 for one in self.told if one.name == "receipt.acknowledged")

    @property
    def sent(self) -> int:
        return sum(1 for one in self.told if one.name == "message.sent")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What happened on one day."""

    day: date
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """A clause that the nomination helped to carry out."""

    id: str
    section: str
    text: str
    steps: int


@dataclass(frozen=True, slots=True)
class Road:
    fact: NominationFact
    plan: Plan
    outcome: tuple[str, Tone]
    unit: str
    field: str
    stones: tuple[Stone, ...]
    stretches: tuple[Stretch, ...]
    touched: tuple[Touched, ...]  # in the order of the plan
    channels: int
    people_told: int
    days: int  # from the first step to the last, both counted

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.touched)


def road(session: Session, fact: NominationFact) -> Road:
    """The whole road; two queries."""
    plan = fact.plan
    steps = queries.road(session, fact.nomination_id)
    people = queries.actors(session, steps)
    by_id = {step.event_id: step for step in steps}
    stones = tuple(stone(step, plan, by_id, people) for step in steps)
    return Road(
        fact=fact,
        plan=plan,
        outcome=outcome_words(fact.outcome, introduced=fact.introduced_on is not None),
        unit=plan.unit_by_id(fact.unit_id).name.to(current_language()),
        field=plan.field(fact.field).title.to(current_language()),
        stones=stones,
        stretches=stretches(milestones(stones, steps)),
        touched=touched(plan, stones),
        channels=sum(1 for step in steps if step.name == "story.published"),
        people_told=sum(1 for step in steps if step.name == "message.sent"),
        days=(day_of(steps[-1].said_at) - day_of(steps[0].said_at)).days + 1 if steps else 0,
    )


def stone(step: Step, plan: Plan, by_id: dict[UUID, Step], people: dict[UUID, Person]) -> Stone:
    cause = by_id.get(step.causation_id) if step.causation_id else None
    since = int((step.said_at - cause.said_at).total_seconds() * 1000) if cause else 0
    under = plan_of(step.plan_id)
    clauses = under.clauses_proved_by(step.name, step.data)
    return Stone(
        event_id=step.event_id,
        name=step.name,
        title=step_words(step.name),
        detail=detail(step, plan),
        service=service_words(step.source),
        service_id=step.source.strip("/"),
        actor=actor(step, plan, people),
        said_at=step.said_at,
        since_ms=since if 0 < since < SOON_MS else None,
        clauses=tuple(clause.id for clause in clauses),
        carries_out=clauses[0].text.to(current_language()) if clauses else "",
        section=step.section,
        cause_id=cause.event_id if cause else None,
        cause=step_words(cause.name) if cause else "",
    )


def milestones(stones: Sequence[Stone], steps: Sequence[Step]) -> list[Milestone]:
    """Every stone that is no message, with the messages about it and the stones that it caused."""
    about = {step.event_id: str(step.data.get("about", "")) for step in steps}
    told: dict[UUID, list[Stone]] = {}
    standing: list[Stone] = []
    for one in stones:
        subject = told_of(one, standing, about[one.event_id]) if one.name in ABOUT_PEOPLE else None
        if subject is None:
            standing.append(one)
        else:
            told.setdefault(subject.event_id, []).append(one)
    return [
        Milestone(
            one,
            caused=tuple(next_ for next_ in standing if next_.cause_id == one.event_id),
            told=tuple(told.get(one.event_id, ())),
        )
        for one in standing
    ]


def told_of(message: Stone, standing: Sequence[Stone], about: str) -> Stone | None:
    """The step that a message tells of: its cause, or the newest step of the kind that it names."""
    for one in reversed(standing):
        if one.event_id == message.cause_id:
            return one
    return next((one for one in reversed(standing) if one.name == about), None)


def stretches(found: Iterable[Milestone]) -> tuple[Stretch, ...]:
    """Day by day, in Vietnam's calendar."""
    return tuple(Stretch(day, tuple(group)) for day, group in groupby(found, lambda one: day_of(one.stone.said_at)))


def touched(plan: Plan, stones: Sequence[Stone]) -> tuple[Touched, ...]:
    counted: dict[str, int] = {}
    for one in stones:
        for clause_id in one.clauses:
            counted[clause_id] = counted.get(clause_id, 0) + 1
    return tuple(
        Touched(clause.id, clause.section, clause.text.to(current_language()), counted[clause.id])
        for clause in plan.clauses
        if clause.id in counted
    )


def detail(step: Step, plan: Plan) -> str:
    """What sets this step apart from others of its kind."""
    data = step.data
    if channel := data.get("channel"):
        known = {one.id: one.title.to(current_language()) for one in plan.channels}
        where = known.get(channel) or {"inbox": _("hộp thư trong ứng dụng"), "mail": _("thư điện tử")}.get(
            channel, channel
        )
        told = recipient_words(plan, data.get("recipient", ""))
        return f"{told}, {where}" if told else str(where)
    if scores := data.get("scores"):
        return _("%(points)s điểm", points=sum(scores.values()))
    if "recipient" in data:
        return recipient_words(plan, data["recipient"])
    return str(data.get("reason") or data.get("missing") or data.get("headline") or data.get("title") or "")


def recipient_words(plan: Plan, recipient: str) -> str:
    own = {
        "nominator": _("người đề cử"),
        "subject_unit": _("đơn vị của người được đề cử"),
        "stepping_in": _("người làm thay hoặc nhận bàn giao"),
    }
    return own.get(recipient) or (party(plan, recipient) if recipient else "")


def actor(step: Step, plan: Plan, people: dict[UUID, Person]) -> str:
    """Who acted: the name and the unit, or the product itself."""
    if step.actor_id is None:
        return _("Hệ thống")
    person = people.get(step.actor_id)
    if person is None:
        return _("Người dùng")
    try:
        unit = plan_for(person.plan_id, plan.id).unit_by_id(person.unit_id)
    except UnknownInPlan:  # the plan's file names it no more
        return person.name
    return f"{person.name} ({unit.name.to(current_language())})"

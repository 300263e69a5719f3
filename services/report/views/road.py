"""The road of a nomination, and one event with its envelope."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from services.report import queries
from services.report.models import NominationFact, Person, Step
from services.report.views.living_plan import party
from services.report.views.words import service_words, step_words
from shared.plan import Plan
from shared.plan.shelf import plan_of
from shared.web.i18n import _, current_language


@dataclass(frozen=True, slots=True)
class Stone:
    """A step of the road. `depth` is how many causes lie before it on this road, for indenting; at most 6."""

    event_id: UUID
    title: str
    detail: str
    service: str
    actor: str
    said_at: datetime
    since_ms: int | None  # milliseconds since the step that caused it; None for the first
    clauses: tuple[str, ...]
    section: str
    cause: str  # title of the step that caused it, "" when a person began it
    depth: int


@dataclass(frozen=True, slots=True)
class Road:
    fact: NominationFact
    plan: Plan
    unit: str
    field: str
    stones: tuple[Stone, ...]
    clauses: tuple[str, ...]  # all clauses touched, in the order of the plan
    channels: int
    people_told: int


@dataclass(frozen=True, slots=True)
class EventPage:
    step: Step
    title: str
    plan: Plan
    envelope: tuple[tuple[str, str], ...]
    data: tuple[tuple[str, str], ...]
    caused: tuple[tuple[UUID, str], ...]
    clauses: tuple[tuple[str, str], ...]


def road(session: Session, fact: NominationFact) -> Road:
    """The whole road; two queries."""
    plan = plan_of(fact.plan_id)
    steps = queries.road(session, fact.nomination_id)
    people = queries.actors(session, steps)
    by_id = {step.event_id: step for step in steps}
    stones = tuple(stone(step, plan, by_id, people) for step in steps)
    touched = {clause for one in stones for clause in one.clauses}
    return Road(
        fact=fact,
        plan=plan,
        unit=plan.unit_by_id(fact.unit_id).name.to(current_language()),
        field=plan.field(fact.field).title.to(current_language()),
        stones=stones,
        clauses=tuple(clause.id for clause in plan.clauses if clause.id in touched),
        channels=sum(1 for step in steps if step.name == "story.published"),
        people_told=sum(1 for step in steps if step.name == "message.sent"),
    )


def stone(step: Step, plan: Plan, by_id: dict[UUID, Step], people: dict[UUID, Person]) -> Stone:
    cause = by_id.get(step.causation_id) if step.causation_id else None
    since = int((step.said_at - cause.said_at).total_seconds() * 1000) if cause else None
    return Stone(
        event_id=step.event_id,
        title=step_words(step.name),
        detail=detail(step, plan),
        service=service_words(step.source),
        actor=actor(step, plan, people),
        said_at=step.said_at,
        since_ms=since,
        clauses=tuple(clause.id for clause in plan.clauses_proved_by(step.name, step.data)),
        section=step.section,
        cause=step_words(cause.name) if cause else "",
        depth=min(depth(step, by_id), 6),
    )


def depth(step: Step, by_id: dict[UUID, Step]) -> int:
    """How many steps of this road led here."""
    count, cause = 0, by_id.get(step.causation_id) if step.causation_id else None
    while cause is not None and count < len(by_id):
        count, cause = count + 1, by_id.get(cause.causation_id) if cause.causation_id else None
    return count


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
    return str(data.get("reason") or data.get("headline") or data.get("title") or "")


def recipient_words(plan: Plan, recipient: str) -> str:
    own = {"nominator": _("người đề cử"), "subject_unit": _("đơn vị của người được đề cử")}
    return own.get(recipient) or (party(plan, recipient) if recipient else "")


def actor(step: Step, plan: Plan, people: dict[UUID, Person]) -> str:
    """Who acted: the office and the name, or the product itself."""
    if step.actor_id is None:
        return _("Hệ thống")
    person = people.get(step.actor_id)
    if person is None:
        return _("Người dùng")
    return f"{person.name} ({plan.unit_by_id(person.unit_id).name.to(current_language())})"


def event_page(session: Session, step: Step) -> EventPage:
    """One event; its data without personal fields, which report does not keep."""
    plan = plan_of(step.plan_id)
    clauses = plan.clauses_proved_by(step.name, step.data)
    envelope: dict[str, Any] = {
        "id": step.event_id,
        "type": step.name,
        "source": step.source,
        "subject": step.subject,
        "time": step.said_at.isoformat(),
        "planid": step.plan_id,
        "planstep": step.section,
        "actorid": step.actor_id,
        "causationid": step.causation_id,
        "correlationid": step.correlation_id,
    }
    return EventPage(
        step=step,
        title=step_words(step.name),
        plan=plan,
        envelope=tuple((name, str(value)) for name, value in envelope.items() if value),
        data=tuple((name, str(value)) for name, value in step.data.items() if value not in (None, "", [])),
        caused=tuple((next_.event_id, step_words(next_.name)) for next_ in queries.caused_by(session, step)),
        clauses=tuple((clause.id, clause.text.to(current_language())) for clause in clauses),
    )

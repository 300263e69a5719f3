"""What report learns from events."""

from typing import Any

from sqlmodel import Session

from services.report import commands
from services.report.models import (
    ActivityFact,
    ChannelFact,
    MessageFact,
    NominationFact,
    Person,
    PlanDay,
    Proof,
    Step,
)
from shared.bus.ear import Ear, NotYet
from shared.bus.told import Told
from shared.events.catalogue import CATALOGUE
from shared.events.clock import DayBegan
from shared.events.event import Event
from shared.events.identity import PersonEnrolled, PlanActivated, UnitDissolved
from shared.events.nomination import (
    NominationResubmitted,
    NominationSubmitted,
    NominationTransferred,
    NominationWithdrawn,
)
from shared.events.notify import MessageSent, ReceiptAcknowledged
from shared.events.publish import ActivityRecorded, RoleModelIntroduced, StoryPublished
from shared.events.review import CaseDeclined, CaseRecognised, CaseReleased, CaseResumed, CaseSentToNurture
from shared.rows import add_once

ear = Ear("report")


@ear.on(*(declared for declared in CATALOGUE.values() if "report" in declared.HEARD_BY and declared is not DayBegan))
def note_step(session: Session, told: Told[Event]) -> None:
    """Keep the step for the road, and its proofs for the living plan. A replay finds them there already."""
    data = told.data.model_dump(mode="json", exclude={"personal", "story", "consent", "addition"})
    step = Step(
        event_id=told.id,
        name=told.data.NAME,
        source=told.source,
        subject=told.subject,
        said_at=told.time,
        plan_id=told.plan_id,
        section=told.step,
        actor_id=told.actor_id,
        causation_id=told.causation_id,
        correlation_id=told.correlation_id,
        data=data,
    )
    add_once(session, step)
    for clause in told.plan.clauses_proved_by(told.data.NAME, data):
        add_once(session, Proof(event_id=told.id, clause_id=clause.id, plan_id=told.plan_id, said_at=told.time))


@ear.on(DayBegan)
def strike(session: Session, told: Told[DayBegan]) -> None:
    commands.begin_day(session, told.plan, told.data.day)


@ear.on(PlanActivated)
def begin_plan(session: Session, told: Told[PlanActivated]) -> None:
    commands.plan_day(session, told.plan, told.data.starts_on)


@ear.on(PersonEnrolled)
def know_person(session: Session, told: Told[PersonEnrolled]) -> None:
    person = told.data
    session.merge(
        Person(
            person_id=person.person_id,
            role=person.role,
            unit_id=person.unit_id,
            plan_id=told.plan_id,
            name=person.personal.name,
        )
    )


@ear.on(NominationSubmitted)
def count_nomination(session: Session, told: Told[NominationSubmitted]) -> None:
    said = told.data
    if session.get(NominationFact, said.nomination_id):
        return
    columns = NominationFact.model_fields.keys() & NominationSubmitted.model_fields.keys()
    facts: dict[str, Any] = said.model_dump(include=set(columns))
    where: dict[str, Any] = {"plan_id": told.plan_id, "submitted_plan": told.plan_id, "submitted_unit": said.unit_id}
    session.add(NominationFact(**facts, **where))
    commands.count_towards_quotas(session, told.plan, event_name=said.NAME, unit_id=said.unit_id, on=said.submitted_on)


Decision = CaseRecognised | CaseSentToNurture | CaseDeclined
OUTCOMES: dict[type[Event], str] = {
    CaseRecognised: "recognised",
    CaseSentToNurture: "nurture",
    CaseDeclined: "declined",
}


@ear.on(CaseRecognised, CaseSentToNurture, CaseDeclined)
def note_decision(session: Session, told: Told[Event]) -> None:
    said = told.data
    assert isinstance(said, Decision)  # noqa: S101 -- registered for these only
    fact = nomination_fact(session, said)
    fact.outcome, fact.decided_on, fact.decided_plan = OUTCOMES[type(said)], said.decided_on, told.plan_id


@ear.on(NominationWithdrawn)
def note_withdrawal(session: Session, told: Told[NominationWithdrawn]) -> None:
    nomination_fact(session, told.data).outcome = "withdrawn"


@ear.on(NominationResubmitted, CaseResumed, CaseReleased)
def count_anew(session: Session, told: Told[Any]) -> None:
    """The answer is owed by a new day, counted from the dossier as it now stands."""
    fact = nomination_fact(session, told.data)
    fact.answer_by = max(fact.answer_by, told.data.answer_by)


@ear.on(NominationTransferred)
def follow_nomination(session: Session, told: Told[NominationTransferred]) -> None:
    fact = nomination_fact(session, told.data)
    fact.plan_id, fact.unit_id = told.data.to_plan, told.data.to_unit_id


@ear.on(UnitDissolved)
def stop_clock(session: Session, told: Told[UnitDissolved]) -> None:
    commands.stop_clock(session, told)


@ear.on(RoleModelIntroduced)
def count_introduction(session: Session, told: Told[RoleModelIntroduced]) -> None:
    said = told.data
    fact = nomination_fact(session, said)
    if fact.introduced_on:
        return
    fact.introduced_on, fact.introduced_plan = said.introduced_on, told.plan_id
    commands.count_towards_quotas(session, told.plan, event_name=said.NAME, unit_id=said.unit_id, on=said.introduced_on)


@ear.on(StoryPublished)
def count_publication(session: Session, told: Told[StoryPublished]) -> None:
    said = told.data
    session.merge(
        ChannelFact(story_id=said.story_id, channel=said.channel, plan_id=told.plan_id, published_on=said.published_on)
    )
    day = session.get(PlanDay, told.plan_id)
    if day:
        day.last_published_on = max(said.published_on, day.last_published_on or said.published_on)


@ear.on(ActivityRecorded)
def count_activity(session: Session, told: Told[ActivityRecorded]) -> None:
    said = told.data
    session.merge(
        ActivityFact(
            activity_id=said.activity_id,
            plan_id=told.plan_id,
            unit_id=said.unit_id,
            kind=said.activity_kind,
            held_on=said.held_on,
            participants=said.participants,
            cost_vnd=said.cost_vnd,
        )
    )


@ear.on(MessageSent)
def count_message(session: Session, told: Told[MessageSent]) -> None:
    add_once(session, MessageFact(message_id=told.data.message_id, plan_id=told.plan_id))


@ear.on(ReceiptAcknowledged)
def count_read(session: Session, told: Told[ReceiptAcknowledged]) -> None:
    session.merge(MessageFact(message_id=told.data.message_id, plan_id=told.plan_id, read=True))


def nomination_fact(session: Session, said: Any) -> NominationFact:
    """The nomination that an event speaks of. Raises NotYet when its submission is still on the way."""
    fact = session.get(NominationFact, said.nomination_id)
    if fact is None:
        raise NotYet(f"nomination {said.nomination_id}")
    return fact

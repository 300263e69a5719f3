"""Keep contacts, and tell everybody whom the plan names that it is in force, whenever they are enrolled."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from services.notify.commands.telling import deliver, keep_lines, stand_for
from services.notify.models import Activation, Contact, Message
from services.notify.queries.people import activation_of, forget_people, hold_enrolment, people_of
from services.notify.rules.addressing import Addressee, addressees
from services.notify.rules.matter import Matter
from services.notify.rules.tellings import TELLINGS
from shared.bus.told import Told
from shared.events.identity import PersonEnrolled, PlanActivated
from shared.plan import Plan


def keep_contact(session: Session, told: Told[PersonEnrolled]) -> None:
    """Remember the person in this office, and tell them of the plan if it is in force already."""
    hold_enrolment(session)
    said = told.data
    reach = {"name": said.personal.name, "email": said.personal.email}
    session.execute(
        insert(Contact)
        .values(plan_id=told.plan_id, person_id=said.person_id, role=said.role, unit_id=said.unit_id, **reach)
        .on_conflict_do_update(index_elements=["plan_id", "person_id", "role", "unit_id"], set_={"left_on": None})
    )
    session.execute(update(Contact).where(col(Contact.person_id) == said.person_id).values(**reach))
    forget_people(session)
    activation = activation_of(session, told.plan_id)
    if activation:
        spread(session, told.plan, activation, at=told.time, only=said.person_id)


def put_in_force(session: Session, told: Told[PlanActivated]) -> None:
    """Remember that the plan is in force, and tell everybody on its list of recipients who is known by now."""
    hold_enrolment(session)
    plan = told.plan
    activation = activation_of(session, plan.id)
    if activation is None:
        activation = Activation(plan_id=plan.id, event_id=told.id, open_lines=[line.id for line in plan.recipients])
        session.add(activation)
    spread(session, plan, activation, at=told.time)


def spread(session: Session, plan: Plan, activation: Activation, *, at: datetime, only: UUID | None = None) -> None:
    """Send the plan's letter to its recipients (or to one person), and see which of its lines are reached.

    Somebody who has the letter and now stands for a further line gets no second one: the letter stands for both.
    Lines that no role of the product fills (standing boards, the file copy) are kept by the commune's officer at once;
    the others wait for their people until the plan's work begins (`keep_open_lines`).
    """
    matter = Matter(activated(plan), plan)
    reached = [
        one
        for one in addressees(matter, TELLINGS[PlanActivated.NAME], people_of(session, plan.id), actor_id=None)
        if only is None or one.place.id == only
    ]
    fresh = deliver(session, matter, reached, event_id=activation.event_id, at=at)
    told_before = [one for one in reached if one.place.id not in fresh]
    add_lines(session, plan, activation, told_before)
    told_now = {line for one in reached for line in one.recipients}
    activation.open_lines = [line for line in activation.open_lines if line not in told_now]
    keep_lines(session, plan, activation, [id_ for id_ in activation.open_lines if not plan.recipient(id_).roles])


def add_lines(session: Session, plan: Plan, activation: Activation, told_before: list[Addressee]) -> None:
    """Let letters that are there already stand for the lines that their readers stand for now."""
    if not told_before:
        return
    lines = {one.place.id: one.recipients for one in told_before}
    rows = session.exec(
        select(Message).where(Message.event_id == activation.event_id, col(Message.person_id).in_(lines))
    )
    for message in rows.all():
        stand_for(session, plan, activation, message, lines[message.person_id])


def activated(plan: Plan) -> PlanActivated:
    """The event as the plan's letter needs it: the letter reads the plan itself."""
    return PlanActivated(
        plan_id=plan.unit.id,
        key=plan.id,
        title=plan.title.vi,
        starts_on=plan.period.starts_on,
        ends_on=plan.period.ends_on,
    )

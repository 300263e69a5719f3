"""Offices when units change: they end, or go on under another plan, with everything that hangs on them."""

from sqlalchemy import func, text
from sqlmodel import Session, col, select, update

from services.identity.commands.people import appoint
from services.identity.models.people import Office, Person
from services.identity.queries.accounts import HeldOffice
from services.identity.rules.units import Place
from shared.bus.record import record
from shared.events.identity import Contact, PersonEnrolled
from shared.plan.shelf import shelf


def end_office(session: Session, held: HeldOffice) -> None:
    """From now on the office opens nothing. Its row stays: who held it, and until when."""
    session.execute(
        update(Office)
        .where(col(Office.id) == held.id, col(Office.valid_until).is_(None))
        .values(valid_until=func.clock_timestamp())
    )


def move_office(session: Session, held: HeldOffice, to: Place) -> None:
    """The same office under another plan: said as `person.enrolled`. Sessions and tokens go along."""
    plan, person = shelf()[to.plan], session.get_one(Person, held.person_id)
    if appoint(session, person.id, plan, role=held.office.role, unit_id=to.unit_id):
        contact = Contact(name=person.name, email=person.email)
        record(
            session,
            PersonEnrolled(person_id=person.id, role=held.office.role, unit_id=to.unit_id, personal=contact),
            plan,
        )
    office_id = session.exec(
        select(Office.id).where(
            Office.person_id == person.id,
            Office.role == held.office.role.value,
            Office.unit_id == to.unit_id,
            Office.plan_id == to.plan,
            col(Office.valid_until).is_(None),
        )
    ).one()
    for table in ("session", "api_token"):
        session.execute(
            text(f"UPDATE identity.{table} SET office_id = :fresh WHERE office_id = :former"),  # noqa: S608 -- our own names
            {"fresh": office_id, "former": held.id},
        )
    end_office(session, held)

"""Enrol people: who may act in which role for which unit of a plan."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from services.identity.adapters.passwords import hash_of
from services.identity.models.people import Office, Person
from services.identity.models.signing_in import Credential
from services.identity.models.units import Unit
from services.identity.queries.accounts import has_ended, offices_of
from services.identity.rules.accounts import LONGEST_NAME, check_new_password, email_of, text_of
from shared.access.principal import Role
from shared.audit.entry import COMMAND_LINE, Action, Actor, Entry, Thing
from shared.audit.note import note
from shared.bus.record import record
from shared.errors import Refused
from shared.events.identity import Contact, PersonEnrolled
from shared.ids import new_id
from shared.plan import Plan
from shared.plan.shelf import shelf
from shared.text.fold import folded


def enroll(
    session: Session,
    plan: Plan,
    *,
    name: str,
    email: str | None,
    role: Role,
    unit: str,
    password: str | None = None,
    sample: bool = False,
    by: Actor = COMMAND_LINE,
) -> UUID:
    """The id of the person who now holds `role` for the unit with this key; said as `person.enrolled`.

    Doing it again changes nothing and says nothing, except that a new name is taken over and said for each office.
    `password` is given to somebody who has none yet; it never replaces one (`set_password` does). Somebody without an
    e-mail signs in by a card; they are the same person if somebody of this name without one acts for the unit already.
    `by` gives the office, for the audit trail.
    Raises Refused for an unusable name, e-mail or password or a plan not or no more in force, UnknownInPlan for the
    unit.
    """
    name, email = text_of(name, longest=LONGEST_NAME), None if email is None else email_of(email)
    if not name:
        raise Refused("name.missing")
    unit_id = registered_unit(session, plan, unit)
    if password is not None:
        if email is None:
            raise Refused("email.missing")
        check_new_password(password, email=email)
    if email is None:
        person, renamed = person_of_unit(session, plan, unit_id, name=name, sample=sample), False
    else:
        person, renamed = person_with(session, name=name, email=email, sample=sample)
    appointed = appoint(session, person.id, plan, role=role, unit_id=unit_id)
    if appointed:
        note_appointment(session, person.id, plan, role=role, unit_id=unit_id, by=by)
    if password is not None:
        give_password(session, person.id, password)
    say(session, person, plan, role=role, unit_id=unit_id, appointed=appointed, renamed=renamed)
    return person.id


def registered_unit(session: Session, plan: Plan, key: str) -> UUID:
    """The id of a unit of an activated plan."""
    unit = plan.unit_by_key(key)
    if has_ended(session, plan.id):
        raise Refused("plan.ended", plan=plan.id)
    row = session.get(Unit, (plan.id, unit.id))
    if row is None or row.withdrawn_at is not None:
        raise Refused("plan.not_activated", plan=plan.id, unit=key)
    return unit.id


def person_with(session: Session, *, name: str, email: str, sample: bool) -> tuple[Person, bool]:
    """(the person with this e-mail, locked; whether they had another name until now)."""
    session.execute(
        insert(Person)
        .values(id=new_id(), name=name, email=email, search=folded(f"{name} {email}"), sample=sample)
        .on_conflict_do_nothing(index_elements=["email"])
    )
    person = session.exec(select(Person).where(Person.email == email).with_for_update()).one()
    if person.sample != sample:
        raise Refused("person.sample_differs", value=email)
    renamed = person.name != name
    person.name, person.search = name, folded(f"{name} {email}")
    return person, renamed


def person_of_unit(session: Session, plan: Plan, unit_id: UUID, *, name: str, sample: bool) -> Person:
    """The person of this name without an e-mail who acts for the unit, or a new one. The unit's row is locked."""
    session.get_one(Unit, (plan.id, unit_id), with_for_update=True)
    known = session.exec(
        select(Person)
        .join(Office, col(Office.person_id) == col(Person.id))
        .where(
            col(Person.email).is_(None),
            Person.name == name,
            Person.sample == sample,
            Office.plan_id == plan.id,
            Office.unit_id == unit_id,
            col(Office.valid_until).is_(None),
        )
    ).first()
    person = known or Person(name=name, sample=sample)
    session.add(person)
    session.flush()
    return person


def appoint(session: Session, person_id: UUID, plan: Plan, *, role: Role, unit_id: UUID) -> bool:
    """Whether the office is new."""
    given = session.execute(
        insert(Office)
        .values(id=new_id(), person_id=person_id, role=role.value, unit_id=unit_id, plan_id=plan.id)
        .on_conflict_do_nothing(
            index_elements=["person_id", "role", "unit_id", "plan_id"], index_where=text("valid_until IS NULL")
        )
        .returning(col(Office.id))
    )
    return given.scalar_one_or_none() is not None


def note_appointment(session: Session, person_id: UUID, plan: Plan, *, role: Role, unit_id: UUID, by: Actor) -> None:
    office = Entry(
        action=Action.OFFICE_GIVEN,
        actor=by,
        thing=Thing("account", str(person_id)),
        unit_id=plan.unit.id,
        subjects=(person_id,),
        detail={"role": role.value, "unit": str(unit_id)},
    )
    note(session, office)


def give_password(session: Session, person_id: UUID, password: str) -> None:
    """Only to somebody who has none."""
    if session.get(Credential, person_id) is None:
        session.execute(insert(Credential).values(person_id=person_id, hash=hash_of(password)).on_conflict_do_nothing())


def say(
    session: Session, person: Person, plan: Plan, *, role: Role, unit_id: UUID, appointed: bool, renamed: bool
) -> None:
    """Say the new office; after a change of name, all offices in plans that this installation carries out."""
    contact = Contact(name=person.name, email=person.email or "")  # "": no address
    if appointed and not renamed:
        record(session, PersonEnrolled(person_id=person.id, role=role, unit_id=unit_id, personal=contact), plan)
    if renamed:
        session.flush()
        say_contact(session, person)


def say_contact(session: Session, person: Person) -> None:
    """Say the person's name and e-mail for each office in plans that this installation carries out."""
    contact = Contact(name=person.name, email=person.email)
    plans = shelf()
    for held in offices_of(session, person.id):
        of = plans.get(held.office.plan_id)
        if of is not None:
            enrolled = PersonEnrolled(
                person_id=person.id, role=held.office.role, unit_id=held.office.unit_id, personal=contact
            )
            record(session, enrolled, of)

"""What is done to people on the pages of administrators: enrolled, corrected."""

from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from services.identity.commands.getting_in import note_account
from services.identity.commands.people import enroll, say_contact
from services.identity.models.acting import PasswordLink
from services.identity.models.people import Person
from services.identity.rules.accounts import LONGEST_NAME, email_of, text_of
from shared.access.principal import Role
from shared.audit.entry import Action, Actor
from shared.errors import NotFound, Refused
from shared.plan import Plan
from shared.text.fold import folded


def enroll_here(session: Session, plan: Plan, *, name: str, email: str, role: Role, unit: str, by: Actor) -> UUID:
    """As `enroll`, but a name that an e-mail already has is never changed by the way.

    Raises Refused("person.other_name") instead, besides what `enroll` raises.
    """
    name, email = text_of(name, longest=LONGEST_NAME), email_of(email)
    known = session.exec(select(Person).where(Person.email == email)).one_or_none()
    if known is not None and folded(known.name) != folded(name):
        raise Refused("person.other_name", value=email)
    sample = known.sample if known else False
    name = known.name if known else name
    return enroll(session, plan, name=name, email=email, role=role, unit=unit, sample=sample, by=by)


def somebody(session: Session, *, name: str, email: str) -> UUID:
    """The person with this e-mail, or a new one who holds no office yet: a successor from elsewhere.

    Raises Refused as `enroll_here`.
    """
    name, email = text_of(name, longest=LONGEST_NAME), email_of(email)
    if not name:
        raise Refused("name.missing")
    known = session.exec(select(Person).where(Person.email == email)).one_or_none()
    if known is None:
        known = Person(name=name, email=email, search=folded(f"{name} {email}"), sample=False)
        session.add(known)
        session.flush()
    elif folded(known.name) != folded(name):
        raise Refused("person.other_name", value=email)
    return known.id


def correct(session: Session, person_id: UUID, *, name: str, email: str, by: Actor) -> None:
    """Another name or e-mail, said for each office. An e-mail that changes ends the person's links for a password.

    Raises NotFound, and Refused for an unusable name or e-mail, or one that somebody else has.
    """
    name, email = text_of(name, longest=LONGEST_NAME), email_of(email)
    if not name:
        raise Refused("name.missing")
    person = session.exec(select(Person).where(Person.id == person_id).with_for_update()).one_or_none()
    if person is None:
        raise NotFound("person.unknown", value=person_id)
    taken = session.exec(select(Person.id).where(Person.email == email, Person.id != person_id)).first()
    if taken is not None:
        raise Refused("email.taken", value=email)
    if (person.name, person.email) == (name, email):
        return
    if person.email != email:
        session.execute(delete(PasswordLink).where(col(PasswordLink.person_id) == person_id))
    person.name, person.email, person.search = name, email, folded(f"{name} {email}")
    session.flush()
    say_contact(session, person)
    note_account(session, Action.CONTACT_CORRECTED, person_id, by=by)

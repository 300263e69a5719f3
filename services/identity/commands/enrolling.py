"""What is done to people on the pages of administrators: enrolled, corrected, given a link for a new password."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert
from sqlmodel import Session, col, select

from services.identity.adapters.passwords import hash_of
from services.identity.commands.getting_in import note_account
from services.identity.commands.people import enroll, say_contact
from services.identity.commands.sessions import end_sessions
from services.identity.commands.sign_in import store
from services.identity.models.acting import PasswordLink
from services.identity.models.people import Person
from services.identity.queries.accounts import account_of_person
from services.identity.rules.accounts import LONGEST_NAME, check_new_password, email_of, text_of
from shared.access.principal import Role
from shared.access.secret import hashed, new_secret
from shared.audit.entry import NOBODY, Action, Actor
from shared.errors import Gone, NotFound, Refused
from shared.plan import Plan
from shared.text.fold import folded

LINK_LASTS = timedelta(days=3)


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


def make_password_link(session: Session, person_id: UUID, *, by: Actor) -> str:
    """The secret of a fresh link, shown this once; an earlier one of the person is worth nothing from now on."""
    session.execute(delete(PasswordLink).where(col(PasswordLink.person_id) == person_id))
    secret = new_secret()
    session.execute(
        insert(PasswordLink).values(
            digest=hashed(secret), person_id=person_id, made_by=by.person_id, expires_at=func.now() + LINK_LASTS
        )
    )
    note_account(session, Action.PASSWORD_LINK_MADE, person_id, by=by)
    return secret


def person_of_link(session: Session, secret: str, *, lock: bool = False) -> Person:
    """Whose password the link sets. Raises Gone("password_link.over") for one that was used, replaced or is too old."""
    wanted = select(PasswordLink).where(
        PasswordLink.digest == hashed(secret), col(PasswordLink.expires_at) > func.now()
    )
    link = session.exec(wanted.with_for_update() if lock else wanted).one_or_none()
    if link is None:
        raise Gone("password_link.over")
    return session.get_one(Person, link.person_id)


def use_password_link(session: Session, secret: str, *, password: str) -> None:
    """Set the password, once, and sign the person out everywhere. Raises Gone, and Refused("password.…")."""
    person = person_of_link(session, secret, lock=True)
    account = account_of_person(session, person.id)
    check_new_password(password, email=(account.email if account else None) or "")
    session.execute(delete(PasswordLink).where(col(PasswordLink.person_id) == person.id))
    store(session, person.id, hash_of(password))
    end_sessions(session, person.id)
    note_account(session, Action.PASSWORD_RESET, person.id, by=NOBODY)

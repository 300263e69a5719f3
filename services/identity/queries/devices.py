"""Whom a device remembers, as they are now. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from services.identity.models.people import Person
from services.identity.queries.accounts import account_of_person, offices_of
from services.identity.queries.cards import living_card
from services.identity.rules.devices import By, Entry, short_name


@dataclass(frozen=True, slots=True)
class Remembered:
    """Somebody who may come in on this device again, by their short name and the unit that they act for."""

    entry: Entry
    name: str
    plan_id: str
    unit_id: UUID


def people_remembered(session: Session, entries: Sequence[Entry]) -> tuple[Remembered, ...]:
    """Those of the entries that still lead in: the card is not revoked, there is a password, an office is in force."""
    found = (seen(session, entry) for entry in entries)
    return tuple(one for one in found if one is not None)


def seen(session: Session, entry: Entry) -> Remembered | None:
    person_id = person_of(session, entry)
    person = session.get(Person, person_id) if person_id else None
    offices = offices_of(session, person.id) if person else ()
    if person is None or not offices:
        return None
    office = offices[0].office
    return Remembered(entry, short_name(person.name), office.plan_id, office.unit_id)


def person_of(session: Session, entry: Entry) -> UUID | None:
    """Whom an entry of a device stands for; None when it leads nowhere any more."""
    if entry.by is By.CARD:
        card = living_card(session, entry.id)
        return card.person_id if card else None
    account = account_of_person(session, entry.id)
    return account.person_id if account and account.hash and account.email else None

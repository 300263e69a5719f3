"""Whom somebody means who types a name, an e-mail or a dossier's code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from services.identity.models.people import Office, Person
from services.identity.queries.trail import About
from services.identity.rules.accounts import account_digest
from shared.text.fold import folded

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Dossier:
    """A nomination that was handed in, as its commune's officers may know it. Personal data."""

    id: UUID
    plan_id: str
    code: str
    name: str
    birth_year: int | None
    unit_id: UUID
    submitted_on: date


def people_called(session: Session, words: str, *, plan_ids: Sequence[str]) -> tuple[UUID, ...]:
    """The people with this e-mail, or with all these words in their name, who ever held an office in the plans."""
    held = select(Office.person_id).where(col(Office.plan_id).in_(plan_ids))
    people = session.exec(select(Person).where(col(Person.id).in_(held)).order_by(col(Person.id)))
    email, wanted = words.strip().lower(), folded(words).split()
    return tuple(
        person.id
        for person in people
        if person.email == email or (wanted and set(wanted) <= set(folded(person.name).split()))
    )[:MOST_FOUND]


def sought(session: Session, words: str, *, plan_ids: Sequence[str]) -> About:
    """Everybody whom a code, an e-mail or a whole name may mean, and the tries to sign in with that e-mail."""
    people = people_called(session, words, plan_ids=plan_ids)
    dossiers = dossiers_of(session, code=words, name="" if "@" in words else words, plan_ids=plan_ids)
    tries = (account_digest(words.strip().lower()),) if "@" in words else ()
    return About(subjects=(*people, *(each.id for each in dossiers)), object_ids=tries)


def dossiers_of(
    session: Session,
    *,
    plan_ids: Sequence[str],
    ids: Sequence[UUID] = (),
    code: str = "",
    name: str = "",
    birth_year: int | None = None,
) -> list[Dossier]:
    """The plans' dossiers with these ids, this code, or this whole name; accents do not matter. Latest first, bounded.

    With a year of birth, those of another year are left out. Asks the one function that nomination grants.
    """
    rows = session.execute(
        DOSSIERS,
        {
            "plans": list(plan_ids),
            "ids": list(ids),
            "code": code.strip().upper(),
            "name": folded(name),
            "year": birth_year,
        },
    )
    return [Dossier(**row) for row in rows.mappings()]


DOSSIERS = text(
    "SELECT * FROM audit.dossiers(CAST(:plans AS text[]), CAST(:ids AS uuid[]), CAST(:code AS text),"
    " CAST(:name AS text), CAST(:year AS integer))"
)

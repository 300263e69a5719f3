"""Questions about plans in force, people and their offices. Reads only."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from services.identity.models.people import Office as OfficeRow
from services.identity.models.people import Person
from services.identity.models.signing_in import ApiToken, Credential
from services.identity.models.units import PlanActivation
from shared.access.principal import Office, Role


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office in force, with its id and the name of the person who holds it."""

    id: UUID
    person_id: UUID
    name: str
    office: Office


@dataclass(frozen=True, slots=True)
class Account:
    """What signing in needs to know. `hash` is None for somebody without a password, `email` without an address."""

    person_id: UUID
    email: str | None
    hash: str | None


def account_of_email(session: Session, email: str) -> Account | None:
    """The account with this e-mail (as `email_of` gives it)."""
    return _account(session, col(Person.email) == email)


def account_of_person(session: Session, person_id: UUID) -> Account | None:
    return _account(session, col(Person.id) == person_id)


def _account(session: Session, condition: object) -> Account | None:
    found = session.execute(
        select(Person.id, Person.email, Credential.hash)
        .outerjoin(Credential, col(Credential.person_id) == col(Person.id))
        .where(condition)  # type: ignore[arg-type]  # a column expression; sqlmodel's stubs say bool
    ).first()
    return Account(found[0], found[1], found[2]) if found else None


def offices_of(session: Session, person_id: UUID) -> tuple[HeldOffice, ...]:
    """The offices of a person that are in force, oldest first."""
    return _held(session, "o.person_id = :value", person_id)


def last_offices_of(session: Session, email: str) -> tuple[Office, ...]:
    """The offices of a person that ended, the last one first, each role and unit once."""
    rows = session.exec(
        select(OfficeRow)
        .join(Person, col(Person.id) == col(OfficeRow.person_id))
        .where(Person.email == email, col(OfficeRow.valid_until).is_not(None))
        .order_by(col(OfficeRow.valid_until).desc())
    )
    return tuple(dict.fromkeys(Office(Role(row.role), row.unit_id, row.plan_id) for row in rows))


def office_in_force(session: Session, office_id: UUID) -> HeldOffice | None:
    found = _held(session, "o.id = :value", office_id)
    return found[0] if found else None


def sample_offices(session: Session, plan_id: str) -> tuple[HeldOffice, ...]:
    """The offices in force of a plan's made-up people, oldest first."""
    return _held(session, "p.sample AND o.plan_id = :value", plan_id)


def offices_in(session: Session, plan_ids: tuple[str, ...]) -> tuple[HeldOffice, ...]:
    """The offices in force under these plans, oldest first."""
    return _held(session, "o.plan_id = ANY(:value)", list(plan_ids))


def offices_of_people(session: Session, person_ids: set[UUID]) -> tuple[HeldOffice, ...]:
    """The offices in force of these people, oldest first."""
    return _held(session, "o.person_id = ANY(:value)", list(person_ids))


def is_sample(session: Session, person_id: UUID) -> bool:
    """Whether the person is made up for demonstrations."""
    person = session.get(Person, person_id)
    return person is not None and person.sample


def _held(session: Session, condition: str, value: UUID | str | list[str] | list[UUID]) -> tuple[HeldOffice, ...]:
    rows = session.execute(
        text(
            "SELECT o.id, o.person_id, p.name, o.role, o.unit_id, o.plan_id FROM identity.office_in_force o "  # noqa: S608 -- our own conditions
            f"JOIN identity.person p ON p.id = o.person_id WHERE {condition} ORDER BY o.valid_from, o.id"
        ),
        {"value": value},
    )
    return tuple(
        HeldOffice(row.id, row.person_id, row.name, Office(Role(row.role), row.unit_id, row.plan_id)) for row in rows
    )


def living_tokens(session: Session, office_id: UUID) -> tuple[ApiToken, ...]:
    """The tokens of an office that still work, newest first."""
    return tuple(
        session.exec(
            select(ApiToken)
            .where(
                ApiToken.office_id == office_id,
                col(ApiToken.revoked_at).is_(None),
                col(ApiToken.expires_at) > text("now()"),
            )
            .order_by(col(ApiToken.created_at).desc(), col(ApiToken.id).desc())
        )
    )


def activated_plan_ids(session: Session) -> frozenset[str]:
    """The ids of the plans in force here."""
    return frozenset(session.exec(select(PlanActivation.plan_id)))


def has_ended(session: Session, plan_id: str) -> bool:
    """Whether others go on with the plan since its commune ended."""
    ended = select(PlanActivation.plan_id).where(
        PlanActivation.plan_id == plan_id, col(PlanActivation.ended_on).is_not(None)
    )
    return session.exec(ended).first() is not None

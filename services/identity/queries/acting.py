"""Questions about acting for another, and about the days on which offices end. Reads only."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlmodel import Session

from services.identity.queries.accounts import HeldOffice
from shared.access.principal import Office, Role


@dataclass(frozen=True, slots=True)
class Lending:
    """An office in which somebody else may act on some days. `in_force`: today is one of them."""

    id: UUID
    held: HeldOffice
    delegate_id: UUID
    delegate_name: str
    reason: str
    first_day: date
    last_day: date
    note: str
    in_force: bool


def today_in_vietnam(session: Session) -> date:
    """The day by the database's clock, by which offices live."""
    found: date = session.execute(text("SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date")).scalar_one()
    return found


def lent_to(session: Session, person_id: UUID) -> tuple[Lending, ...]:
    """The offices of others in which the person may act today, oldest first."""
    return tuple(one for one in _lendings(session, "d.delegate_id = :value", person_id) if one.in_force)


def lent_by(session: Session, person_id: UUID) -> tuple[Lending, ...]:
    """What the person has lent out, today or on days to come, in the order of the days."""
    return _lendings(session, "o.person_id = :value", person_id)


def promised_to(session: Session, person_id: UUID) -> tuple[Lending, ...]:
    """In which offices of others the person may act, today or on days to come."""
    return _lendings(session, "d.delegate_id = :value", person_id)


def lending(session: Session, delegation_id: UUID) -> Lending | None:
    """One that is in force or still ahead."""
    found = _lendings(session, "d.id = :value", delegation_id)
    return found[0] if found else None


def _lendings(session: Session, condition: str, value: UUID) -> tuple[Lending, ...]:
    rows = session.execute(text(f"{LENDINGS} AND {condition} ORDER BY d.first_day, d.id"), {"value": value})
    return tuple(lending_from(row) for row in rows.mappings())


def lending_from(row: RowMapping) -> Lending:
    office = Office(Role(row["role"]), row["unit_id"], row["plan_id"])
    return Lending(
        id=row["id"],
        held=HeldOffice(row["office_id"], row["holder_id"], row["holder"], office),
        delegate_id=row["delegate_id"],
        delegate_name=row["delegate"],
        reason=row["reason"],
        first_day=row["first_day"],
        last_day=row["last_day"],
        note=row["note"],
        in_force=row["in_force"],
    )


#: Neither revoked nor over, of an office that has not ended.
LENDINGS = """
    SELECT d.id, d.office_id, d.delegate_id, d.reason, d.first_day, d.last_day, d.note, o.role, o.unit_id, o.plan_id,
           o.person_id AS holder_id, holder.name AS holder, delegate.name AS delegate,
           EXISTS (SELECT FROM identity.delegation_in_force f WHERE f.id = d.id) AS in_force
    FROM identity.delegation d
    JOIN identity.office_in_force o ON o.id = d.office_id
    JOIN identity.person holder ON holder.id = o.person_id
    JOIN identity.person delegate ON delegate.id = d.delegate_id
    WHERE d.revoked_at IS NULL AND d.last_day >= (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
"""

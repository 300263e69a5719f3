"""Offices in force under a plan, with since when and until when they are held."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from shared.access.principal import Office, Role


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """An office in force. `until` is None for one without an end."""

    id: UUID
    person_id: UUID
    name: str
    office: Office
    since: datetime
    until: datetime | None


def offices_under(session: Session, plan_id: str) -> tuple[OfficeHeld, ...]:
    """The offices in force under a plan, as far as the session sees them; by name."""
    rows = session.execute(OFFICES, {"plan_id": plan_id})
    return tuple(
        OfficeHeld(
            row.id,
            row.person_id,
            row.name,
            Office(Role(row.role), row.unit_id, row.plan_id),
            row.valid_from,
            row.valid_until,
        )
        for row in rows
    )


OFFICES = text("""
    SELECT o.id, o.person_id, p.name, o.role, o.unit_id, o.plan_id, o.valid_from, o.valid_until
    FROM identity.office_in_force o JOIN identity.person p ON p.id = o.person_id
    WHERE o.plan_id = :plan_id ORDER BY p.name, o.valid_from, o.id
""")

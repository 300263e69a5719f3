"""Somebody's office went to a successor: so do the drafts that they had begun in it."""

from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session

from services.nomination.models import Nomination
from services.nomination.queries.nominations import begun_in_office


def hand_over_drafts(session: Session, *, plan_id: str, unit_id: UUID, leaver_id: UUID, successor_id: UUID) -> None:
    """Let what the leaver began for the unit be the successor's. A nomination that was sent keeps who sent it."""
    begun = begun_in_office(plan_id=plan_id, unit_id=unit_id, person_id=leaver_id)
    session.execute(update(Nomination).where(begun).values(person_id=successor_id))

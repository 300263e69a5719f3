"""Offices end and go to successors: who is told from then on."""

from uuid import UUID

from sqlalchemy import text, update
from sqlmodel import Session, col

from services.notify.models import Contact, Dossier
from services.notify.queries.people import forget_dossiers, forget_people
from services.notify.rules.people import NOMINATING
from shared.bus.told import Told
from shared.events.identity import OfficeEnded, OfficeHandedOver


def note_leaving(session: Session, told: Told[OfficeEnded]) -> None:
    """Tell nobody in this office any more. The name stays, beside what they were told."""
    said = told.data
    session.execute(
        update(Contact)
        .where(
            col(Contact.plan_id) == told.plan_id,
            col(Contact.person_id) == said.person_id,
            col(Contact.role) == said.role,
            col(Contact.unit_id) == said.unit_id,
        )
        .values(left_on=said.on)
    )
    forget_people(session)


def hand_over(session: Session, told: Told[OfficeHandedOver]) -> None:
    """Let the successor hear what becomes of the unit's dossiers, and read what lies unread.

    An inbox is a person's, not an office's: only whoever has left the plan altogether leaves theirs behind.
    """
    said = told.data
    if said.role in NOMINATING:
        session.execute(
            update(Dossier)
            .where(
                col(Dossier.plan_id) == told.plan_id,
                col(Dossier.unit_id) == said.unit_id,
                col(Dossier.nominator_id) == said.person_id,
            )
            .values(nominator_id=said.successor_id)
        )
        forget_dossiers(session)
    move_unread(session, told.plan_id, leaver_id=said.person_id, successor_id=said.successor_id)


def move_unread(session: Session, plan_id: str, *, leaver_id: UUID, successor_id: UUID) -> None:
    """Move the leaver's unread messages under the plan; what the successor was told as well stays where it is."""
    session.execute(MOVE_UNREAD, {"plan": plan_id, "leaver": leaver_id, "successor": successor_id})


MOVE_UNREAD = text("""
    UPDATE notify.message AS unread SET person_id = :successor
    WHERE unread.person_id = :leaver AND unread.plan_id = :plan AND unread.read_at IS NULL AND NOT unread.is_mailbox
      AND NOT EXISTS (SELECT FROM notify.contact c
                      WHERE c.person_id = :leaver AND c.plan_id = :plan AND c.left_on IS NULL)
      AND NOT EXISTS (SELECT FROM notify.message known
                      WHERE known.event_id = unread.event_id AND known.person_id = :successor)
""")

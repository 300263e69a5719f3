"""How the letter with somebody's link for a new password stands."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from services.identity.models.acting import PasswordLink
from shared.effects.decide import effects_of


def letter_state(session: Session, person_id: UUID) -> str:
    """The effect's state ("planned", "sending", "sent", "unknown", "failed") while its link can be used; else ""."""
    letter = session.exec(
        select(PasswordLink.letter).where(
            PasswordLink.person_id == person_id,
            col(PasswordLink.letter).is_not(None),
            col(PasswordLink.expires_at) > func.now(),
        )
    ).one_or_none()
    if letter is None:
        return ""
    (effect,) = effects_of(session, service="identity", ref=letter).values()
    return effect.state

"""What the commune asked the unit to add to a dossier."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from services.nomination.models import Supplement


def last_supplement(session: Session, nomination_id: UUID) -> Supplement | None:
    """The newest request, answered or not."""
    wanted = select(Supplement).where(Supplement.nomination_id == nomination_id)
    return session.exec(wanted.order_by(col(Supplement.number).desc()).limit(1)).first()


def supplements(session: Session, nomination_id: UUID) -> Sequence[Supplement]:
    """Every request with its answer, the first one first."""
    wanted = select(Supplement).where(Supplement.nomination_id == nomination_id)
    return session.exec(wanted.order_by(col(Supplement.number))).all()

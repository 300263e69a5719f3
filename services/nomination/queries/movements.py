"""Movements that units launched."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from services.nomination.models import Movement
from shared.access.principal import Principal


def launched(session: Session, who: Principal) -> Sequence[Movement]:
    """The commune's movements, the latest first: everybody who nominates may know them all."""
    wanted = select(Movement).where(Movement.plan_id == who.plan_id)
    return session.exec(wanted.order_by(col(Movement.starts_on).desc(), col(Movement.id)).limit(200)).all()

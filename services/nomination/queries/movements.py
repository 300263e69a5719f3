"""Movements that units launched."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from services.nomination.models import Movement
from services.nomination.queries.sight import former_plans
from shared.access.principal import Principal


def launched(session: Session, who: Principal) -> Sequence[Movement]:
    """The commune's movements and those of its predecessors, the latest first: all who nominate may know them."""
    plans = (who.plan_id, *former_plans(session, who.plan_id))
    wanted = select(Movement).where(col(Movement.plan_id).in_(plans))
    return session.exec(wanted.order_by(col(Movement.starts_on).desc(), col(Movement.id)).limit(200)).all()

"""Cases that rest, for the day that begins."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from services.review.models import Case, Hold, Supplement
from services.review.rules.stages import Stage


def awaited_supplements(session: Session, plan_id: str) -> Sequence[tuple[Case, Supplement]]:
    """Every supplement that the plan's council waits for, with its case."""
    wanted = select(Case, Supplement).where(
        Case.plan_id == plan_id,
        Case.stage == Stage.RETURNED,
        Supplement.case_id == Case.id,
        col(Supplement.given_on).is_(None),
        col(Supplement.resumed_on).is_(None),
    )
    return session.exec(wanted.order_by(col(Supplement.due_on), col(Case.id))).all()


def holds_past(session: Session, plan_id: str, today: date) -> Sequence[tuple[Case, Hold]]:
    """Every case that was to be held until a day before today, and still is."""
    wanted = select(Case, Hold).where(
        Case.plan_id == plan_id,
        col(Case.held_until) < today,
        Hold.case_id == Case.id,
        col(Hold.released_on).is_(None),
    )
    return session.exec(wanted.order_by(col(Hold.held_until), col(Case.id))).all()

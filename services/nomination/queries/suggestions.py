"""Suggestions as those see them who answer, and those who gave them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from services.nomination.models import Suggestion
from services.nomination.queries.sight import former_plans
from services.nomination.rules.suggestions import SuggestionStage
from shared.access.principal import Principal
from shared.access.rights import FOR_ONE_UNIT
from shared.errors import NotFound

PER_PAGE = 20


def suggestion_of(session: Session, who: Principal, suggestion_id: UUID, *, lock: bool = False) -> Suggestion:
    """One that the asker may answer: their unit's, or any of the commune for its officers. Raises NotFound."""
    wanted = select(Suggestion).where(Suggestion.id == suggestion_id, *for_asker(session, who))
    found = session.exec(wanted.with_for_update() if lock else wanted).one_or_none()
    if found is None:
        raise NotFound("thing.unknown")
    return found


def listed_suggestions(
    session: Session, who: Principal, *, answered: bool, after: UUID | None = None, limit: int = PER_PAGE
) -> Sequence[Suggestion]:
    """Those that wait for an answer, or those that have one; the newest first."""
    stage = col(Suggestion.stage)
    waiting = stage == SuggestionStage.RECEIVED.value
    conditions = [*for_asker(session, who), ~waiting if answered else waiting]
    if after:
        conditions.append(col(Suggestion.id) < after)
    return session.exec(select(Suggestion).where(*conditions).order_by(col(Suggestion.id).desc()).limit(limit)).all()


def given_by_unit(session: Session, who: Principal) -> Sequence[Suggestion]:
    """What the asker's unit told others, the newest first; one page of it."""
    wanted = select(Suggestion).where(Suggestion.plan_id == who.plan_id, Suggestion.from_unit_id == who.unit_id)
    return session.exec(wanted.order_by(col(Suggestion.id).desc()).limit(PER_PAGE)).all()


def suggestion_behind(session: Session, nomination_id: UUID) -> Suggestion | None:
    """What a nomination was made of, if somebody suggested it."""
    return session.exec(select(Suggestion).where(Suggestion.nomination_id == nomination_id)).first()


def suggestion_by_code(session: Session, code: str) -> Suggestion:
    """For everybody who holds the code, so show what became of it and no more. Raises NotFound."""
    found = session.exec(select(Suggestion).where(Suggestion.code == code.strip().upper()[:40])).one_or_none()
    if found is None:
        raise NotFound("suggestion.code_unknown", value=code.strip()[:40])
    return found


def for_asker(session: Session, who: Principal) -> list[ColumnElement[bool]]:
    if who.role in FOR_ONE_UNIT:
        return [
            col(Suggestion.plan_id).in_([who.plan_id, *who.inherits]),
            or_(col(Suggestion.unit_id) == who.unit_id, col(Suggestion.unit_id).in_(who.former_units)),
        ]
    return [col(Suggestion.plan_id).in_([who.plan_id, *former_plans(session, who.plan_id)])]

"""Nominations as their people see them: a unit its own, the commune's officers all that were sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, and_, col, or_, select

from services.nomination.models import Candidate, DraftSheet, Happening, Nomination
from services.nomination.queries.sight import may_see
from services.nomination.rules.dossier import CODE
from services.nomination.rules.stages import Stage
from shared.access.principal import Principal
from shared.errors import NotFound, Refused
from shared.text.fold import folded


def visible(session: Session, who: Principal, nomination_id: UUID, *, lock: bool = False) -> Nomination:
    """The nomination, locked if it is to change. Raises NotFound when there is none for the asker."""
    wanted = select(Nomination).where(Nomination.id == nomination_id, may_see(session, who))
    found = session.exec(wanted.with_for_update() if lock else wanted).one_or_none()
    if found is None:
        raise NotFound("thing.unknown")
    return found


def own_draft(session: Session, who: Principal, nomination_id: UUID, *, lock: bool = False) -> Nomination:
    """A nomination that can still be written on. Raises NotFound, or Refused when it was sent already."""
    found = visible(session, who, nomination_id, lock=lock)
    if found.stage == Stage.WITHDRAWN:
        raise Refused("nomination.withdrawn")
    if found.stage != Stage.DRAFT:
        raise Refused("nomination.already_sent")
    return found


def begun_in_office(*, plan_id: str, unit_id: UUID, person_id: UUID) -> ColumnElement[bool]:
    """The drafts that a person has begun for a unit and not sent."""
    return and_(
        col(Nomination.plan_id) == plan_id,
        col(Nomination.unit_id) == unit_id,
        col(Nomination.person_id) == person_id,
        col(Nomination.stage) == Stage.DRAFT.value,
    )


@dataclass(frozen=True, slots=True)
class Begun:
    """How many drafts somebody has begun for a unit and not sent, and when one was written on last."""

    plan_id: str
    unit_id: UUID
    count: int
    changed_at: datetime


def drafts_begun_by(session: Session, person_id: UUID, plan_ids: Sequence[str]) -> list[Begun]:
    """The person's drafts under these plans, by unit."""
    rows = session.execute(
        select(Nomination.plan_id, Nomination.unit_id, func.count(), func.max(col(Nomination.changed_at)))
        .where(
            Nomination.person_id == person_id,
            Nomination.stage == Stage.DRAFT.value,
            col(Nomination.plan_id).in_(plan_ids),
        )
        .group_by(col(Nomination.plan_id), col(Nomination.unit_id))
        .order_by(col(Nomination.plan_id), col(Nomination.unit_id))
    )
    return [Begun(*row) for row in rows]


def earlier_of(session: Session, who: Principal, *, name: str, phone: str) -> Sequence[Nomination]:
    """Earlier nominations with this name or telephone that the asker may see: perhaps the same person.

    `phone` in digits; either may be empty.
    """
    alike = []
    if folded(name):
        alike.append(col(Nomination.name_folded) == folded(name))
    if phone:
        alike.append(col(Nomination.phone) == phone)
    if not alike:
        return ()
    wanted = select(Nomination).where(
        may_see(session, who),
        or_(*alike),
        col(Nomination.stage).not_in([Stage.DRAFT.value, Stage.WITHDRAWN.value]),
    )
    return session.exec(wanted.order_by(col(Nomination.id).desc()).limit(3)).all()


def last_movement(session: Session, who: Principal) -> str:
    """The movement of the unit's last nomination: most villages work in one at a time. "" when there is none."""
    wanted = select(Nomination.movement, Nomination.movement_id).where(
        Nomination.plan_id == who.plan_id,
        Nomination.unit_id == who.unit_id,
        col(Nomination.stage) != Stage.DRAFT.value,
    )
    last = session.exec(wanted.order_by(col(Nomination.id).desc()).limit(1)).first()
    return str(last[1] or last[0]) if last else ""


def everything_typed(session: Session, nomination_id: UUID) -> dict[str, list[str]]:
    """{box: what was typed in it} over all sheets of a draft."""
    rows = session.exec(select(DraftSheet).where(DraftSheet.nomination_id == nomination_id)).all()
    return {box: values for row in rows for box, values in row.typed.items()}


def happenings(session: Session, nomination_id: UUID) -> Sequence[Happening]:
    """The timeline as heard from the other services, oldest first."""
    wanted = select(Happening).where(Happening.nomination_id == nomination_id)
    return session.exec(wanted.order_by(col(Happening.happened_at), col(Happening.id))).all()


def candidate_of(session: Session, nomination_id: UUID) -> Candidate | None:
    return session.exec(select(Candidate).where(Candidate.nomination_id == nomination_id)).one_or_none()


def by_code(session: Session, code: str) -> Nomination:
    """The nomination with the code of a receipt; for everybody, so show its steps and nothing else.

    Raises NotFound.
    """
    wanted = code.strip().upper()
    found = None
    if CODE.fullmatch(wanted):
        found = session.exec(select(Nomination).where(Nomination.code == wanted)).one_or_none()
    if found is None:
        raise NotFound("nomination.code_unknown", value=code.strip()[:40])
    return found

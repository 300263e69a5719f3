"""Who may see a photo."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, exists, select

from services.nomination.models import Nomination, PhotoRow
from services.nomination.queries.sight import OWN_UNIT_ONLY
from services.nomination.rules.stages import Stage
from shared.access.principal import Principal, Role

MOST_SHOWN = 20
OFFICERS = frozenset({Role.CLERK, Role.COUNCIL_MEMBER, Role.CHAIR, Role.EDITOR})


def is_public(session: Session, sha256: str) -> bool:
    """Whether a published story shows the photo with the nominee's consent."""
    shown = exists().where(
        col(Nomination.photo) == sha256,
        col(Nomination.stage) == Stage.PUBLISHED.value,
        col(Nomination.publish_photo).is_(other=True),
    )
    return bool(session.exec(select(shown)).one())


def is_theirs(session: Session, sha256: str, who: Principal) -> bool:
    """Whether the asker's unit brought the photo, or the asker is an officer of the commune that got it."""
    if who.role not in OWN_UNIT_ONLY | OFFICERS:
        return False
    wanted = exists().where(col(PhotoRow.sha256) == sha256, col(PhotoRow.plan_id) == who.plan_id)
    if who.role in OWN_UNIT_ONLY:
        wanted = wanted.where(col(PhotoRow.unit_id) == who.unit_id)
    return bool(session.exec(select(wanted)).one())


def shown_by(session: Session, sha256: str) -> Sequence[UUID]:
    """The nominations with this photo; bounded."""
    return session.exec(select(Nomination.id).where(Nomination.photo == sha256).limit(MOST_SHOWN)).all()


def brought(session: Session, sha256: str, who: Principal) -> PhotoRow | None:
    """The photo as the asker's unit brought it; for officers, as any unit of the commune did."""
    wanted = select(PhotoRow).where(PhotoRow.sha256 == sha256, PhotoRow.plan_id == who.plan_id)
    if who.role in OWN_UNIT_ONLY:
        wanted = wanted.where(PhotoRow.unit_id == who.unit_id)
    return session.exec(wanted.limit(1)).first()

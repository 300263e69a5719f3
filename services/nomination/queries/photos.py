"""Who may see a photo."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, and_, col, exists, or_, select

from services.nomination.models import Nomination, PhotoRow
from services.nomination.rules.stages import Stage
from services.nomination.rules.uses import Use
from shared.access.principal import Principal
from shared.access.rights import FOR_ONE_UNIT
from shared.access.sight import EVERYTHING
from shared.database import widened

MOST_SHOWN = 20


def is_public(session: Session, sha256: str) -> bool:
    """Whether a published story shows the photo with the nominee's consent."""
    shown = exists().where(
        col(Nomination.photo) == sha256,
        col(Nomination.stage) == Stage.PUBLISHED.value,
        col(Nomination.agreed).contains([Use.PHOTO.value, Use.PORTAL.value]),
    )
    with widened(session, EVERYTHING, why="a published story shows its photo to everybody, if the nominee agreed"):
        return bool(session.exec(select(shown)).one())


def is_theirs(session: Session, sha256: str) -> bool:
    """Whether the asker's unit brought the photo, or the asker is an officer of the commune that got it.

    The session's sight is all that it takes: photos of other units are not there.
    """
    return bool(session.exec(select(exists().where(col(PhotoRow.sha256) == sha256))).one())


def shown_by(session: Session, sha256: str) -> Sequence[UUID]:
    """The nominations with this photo; bounded."""
    beside = and_(col(Nomination.more_photos) != [], col(Nomination.more_photos).contains([sha256]))
    with_it = or_(col(Nomination.photo) == sha256, beside)
    return session.exec(select(Nomination.id).where(with_it).limit(MOST_SHOWN)).all()


def brought(session: Session, addresses: Sequence[str], who: Principal) -> list[PhotoRow]:
    """These photos as the asker's unit brought them, in their order; for officers, as any unit of the commune did."""
    if not addresses:
        return []
    wanted = select(PhotoRow).where(col(PhotoRow.sha256).in_(addresses), PhotoRow.plan_id == who.plan_id)
    if who.role in FOR_ONE_UNIT:
        wanted = wanted.where(PhotoRow.unit_id == who.unit_id)
    found = {row.sha256: row for row in session.exec(wanted).all()}
    return [found[address] for address in dict.fromkeys(addresses) if address in found]

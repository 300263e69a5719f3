"""A person's own messages."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, tuple_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.notify.models import Message
from shared.access.principal import Principal
from shared.errors import NotFound


def counts(session: Session, who: Principal) -> tuple[int, int]:
    """(how many are unread, how many there are)."""
    total = func.count()
    row = session.exec(
        select(total.filter(col(Message.read_at).is_(None)), total).where(Message.person_id == who.person_id)
    ).one()
    return row[0], row[1]


def unread_first(session: Session, who: Principal, *, unread: int, offset: int, limit: int) -> list[Message]:
    """One page of all messages: what is unread comes first, and the newest first in both halves."""
    waiting: list[Message] = []
    if offset < unread:
        waiting = list(session.exec(own(who).where(col(Message.read_at).is_(None)).offset(offset).limit(limit)))
    if len(waiting) == limit:
        return waiting
    seen = own(who).where(col(Message.read_at).is_not(None)).offset(max(0, offset - unread))
    return waiting + list(session.exec(seen.limit(limit - len(waiting))))


def after(
    session: Session, who: Principal, *, place: tuple[datetime, UUID] | None, unread_only: bool, limit: int
) -> list[Message]:
    """At most `limit` messages, newest first, beginning after the cursor."""
    wanted = own(who).limit(limit)
    if unread_only:
        wanted = wanted.where(col(Message.read_at).is_(None))
    if place:
        wanted = wanted.where(tuple_(col(Message.created_at), col(Message.id)) < tuple_(*place))
    return list(session.exec(wanted))


def message_for(session: Session, who: Principal, message_id: UUID) -> Message:
    """The asker's own message. Raises NotFound for one that is not theirs, as for one that is not."""
    found = session.get(Message, message_id)
    if found is None or found.person_id != who.person_id:
        raise NotFound("message.unknown")
    return found


def own(who: Principal) -> SelectOfScalar[Message]:
    """The asker's messages, newest first."""
    return (
        select(Message)
        .where(Message.person_id == who.person_id)
        .order_by(col(Message.created_at).desc(), col(Message.id).desc())
    )

"""The addressee has read what they were told."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col

from services.notify.models import Message
from services.notify.queries.inbox import message_for
from shared.access.principal import Principal
from shared.bus.record import record
from shared.clock import day_of, now
from shared.events.notify import ReceiptAcknowledged
from shared.plan.shelf import plan_of

MOST_AT_ONCE = 500


def acknowledge(session: Session, who: Principal, message_id: UUID) -> Message:
    """The message, read. Reading it again changes nothing. Raises NotFound for somebody else's."""
    message = message_for(session, who, message_id)
    mark(session, who, [message.id])
    session.refresh(message)
    return message


def acknowledge_all(session: Session, who: Principal, message_ids: Sequence[UUID]) -> int:
    """Mark those of these messages that are the asker's own and unread; how many there were."""
    return mark(session, who, message_ids[:MOST_AT_ONCE])


def mark(session: Session, who: Principal, message_ids: Sequence[UUID]) -> int:
    """One statement, so that two clicks at once acknowledge once."""
    moment = now()
    rows = session.execute(
        update(Message)
        .where(
            col(Message.id).in_(message_ids),
            col(Message.person_id) == who.person_id,
            col(Message.read_at).is_(None),
        )
        .values(read_at=moment)
        .returning(Message)
        .execution_options(synchronize_session=False)
    ).scalars()
    read = list(rows)
    for message in read:
        receipt = ReceiptAcknowledged(
            message_id=message.id,
            nomination_id=message.nomination_id,
            recipient=message.recipient,
            about=message.about,
            acknowledged_on=day_of(moment),
        )
        record(session, receipt, plan_of(message.plan_id))
    return len(read)

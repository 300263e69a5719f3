"""What the JSON API gives."""

import base64
import binascii
from datetime import UTC, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.notify.models import Message
from shared.errors import Invalid

LARGEST_PAGE = 100


class MessageOut(BaseModel):
    """A message of the asker's. `recipient` is the line, circle or role under which they were told."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    plan_id: str
    about: str
    recipient: str
    nomination_id: UUID | None
    subject: str
    body: str
    link: str
    created_at: datetime
    read_at: datetime | None


class PageOut(BaseModel):
    """Messages, newest first; `next` is the cursor of the following page, None on the last one."""

    unread: int
    items: list[MessageOut]
    next: str | None

    @classmethod
    def of(cls, found: list[Message], *, unread: int, limit: int) -> Self:
        """The first `limit` of what was found; one more says that there is a next page."""
        shown = found[:limit]
        return cls(
            unread=unread,
            items=[MessageOut.model_validate(message) for message in shown],
            next=cursor_of(shown[-1]) if len(found) > limit else None,
        )


def cursor_of(message: Message) -> str:
    """An opaque word that says after which message a page ended."""
    place = f"{message.created_at.isoformat()}~{message.id}"
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def place_of(cursor: str) -> tuple[datetime, UUID]:
    """The place that a cursor names. Raises Invalid for anything else."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment, _, message_id = text.partition("~")
        return datetime.fromisoformat(moment).astimezone(UTC), UUID(message_id)
    except (ValueError, OverflowError, binascii.Error) as error:
        raise Invalid({"after": "cursor.unreadable"}) from error

"""Said by notify: what reached whom."""

from datetime import date
from uuid import UUID

from shared.events.event import Event


class MessageSent(Event, type="message.sent", version=1, subject="message", heard_by=("report",)):
    """A message was handed over for good: in the inbox, or accepted by the mail server."""

    message_id: UUID
    nomination_id: UUID | None = None
    recipient: str  # recipient line of the plan, or "nominator" | "subject_unit" | a role
    channel: str  # "inbox" | "mail"
    about: str  # the event name that it tells of


class MessageFailed(Event, type="message.failed", version=1, subject="message", heard_by=("report",)):
    """A message did not go, or nobody can tell: a person has to look."""

    message_id: UUID
    nomination_id: UUID | None = None
    recipient: str
    channel: str
    about: str
    reason: str


class ReceiptAcknowledged(Event, type="receipt.acknowledged", version=1, subject="message", heard_by=("report",)):
    """The addressee opened the message."""

    message_id: UUID
    nomination_id: UUID | None = None
    recipient: str
    about: str
    acknowledged_on: date


class UnitReminded(Event, type="unit.reminded", version=1, subject="reminder", heard_by=("report",)):
    """A unit was reminded of what the plan expects from it."""

    reminder_id: UUID
    unit_id: UUID
    about: str
    reminded_on: date

"""Reading what the mail catcher has caught."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import UUID

from gateway.mailcatcher.store import Delivery, deliveries, letter_path


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as its reader sees it."""

    id: UUID
    #: To whom the sender's server gave it, whatever its heading says.
    to: tuple[str, ...]
    from_: str
    subject: str
    #: The message's own date; when it was received if it names none.
    sent_at: datetime
    #: Empty where the message has no such part.
    text: str
    html: str
    message_id: str


def messages(var: Path, *, newest_first: bool = True, limit: int = 100) -> list[Letter]:
    """The newest letters, `limit` at most, in order of receipt."""
    newest = list(deliveries(var))[-limit:] if limit > 0 else []
    found = [letter for one in newest if (letter := opened(var, one))]
    return found[::-1] if newest_first else found


def message(var: Path, letter_id: UUID) -> Letter | None:
    """One letter; None if there is none, or no longer."""
    return next((opened(var, one) for one in deliveries(var) if one.id == letter_id), None)


def count_by_message_id(var: Path) -> Counter[str]:
    """{Message-ID: how often it was accepted}; 2 means that somebody got the same message twice."""
    return Counter(one.message_id for one in deliveries(var))


def opened(var: Path, delivery: Delivery) -> Letter | None:
    """The letter of a delivery; None if it has just made room for newer ones."""
    try:
        content = letter_path(var, delivery.sha256).read_bytes()
    except FileNotFoundError:
        return None
    parsed = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(parsed, EmailMessage)  # noqa: S101 -- what this policy makes
    return Letter(
        id=delivery.id,
        to=delivery.recipients,
        from_=str(parsed.get("From", delivery.sender)),
        subject=str(parsed.get("Subject", "")),
        sent_at=sent_at(parsed) or delivery.received_at,
        text=body(parsed, "plain"),
        html=body(parsed, "html"),
        message_id=delivery.message_id,
    )


def sent_at(parsed: EmailMessage) -> datetime | None:
    try:
        moment = parsedate_to_datetime(str(parsed["Date"]))
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def body(parsed: EmailMessage, kind: str) -> str:
    """The text of the part; letters that its charset does not know are shown as U+FFFD."""
    part = parsed.get_body((kind,))
    raw = part.get_payload(decode=True) if part else b""
    if part is None or not isinstance(raw, bytes):
        return ""
    try:
        return raw.decode(part.get_content_charset("utf-8"), errors="replace")
    except LookupError:  # a charset that does not exist
        return raw.decode("utf-8", errors="replace")

"""What a browser remembers of those who signed in on it, and how they are called there."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

MOST_REMEMBERED = 6


class By(StrEnum):
    """How somebody signs in on a device."""

    CARD = "card"
    PASSWORD = "password"  # noqa: S105 -- a word, not a password


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody whom the device remembers: the id of their card, or their own where they have a password."""

    by: By
    id: UUID


def with_newest(entries: Sequence[Entry], newest: Entry) -> tuple[Entry, ...]:
    """`newest` first, then the others; whoever has not come for longest is forgotten."""
    return (newest, *(one for one in entries if one != newest))[:MOST_REMEMBERED]


def entries_from(said: object) -> tuple[Entry, ...]:
    """Read what the device's ticket says, [[by, id], …]; whatever is not that is left out."""
    found: list[Entry] = []
    for one in said if isinstance(said, list) else []:
        try:
            by, id_ = one
            found.append(Entry(By(by), UUID(id_)))
        except (TypeError, ValueError, AttributeError):
            continue
    return tuple(found[:MOST_REMEMBERED])


def short_name(name: str) -> str:
    """As a shared phone shows a name, where anybody may look: "N. V. Thượng". What stands in brackets is kept."""
    plain, bracket, rest = name.partition(" (")
    *before, own = plain.split() or [""]
    return " ".join([*(f"{word[0]}." for word in before), own]) + bracket + rest

"""The Atom feed (RFC 4287) with the places of what was taken off (RFC 6721)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID
from xml.etree import ElementTree as ET

from markupsafe import escape

ATOM: Final = "http://www.w3.org/2005/Atom"
TOMBSTONE: Final = "http://purl.org/atompub/tombstones/1.0"
#: The product's own name, not the installation's: ids stay when a commune moves to another address.
AUTHORITY: Final = "guongsang.vn,2026"

ET.register_namespace("", ATOM)
ET.register_namespace("at", TOMBSTONE)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """Addresses are whole; `page` and `audio` are "" where there are none."""

    id: UUID
    title: str
    summary: str
    body: str
    author: str
    category: tuple[str, str]  # (id, title)
    published_at: datetime
    changed_at: datetime
    page: str
    audio: str
    audio_size: int


@dataclass(frozen=True, slots=True)
class FeedTombstone:
    id: UUID
    withdrawn_at: datetime
    comment: str


@dataclass(frozen=True, slots=True)
class Feed:
    """`key` is what the feed is about, the same for ever: a commune's id, or "all"."""

    key: str
    title: str
    subtitle: str
    self_address: str
    home_address: str
    entries: Sequence[FeedEntry]
    tombstones: Sequence[FeedTombstone]
    changed_at: datetime  # when the feed is empty
    closed_at: datetime | None = None  # when it was said that nothing more comes


def atom(feed: Feed) -> bytes:
    """The feed as UTF-8 XML; the same feed gives the same bytes."""
    root = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": "vi"})
    say(root, "id", f"tag:{AUTHORITY}:feed:{feed.key}")
    say(root, "title", feed.title)
    say(root, "subtitle", feed.subtitle)
    say(root, "updated", moment(last_change(feed)))
    say(root, "generator", "Gương Sáng")
    link(root, "self", feed.self_address, type="application/atom+xml")
    link(root, "alternate", feed.home_address, type="text/html")
    for entry in feed.entries:
        add_entry(root, entry)
    for stone in feed.tombstones:
        add_tombstone(root, stone)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def last_change(feed: Feed) -> datetime:
    """When the feed changed last."""
    moments = [entry.changed_at for entry in feed.entries] + [stone.withdrawn_at for stone in feed.tombstones]
    if feed.closed_at:
        moments.append(feed.closed_at)
    return max(moments, default=feed.changed_at)


def add_entry(root: ET.Element, entry: FeedEntry) -> None:
    element = ET.SubElement(root, f"{{{ATOM}}}entry")
    say(element, "id", entry_id(entry.id))
    say(element, "title", entry.title)
    say(element, "published", moment(entry.published_at))
    say(element, "updated", moment(entry.changed_at))
    author = ET.SubElement(element, f"{{{ATOM}}}author")
    say(author, "name", entry.author)
    term, label = entry.category
    ET.SubElement(element, f"{{{ATOM}}}category", {"term": term, "label": allowed(label)})
    if entry.page:
        link(element, "alternate", entry.page, type="text/html")
    if entry.audio:
        link(element, "enclosure", entry.audio, type="audio/mpeg", length=str(entry.audio_size))
    say(element, "summary", entry.summary)
    blocks = (f"<p>{escape(allowed(block))}</p>" for block in entry.body.split("\n\n") if block)
    say(element, "content", "".join(blocks), type="html")


def add_tombstone(root: ET.Element, stone: FeedTombstone) -> None:
    gone = {"ref": entry_id(stone.id), "when": moment(stone.withdrawn_at)}
    element = ET.SubElement(root, f"{{{TOMBSTONE}}}deleted-entry", gone)
    ET.SubElement(element, f"{{{TOMBSTONE}}}comment").text = allowed(stone.comment)


def entry_id(story_id: UUID) -> str:
    """A tag: URI (RFC 4151) that never changes, wherever the story moves."""
    return f"tag:{AUTHORITY}:story:{story_id}"


def say(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = allowed(text)


def link(parent: ET.Element, rel: str, href: str, **attributes: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href, **attributes})


def moment(value: datetime) -> str:
    """RFC 3339, in UTC."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def allowed(text: str) -> str:
    """The text without the characters that XML 1.0 forbids."""
    return FORBIDDEN.sub("", text)


FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

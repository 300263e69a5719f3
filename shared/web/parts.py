"""What the macros of `ui.html` are given: one frozen type for each thing that they show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

Tone = Literal["ok", "warn", "bad", "info", "gold", "mute"]


class Choice(NamedTuple):
    """One radio, checkbox or option: the value sent, the words shown, a second line below them."""

    value: str
    label: str
    hint: str = ""


class Crumb(NamedTuple):
    """One step of the way here; the last has no href."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary. With `edit`, a link "Sửa" follows. `value` may be Markup."""

    label: str
    value: object
    edit: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of a timeline; `when` may be a day, a moment or words such as "Dự kiến tháng 12"."""

    when: date | datetime | str
    title: str
    detail: str = ""
    href: str = ""
    state: Literal["done", "next", "late"] = "done"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing still to do: its state in words, and the tone of these words."""

    title: str
    href: str
    status: str
    tone: Tone = "info"
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of a ladder, and how it was reached in words; `state` is told in words too."""

    title: str
    state: Literal["reached", "awaited", "declined", "ahead"] = "ahead"
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as the pages show it: addresses by width in pixels, and the words for those who cannot see it."""

    widths: Sequence[tuple[int, str]]
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class StoryCard:
    """One shining example in a list. Without a picture, a pattern is drawn from `name`."""

    name: str
    title: str
    href: str
    excerpt: str
    field: str = ""
    unit: str = ""
    on: date | None = None
    picture: Picture | None = None


def is_moment(value: object) -> bool:
    """Whether a `Happening.when` carries a time of day."""
    return isinstance(value, datetime)


def is_day(value: object) -> bool:
    """Whether a `Happening.when` is a date rather than words."""
    return isinstance(value, date)

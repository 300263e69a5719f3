"""The building blocks in which the form of a plan file is written down: what a value may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

TEXT_MAX = 4_000
NAME_MAX = 64


@dataclass(frozen=True, slots=True)
class Line:
    """One text. With a `pattern`, one that matches it whole."""

    example: str
    pattern: str = ""
    length_max: int = 300


@dataclass(frozen=True, slots=True)
class Bilingual:
    """Words in both languages: {vi: …, en: …}."""

    length_max: int = TEXT_MAX


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds, both allowed."""

    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Amount:
    """A decimal number within bounds, both allowed."""

    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day: 2023-05-31."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words that the product knows."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that must stand elsewhere in the plan, or be known to the product. `kind` says which names."""

    kind: str


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions on an event's data: {field: F04, source: village}."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list. With `named_by`, its entries carry a name in that key, each its own."""

    item: "Shape"
    at_least: int = 0
    named_by: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record: what it holds and what that is for."""

    shape: "Shape"
    says: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """A group of keys. Of `exactly_one`, one key must be there and no more."""

    name: str
    keys: Mapping[str, Key]
    exactly_one: tuple[str, ...] = ()


Shape: TypeAlias = Line | Bilingual | Whole | Amount | Flag | Day | Choice | Mention | Conditions | ListOf | Record

"""Reads a tree by its form: the values, the names they mention, and every fault of form."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from shared.plan import unreadable, wording
from shared.plan.examples import example_of
from shared.plan.faults import FAULTS_MAX, Fault
from shared.plan.shape import Bilingual, Conditions, Key, Line, ListOf, Mention, Record, Shape
from shared.plan.text import Text
from shared.plan.tree import Items, Leaf, Node, Pairs, Refused
from shared.plan.values import Unfit, condition_of, value_of, wrong_type
from shared.plan.wording import Wording

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file something stands."""

    file: str
    line: int
    where: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that was read: its good values, and the place of each of its keys."""

    place: Place
    values: Mapping[str, object]
    places: Mapping[str, Place]

    def get(self, key: str, kind: type[T]) -> T | None:
        """The value of a key; None when it was not given or not good."""
        value = self.values.get(key)
        return value if isinstance(value, kind) else None

    def all(self, key: str, kind: type[T]) -> tuple[T, ...]:
        """The good values of a list; () when it was not given."""
        value = self.values.get(key)
        return tuple(item for item in value if isinstance(item, kind)) if isinstance(value, tuple) else ()

    def at(self, key: str) -> Place:
        """Where a key stands, or the record where it is missing."""
        return self.places.get(key, self.place)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A name that the plan uses; `kind` says what it must be the name of."""

    kind: str
    name: str
    place: Place


class TooManyFaults(Exception):
    """The reading ends here; the last fault says so."""


@dataclass(slots=True)
class Reading:
    """What came of reading a tree."""

    faults: list[Fault]
    mentions: list[Mentioned] = field(default_factory=list)

    def refuse(self, place: Place, said: Wording) -> None:
        """Notes a fault. Raises TooManyFaults when it is one too many."""
        if len(self.faults) >= FAULTS_MAX:
            said = unreadable.too_many(FAULTS_MAX)
            self.faults.append(Fault(place.file, place.line, "", said.wrong, said.instead, said.key))
            raise TooManyFaults
        self.faults.append(Fault(place.file, place.line, place.where, said.wrong, said.instead, said.key))

    def read(self, shape: Shape, node: Node, where: str) -> object:
        """The value of a node by its shape; None where it is not good (and the fault is noted)."""
        place = Place(node.file, node.line, where)
        try:
            self.check_letters(node, place)
            return self.read_good(shape, node, place)
        except Unfit as unfit:
            self.refuse(place, unfit.said)
            return None

    def check_letters(self, node: Node, place: Place) -> None:
        if isinstance(node, Leaf) and not unicodedata.is_normalized("NFC", node.raw):
            self.refuse(place, wording.not_nfc(node.raw))

    def read_good(self, shape: Shape, node: Node, place: Place) -> object:
        value: object
        match shape, node:
            case _, Refused(said=said):
                raise Unfit(said)
            case Record(), Pairs():
                value = self.read_record(shape, node, place.where)
            case Bilingual(), Pairs():
                value = self.read_text(shape, node, place.where)
            case ListOf(), Items():
                value = self.read_list(shape, node, place.where)
            case Conditions(), Pairs():
                value = self.read_conditions(node, place.where)
            case Mention(kind), Leaf():
                value = value_of(shape, node)
                self.mentions.append(Mentioned(kind, str(value), place))
            case _, Leaf():
                value = value_of(shape, node)
            case _:
                raise wrong_type(shape, node)
        return value

    def read_record(self, record: Record, node: Pairs, where: str) -> Entry:
        place = Place(node.file, node.line, where)
        self.check_bad_keys(node, where)
        self.check_keys(record, node, where)
        values: dict[str, object] = {}
        places: dict[str, Place] = {}
        for key, value_node in node.pairs.items():
            if (form := record.keys.get(key)) is None:
                continue
            places[key] = Place(value_node.file, node.lines[key], _inside(where, key))
            if (value := self.read(form.shape, value_node, places[key].where)) is not None:
                values[key] = value
        return Entry(place, values, places)

    def check_bad_keys(self, node: Pairs, where: str) -> None:
        for key, line, said in node.bad_keys:
            self.refuse(Place(node.file, line, _inside(where, key) if key else where), said)

    def check_keys(self, record: Record, node: Pairs, where: str) -> None:
        left = [key for key in record.keys if key not in node.pairs]
        for key, value_node in node.pairs.items():
            if key not in record.keys:
                place = Place(value_node.file, node.lines[key], _inside(where, key))
                self.refuse(place, wording.unknown_key(key, left))
        for key, form in record.keys.items():
            if form.required and key not in node.pairs:
                place = Place(node.file, node.line, _inside(where, key))
                self.refuse(place, wording.missing_key(key, example_of(form.shape)))
        if record.exactly_one and len(given := [key for key in record.exactly_one if key in node.pairs]) != 1:
            first = record.exactly_one[0]
            example = f"{first}: {example_of(record.keys[first].shape)}"
            place = Place(node.file, node.line, where)
            self.refuse(place, wording.not_exactly_one(given, record.exactly_one, example))

    def read_list(self, shape: ListOf, node: Items, where: str) -> tuple[object, ...]:
        if len(node.items) < shape.at_least:
            said = wording.too_few(len(node.items), shape.at_least, example_of(shape.item))
            self.refuse(Place(node.file, node.line, where), said)
        taken: dict[str, int] = {}
        values = []
        for number, item in enumerate(node.items, start=1):
            name = _name_of(item, shape.named_by)
            path = f"{where}[{name or f'#{number}'}]"
            if name and name in taken:
                place = Place(item.file, item.line, f"{path}.{shape.named_by}")
                self.refuse(place, wording.repeated_name(name, taken[name]))
            taken.setdefault(name, item.line)
            values.append(self.read(shape.item, item, path))
        return tuple(value for value in values if value is not None)

    def read_text(self, shape: Bilingual, node: Pairs, where: str) -> Text | None:
        words = Key(Line("…", length_max=shape.length_max), "")
        entry = self.read_record(Record("text", {"vi": words, "en": words}), node, where)
        vi, en = entry.get("vi", str), entry.get("en", str)
        return Text(vi, en) if vi and en else None

    def read_conditions(self, node: Pairs, where: str) -> dict[str, str]:
        self.check_bad_keys(node, where)
        wanted: dict[str, str] = {}
        for key, value_node in node.pairs.items():
            place = Place(value_node.file, node.lines[key], _inside(where, key))
            try:
                self.check_letters(value_node, place)
                wanted[key] = condition_of(value_node)
            except Unfit as unfit:
                self.refuse(place, unfit.said)
        return wanted


def _inside(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _name_of(node: Node, named_by: str) -> str:
    name = node.pairs.get(named_by) if isinstance(node, Pairs) and named_by else None
    return name.raw if isinstance(name, Leaf) else ""

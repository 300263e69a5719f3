"""Units through time: what a change of units is, and what holds for every one. Plain values in, plain values out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from shared.errors import Refused
from shared.text.clean import Unclean, cleaned
from shared.text.dates import shown_day

LONGEST_UNIT_NAME = 200

#: Territories by tier, the highest first. Every other kind is a body: it stands under a territory or another body.
TIERS = (
    ("province",),
    ("district",),
    ("commune", "ward", "township", "special_zone"),
    ("village", "neighbourhood"),
)
TIER_OF = {kind: tier for tier, kinds in enumerate(TIERS) for kind in kinds}
BODY = len(TIERS)


@dataclass(frozen=True, slots=True)
class Version:
    """What a unit is from `valid_from` until before `valid_until`; it still is while that is None."""

    unit_id: UUID
    valid_from: date
    valid_until: date | None
    name: str
    kind: str
    code: str | None
    code_list: str | None
    parent_id: UUID | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


#: The newest version of every unit that the registry knows, whether it still is or has ended.
Tree: TypeAlias = Mapping[UUID, Version]


class How(StrEnum):
    """How a unit came to have a successor."""

    MERGE = "merge"
    SPLIT = "split"
    DISSOLVE = "dissolve"


class Share(StrEnum):
    """How much of a unit a successor goes on with."""

    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Succession:
    """From `on`, the successor goes on with the predecessor."""

    predecessor_id: UUID
    successor_id: UUID
    on: date
    how: How
    share: Share


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as it stands in a plan; without a plan ("") only in the registry."""

    plan: str
    unit_id: UUID

    @property
    def value(self) -> str:
        """The place as a form sends it."""
        return f"{self.plan}/{self.unit_id}"


@dataclass(frozen=True, slots=True)
class Inheritance:
    """Who goes on with the work of a unit of a plan. A unit may be its own heir, under another plan."""

    unit: Place
    heir: Place


@dataclass(frozen=True, slots=True)
class Question:
    """What a change cannot know: where a unit goes. `options` are the places that could take it."""

    unit: Place
    options: tuple[Place, ...]


#: {unit: where somebody said that it goes}
Answers: TypeAlias = Mapping[UUID, Place]


@dataclass(frozen=True, slots=True)
class Change:
    """What changes on a day. `begins` are new units and next versions, `ends` units that are no more from then on."""

    on: date
    begins: tuple[Version, ...] = ()
    ends: tuple[UUID, ...] = ()
    successions: tuple[Succession, ...] = ()
    heirs: tuple[Inheritance, ...] = ()
    questions: tuple[Question, ...] = ()
    ending_plans: tuple[str, ...] = ()
    starting_plans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rename:
    """Another name or kind from a day on."""

    unit_id: UUID
    name: str
    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class Transfer:
    """Another parent from a day on."""

    unit_id: UUID
    parent_id: UUID
    on: date


@dataclass(frozen=True, slots=True)
class Dissolve:
    """No more from a day on; `successor_id` goes on with its work, if anybody does. `answers` place its children."""

    unit_id: UUID
    successor_id: UUID | None
    on: date
    answers: dict[UUID, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Merge:
    """The communes of these plans go on as the commune of one plan."""

    plans: tuple[str, ...]
    successor: str
    on: date
    answers: dict[UUID, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Split:
    """The commune of a plan goes on as the communes of several; where it is one of them, it only gives away a part."""

    plan: str
    successors: tuple[str, ...]
    on: date
    answers: dict[UUID, Place] = field(default_factory=dict)


Request: TypeAlias = Rename | Transfer | Dissolve | Merge | Split


def living(tree: Tree, unit_id: UUID, on: date) -> Version:
    """The unit's present version, if a change on that day may follow it. Raises Refused("unit.…") otherwise."""
    unit = tree.get(unit_id)
    if unit is None:
        raise Refused("unit.unknown", value=unit_id)
    if unit.valid_until is not None:
        raise Refused("unit.ended", name=unit.name, day=shown_day(unit.valid_until))
    if unit.valid_from > on:
        raise Refused("unit.changed_later", name=unit.name, day=shown_day(unit.valid_from))
    return unit


def ending(tree: Tree, unit_id: UUID, on: date) -> Version:
    """The unit's present version, if it may end on that day: it has to have been for a day at least."""
    unit = living(tree, unit_id, on)
    if unit.valid_from == on:
        raise Refused("unit.began_that_day", name=unit.name, day=shown_day(on))
    return unit


def require_parent(tree: Tree, kind: str, unit_id: UUID, parent_id: UUID, on: date) -> None:
    """Raise Refused unless the parent lives, stands on a higher tier, and is not below the unit itself."""
    parent = living(tree, parent_id, on)
    if not may_be_parent(parent.kind, kind):
        raise Refused("unit.parent_tier", name=parent.name)
    if unit_id in {above.unit_id for above in chain_above(tree, parent_id)}:
        raise Refused("unit.parent_below", name=parent.name)


def may_be_parent(parent_kind: str, kind: str) -> bool:
    """A territory stands under a higher one; a body under a territory or a body."""
    return tier_of(kind) == BODY or tier_of(parent_kind) < tier_of(kind)


def tier_of(kind: str) -> int:
    return TIER_OF.get(kind, BODY)


def name_of(typed: str) -> str:
    """The clean name. Raises Refused."""
    try:
        name = cleaned(typed, longest=LONGEST_UNIT_NAME)
    except Unclean as fault:
        raise Refused(fault.key, **fault.details) from fault
    if not name:
        raise Refused("unit.name_missing")
    return name


def chain_above(tree: Tree, unit_id: UUID | None) -> Iterable[Version]:
    """The unit and those above it, the highest last; ends at a unit that the registry does not know."""
    seen: set[UUID] = set()
    while unit_id is not None and unit_id in tree and unit_id not in seen:
        seen.add(unit_id)
        yield tree[unit_id]
        unit_id = tree[unit_id].parent_id


def children_of(tree: Tree, parents: set[UUID]) -> list[Version]:
    """The living units right below these."""
    return [unit for unit in tree.values() if unit.parent_id in parents and unit.valid_until is None]


def below(tree: Tree, unit_id: UUID, keep: Callable[[Version], bool] = lambda _: True) -> list[Version]:
    """The living units below a unit at any depth, along units that `keep` lets through."""
    found: dict[UUID, Version] = {}
    level = {unit_id}
    while level:
        children = [child for child in children_of(tree, level) if keep(child) and child.unit_id not in found]
        found |= {child.unit_id: child for child in children}
        level = {child.unit_id for child in children}
    return list(found.values())


def bodies_below(tree: Tree, unit_id: UUID) -> list[Version]:
    """The offices, stations, councils … of a unit."""
    return below(tree, unit_id, lambda unit: tier_of(unit.kind) == BODY)


def parents_for(tree: Tree, unit: Version, *, without: set[UUID], on: date) -> tuple[Place, ...]:
    """Where a territory may go: the living units of a higher tier, the lowest such tier first, each by name."""
    fit = [
        one
        for one in tree.values()
        if one.unit_id not in without
        and one.valid_until is None
        and one.valid_from <= on
        and may_be_parent(one.kind, unit.kind)
        and tier_of(one.kind) < BODY
    ]
    fit.sort(key=lambda one: (-tier_of(one.kind), one.name, one.unit_id))
    return tuple(Place("", one.unit_id) for one in fit)

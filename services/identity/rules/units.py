"""Units through time: what a change of units is, and the changes of one unit. Plain values in, plain values out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from services.identity.rules.versions import (
    BODY,
    Tree,
    Version,
    bodies_below,
    chain_above,
    children_of,
    may_be_parent,
    tier_of,
)
from shared.errors import Refused
from shared.plan.unit import UNIT_KINDS
from shared.text.clean import Unclean, cleaned
from shared.text.dates import shown_day

LONGEST_UNIT_NAME = 200


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


def rename(tree: Tree, asked: Rename) -> Change:
    """Raises Refused for a name that cannot be kept, a kind of another tier, or when nothing would change."""
    unit = living(tree, asked.unit_id, asked.on)
    name = name_of(asked.name)
    if asked.kind not in UNIT_KINDS or tier_of(asked.kind) != tier_of(unit.kind):
        raise Refused("unit.kind", value=asked.kind)
    if (name, asked.kind) == (unit.name, unit.kind):
        raise Refused("unit.same_name", name=name)
    return Change(asked.on, begins=(replace(unit, valid_from=asked.on, name=name, kind=asked.kind),))


def transfer(tree: Tree, asked: Transfer) -> Change:
    """Raises Refused for a parent that cannot be one, or already is."""
    unit = living(tree, asked.unit_id, asked.on)
    require_parent(tree, unit.kind, asked.unit_id, asked.parent_id, asked.on)
    if unit.parent_id == asked.parent_id:
        raise Refused("unit.same_parent", name=unit.name)
    return Change(asked.on, begins=(replace(unit, valid_from=asked.on, parent_id=asked.parent_id),))


def dissolve(tree: Tree, asked: Dissolve) -> Change:
    """A unit ends, and its bodies with it. Each territory below it is asked for a new parent."""
    unit = living(tree, asked.unit_id, asked.on)
    if asked.successor_id is not None:
        living(tree, asked.successor_id, asked.on)
    ended = {asked.unit_id, *(body.unit_id for body in bodies_below(tree, asked.unit_id))}
    if asked.successor_id in ended:
        raise Refused("unit.own_successor", name=unit.name)
    for unit_id in ended:
        ending(tree, unit_id, asked.on)
    begins, questions = [], []
    for child in children_of(tree, ended):
        if child.unit_id in ended:
            continue
        options = parents_for(tree, child, without=ended, on=asked.on)
        answer = asked.answers.get(child.unit_id)
        if answer in options:
            living(tree, child.unit_id, asked.on)
            begins.append(replace(child, valid_from=asked.on, parent_id=answer.unit_id))
        else:
            questions.append(Question(Place("", child.unit_id), options))
    successions = tuple(
        Succession(unit_id, asked.successor_id, asked.on, How.DISSOLVE, Share.WHOLE)
        for unit_id in ended
        if asked.successor_id is not None
    )
    return Change(asked.on, tuple(begins), tuple(ended), successions, questions=tuple(questions))


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


def name_of(typed: str) -> str:
    """The clean name. Raises Refused."""
    try:
        name = cleaned(typed, longest=LONGEST_UNIT_NAME)
    except Unclean as fault:
        raise Refused(fault.key, **fault.details) from fault
    if not name:
        raise Refused("unit.name_missing")
    return name


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

"""What a unit is for a time, on which tier it stands, and the walk through a tree of units."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

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


def may_be_parent(parent_kind: str, kind: str) -> bool:
    """A territory stands under a higher one; a body under a territory or a body."""
    return tier_of(kind) == BODY or tier_of(parent_kind) < tier_of(kind)


def tier_of(kind: str) -> int:
    return TIER_OF.get(kind, BODY)


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

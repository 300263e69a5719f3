"""Communes that merge or split: what becomes of every unit of their plans."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from uuid import UUID

from services.identity.rules.units import (
    Change,
    How,
    Inheritance,
    Merge,
    Place,
    Question,
    Share,
    Split,
    Succession,
    Transfer,
    ending,
    living,
)
from services.identity.rules.versions import Tree, Version, below, children_of
from shared.errors import Refused
from shared.plan import Plan, Unit
from shared.plan.questions import units_within
from shared.text.dates import shown_day

#: Units that people live and learn in: they go on by name, and are never taken for another one of their kind.
PLACES_OF_PEOPLE = frozenset({"village", "neighbourhood", "school"})


def merge(tree: Tree, plans: Mapping[str, Plan], asked: Merge) -> Change:
    """Every unit of the plans has an heir under the successor's, or a question. Raises Refused("change.…")."""
    names = dict.fromkeys(asked.plans)
    if not names or asked.successor in names:
        raise Refused("change.who_merges")
    return Reorganisation(tree, [plans[name] for name in names], [plans[asked.successor]], How.MERGE, asked).change()


def split(tree: Tree, plans: Mapping[str, Plan], asked: Split) -> Change:
    """As `merge`, with several successors. Where the commune itself is one of them, only what is said to go goes."""
    names = dict.fromkeys(asked.successors)
    if len(names) < 2:  # noqa: PLR2004 -- with one successor it is a merger
        raise Refused("change.who_splits")
    return Reorganisation(tree, [plans[asked.plan]], [plans[name] for name in names], How.SPLIT, asked).change()


def followers(plans: Iterable[Plan], asked: Transfer) -> tuple[Inheritance, ...]:
    """A village that moves to a commune whose plan names it acts under that plan from then on."""
    known = [plan for plan in plans if knows(plan, asked.unit_id)]
    to = next((plan for plan in known if plan.unit.id == asked.parent_id), None)
    return tuple(
        Inheritance(Place(plan.id, asked.unit_id), Place(to.id, asked.unit_id))
        for plan in known
        if to and plan is not to and asked.unit_id in {unit.id for unit in units_within(plan, plan.unit)[1:]}
    )


@dataclass(frozen=True, slots=True)
class Member:
    """A unit of a commune that ends: named by its plan, or, without a key, known to the registry only."""

    plan: Plan
    unit_id: UUID
    kind: str
    key: str
    is_within: bool  # of the commune as the plan sees it, not above it
    stands_below: bool  # the commune, or below it, as the registry sees it: a unit may have moved since

    @property
    def place(self) -> Place:
        return Place(self.plan.id, self.unit_id)

    @property
    def is_commune(self) -> bool:
        return self.unit_id == self.plan.unit.id

    @property
    def is_asked_for(self) -> bool:
        """Whether only somebody who knows the place can say where it goes."""
        return self.is_within and (self.kind in PLACES_OF_PEOPLE or not self.key)


@dataclass(frozen=True)
class Reorganisation:
    """Communes (`ending`) that go on as others (`successors`) from the day that is asked for."""

    tree: Tree
    ending: Sequence[Plan]
    successors: Sequence[Plan]
    how: How
    asked: Merge | Split

    def change(self) -> Change:
        """All of it. Raises Refused for a commune that cannot end or take over on that day."""
        self.require_order()
        settled: list[tuple[Member, Place]] = []
        questions: list[Question] = []
        for member in self.members():
            options = self.options(member)
            if heir := self.heir(member, options):
                settled.append((member, heir))
            elif member.is_commune or member.is_asked_for or self.chief(member.plan):
                questions.append(Question(member.place, options))
        moved = [(member, heir) for member, heir in settled if heir.plan != member.plan.id]
        ends = [(member, heir) for member, heir in moved if self.is_ending(member, heir)]
        begins = (*self.next_versions(moved), *self.new_units())
        self.require_parents(begins, {member.unit_id for member, _ in ends})
        return Change(
            self.asked.on,
            begins=begins,
            ends=tuple(member.unit_id for member, _ in ends),
            successions=tuple(self.successions(moved, ends)),
            heirs=tuple(Inheritance(member.place, heir) for member, heir in settled),
            questions=tuple(questions),
            ending_plans=() if self.lives_on else tuple(plan.id for plan in self.ending),
            starting_plans=tuple(plan.id for plan in self.successors),
        )

    def require_order(self) -> None:
        for plan in self.ending:
            living(self.tree, plan.unit.id, self.asked.on)
        for plan in self.successors:
            first, last = shown_day(plan.period.starts_on), shown_day(plan.period.ends_on)
            if not plan.period.contains(self.asked.on):
                raise Refused("change.plan_period", plan=plan.title.vi, first=first, last=last)
            if plan.unit.id in self.tree:
                living(self.tree, plan.unit.id, self.asked.on)
            if not self.lives_on and plan.unit.id in {one.unit.id for one in self.ending}:
                raise Refused("change.same_commune", name=plan.unit.name.vi)

    def require_parents(self, begins: Sequence[Version], ended: set[UUID]) -> None:
        """Raise Refused for a unit whose parent is no more: by a plan file, or because it moved below what now ends."""
        begun = {version.unit_id for version in begins} - ended
        for child in children_of(self.tree, ended):
            if child.unit_id not in ended | begun:
                raise Refused("change.left_behind", name=child.name)
        for version in begins:
            parent_id = version.parent_id
            if parent_id is None or parent_id in begun:
                continue
            parent = self.tree.get(parent_id)
            if parent is None or parent_id in ended or parent.valid_until is not None:
                raise Refused("change.parent_gone", name=version.name, parent=parent.name if parent else parent_id)

    @property
    def lives_on(self) -> bool:
        """Whether the commune that splits is one of those it splits into."""
        return self.ending[0] in self.successors

    @cached_property
    def taken_over(self) -> frozenset[UUID]:
        """The ids that a successor's plan and an ending plan both know."""
        known = {unit.id for plan in self.ending for unit in plan.units}
        return frozenset(unit.id for plan in self.successors for unit in plan.units if unit.id in known)

    @cached_property
    def claims(self) -> Counter[tuple[str, str]]:
        """How many units of the ending plans that no successor knows share a kind and key."""
        return Counter(
            (unit.kind, unit.key) for plan in self.ending for unit in plan.units if unit.id not in self.taken_over
        )

    def members(self) -> Iterator[Member]:
        """Every unit of the ending plans, a commune first; then those that only the registry knows below it."""
        for plan in self.ending:
            within = {unit.id for unit in units_within(plan, plan.unit)}
            standing = {plan.unit.id: None} | {version.unit_id: version for version in below(self.tree, plan.unit.id)}
            for unit in sorted(plan.units, key=lambda unit: unit.id != plan.unit.id):
                yield Member(plan, unit.id, unit.kind, unit.key, unit.id in within, unit.id in standing)
            named = {unit.id for unit in plan.units}
            for version in standing.values():
                if version is not None and version.unit_id not in named:
                    yield Member(plan, version.unit_id, version.kind, "", is_within=True, stands_below=True)

    def heir(self, member: Member, options: tuple[Place, ...]) -> Place | None:
        """Who goes on with the unit: what was answered, or what is beyond doubt, or None."""
        if (answer := self.asked.answers.get(member.unit_id)) in options:
            return answer
        if self.lives_on:
            return None if member.is_asked_for else member.place
        knowing = [plan for plan in self.successors if knows(plan, member.unit_id)]
        if member.is_within and len(knowing) == 1:
            return Place(knowing[0].id, member.unit_id)
        if member.is_asked_for and len(self.successors) > 1:
            return None
        chief = self.chief(member.plan)
        return self.fit(member, chief) if chief else None

    def chief(self, plan: Plan) -> Plan | None:
        """The successor that goes on with the commune itself and its bodies: the only one, or the one named."""
        if len(self.successors) == 1:
            return self.successors[0]
        answer = self.asked.answers.get(plan.unit.id)
        return next((each for each in self.successors if answer and each.id == answer.plan), None)

    def fit(self, member: Member, successor: Plan) -> Place | None:
        """The one unit of the successor's plan that can be meant, if there is only one."""
        if knows(successor, member.unit_id):
            return Place(successor.id, member.unit_id)
        if member.is_commune:
            return Place(successor.id, successor.unit.id)
        if member.unit_id == member.plan.aggregator.id:
            return Place(successor.id, successor.aggregator.id)
        alike = [unit for unit in alike_in(successor, member) if unit.id not in self.taken_over]
        fitting = [unit for unit in alike if unit.key == member.key]
        if member.is_asked_for:
            fitting = fitting if self.claims[member.kind, member.key] == 1 else []
        elif not fitting:
            fitting = alike or [successor.unit if member.is_within else successor.aggregator]
        return Place(successor.id, fitting[0].id) if len(fitting) == 1 else None

    def options(self, member: Member) -> tuple[Place, ...]:
        """Every place that could take the unit over, the likeliest first."""
        found: list[Place] = []
        for successor in self.successors:
            if successor is member.plan or knows(successor, member.unit_id):
                found.append(Place(successor.id, member.unit_id))
                continue
            if not member.key:
                found.append(Place(successor.id, member.unit_id))
            if not member.is_commune:
                found += [Place(successor.id, unit.id) for unit in alike_in(successor, member)]
            found.append(Place(successor.id, (successor.unit if member.is_within else successor.aggregator).id))
        return tuple(dict.fromkeys(found))

    def is_ending(self, member: Member, heir: Place) -> bool:
        """Whether the unit is no more: it was the commune's, has another heir, and still lives."""
        version = self.tree.get(member.unit_id)
        if heir.unit_id == member.unit_id or not member.stands_below or version is None or version.valid_until:
            return False
        ending(self.tree, member.unit_id, self.asked.on)
        return True

    def successions(
        self, moved: Sequence[tuple[Member, Place]], ends: Sequence[tuple[Member, Place]]
    ) -> Iterator[Succession]:
        for member, heir in ends:
            if self.how is How.MERGE or not member.is_commune:
                yield Succession(member.unit_id, heir.unit_id, self.asked.on, self.how, Share.WHOLE)
        if self.how is How.SPLIT:
            (plan,) = self.ending
            for successor in self.successors:
                if successor is not plan and any(heir.plan == successor.id for _, heir in moved):
                    yield Succession(plan.unit.id, successor.unit.id, self.asked.on, self.how, Share.PART)

    def next_versions(self, moved: Sequence[tuple[Member, Place]]) -> Iterator[Version]:
        """Units that go on under another plan, where that plan calls or places them differently."""
        plans = {plan.id: plan for plan in self.successors}
        for member, heir in moved:
            version = self.tree.get(member.unit_id)
            if heir.unit_id != member.unit_id or version is None or version.valid_until:
                continue
            if not member.is_within and not member.stands_below:
                continue
            following = placed(plans[heir.plan], version)
            if following != version:
                living(self.tree, version.unit_id, self.asked.on)
                yield replace(following, valid_from=self.asked.on)

    def new_units(self) -> Iterator[Version]:
        """Units of the successors' plans that nobody has known until now."""
        begun: set[UUID] = set()
        for plan in self.successors:
            for unit in plan.units:
                if unit.id not in self.tree and unit.id not in begun:
                    begun.add(unit.id)
                    yield version_of(plan, unit, self.asked.on)


def knows(plan: Plan, unit_id: UUID) -> bool:
    return any(unit.id == unit_id for unit in plan.units)


def alike_in(plan: Plan, member: Member) -> list[Unit]:
    """The plan's units of the member's kind on its side: within the commune, or above it."""
    within = {unit.id for unit in units_within(plan, plan.unit)}
    return [unit for unit in plan.units if unit.kind == member.kind and (unit.id in within) is member.is_within]


def version_of(plan: Plan, unit: Unit, valid_from: date) -> Version:
    """What the plan file says of a unit, as a version."""
    parent = plan.unit_by_key(unit.parent).id if unit.parent else None
    return Version(unit.id, valid_from, None, unit.name.vi, unit.kind, unit.code, unit.code_list, parent)


def placed(plan: Plan, version: Version) -> Version:
    """A unit as the plan calls and places it; one that the plan does not name goes right under its commune."""
    for unit in plan.units:
        if unit.id == version.unit_id:
            said = version_of(plan, unit, version.valid_from)
            return said if said.code else replace(said, code=version.code, code_list=version.code_list)
    return replace(version, parent_id=plan.unit.id)

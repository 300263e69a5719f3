"""Whatever renames, transfers, mergers, splits and dissolutions follow each other, the registry stays in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from services.identity.commands.registry import apply, register
from services.identity.queries.registry import histories, newest_versions, rolled_up, successors_of, tree_as_at
from services.identity.rules import heirs, units
from services.identity.rules.rolling import Undecided
from services.identity.rules.units import Change, Dissolve, Merge, Place, Rename, Split, Transfer
from shared.access.sight import EVERYTHING
from shared.database import engine_of, look
from shared.errors import Refused
from shared.plan import Plan, Text, Unit
from shared.plan.period import Period
from shared.plan.shelf import shelf
from shared.plan.unit import coded_unit_id, local_unit_id

FIRST = date(2025, 1, 1)
LAST = date(2025, 12, 31)
KINDS = ("rename", "transfer", "merge", "split", "part", "dissolve")
pick = st.integers(0, 10_000)


@dataclass
class World:
    """The registry in one transaction, and the plans that have been made so far."""

    session: Session
    base: Plan
    plans: dict[str, Plan] = field(default_factory=dict)
    in_force: list[str] = field(default_factory=list)
    dissolved: set[UUID] = field(default_factory=set)
    on: date = FIRST
    days: list[date] = field(default_factory=lambda: [FIRST])

    def plan(self, district: str, keeps: Sequence[Unit], villages: int) -> Plan:
        """A fresh commune's plan: villages of its own, and those of others that it keeps under their old ids."""
        number = len(self.plans)
        code = f"{9000 + number}"
        unit_id = coded_unit_id(code_list="test/2025", code=code)

        def one(key: str, kind: str) -> Unit:
            return Unit(local_unit_id(unit_id, key), key, Text(f"{key} {code}", key), kind, parent="commune")

        top = [unit for unit in self.base.units if unit.key in {"province", "district", "home-affairs"}]
        commune = Unit(unit_id, "commune", Text(f"Xã {code}", code), "commune", code, "test/2025", parent=district)
        own = [one(f"village-{n}", "village") for n in range(villages)] + [one("police", "police")]
        kept = [replace(unit, key=f"kept-{n}", parent="commune") for n, unit in enumerate(keeps)]
        made = replace(
            self.base,
            id=f"plan-{number}",
            unit=commune,
            units=(*top, commune, *own, *kept),
            period=Period(FIRST, LAST),
        )
        self.plans[made.id] = made
        return made

    def carry_out(self, change: Change) -> None:
        names = {unit: version.name for unit, version in newest_versions(self.session).items()}
        ends = [names[unit] for unit in change.ends]
        begins = [f"{version.name} in {names.get(version.parent_id, 'a new one')}" for version in change.begins]  # type: ignore[arg-type]
        note(f"{change.on}: {change.ending_plans} → {change.starting_plans}; ends {ends}; begins {begins}")
        apply(self.session, change)
        self.in_force = [name for name in self.in_force if name not in change.ending_plans]
        self.in_force += [name for name in change.starting_plans if name not in self.in_force]


@pytest.fixture(scope="module")
def base(installation: None) -> Plan:
    return next(iter(shelf().values()))


def worlds(base: Plan) -> Iterator[World]:
    with Session(engine_of("identity")) as session:
        look(session, EVERYTHING)
        world = World(session, base)
        for _ in range(3):
            plan = world.plan("district", (), villages=2)
            register(session, plan, (), FIRST)
            world.in_force.append(plan.id)
        yield world
        session.rollback()


@given(st.lists(st.tuples(st.sampled_from(KINDS), pick, pick, pick, st.integers(0, 2)), max_size=8))
@settings(
    phases=[Phase.reuse, Phase.generate],
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_sequence_of_changes_keeps_the_registry_in_order(
    database: Engine, base: Plan, steps: list[tuple[str, int, int, int, int]]
) -> None:
    for world in worlds(base):
        for kind, first, second, third, wait in steps:
            world.on += timedelta(days=wait)
            world.days.append(world.on)
            try:
                take_step(world, kind, first, second, third)
            except Refused:
                continue

        check(world)


def take_step(world: World, kind: str, first: int, second: int, third: int) -> None:
    tree = newest_versions(world.session)
    ids = sorted(tree)
    unit, other = ids[first % len(ids)], ids[second % len(ids)]
    match kind:
        case "rename":
            world.carry_out(units.rename(tree, Rename(unit, f"Tên {third}", tree[unit].kind, world.on)))
        case "transfer":
            world.carry_out(units.transfer(tree, Transfer(unit, other, world.on)))
        case "dissolve":
            if unit not in {world.plans[name].unit.id for name in world.in_force}:
                asked = Dissolve(unit, None if third % 2 else other, world.on)
                change = answered(lambda answers: units.dissolve(tree, replace(asked, answers=answers)), third)
                world.carry_out(change)
                world.dissolved |= set(change.ends) if asked.successor_id is None else set()
        case _:
            reorganise(world, kind, first, second, third)


def reorganise(world: World, kind: str, first: int, second: int, third: int) -> None:
    tree = newest_versions(world.session)
    names = world.in_force
    ending = list(dict.fromkeys([names[first % len(names)], names[second % len(names)]]))
    if kind != "merge":
        ending = ending[:1]
    villages = [unit for name in ending for unit in world.plans[name].units if unit.kind == "village"]
    keeps = [unit for n, unit in enumerate(villages) if third >> n & 1]
    fresh = world.plan("district", keeps, villages=second % 3)
    if kind == "merge":
        asked = Merge(tuple(ending), fresh.id, world.on)
        change = answered(lambda answers: heirs.merge(tree, world.plans, replace(asked, answers=answers)), third)
    else:
        rest = ending[0] if kind == "part" else world.plan("district", (), villages=1).id
        cut = Split(ending[0], (rest, fresh.id), world.on)
        change = answered(lambda answers: heirs.split(tree, world.plans, replace(cut, answers=answers)), third)
    world.carry_out(change)


def answered(change_with: object, third: int) -> Change:
    """The change with every question answered, by some choice."""
    answers: dict[UUID, Place] = {}
    while True:
        change: Change = change_with(answers)  # type: ignore[operator]
        if not change.questions:
            return change
        before = len(answers)
        for question in change.questions:
            if not question.options:
                raise Refused("test.nowhere")
            answers[question.unit.unit_id] = question.options[third % len(question.options)]
        assert len(answers) > before, "an answer that was among the options was not taken"


def check(world: World) -> None:
    session, last = world.session, world.days[-1]
    known = histories(session)
    for versions in known.values():
        for day in world.days:
            assert sum(version.holds_on(day) for version in versions) <= 1
    for day in sorted(set(world.days)):
        tree = tree_as_at(session, day)
        for unit in tree.values():
            seen = {unit.unit_id}
            while unit.parent_id is not None:
                assert unit.parent_id in tree, f"{unit.name} is left behind on {day}"
                assert unit.parent_id not in seen, f"a circle on {day}"
                seen.add(unit.parent_id)
                unit = tree[unit.parent_id]  # noqa: PLW2901 -- one step up
    living = set(tree_as_at(session, last))
    for unit_id, versions in known.items():
        if versions[-1].valid_until is not None and versions[-1].valid_until <= last:
            followed = successors_of(session, unit_id, last) or has_succession(session, unit_id)
            assert followed or unit_id in world.dissolved
        home = rolled_up(session, unit_id, last)
        assert isinstance(home, Undecided) or home in living


def has_succession(session: Session, unit_id: UUID) -> bool:
    found = session.connection().exec_driver_sql(
        "SELECT 1 FROM identity.unit_succession WHERE predecessor_id = %s", (unit_id,)
    )
    return found.first() is not None

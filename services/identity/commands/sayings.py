"""Say what a change of units did, under the plans whose people it concerns."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from services.identity.models.registry import HeirRow
from services.identity.queries.changes import Preview, plans_naming
from services.identity.rules.units import Change, Inheritance, Place
from services.identity.rules.versions import Version
from shared.bus.record import record
from shared.events.event import Event
from shared.events.identity import Heir, UnitDissolved, UnitRenamed, UnitTransferred
from shared.plan import Plan
from shared.plan.shelf import shelf


def say_change(session: Session, preview: Preview, in_force: Mapping[str, Plan]) -> None:
    """One event for each commune that ended and for each unit that is called or placed differently; heirs are kept.

    A unit that no plan names has nobody to be told.
    """
    change = preview.change
    for plan_id in change.ending_plans:
        say_ending(session, dissolution_of(in_force[plan_id], change), in_force[plan_id])
    keep_heirs(session, leaving(change), goes_on=True)
    following = {each.unit.unit_id: each.heir.plan for each in change.heirs}
    say_differences(session, preview.before, change.begins, following)


def leaving(change: Change) -> list[Inheritance]:
    """Units that leave a plan which goes on without them."""
    return [
        each for each in change.heirs if each.unit.plan not in change.ending_plans and each.heir.plan != each.unit.plan
    ]


def say_ending(session: Session, ended: UnitDissolved, plan: Plan) -> UUID:
    """The event's id. Who goes on with each unit is kept, so that the successors' people see what stayed behind."""
    heirs = [Inheritance(Place(plan.id, each.unit_id), Place(each.plan, each.heir_id)) for each in ended.heirs]
    keep_heirs(session, heirs, goes_on=False)
    return record(session, ended, plan)


def keep_heirs(session: Session, heirs: Iterable[Inheritance], *, goes_on: bool) -> None:
    """Keep who goes on with units that leave a plan; `goes_on`: it goes on without them. A unit leaves a plan once."""
    rows = [
        {
            "plan_id": each.unit.plan,
            "unit_id": each.unit.unit_id,
            "heir_plan": each.heir.plan,
            "heir_id": each.heir.unit_id,
            "goes_on": goes_on,
        }
        for each in heirs
    ]
    if rows:
        kept = insert(HeirRow).values(rows)
        session.execute(
            kept.on_conflict_do_update(index_elements=["plan_id", "unit_id"], set_={"goes_on": kept.excluded.goes_on})
        )


def say_differences(
    session: Session,
    before: Mapping[UUID, Version],
    versions: Iterable[Version],
    following: Mapping[UUID, str] = MappingProxyType({}),
) -> None:
    """What is different about each unit that was known `before`: under the plan it follows, or all that name it."""
    changed = [(before[each.unit_id], each) for each in versions if each.unit_id in before]
    naming = plans_naming(session, {version.unit_id for _, version in changed})
    plans = shelf()
    for former, version in changed:
        followed = following.get(version.unit_id)
        for plan_id in (followed,) if followed else naming.get(version.unit_id, ()):
            if plan_id in plans:
                for event in differences(former, version):
                    record(session, event, plans[plan_id])


def dissolution_of(plan: Plan, change: Change) -> UnitDissolved:
    known = {unit.id for unit in plan.units}
    heirs = [each for each in change.heirs if each.unit.plan == plan.id and each.unit.unit_id in known]
    return UnitDissolved(
        unit_id=plan.unit.id,
        plan=plan.id,
        successors=[each.successor_id for each in change.successions if each.predecessor_id == plan.unit.id],
        heirs=[Heir(unit_id=each.unit.unit_id, heir_id=each.heir.unit_id, plan=each.heir.plan) for each in heirs],
        on=change.on,
    )


def differences(former: Version, version: Version) -> Iterator[Event]:
    """What is different about a unit, as events."""
    if (former.name, former.kind) != (version.name, version.kind):
        yield UnitRenamed(
            unit_id=version.unit_id,
            name=version.name,
            former_name=former.name,
            kind=version.kind,
            former_kind=former.kind,
            on=version.valid_from,
        )
    if former.parent_id != version.parent_id and version.parent_id is not None:
        yield UnitTransferred(
            unit_id=version.unit_id,
            from_parent_id=former.parent_id,
            to_parent_id=version.parent_id,
            on=version.valid_from,
        )

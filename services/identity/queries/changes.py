"""What a change of units would move: units, people with their offices, open work. And what is planned."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never
from uuid import UUID

from sqlmodel import Session, col, select

from services.identity.models.registry import OpenWork, UnitChange
from services.identity.models.units import PlanActivation, Unit
from services.identity.queries.accounts import HeldOffice, offices_in, offices_of_people
from services.identity.queries.registry import newest_versions
from services.identity.rules import heirs, units
from services.identity.rules.office_moves import office_goes_to, place_of_work
from services.identity.rules.units import Change, Dissolve, Merge, Place, Rename, Request, Split, Transfer
from services.identity.rules.versions import Tree
from shared.errors import Refused
from shared.plan import Plan
from shared.plan.shelf import shelf


@dataclass(frozen=True, slots=True)
class OfficeMove:
    """An office, and where it is held afterwards; None when it ends."""

    held: HeldOffice
    to: Place | None

    @property
    def stays(self) -> bool:
        office = self.held.office
        return self.to == Place(office.plan_id, office.unit_id)


@dataclass(frozen=True, slots=True)
class WorkMove:
    """A nomination that waits for its decision, and where it is decided afterwards."""

    nomination_id: UUID
    code: str
    since: date | None
    at: Place
    to: Place


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that a change moves, and what it leaves where it is. `left_without` are people without any office."""

    request: Request
    before: Tree
    change: Change
    offices: tuple[OfficeMove, ...]
    left_without: tuple[str, ...]
    work: tuple[WorkMove, ...]

    @property
    def digest(self) -> str:
        """The same as long as the same change would move the same things."""
        moved = [(each.held.id, each.to) for each in self.offices]
        waiting = [(each.nomination_id, each.to) for each in self.work]
        answers = sorted(getattr(self.request, "answers", {}).items())
        told = repr((type(self.request).__name__, answers, self.change, sorted(moved, key=str), waiting))
        return hashlib.sha256(told.encode()).hexdigest()


def preview_of(session: Session, request: Request) -> Preview:
    """What the change would move if it happened now. Raises Refused("unit.…"), Refused("change.…")."""
    before = newest_versions(session)
    change = change_of(before, request, plans_in_force(session))
    naming = plans_naming(session, change.ends).values()
    plan_ids = tuple(sorted({each.unit.plan for each in change.heirs}.union(*naming)))
    moves = tuple(OfficeMove(held, office_goes_to(held.office, change)) for held in offices_in(session, plan_ids))
    return Preview(
        request, before, change, moves, people_left_without(session, moves), work_moves(session, plan_ids, change)
    )


def change_of(before: Tree, request: Request, in_force: Mapping[str, Plan]) -> Change:
    """The change that a request means."""
    match request:
        case Rename():
            return units.rename(before, request)
        case Transfer():
            change = units.transfer(before, request)
            return replace(change, heirs=heirs.followers(in_force.values(), request))
        case Dissolve():
            if named := [plan for plan in in_force.values() if plan.unit.id == request.unit_id]:
                raise Refused("change.has_plan", plan=named[0].title.vi)
            return units.dissolve(before, request)
        case Merge():
            plans = plans_for(in_force, ending=request.plans, successors=(request.successor,))
            return heirs.merge(before, plans, request)
        case Split():
            plans = plans_for(in_force, ending=(request.plan,), successors=request.successors)
            return heirs.split(before, plans, request)
    assert_never(request)


def plans_for(in_force: Mapping[str, Plan], *, ending: Iterable[str], successors: Iterable[str]) -> Mapping[str, Plan]:
    """The plans of a merger or split: those that end are in force, those that follow are on the shelf."""
    on_shelf = shelf()
    for name in ending:
        if name not in in_force:
            raise Refused("change.plan_not_in_force", plan=name)
    for name in successors:
        if name not in on_shelf:
            raise Refused("change.plan_unknown", plan=name)
    return on_shelf


def plans_in_force(session: Session) -> dict[str, Plan]:
    """The plans on the shelf that were activated here and that no other plan has taken over."""
    activated = set(session.exec(select(PlanActivation.plan_id).where(col(PlanActivation.ended_on).is_(None))))
    return {plan_id: plan for plan_id, plan in shelf().items() if plan_id in activated}


def plans_naming(session: Session, unit_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """{unit: the plans in force that name it}, for each of the units that one names."""
    rows = session.execute(
        select(Unit.id, Unit.plan_id)
        .join(PlanActivation, col(PlanActivation.plan_id) == col(Unit.plan_id))
        .where(col(Unit.id).in_(set(unit_ids)), col(Unit.withdrawn_at).is_(None))
        .where(col(PlanActivation.ended_on).is_(None))
        .order_by(col(Unit.plan_id))
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for unit_id, plan_id in rows:
        found[unit_id].append(plan_id)
    return dict(found)


def people_left_without(session: Session, moves: Iterable[OfficeMove]) -> tuple[str, ...]:
    """The names of those whose every office ends."""
    ending = {move.held.id: move.held for move in moves if move.to is None}
    kept = {
        held.person_id
        for held in offices_of_people(session, {held.person_id for held in ending.values()})
        if held.id not in ending
    }
    return tuple(sorted({held.name for held in ending.values() if held.person_id not in kept}))


def work_moves(session: Session, plan_ids: tuple[str, ...], change: Change) -> tuple[WorkMove, ...]:
    """What is open under these plans, by code."""
    rows = session.exec(
        select(OpenWork)
        .where(col(OpenWork.plan_id).in_(plan_ids), col(OpenWork.closed).is_(False))
        .order_by(col(OpenWork.code), col(OpenWork.nomination_id))
    )
    return tuple(
        WorkMove(
            row.nomination_id,
            row.code,
            row.since,
            Place(row.plan_id, row.unit_id),
            place_of_work(row.plan_id, row.unit_id, change),
        )
        for row in rows
    )


def changes_to_show(session: Session, most: int = 50) -> tuple[UnitChange, ...]:
    """Confirmed changes, those still to come first, then the newest."""
    scheduled = col(UnitChange.state) == "scheduled"
    return tuple(
        session.exec(
            select(UnitChange)
            .order_by(scheduled.desc(), col(UnitChange.on_day).desc(), col(UnitChange.id).desc())
            .limit(most)
        )
    )

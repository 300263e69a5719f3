"""Movements that units launched, and what they have found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, tuple_
from sqlmodel import Session, col, select

from services.nomination.models import Movement, Nomination
from services.nomination.queries.sight import former_plans, may_see
from services.nomination.rules.dossier import launched_id
from services.nomination.rules.fault import Fault
from services.nomination.rules.movements import Launched, with_launched
from services.nomination.rules.stages import Stage
from shared.access.principal import Principal
from shared.errors import NotFound
from shared.plan import Plan

MOST_LISTED = 200
MOST_OFFERED = 40  # in one box of the form
PER_PAGE = 20

#: Where a page of what a movement found ended.
Place = tuple[date, UUID]


class Running(StrEnum):
    """Values are their names in the page's address."""

    NOW = "dang-dien-ra"
    ENDED = "da-ket-thuc"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a unit's nominations stand at a stage; `plan_id` is the plan under which they go on."""

    plan_id: str
    unit_id: UUID
    stage: Stage
    count: int


def launched(session: Session, who: Principal, running: Running, today: date) -> Sequence[Movement]:
    """The commune's movements and those of its predecessors, the latest first: all who nominate may know them.

    What begins later counts as running.
    """
    plans = (who.plan_id, *former_plans(session, who.plan_id))
    ended = col(Movement.ends_on) < today
    wanted = select(Movement).where(col(Movement.plan_id).in_(plans), ended if running is Running.ENDED else ~ended)
    return session.exec(
        wanted.order_by(col(Movement.starts_on).desc(), col(Movement.id).desc()).limit(MOST_LISTED)
    ).all()


def known(session: Session, who: Principal, movement_id: UUID) -> Movement:
    """A movement of the commune or of a predecessor. Raises NotFound."""
    found = session.get(Movement, movement_id)
    if found is None or found.plan_id not in {who.plan_id, *former_plans(session, who.plan_id)}:
        raise NotFound("thing.unknown")
    return found


def offering(session: Session, plan: Plan, unit_id: UUID, today: date) -> Plan:
    """The plan with the movements that units have open today behind its own: the unit's first, then the other ones."""
    wanted = select(Movement).where(
        Movement.plan_id == plan.id, col(Movement.starts_on) <= today, col(Movement.ends_on) >= today
    )
    own_first = (col(Movement.unit_id) == unit_id).desc()
    found = session.exec(
        wanted.order_by(own_first, col(Movement.starts_on).desc(), col(Movement.id)).limit(MOST_OFFERED)
    )
    return with_launched(plan, [as_launched(one, plan) for one in found])


def chosen_movement(session: Session, plan: Plan, choice: str, today: date) -> Launched | Fault | None:
    """The unit's movement that a dossier names, or why it cannot be; None for one of the plan's own list."""
    movement_id = launched_id(choice)
    if movement_id is None:
        return None
    movement = session.get(Movement, movement_id)
    if movement is None or movement.plan_id != plan.id:
        return Fault("movement.unknown", {"value": choice[:40]})
    if not movement.starts_on <= today <= movement.ends_on:
        first, last = f"{movement.starts_on:%d/%m/%Y}", f"{movement.ends_on:%d/%m/%Y}"
        return Fault("movement.not_open", {"title": movement.title, "first": first, "last": last})
    return as_launched(movement, plan)


def movement_of(session: Session, nomination: Nomination) -> Movement | None:
    """The unit's movement that found the nominee."""
    return session.get(Movement, nomination.movement_id) if nomination.movement_id else None


def as_launched(movement: Movement, plan: Plan) -> Launched:
    """Rows from before movements were tied to the plan's count to its first."""
    return Launched(movement.id, movement.title, movement.carries_out or plan.movements[0].id, movement.unit_id)


def found_counts(session: Session, movement_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """{movement: how many were nominated in it}; those with none are left out."""
    wanted = (
        select(Nomination.movement_id, func.count())
        .where(col(Nomination.movement_id).in_(movement_ids), col(Nomination.stage) != Stage.DRAFT.value)
        .group_by(col(Nomination.movement_id))
    )
    return {movement_id: count for movement_id, count in session.exec(wanted) if movement_id}


def tallies(session: Session, movement_id: UUID) -> list[Tally]:
    """What a movement found, by unit and stage; without names, so for all who may know the movement."""
    wanted = (
        select(Nomination.plan_id, Nomination.unit_id, Nomination.stage, func.count())
        .where(Nomination.movement_id == movement_id, col(Nomination.stage) != Stage.DRAFT.value)
        .group_by(col(Nomination.plan_id), col(Nomination.unit_id), col(Nomination.stage))
    )
    return [Tally(plan_id, unit_id, Stage(stage), n) for plan_id, unit_id, stage, n in session.exec(wanted)]


def found(session: Session, who: Principal, movement_id: UUID, *, after: Place | None = None) -> Sequence[Nomination]:
    """The nominations that the asker may see, the latest first; one more than a page where there is a next one."""
    wanted = select(Nomination).where(
        may_see(session, who), Nomination.movement_id == movement_id, col(Nomination.stage) != Stage.DRAFT.value
    )
    place = tuple_(col(Nomination.submitted_on), col(Nomination.id))
    if after:
        wanted = wanted.where(place < tuple_(*after))
    return session.exec(
        wanted.order_by(col(Nomination.submitted_on).desc(), col(Nomination.id).desc()).limit(PER_PAGE + 1)
    ).all()

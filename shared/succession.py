"""Communes that ended by merger or split, and who goes on with their work.

Each service keeps a table of its own (see `EndedPlanRow`), filled from `unit.dissolved`, and asks these functions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, insert
from sqlmodel import Field, Session, SQLModel, col, or_, select

from shared.bus.told import Told
from shared.clock import VIETNAM
from shared.events.identity import UnitDissolved
from shared.plan import Plan
from shared.plan.shelf import plan_of
from shared.tables import Moment


class EndedPlanRow(SQLModel):
    """The columns of a service's table `ended_plan`. `heirs` is {unit id: [plan, heir's unit id]}.

    `successors` are the plans of the heirs, so that a commune's predecessors are found without reading all heirs.
    """

    plan_id: str = Field(primary_key=True, sa_type=Text)
    unit_id: UUID  # the commune
    ended_on: date  # the first day without it
    said_at: datetime = Field(sa_type=Moment)
    successors: list[str] = Field(sa_type=ARRAY(Text))
    heirs: dict[str, list[str]] = Field(sa_type=JSONB)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit under a plan."""

    plan_id: str
    unit_id: UUID


@dataclass(frozen=True, slots=True)
class Ending:
    """A commune that ended. `on` is the first day without it; `heirs` has every unit of its plan."""

    plan_id: str
    unit_id: UUID
    on: date
    said_at: datetime
    heirs: Mapping[UUID, Place]

    @property
    def plan(self) -> Plan:
        """The plan that ended."""
        return plan_of(self.plan_id)

    @property
    def successor(self) -> Plan:
        """The plan of whoever goes on with the commune's own work."""
        return plan_of(self.heirs[self.unit_id].plan_id)

    @property
    def former_name(self) -> str:
        """The commune's name as it stands inside a sentence: "xã Bình Lương"."""
        return inside(self.plan)

    @property
    def successor_name(self) -> str:
        return inside(self.successor)

    @property
    def successors(self) -> tuple[Plan, ...]:
        """Every plan that goes on with a part of it, the commune's own heir first; several after a split."""
        first = self.heirs[self.unit_id].plan_id
        others = {place.plan_id for place in self.heirs.values()} - {first}
        return tuple(plan_of(plan_id) for plan_id in (first, *sorted(others)))

    @property
    def is_split(self) -> bool:
        """Whether its units went to several communes."""
        return len({place.plan_id for place in self.heirs.values()}) > 1

    @property
    def moment(self) -> datetime:
        """The beginning of the first day without it."""
        return datetime.combine(self.on, time(0), VIETNAM)

    def heir_of(self, unit_id: UUID) -> Place:
        """Who goes on with a unit's work: the commune's own heir for a unit that nobody named."""
        return self.heirs.get(unit_id) or self.heirs[self.unit_id]


Endings = Mapping[str, Ending]


def inside(plan: Plan) -> str:
    name = plan.unit.name.vi
    return name[:1].lower() + name[1:]


def keep_ending(session: Session, table: type[EndedPlanRow], told: Told[UnitDissolved]) -> Ending:
    """Remember that a commune ended; a second telling changes nothing."""
    said = told.data
    heirs = {str(heir.unit_id): [heir.plan, str(heir.heir_id)] for heir in said.heirs}
    row = {
        "plan_id": said.plan,
        "unit_id": said.unit_id,
        "ended_on": said.on,
        "said_at": told.time,
        "successors": sorted({heir.plan for heir in said.heirs}),
        "heirs": heirs,
    }
    session.execute(insert(table).values(**row).on_conflict_do_nothing())
    return ending_from(row)


def ending_of(session: Session, table: type[EndedPlanRow], plan_id: str) -> Ending | None:
    """How the plan's commune ended, None while it goes on."""
    row = session.get(table, plan_id)
    return ending_from(row.model_dump()) if row else None


def endings(session: Session, table: type[EndedPlanRow]) -> Endings:
    """{plan id: ending} of every commune of this installation that ended."""
    return {row.plan_id: ending_from(row.model_dump()) for row in session.exec(select(table))}


def endings_around(session: Session, table: type[EndedPlanRow], plan_id: str) -> Endings:
    """{plan id: ending} of those that lead to a plan or from it. One query where there are none."""
    known: dict[str, Ending] = {}
    asked, ahead = set[str](), {plan_id}
    while ahead:
        asked |= ahead
        rows = session.exec(
            select(table).where(
                or_(col(table.plan_id).in_(ahead), col(table.successors).overlap(list(ahead))),  # type: ignore[attr-defined]  # ARRAY's own
            )
        ).all()
        fresh = {row.plan_id: ending_from(row.model_dump()) for row in rows if row.plan_id not in known}
        known |= fresh
        ahead = {*fresh, *(place.plan_id for one in fresh.values() for place in one.heirs.values())} - asked
    return known


def ending_from(row: Mapping[str, Any]) -> Ending:
    return Ending(
        plan_id=row["plan_id"],
        unit_id=row["unit_id"],
        on=row["ended_on"],
        said_at=row["said_at"],
        heirs={UUID(unit): Place(plan, UUID(heir)) for unit, (plan, heir) in row["heirs"].items()},
    )


def heir_today(known: Endings, place: Place) -> Place:
    """Who goes on with a unit's work today, however often its communes ended; itself where none did."""
    seen: set[str] = set()
    while place.plan_id in known and place.plan_id not in seen:
        seen.add(place.plan_id)
        place = known[place.plan_id].heir_of(place.unit_id)
    return place


def inherited(known: Endings, plan_id: str) -> dict[Place, UUID]:
    """{former place: the unit under this plan that goes on with its work}, over any number of endings."""
    found = {}
    for ending in known.values():
        for unit_id in ending.heirs:
            former = Place(ending.plan_id, unit_id)
            today = heir_today(known, former)
            if today.plan_id == plan_id:
                found[former] = today.unit_id
    return found


def predecessors(known: Endings, plan_id: str) -> tuple[str, ...]:
    """The plans that came to an end and of which at least a part goes on under this one."""
    return tuple(dict.fromkeys(place.plan_id for place in inherited(known, plan_id)))


def successors_today(known: Endings, plan_ids: Iterable[str]) -> dict[str, str | None]:
    """{plan: the one plan under which all of it goes on today}; None where it was divided among several."""
    found: dict[str, str | None] = {}
    for plan_id in plan_ids:
        ending = known.get(plan_id)
        units = ending.heirs if ending else (plan_of(plan_id).unit.id,)
        heirs = {heir_today(known, Place(plan_id, unit_id)).plan_id for unit_id in units}
        found[plan_id] = heirs.pop() if len(heirs) == 1 else None
    return found

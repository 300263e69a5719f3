"""What rows somebody may see: PostgreSQL holds each statement of a transaction to it (ADR 0013)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from shared.access.principal import Principal
from shared.access.rights import FOR_ONE_UNIT, NOWHERE, RIGHTS, Action, Relation, below_of, reaches, seat_of
from shared.plan import Plan

ALL = "*"


@dataclass(frozen=True, slots=True)
class Sight:
    """Rows of these units under these plans, and the person's own rows under any. None for plans or units is all."""

    plans: frozenset[str] | None = frozenset()
    units: frozenset[UUID] | None = frozenset()
    person_id: UUID | None = None
    holder_id: UUID | None = None  # whose office the person acts in, if it is another's

    @property
    def settings(self) -> tuple[str, str, str, str]:
        """What the transaction's settings guongsang.plans, .units, .person and .holder are set to."""
        person = ALL if self is EVERYTHING else str(self.person_id or NOBODY)
        holder = ALL if self is EVERYTHING else str(self.holder_id or self.person_id or NOBODY)
        return array(self.plans), array(self.units), person, holder


def array(ids: Iterable[object] | None) -> str:
    """A PostgreSQL array as text, or "*"."""
    return ALL if ids is None else "{" + ",".join(sorted(f'"{each}"' for each in ids)) + "}"


NOBODY = UUID(int=0)
#: The machinery's: workers, the command line, housekeeping. Every use in a request gives its reason.
EVERYTHING = Sight(plans=None, units=None)
NOTHING = Sight()


def sight_of(who: Principal | None, action: Action | None, plans: Iterable[Plan]) -> Sight:
    """What the asker may see while doing this; without an action, their own rows only.

    It follows from the table of rights: `plans` are those of the installation. Where the table speaks of a whole
    commune, every unit of the plan is in sight, those included that no longer stand in its file.
    """
    if who is None:
        return NOTHING
    held = RIGHTS[action].get(who.role, NOWHERE) if action else NOWHERE
    own = Sight(person_id=who.person_id, holder_id=who.holder_id)
    if not held:
        return own
    if Relation.OTHER in held:
        return replace(own, plans=None, units=None)
    reached = [plan for plan in plans if reaches(who, plan)]
    return replace(own, plans=frozenset(plan.id for plan in reached), units=units_in(who, held, reached))


def units_in(who: Principal, held: frozenset[Relation], reached: Iterable[Plan]) -> frozenset[UUID] | None:
    """The units in sight under the plans that the office reaches; None for all of them."""
    if held & {Relation.PARENT, Relation.SIBLING} or (Relation.CHILD in held and who.role not in FOR_ONE_UNIT):
        return None
    below = (unit for plan in reached for unit in below_of(plan, who.unit_id)) if Relation.CHILD in held else ()
    return frozenset({who.unit_id, *who.former_units, *(seat_of(who, plan) for plan in reached), *below})

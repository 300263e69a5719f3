"""The communes of this installation, as readers name them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from services.publish.models import EndedPlan
from shared.access.principal import Principal
from shared.errors import NotFound
from shared.plan import Plan
from shared.plan.shelf import plan_of, shelf
from shared.succession import Ending, ending_of


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune. `ref` names it in addresses, see `ref_of`; `plans` are all that it ever had."""

    ref: str
    id: UUID
    name: str
    plans: tuple[Plan, ...]

    def plan_with_field(self, field: str) -> Plan | None:
        return next((plan for plan in self.plans if field in {each.id for each in plan.fields}), None)


def communes() -> Mapping[str, Commune]:
    """{ref: commune} in the order of the shelf, real plans before samples."""
    found: dict[str, Commune] = {}
    for plan in shelf().values():
        ref = ref_of(plan)
        earlier = found[ref].plans if ref in found else ()
        found[ref] = Commune(ref, plan.unit.id, str(plan.unit.name), (*earlier, plan))
    return found


def commune_of(ref: str, visitor: Principal | None) -> Commune | None:
    """The commune asked for; without one the visitor's own, or the installation's first. None: all ("moi-xa").

    Raises NotFound for a name that nobody has.
    """
    known = communes()
    if ref == EVERYWHERE:
        return None
    if ref:
        if ref not in known:
            raise NotFound("thing.unknown")
        return known[ref]
    if visitor is not None:
        return known[ref_of(plan_of(visitor.plan_id))]
    return next(iter(known.values()), None)


def ref_of(plan: Plan) -> str:
    """How addresses name the plan's commune: by its official code, or else its id.

    A code that was given again names the commune that had it first, so that old addresses keep their meaning; the
    later one carries its list's edition ("16186-2025").
    """
    unit = plan.unit
    if unit.code is None or unit.code_list is None:
        return str(unit.id)
    lists = {other.unit.code_list for other in shelf().values() if other.unit.code == unit.code} - {None}
    return unit.code if unit.code_list == min(map(str, lists)) else f"{unit.code}-{unit.code_list.rpartition('/')[2]}"


def ending_of_commune(session: Session, commune: Commune | None) -> Ending | None:
    """How the commune ended, None while it goes on (and of all communes together)."""
    if commune is None:
        return None
    newest = select(EndedPlan.plan_id).where(EndedPlan.unit_id == commune.id).order_by(col(EndedPlan.ended_on).desc())
    plan_id = session.exec(newest).first()
    return ending_of(session, EndedPlan, plan_id) if plan_id else None


def going_on(session: Session, commune: Commune | None) -> Commune | None:
    """The commune, or whoever goes on today for one that ended."""
    known = communes()
    seen: set[str] = set()
    while commune is not None and commune.ref not in seen and (ending := ending_of_commune(session, commune)):
        seen.add(commune.ref)
        commune = known[ref_of(ending.successor)]
    return commune


EVERYWHERE = "moi-xa"

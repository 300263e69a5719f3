"""The communes of this installation, as readers name them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from shared.access.principal import Principal
from shared.errors import NotFound
from shared.plan import Plan
from shared.plan.shelf import plan_of, shelf


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune. `ref` names it in addresses: its official code, or else its id; `plans` are all that it ever had."""

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
        ref = plan.unit.code or str(plan.unit.id)
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
        return known[plan_of(visitor.plan_id).unit.code or str(plan_of(visitor.plan_id).unit.id)]
    return next(iter(known.values()), None)


EVERYWHERE = "moi-xa"

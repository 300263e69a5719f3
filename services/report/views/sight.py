"""What of the report's knowledge a reader is shown."""

from services.report.models import NominationFact
from shared.access.principal import Principal, Role
from shared.access.rights import Action, Thing, decide
from shared.errors import NotFound
from shared.plan import Plan, Unit
from shared.plan.shelf import plan_of, shelf


def may_open_events(who: Principal | None, plan_id: str) -> bool:
    """Whether the reader may open the events of a plan."""
    return who is not None and decide(who, Action.OPEN_EVENTS, Thing(plan_id, plan_of(plan_id).unit.id)).allowed


def tier_of(who: Principal) -> Unit:
    """Whose table the asker reads: the tier above, or the own commune."""
    own = plan_of(who.plan_id)
    return own.aggregator if who.role is Role.AGGREGATOR_OFFICER else own.unit


def plans_seen(who: Principal) -> list[Plan]:
    """The plans whose progress the asker oversees: their own and its former ones; for the tier, all below it."""
    return [
        plan for plan in shelf().values() if decide(who, Action.READ_PROGRESS, Thing(plan.id, plan.unit.id)).allowed
    ]


def followed(who: Principal, fact: NominationFact | None) -> NominationFact:
    """The nomination, if the asker may follow it: the nominating unit, the commune, the tier. Raises NotFound."""
    if fact is None or not decide(who, Action.READ_ROAD, Thing(fact.plan_id, fact.unit_id)).allowed:
        raise NotFound("thing.unknown")
    return fact

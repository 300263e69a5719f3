"""Who may see which plan's progress."""

from services.report.models import NominationFact
from shared.access.principal import Principal, Role
from shared.errors import Forbidden
from shared.plan import Plan
from shared.plan.shelf import plan_of, shelf

#: Everybody but those who nominate: they see the whole commune, and events with their envelopes.
OFFICIALS = (
    Role.CLERK,
    Role.CHAIR,
    Role.COUNCIL_MEMBER,
    Role.EDITOR,
    Role.AGGREGATOR_OFFICER,
    Role.ADMIN,
)


def may_open_events(who: Principal | None, plan_id: str) -> bool:
    """Whether the reader may open the events of a plan."""
    return who is not None and who.role in OFFICIALS and any(plan.id == plan_id for plan in plans_seen(who))


def plans_seen(who: Principal) -> list[Plan]:
    """The asker's own plan; for an officer of the aggregating tier, every plan that reports to it."""
    own = plan_of(who.plan_id)
    if who.role is not Role.AGGREGATOR_OFFICER:
        return [own]
    return [plan for plan in shelf().values() if plan.aggregator.id == own.aggregator.id]


def require_plan(who: Principal, plan_id: str) -> Plan:
    """The plan, if the asker may see it. Raises Forbidden otherwise."""
    for plan in plans_seen(who):
        if plan.id == plan_id:
            return plan
    raise Forbidden("access.other_commune")


def require_sight(who: Principal, fact: NominationFact) -> None:
    """Raise Forbidden unless the asker may follow this nomination: the nominating unit, the commune, the tier above."""
    require_plan(who, fact.plan_id)
    who.require_unit(fact.unit_id)

"""Who may see which plan's progress."""

from sqlmodel import Session

from services.report.models import EndedPlan, NominationFact
from shared.access.principal import Principal, Role
from shared.errors import Forbidden
from shared.plan import Plan, Unit
from shared.plan.shelf import plan_of, shelf
from shared.succession import Place, endings, endings_around, heir_today, predecessors

#: Everybody but those who nominate: they see the whole commune, and events with their envelopes.
OFFICIALS = (
    Role.CLERK,
    Role.CHAIR,
    Role.COUNCIL_MEMBER,
    Role.EDITOR,
    Role.AGGREGATOR_OFFICER,
    Role.ADMIN,
)


def may_open_events(session: Session, who: Principal | None, plan_id: str) -> bool:
    """Whether the reader may open the events of a plan."""
    return who is not None and who.role in OFFICIALS and any(plan.id == plan_id for plan in plans_seen(session, who))


def tier_of(who: Principal) -> Unit:
    """Whose table the asker reads: the tier above, or the own commune."""
    own = plan_of(who.plan_id)
    return own.aggregator if who.role is Role.AGGREGATOR_OFFICER else own.unit


def plans_seen(session: Session, who: Principal) -> list[Plan]:
    """The asker's own plan; for an officer of the aggregating tier, every plan that reports to it.

    With each come those of the communes that ended and of which at least a part goes on under it.
    """
    own = plan_of(who.plan_id)
    if who.role is not Role.AGGREGATOR_OFFICER:
        former = predecessors(endings_around(session, EndedPlan, own.id), own.id)
        return [own, *(plan_of(plan_id) for plan_id in former)]
    known = endings(session, EndedPlan)
    seen = {plan.id for plan in shelf().values() if plan.aggregator.id == own.aggregator.id}
    seen |= {former for plan_id in tuple(seen) for former in predecessors(known, plan_id)}
    return [plan for plan in shelf().values() if plan.id in seen]


def require_plan(session: Session, who: Principal, plan_id: str) -> Plan:
    """The plan, if the asker may see it. Raises Forbidden otherwise."""
    for plan in plans_seen(session, who):
        if plan.id == plan_id:
            return plan
    raise Forbidden("access.other_commune")


def require_sight(session: Session, who: Principal, fact: NominationFact) -> None:
    """Raise Forbidden unless the asker may follow this nomination: the nominating unit, the commune, the tier above."""
    require_plan(session, who, fact.plan_id)
    place = Place(fact.plan_id, fact.unit_id)
    if place.plan_id != who.plan_id:
        place = heir_today(endings_around(session, EndedPlan, place.plan_id), place)
    who.require_unit(place.unit_id)

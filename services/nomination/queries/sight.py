"""Which nominations somebody may know of: those of their own unit or commune, and of the ones that it goes on for."""

from sqlalchemy import ColumnElement, tuple_
from sqlmodel import Session, and_, col, or_

from services.nomination.models import EndedPlan, Nomination
from services.nomination.rules.stages import Stage
from shared.access.principal import Principal
from shared.access.rights import FOR_ONE_UNIT
from shared.succession import Place, endings_around, heir_today, inherited


def may_see(session: Session, who: Principal) -> ColumnElement[bool]:
    """The rows that the asker may know of. A draft is seen by its unit, a clerk's by whoever acts as that clerk."""
    if who.role in FOR_ONE_UNIT:
        return at(own_places(session, who))
    sent = col(Nomination.stage) != Stage.DRAFT.value
    own = and_(col(Nomination.plan_id) == who.plan_id, or_(sent, col(Nomination.person_id) == who.holder_id))
    former = former_places(session, who)
    return or_(own, and_(at(former), sent)) if former else own


def own_places(session: Session, who: Principal) -> list[Place]:
    """The asker's unit, whatever plans it has worked under; not the unit of others that took over from it."""
    known = endings_around(session, EndedPlan, who.plan_id)
    own = Place(who.plan_id, who.unit_id)
    today = heir_today(known, own)
    former = [place for place, heir in inherited(known, today.plan_id).items() if heir == who.unit_id]
    moved_on = [today] if today.unit_id == who.unit_id else []
    left = [Place(plan_id, unit_id) for plan_id in who.inherits for unit_id in (who.unit_id, *who.former_units)]
    return list(dict.fromkeys([own, *moved_on, *former, *left]))


def former_places(session: Session, who: Principal) -> list[Place]:
    """The units of ended communes whose work the asker's commune goes on with."""
    return list(inherited(endings_around(session, EndedPlan, who.plan_id), who.plan_id))


def former_plans(session: Session, plan_id: str) -> tuple[str, ...]:
    """The plans that ended and of which at least a part goes on under this one."""
    found = inherited(endings_around(session, EndedPlan, plan_id), plan_id)
    return tuple(dict.fromkeys(place.plan_id for place in found))


def at(places: list[Place]) -> ColumnElement[bool]:
    units = [(place.plan_id, place.unit_id) for place in places]
    return tuple_(col(Nomination.plan_id), col(Nomination.unit_id)).in_(units)

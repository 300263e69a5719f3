"""/quan-tri/quyen: who may do what, where, and why. For those who answer for it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from services.identity.queries.offices import offices_under
from services.identity.schemas.rights import answers, holder_of, table, unit_choices, who_choices
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action, Thing, decide, require
from shared.access.session import session_of
from shared.audit.looks import listed
from shared.audit.note import note
from shared.errors import NotFound
from shared.plan import Plan, Unit
from shared.plan.questions import units_within
from shared.plan.shelf import plan_of, shelf
from shared.web.i18n import current_language
from shared.web.pages import render

router = APIRouter(prefix="/quan-tri/quyen")
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]
Reader = Annotated[Principal, may(Action.READ_RIGHTS)]
Asked = Annotated[str, Query(max_length=80)]


@router.get("")
def rights(
    request: Request,
    who: Reader,
    session: Opened,
    xa: Asked = "",
    ai: Asked = "",
    cua: Asked = "",
    don_vi: Annotated[str, Query(max_length=80, alias="don-vi")] = "",
) -> Response:
    """`ai` is an office's id or a role, held for the unit `cua`; `don-vi` is the unit that the work is about."""
    plan = plan_shown(who, xa)
    offices = offices_under(session, plan.id)
    for_unit, about = unit_of(plan, cua), unit_of(plan, don_vi)
    note(session, listed(who, "people", about=[each.person_id for each in offices], plan_id=plan.id))
    holder = holder_of(plan, offices, ai, for_unit.id) if ai else None
    if ai and holder is None:
        raise NotFound("office.unknown")
    return render(
        request,
        "identity/rights.html",
        communes=communes(who, plan),
        chosen={"xa": plan.id, "ai": ai, "cua": for_unit.key, "don-vi": about.key},
        who_choices=who_choices(plan, offices),
        unit_choices=unit_choices(plan),
        holder=holder,
        about=about.name.to(current_language()),
        answers=answers(holder.principal, Thing(plan.id, about.id)) if holder else [],
        table=table(plan),
    )


def plan_shown(who: Principal, plan_id: str) -> Plan:
    """The plan asked for, or the reader's own. Raises NotFound, or Forbidden for another commune's."""
    if plan_id and plan_id not in shelf():
        raise NotFound("thing.unknown")
    plan = plan_of(plan_id or who.plan_id)
    require(who, Action.READ_RIGHTS, Thing(plan.id, plan.unit.id))
    return plan


def unit_of(plan: Plan, key: str) -> Unit:
    """The unit with this key within the commune, or else the commune itself."""
    return next((unit for unit in units_within(plan, plan.unit) if unit.key == key), plan.unit)


def communes(who: Principal, plan: Plan) -> list[tuple[str, str, bool, None]]:
    """A link for each commune that the reader may look at, where there are several."""
    seen = [each for each in shelf().values() if decide(who, Action.READ_RIGHTS, Thing(each.id, each.unit.id)).allowed]
    links = [
        (each.unit.name.to(current_language()), f"/quan-tri/quyen?xa={each.id}", each is plan, None) for each in seen
    ]
    return links if len(links) > 1 else []

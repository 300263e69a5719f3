"""/quan-tri/nguoi/moi: give somebody an office."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.identity.commands.enrolling import enroll_here
from services.identity.pages.managing import MANAGED, bounded, in_person, may_enrol
from services.identity.queries.accounts import activated_plan_ids
from services.identity.rules.accounts import NOMINATING
from services.identity.rules.offices import LOOKED_AFTER_BY_CLERK
from services.identity.schemas.titles import role_title
from shared.access import rights
from shared.access.door import may
from shared.access.principal import Office, Principal, Role
from shared.access.session import unbound_session_of
from shared.audit.looks import actor_of
from shared.bus.record import act_as
from shared.errors import Refused
from shared.plan import Plan
from shared.plan.shelf import plan_of, shelf
from shared.web.i18n import _, current_language
from shared.web.pages import render
from shared.web.parts import Choice
from shared.web.problems import sentence

router = APIRouter(prefix="/quan-tri/nguoi/moi")
Opened = Annotated[Session, Depends(unbound_session_of("identity", why=MANAGED), scope="function")]
Managing = Annotated[Principal, may(rights.Action.MANAGE_PEOPLE)]
NOMINATES = frozenset({"village", "neighbourhood", "office", "organisation", "health_station", "police", "school"})


@dataclass(frozen=True, slots=True)
class Typed:
    name: str = ""
    email: str = ""
    role: str = ""
    unit: str = ""


def typed_form(
    name: Annotated[str, Form()] = "",
    email: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "",
    unit: Annotated[str, Form()] = "",
) -> Typed:
    return Typed(
        name=bounded(name),
        email=bounded(email),
        role=bounded(role),
        unit=bounded(unit),
    )


@router.get("")
def form(request: Request, who: Managing, session: Opened, xa: str = "", ten: str = "", thu: str = "") -> Response:
    """An empty form, or one with the name and e-mail of somebody who gets a further office."""
    in_person(who)
    typed = Typed(bounded(ten), bounded(thu))
    return show(request, session, who, plan_for(session, who, xa), typed)


@router.post("")
def enrol(
    request: Request, who: Managing, typed: Annotated[Typed, Depends(typed_form)], session: Opened, xa: str = ""
) -> Response:
    act_as(session, who.person_id, request.state.traceparent)
    in_person(who)
    plan = plan_for(session, who, xa)
    try:
        role = chosen_role(who, typed)
        unit = chosen_unit(plan, role, typed)
        may_enrol(who, Office(role, plan.unit_by_key(unit).id, plan.id))
        person_id = enroll_here(
            session, plan, name=typed.name, email=typed.email, role=role, unit=unit, by=actor_of(who)
        )
    except Refused as refusal:
        words = sentence(request, refusal.key, **refusal.details)
        return show(request, session, who, plan, typed, errors={box_of(refusal.key): words})
    return RedirectResponse(f"/quan-tri/nguoi/{person_id}?da=giao", HTTPStatus.SEE_OTHER)


def plan_for(session: Session, who: Principal, asked: str) -> Plan:
    """A clerk's own plan; for an administrator the one asked for, or their own."""
    active = activated_plan_ids(session)
    if who.role is Role.ADMIN and asked in active and asked in shelf():
        return plan_of(asked)
    return plan_of(who.plan_id)


def roles_for(who: Principal) -> list[Role]:
    return [role for role in Role if who.role is Role.ADMIN or role in LOOKED_AFTER_BY_CLERK]


def chosen_role(who: Principal, typed: Typed) -> Role:
    if typed.role not in roles_for(who):
        raise Refused("role.missing")
    return Role(typed.role)


def chosen_unit(plan: Plan, role: Role, typed: Typed) -> str:
    """The key of the unit: the chosen one for those who nominate; others serve the commune or the tier above."""
    if role is Role.AGGREGATOR_OFFICER:
        return plan.aggregator.key
    if role not in NOMINATING:
        return plan.unit.key
    if typed.unit not in {unit.key for unit in plan.units if unit.kind in NOMINATES}:
        raise Refused("unit.missing")
    return typed.unit


def box_of(key: str) -> str:
    """The box that a refusal belongs to."""
    first = key.partition(".")[0]
    return {"email": "email", "person": "email", "role": "role", "unit": "unit", "plan": "unit"}.get(first, "name")


def show(
    request: Request,
    session: Session,
    who: Principal,
    plan: Plan,
    typed: Typed,
    *,
    errors: Mapping[str, str] | None = None,
) -> Response:
    language = current_language()
    active = activated_plan_ids(session)
    plans = [one for one in shelf().values() if one.id in active] if who.role is Role.ADMIN else []
    units = [unit for unit in plan.units if unit.kind in NOMINATES]
    return render(
        request,
        "identity/enrol.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        communes=[(one.unit.name.to(language), f"?xa={one.id}", one.id == plan.id, None) for one in plans]
        if len(plans) > 1
        else [],
        commune=plan.unit.name.to(language),
        plan_id=plan.id,
        typed=typed,
        errors=errors or {},
        roles=[Choice("", _("Chọn vai trò")), *(Choice(role.value, role_title(plan, role)) for role in roles_for(who))],
        units=[Choice("", _("Chọn đơn vị")), *(Choice(unit.key, unit.name.to(language)) for unit in units)],
    )

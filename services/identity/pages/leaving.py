"""End an office on a day and hand it over: the form shows what moves and what ends before anything is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.identity.commands.enrolling import somebody
from services.identity.commands.leaving import Farewells, end_office, keep_office
from services.identity.pages.managing import MANAGED, bounded, may_end, may_see, note_look
from services.identity.pages.people import FAREWELLS, LIST
from services.identity.queries.acting import today_in_vietnam
from services.identity.queries.people import Held, Known, colleagues, hanging_on, others_in
from services.identity.rules.offices import LONGEST_NOTE, NEEDED, Farewell
from services.identity.schemas.titles import office_title, role_title
from shared.access import rights
from shared.access.door import may
from shared.access.principal import Principal, Role
from shared.access.session import unbound_session_of
from shared.audit.entry import Action, Thing
from shared.audit.looks import look
from shared.audit.note import note
from shared.bus.record import act_as
from shared.errors import NotFound, Refused
from shared.plan.shelf import plan_of
from shared.text.dates import parsed_day
from shared.web.i18n import _, current_language
from shared.web.pages import render
from shared.web.parts import Choice
from shared.web.problems import sentence

router = APIRouter(prefix="/quan-tri/nguoi/vai-tro/{office_id}")
Opened = Annotated[Session, Depends(unbound_session_of("identity", why=MANAGED), scope="function")]
Managing = Annotated[Principal, may(rights.Action.MANAGE_PEOPLE)]
NOBODY, NEWCOMER = "khong", "moi"  # values of the successor's box beside people's ids


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was typed; `errors` is {box: what is wrong}."""

    on: str = ""
    reason: str = ""
    to: str = ""
    name: str = ""
    email: str = ""
    note: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def typed_form(
    on: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    to: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    email: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Typed:
    return Typed(
        on=bounded(on),
        reason=bounded(reason),
        to=bounded(to),
        name=bounded(name),
        email=bounded(email),
        note=bounded(note),
    )


@router.get("/thoi-giu")
def form(request: Request, who: Managing, office_id: UUID, session: Opened) -> Response:
    person, held = may_end(session, who, office_id)
    note_look(session, who, person)
    return show(request, session, person, held, Typed(reason=Farewell.TRANSFER.value))


@router.post("/thoi-giu")
def end(
    request: Request, who: Managing, office_id: UUID, typed: Annotated[Typed, Depends(typed_form)], session: Opened
) -> Response:
    act_as(session, who.person_id, request.state.traceparent)
    person, held = may_end(session, who, office_id)
    try:
        with session.begin_nested():  # a newcomer is not kept when the rest is refused
            ordered = ordered_by(session, who, typed)
            end_office(session, office_id, ordered, ordered_by=who.person_id)
            note_end(session, who, Action.OFFICE_ENDED, person, held, ordered)
    except Refused as refusal:
        words = sentence(request, refusal.key, **refusal.details)
        note_look(session, who, person)
        return show(request, session, person, held, with_error(typed, box_of(refusal.key), words))
    return RedirectResponse(f"{LIST}/{person.id}?da=thoi", HTTPStatus.SEE_OTHER)


@router.post("/giu-lai")
def keep(request: Request, who: Managing, office_id: UUID, session: Opened) -> Response:
    """Take back an end that is still ahead."""
    act_as(session, who.person_id, request.state.traceparent)
    person, held = may_end(session, who, office_id)
    keep_office(session, office_id)
    note_end(session, who, Action.OFFICE_KEPT, person, held)
    return RedirectResponse(f"{LIST}/{person.id}?da=giu-lai", HTTPStatus.SEE_OTHER)


def note_end(
    session: Session, who: Principal, action: Action, person: Known, held: Held, ordered: Farewells | None = None
) -> None:
    """That the office ends, and who goes on with it; or that it does not."""
    successor_id = ordered.successor_id if ordered else None
    about = [person.id, *([successor_id] if successor_id else [])]
    detail = {"role": held.office.role.value, "unit": str(held.office.unit_id)}
    detail |= {"on": ordered.on.isoformat()} if ordered else {}
    plan_id = held.office.plan_id
    note(session, look(who, action, Thing("account", str(person.id)), about, plan_id=plan_id, detail=detail))


def ordered_by(session: Session, who: Principal, typed: Typed) -> Farewells:
    """What the form orders. Raises Refused."""
    if not typed.on.strip():
        raise Refused("ending.day_missing")
    if typed.reason not in set(Farewell):
        raise Refused("ending.reason_missing")
    day = parsed_day(typed.on)
    successor_id = successor_of(session, who, typed)
    return Farewells(on=day, reason=Farewell(typed.reason), successor_id=successor_id, note=typed.note)


def successor_of(session: Session, who: Principal, typed: Typed) -> UUID | None:
    """Nobody, a newcomer, or somebody whom the asker may see: another commune's people are not handed anything."""
    if typed.to == NOBODY:
        return None
    if typed.to == NEWCOMER:
        return somebody(session, name=typed.name, email=typed.email)
    try:
        return may_see(session, who, UUID(typed.to)).id
    except (ValueError, NotFound) as fault:
        raise Refused("ending.successor_missing") from fault


def box_of(key: str) -> str:
    """The box that a refusal belongs to."""
    match key.partition("."):
        case "email" | "person", _, _:
            return "email"
        case "name", _, _:
            return "name"
        case "text", _, _:
            return "note"
        case _, _, "reason_missing":
            return "reason"
        case _, _, "successor_missing" | "to_oneself" | "last_admin":
            return "to"
        case _:
            return "on"


def with_error(typed: Typed, box: str, words: str) -> Typed:
    return Typed(typed.on, typed.reason, typed.to, typed.name, typed.email, typed.note, errors={box: words})


def show(request: Request, session: Session, person: Known, held: Held, typed: Typed) -> Response:
    plan, language = plan_of(held.office.plan_id), current_language()
    people: dict[UUID, str] = {}
    for person_id, name, role, unit_id in colleagues(session, plan.id, but=person.id):
        unit = plan.unit_by_id(unit_id).name.to(language)
        people.setdefault(person_id, f"{name} – {role_title(plan, role)}, {unit}")
    alone = held.office.role in NEEDED and others_in(session, held.office, but=person.id) == 0
    return render(
        request,
        "identity/leaving.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if typed.errors else HTTPStatus.OK,
        person=person,
        held=held,
        office=office_title(held.office),
        alone=alone,
        hanging=hanging_on(session, held.id),
        drafts_href=f"/de-cu/ban-giao/{person.id}",
        nominates=held.office.role in {Role.NOMINATOR, Role.ORGANISATION, Role.CLERK},
        typed=typed,
        errors=typed.errors,
        reasons=[Choice(one.value, str(words)) for one, words in FAREWELLS.items()],
        people=[
            Choice("", _("Chọn người nhận bàn giao")),
            *(Choice(str(id_), words) for id_, words in people.items()),
            Choice(NEWCOMER, _("Người mới, ghi tên ở dưới")),
            Choice(NOBODY, _("Chưa có ai")),
        ],
        today=today_in_vietnam(session),
        longest_note=LONGEST_NOTE,
    )

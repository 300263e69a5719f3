"""Let somebody act in an office: one's own (/uy-quyen), or that of somebody who is away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.identity.commands.acting import delegate, revoke
from services.identity.pages.managing import MANAGED, bounded, may_lend, may_record_leave, may_revoke, note_look
from services.identity.queries.acting import Lending, lent_by, promised_to, today_in_vietnam
from services.identity.queries.people import Held, Known, colleagues, known_person
from services.identity.rules.offices import LONGEST_DELEGATION, LONGEST_NOTE, NOT_DELEGABLE, Reason
from services.identity.schemas.titles import office_title, role_title
from shared.access import rights
from shared.access.door import may, signed_in
from shared.access.principal import Principal, Role
from shared.access.session import unbound_session_of
from shared.audit.entry import Action, Thing
from shared.audit.looks import look
from shared.audit.note import note
from shared.bus.record import act_as
from shared.errors import Refused
from shared.plan.shelf import plan_of, shelf
from shared.text.dates import parsed_day
from shared.web.i18n import _, current_language
from shared.web.pages import render
from shared.web.parts import Choice
from shared.web.problems import sentence

router = APIRouter()
Opened = Annotated[Session, Depends(unbound_session_of("identity", why=MANAGED), scope="function")]
SignedInPerson = Annotated[Principal, signed_in()]
Arranger = Annotated[Principal, may(rights.Action.RECORD_LEAVE)]


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was typed; `errors` is {box: what is wrong}."""

    office: str = ""
    to: str = ""
    first: str = ""
    last: str = ""
    reason: str = Reason.DELEGATION.value
    note: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def typed_form(
    office: Annotated[str, Form()] = "",
    to: Annotated[str, Form()] = "",
    first: Annotated[str, Form()] = "",
    last: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Typed:
    return Typed(
        office=bounded(office),
        to=bounded(to),
        first=bounded(first),
        last=bounded(last),
        reason=bounded(reason),
        note=bounded(note),
    )


Posted = Annotated[Typed, Depends(typed_form)]


@router.get("/uy-quyen")
def own(request: Request, who: SignedInPerson, session: Opened, da: str = "") -> Response:
    done = {"giao": _("Đã ghi. Người làm thay đã được báo."), "thu-hoi": _("Đã thu hồi, có hiệu lực ngay.")}
    return show_own(request, session, who, Typed(), done=done.get(da, ""))


@router.post("/uy-quyen")
def lend(request: Request, who: SignedInPerson, typed: Posted, session: Opened) -> Response:
    act_as(session, who.person_id, request.state.traceparent)
    office_id = id_of(typed.office)
    if office_id is None:
        return show_own(request, session, who, with_error(request, typed, Refused("form.choice"), box="office"))
    person, _held = may_lend(session, who, office_id)
    try:
        arrange(session, who, person, office_id, typed)
    except Refused as refusal:
        return show_own(request, session, who, with_error(request, typed, refusal))
    return RedirectResponse("/uy-quyen?da=giao", HTTPStatus.SEE_OTHER)


@router.post("/uy-quyen/{delegation_id}/thu-hoi")
def take_back(request: Request, who: SignedInPerson, delegation_id: UUID, session: Opened) -> Response:
    """By the holder or the delegate, or on the holder's page by whoever looks after them."""
    act_as(session, who.person_id, request.state.traceparent)
    lent = may_revoke(session, who, delegation_id)
    revoke(session, delegation_id)
    note_lending(session, who, Action.OFFICE_TAKEN_BACK, lent.id, lent.held.person_id, lent.delegate_id)
    is_own = who.person_id in {lent.held.person_id, lent.delegate_id}
    path = "/uy-quyen?da=thu-hoi" if is_own else f"/quan-tri/nguoi/{lent.held.person_id}?da=thu-hoi"
    return RedirectResponse(path, HTTPStatus.SEE_OTHER)


@router.get("/quan-tri/nguoi/vai-tro/{office_id}/vang-mat")
def absence(request: Request, who: Arranger, office_id: UUID, session: Opened) -> Response:
    person, held = may_record_leave(session, who, office_id)
    note_look(session, who, person)
    return show_absence(request, session, person, held, Typed(reason=Reason.LEAVE.value))


@router.post("/quan-tri/nguoi/vai-tro/{office_id}/vang-mat")
def record_absence(request: Request, who: Arranger, office_id: UUID, typed: Posted, session: Opened) -> Response:
    act_as(session, who.person_id, request.state.traceparent)
    person, held = may_record_leave(session, who, office_id)
    try:
        arrange(session, who, person, office_id, typed)
    except Refused as refusal:
        note_look(session, who, person)
        return show_absence(request, session, person, held, with_error(request, typed, refusal))
    return RedirectResponse(f"/quan-tri/nguoi/{person.id}?da=vang-mat", HTTPStatus.SEE_OTHER)


def arrange(session: Session, who: Principal, holder: Known, office_id: UUID, typed: Typed) -> None:
    """Read the form and lend the holder's office. Raises Refused."""
    delegate_id = id_of(typed.to)
    if delegate_id is None:
        raise Refused("delegation.nobody_chosen")
    if not typed.first.strip() or not typed.last.strip():
        raise Refused("delegation.first_missing" if not typed.first.strip() else "delegation.last_missing")
    lent_id = delegate(
        session,
        office_id=office_id,
        delegate_id=delegate_id,
        first_day=day_of(typed.first, box="first"),
        last_day=day_of(typed.last, box="last"),
        reason=Reason(typed.reason) if typed.reason in set(Reason) else Reason.DELEGATION,
        note=typed.note,
        granted_by=who.person_id,
    )
    note_lending(session, who, Action.OFFICE_LENT, lent_id, holder.id, delegate_id)


def note_lending(
    session: Session, who: Principal, action: Action, lent_id: UUID, holder_id: UUID, delegate_id: UUID
) -> None:
    note(session, look(who, action, Thing("delegation", str(lent_id)), [holder_id, delegate_id]))


class BadDay(Refused):
    """A day that cannot be read, in this box."""

    def __init__(self, box: str, refusal: Refused) -> None:
        super().__init__(refusal.key, **refusal.details)
        self.box = box


def day_of(typed: str, *, box: str) -> date:
    try:
        return parsed_day(typed)
    except Refused as refusal:
        raise BadDay(box, refusal) from refusal


def id_of(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


BOXES = {
    "delegation.first_missing": "first",
    "delegation.in_the_past": "first",
    "day.too_far": "first",
    "delegation.last_missing": "last",
    "delegation.ends_before_it_begins": "last",
    "delegation.too_long": "last",
    "delegation.score_is_personal": "office",
    "delegation.keys_are_not_lent": "office",
}


def with_error(request: Request, typed: Typed, refusal: Refused, *, box: str = "") -> Typed:
    found = box or (refusal.box if isinstance(refusal, BadDay) else BOXES.get(refusal.key, ""))
    if refusal.key.startswith("text."):
        found = "note"
    words = sentence(request, refusal.key, **refusal.details)
    return Typed(
        typed.office, typed.to, typed.first, typed.last, typed.reason, typed.note, errors={found or "to": words}
    )


def show_own(request: Request, session: Session, who: Principal, typed: Typed, *, done: str = "") -> Response:
    person = known_person(session, who.person_id)
    held = [one for one in (person.living if person else ()) if one.state == "now" and one.office.plan_id in shelf()]
    mine = [] if who.on_behalf_of else [one for one in held if one.office.role not in NOT_DELEGABLE]
    plan_id = mine[0].office.plan_id if mine else who.plan_id
    return render(
        request,
        "identity/acting.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if typed.errors else HTTPStatus.OK,
        offices=[Choice(str(one.id), office_title(one.office)) for one in mine],
        not_lent=[str(sentence(request, NOT_DELEGABLE[one.office.role])) for one in held if one not in mine
                  and one.office.role in NOT_DELEGABLE],
        by_delegate=who.on_behalf_of is not None,
        given=[line_of(one) for one in lent_by(session, who.person_id)],
        received=[line_of(one) for one in promised_to(session, who.person_id)],
        done=done,
        for_chair=any(one.office.role is Role.CHAIR for one in mine),
        **form_view(session, plan_id, who.person_id, typed),
    )  # fmt: skip


def show_absence(request: Request, session: Session, person: Known, held: Held, typed: Typed) -> Response:
    return render(
        request,
        "identity/absence.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if typed.errors else HTTPStatus.OK,
        person=person,
        office=office_title(held.office),
        why_not=sentence(request, NOT_DELEGABLE[held.office.role]) if held.office.role in NOT_DELEGABLE else "",
        for_chair=held.office.role is Role.CHAIR,
        **form_view(session, held.office.plan_id, person.id, typed),
    )


def form_view(session: Session, plan_id: str, holder_id: UUID, typed: Typed) -> dict[str, object]:
    """What both forms are given: the choices, the bounds, what was typed."""
    plan, language = plan_of(plan_id), current_language()
    people: dict[UUID, str] = {}
    for person_id, name, role, unit_id in colleagues(session, plan_id, but=holder_id):
        unit = plan.unit_by_id(unit_id).name.to(language)
        people.setdefault(person_id, f"{name} – {role_title(plan, role)}, {unit}")
    return {
        "typed": typed,
        "errors": typed.errors,
        "people": [Choice("", _("Chọn người")), *(Choice(str(id_), words) for id_, words in people.items())],
        "reasons": [
            Choice(Reason.DELEGATION.value, _("Ủy quyền"), _("vẫn đi làm, giao bớt việc")),
            Choice(Reason.LEAVE.value, _("Nghỉ phép, đi vắng"), _("có người làm thay trong những ngày này")),
        ],
        "today": today_in_vietnam(session),
        "longest_delegation": LONGEST_DELEGATION,
        "longest_note": LONGEST_NOTE,
    }


@dataclass(frozen=True, slots=True)
class LentLine:
    """One delegation in words."""

    lent: Lending
    office: str
    reason: str


def line_of(lent: Lending) -> LentLine:
    reason = _("Nghỉ phép, đi vắng") if lent.reason == Reason.LEAVE else _("Ủy quyền")
    return LentLine(lent, office_title(lent.held.office), reason)

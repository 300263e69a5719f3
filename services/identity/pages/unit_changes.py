"""Change units: form, preview of everything that moves, confirmation. For administrators of the product only.

A merger ends communes and the offices of other people, so it belongs to nobody who holds office in one of them. The
decision itself is the National Assembly's or the province's; the administrator carries it out here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.identity.commands.changes import cancel, confirm
from services.identity.commands.requests import from_json
from services.identity.pages.unit_forms import REQUESTS, Form, Typed, one
from services.identity.pages.unit_words import ordered
from services.identity.queries.changes import changes_to_show, plans_in_force, preview_of
from services.identity.queries.registry import newest_versions
from services.identity.rules import units
from services.identity.rules.versions import BODY, TIER_OF, Tree, Version, may_be_parent, tier_of
from services.identity.schemas.changes import STATE_WORDS, commune, title_of, view_of
from services.identity.schemas.units import KIND_NAMES
from shared.access import rights
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.session import session_of
from shared.audit.entry import INSTALLATION, Action, Entry, Thing
from shared.audit.looks import actor_of
from shared.audit.note import note
from shared.clock import today
from shared.errors import Conflict, Invalid, NotFound, Refused
from shared.plan.shelf import shelf
from shared.text.dates import shown_day
from shared.web.i18n import LazyText, _, lazy
from shared.web.pages import render
from shared.web.parts import Choice, Tone
from shared.web.problems import sentence

LIST = "/don-vi/thay-doi"
router = APIRouter(prefix=LIST)
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]
Admin = Annotated[Principal, may(rights.Action.CHANGE_UNITS)]

TITLES: dict[str, LazyText] = {
    "doi-ten": lazy("Đổi tên đơn vị"),
    "chuyen": lazy("Chuyển đơn vị về cấp trên khác"),
    "giai-the": lazy("Giải thể đơn vị"),
    "sap-nhap": lazy("Sáp nhập xã"),
    "chia": lazy("Chia xã"),
}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A confirmed change in the list."""

    id: UUID
    title: str
    on: date
    status: str
    tone: Tone
    why: str
    may_cancel: bool


@router.get("")
def changes(request: Request, who: Admin, session: Opened, xong: str = "") -> Response:  # noqa: ARG001 -- the door
    before = newest_versions(session)
    shown = []
    for kept in changes_to_show(session):
        status, tone = STATE_WORDS[kept.state]
        why = sentence(request, kept.refusal["key"], **kept.refusal["details"]) if kept.refusal else ""
        title = title_of(from_json(kept.request), before)
        shown.append(ShownChange(kept.id, title, kept.on_day, str(status), tone, why, kept.state == "scheduled"))
    done = {"1": _("Thay đổi đã có hiệu lực."), "hen": _("Thay đổi sẽ tự diễn ra đúng ngày."), "huy": _("Đã hủy.")}
    return render(request, "identity/unit_changes.html", changes=shown, done=done.get(xong, ""))


@router.post("/huy/{change_id}")
def take_back(who: Admin, change_id: UUID, session: Opened) -> Response:
    cancel(session, change_id)
    note(session, about_change(who, Action.UNIT_CHANGE_CANCELLED, change_id))
    return RedirectResponse(f"{LIST}?xong=huy", HTTPStatus.SEE_OTHER)


@router.get("/{kind}")
def form(request: Request, who: Admin, kind: str, session: Opened) -> Response:  # noqa: ARG001 -- the door
    typed = {name: [value] for name, value in request.query_params.items()}
    return show_form(request, session, kind, typed, {})


@router.post("/{kind}")
def carry_out(request: Request, who: Admin, kind: str, typed: Form, session: Opened) -> Response:
    """The preview; or, when it was agreed to (`dong-y` holds its digest), the change."""
    if kind not in REQUESTS:
        raise NotFound("http.404")
    try:
        asked = REQUESTS[kind](typed)
        agreed = one(typed, "dong-y")
        if not agreed:
            return show_preview(request, session, who, kind, typed, asked)
        kept = confirm(session, asked, digest=agreed, decided_by=who.person_id, today=today())
        note(session, about_change(who, Action.UNITS_CHANGED, kept.id))
    except Invalid as invalid:
        return show_form(request, session, kind, typed, invalid.faults)
    except Refused as refusal:
        return show_form(request, session, kind, typed, {"ngay": sentence(request, refusal.key, **refusal.details)})
    except Conflict as conflict:
        return show_preview(request, session, who, kind, typed, asked, differs=sentence(request, conflict.key))
    return RedirectResponse(f"{LIST}?xong={'1' if kept.state == 'applied' else 'hen'}", HTTPStatus.SEE_OTHER)


def show_preview(
    request: Request,
    session: Session,
    who: Principal,
    kind: str,
    typed: Typed,
    asked: units.Request,
    differs: str = "",
) -> Response:
    preview = preview_of(session, asked)
    view = view_of(preview)
    named = [move.held.person_id for move in preview.offices if not move.stays]
    note(session, about_change(who, Action.OPENED, preview.digest, named))
    open_boxes = {question.name for question in view.asked}
    hidden = [
        (name, value) for name, values in typed.items() if name not in open_boxes | {"dong-y"} for value in values
    ]
    return render(
        request,
        "identity/unit_preview.html",
        status_code=HTTPStatus.CONFLICT if differs else HTTPStatus.OK,
        action=f"{LIST}/{kind}",
        view=view,
        hidden=hidden,
        differs=differs,
        immediate=asked.on <= today(),
    )


def about_change(who: Principal, action: Action, id_: UUID | str, named: Sequence[UUID] = ()) -> Entry:
    """An entry about a change of units; `named` are those whose offices it moves. It belongs to no single commune."""
    thing = Thing("unit_change", str(id_))
    return Entry(action=action, actor=actor_of(who), thing=thing, unit_id=INSTALLATION, subjects=tuple(named))


def show_form(request: Request, session: Session, kind: str, typed: Typed, errors: Mapping[str, str]) -> Response:
    if kind not in REQUESTS:
        raise NotFound("http.404")
    before = newest_versions(session)
    unit = unit_asked(before, typed) if kind in {"doi-ten", "chuyen", "giai-the"} else None
    return render(
        request,
        "identity/unit_form.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        kind=kind,
        title=TITLES[kind],
        action=f"{LIST}/{kind}",
        unit=unit,
        day=one(typed, "ngay") or shown_day(today()),
        name=one(typed, "ten") or (unit.name if unit else ""),
        kinds=kinds_like(unit) if unit else [],
        parents=[Choice("", _("– Hãy chọn –")), *choices(parents_of(before, unit))] if unit else [],
        successors=[Choice("", _("Không có")), *choices(peers_of(before, unit))] if unit else [],
        in_force=[Choice(plan_id, commune(plan_id)) for plan_id in plans_in_force(session)],
        on_shelf=[Choice(plan_id, commune(plan_id), plan.title.vi) for plan_id, plan in shelf().items()],
        typed=typed,
        errors=errors,
    )


def unit_asked(before: Tree, typed: Typed) -> Version:
    """The living unit of the address or the form. Raises NotFound."""
    try:
        return before[UUID(one(typed, "don-vi"))]
    except (ValueError, KeyError) as fault:
        raise NotFound("unit.unknown", value=one(typed, "don-vi")) from fault


def kinds_like(unit: Version) -> list[Choice]:
    """The kinds of the unit's tier."""
    return [
        Choice(kind, str(name))
        for kind, name in KIND_NAMES.items()
        if tier_of(kind) == tier_of(unit.kind) and (kind in TIER_OF or kind == unit.kind)
    ]


def parents_of(before: Tree, unit: Version) -> list[Version]:
    """Territories that the unit may stand under."""
    return [
        other
        for other in before.values()
        if other.valid_until is None and tier_of(other.kind) < BODY and may_be_parent(other.kind, unit.kind)
        and tier_of(other.kind) >= tier_of(unit.kind) - 2
    ]  # fmt: skip


def peers_of(before: Tree, unit: Version) -> list[Version]:
    """Who may go on with the work of a unit: its parent, and living units of its tier below the same parent."""
    return [
        other
        for other in before.values()
        if other.valid_until is None and other.unit_id != unit.unit_id
        and (other.unit_id == unit.parent_id
             or (other.parent_id == unit.parent_id and tier_of(other.kind) == tier_of(unit.kind)))
    ]  # fmt: skip


def choices(found: list[Version]) -> list[Choice]:
    return [Choice(str(unit.unit_id), unit.name) for unit in ordered(found)]

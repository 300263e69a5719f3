"""/quan-tri/nguoi: who holds which office, one person's page, and corrections of names and e-mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.identity.commands.enrolling import correct
from services.identity.commands.password_links import LINK_LASTS, mail_password_link, make_password_link
from services.identity.pages import managing
from services.identity.pages.acting import line_of
from services.identity.queries.accounts import activated_plan_ids
from services.identity.queries.acting import lent_by, promised_to
from services.identity.queries.password_links import letter_state
from services.identity.queries.people import (
    PER_PAGE,
    Asked,
    Held,
    Known,
    Listed,
    View,
    counts,
    counts_by_role,
    listed,
)
from services.identity.rules.offices import Farewell
from services.identity.schemas.titles import office_title
from shared.access import rights
from shared.access.door import may
from shared.access.principal import Principal, Role
from shared.access.session import unbound_session_of
from shared.access.words import ROLE_NAMES
from shared.audit import looks
from shared.audit.looks import actor_of
from shared.audit.note import note
from shared.bus.record import act_as
from shared.errors import Refused
from shared.plan import Plan
from shared.plan.shelf import shelf
from shared.web.i18n import LazyText, _, current_language, lazy
from shared.web.pages import render
from shared.web.problems import sentence

router = APIRouter(prefix="/quan-tri/nguoi")
Opened = Annotated[Session, Depends(unbound_session_of("identity", why=managing.MANAGED), scope="function")]
Looking = Annotated[Principal, may(rights.Action.READ_PEOPLE)]
Managing = Annotated[Principal, may(rights.Action.MANAGE_PEOPLE)]

LIST = "/quan-tri/nguoi"
LONGEST_SEARCH = 100
LAST_PAGE = 10_000
VIEWS: dict[View, LazyText] = {
    View.SERVING: lazy("Đang giữ vai trò"),
    View.AWAY: lazy("Hôm nay vắng"),
    View.LEAVING: lazy("Sắp thôi"),
    View.UNSEEN: lazy("Chưa đăng nhập lần nào"),
    View.FORMER: lazy("Đã thôi"),
}
FAREWELLS: dict[Farewell, LazyText] = {
    Farewell.TRANSFER: lazy("Chuyển công tác"),
    Farewell.RETIREMENT: lazy("Nghỉ hưu"),
    Farewell.OTHER: lazy("Lý do khác"),
}
#: {state of the effect: how the letter with a link for a new password stands}
LETTERS: dict[str, LazyText] = {
    "planned": lazy("Đang gửi"),
    "sending": lazy("Đang gửi"),
    "sent": lazy("Đã gửi"),
    "unknown": lazy("Chưa rõ đã tới hay chưa. Hãy hỏi người nhận; nếu chưa tới thì gửi lại."),
    "failed": lazy("Chưa gửi được. Hãy xem lại thư điện tử rồi gửi lại."),
}
DONE: dict[str, LazyText] = {
    "giao": lazy("Đã giao vai trò."),
    "thu": lazy("Thư có đường dẫn đặt mật khẩu sẽ tới người này trong ít phút."),
    "sua": lazy("Đã sửa."),
    "thoi": lazy("Đã ghi việc thôi giữ vai trò."),
    "giu-lai": lazy("Đã hủy việc thôi giữ. Người này giữ vai trò như cũ."),
    "vang-mat": lazy("Đã ghi. Người làm thay đã được báo."),
    "thu-hoi": lazy("Đã thu hồi, có hiệu lực ngay."),
}


@router.get("")
def people(
    request: Request, who: Looking, session: Opened, q: str = "", loc: str = "", vai: str = "", xa: str = "",
    trang: str = "",
) -> Response:  # fmt: skip
    """The list, filtered and searched: `loc` the view, `vai` the role, `xa` the plan (administrators only)."""
    managing.in_person(who)
    active = [plan for plan in shelf().values() if plan.id in activated_plan_ids(session)]
    chosen = xa if xa in {plan.id for plan in active} else ""
    asked = Asked(
        plan_id=chosen if who.role is Role.ADMIN else who.plan_id,
        role=Role(vai) if vai in set(Role) else None,
        words=q[:LONGEST_SEARCH],
    )
    view = View(loc) if loc in set(View) else View.SERVING
    found = counts(session, asked)
    pages = max(1, -(-found[view] // PER_PAGE))
    page = min(int(trang), pages) if trang.isdecimal() and 0 < int(trang[:6]) < LAST_PAGE else 1
    by_role = counts_by_role(session, Asked(asked.plan_id, None, asked.words), view)
    shown = listed(session, asked, view, page=page)
    note_list(session, who, asked, view, shown)
    return render(
        request,
        "identity/people.html",
        communes=communes(asked, view, active, chosen) if who.role is Role.ADMIN and len(active) > 1 else [],
        views=[(str(words), address(asked, one), one is view, found[one]) for one, words in VIEWS.items()],
        roles=[(_("Mọi vai trò"), address(asked, view, role=""), asked.role is None, None)]
        + [(str(ROLE_NAMES[one]), address(asked, view, role=one), asked.role is one, n) for one, n in by_role.items()],
        rows=[line_of_person(one) for one in shown],
        words=asked.words,
        view_former=view is View.FORMER,
        kept={"loc": view.value, "vai": asked.role or "", "xa": chosen},
        may_enrol=rights.may_at_all(who.role, rights.Action.MANAGE_PEOPLE),
        page=page,
        pages=pages,
        page_href=address(asked, view) + "&",
    )


def communes(asked: Asked, view: View, active: Sequence[Plan], chosen: str) -> list[tuple[str, str, bool, None]]:
    """A filter for each commune, and one for all."""
    language = current_language()
    every = (_("Mọi xã"), address(asked, view, plan_id=""), not chosen, None)
    return [
        every,
        *(
            (plan.unit.name.to(language), address(asked, view, plan_id=plan.id), plan.id == chosen, None)
            for plan in active
        ),
    ]


def note_list(session: Session, who: Principal, asked: Asked, view: View, shown: Sequence[Listed]) -> None:
    about = [one.id for one in shown]
    searched = bool(asked.words)
    note(
        session, looks.listed(who, "people", about=about, filtered=view.value, searched=searched, plan_id=asked.plan_id)
    )


def address(asked: Asked, view: View, *, role: str | None = None, plan_id: str | None = None) -> str:
    """The list with a filter; the others stay."""
    parts = {
        "loc": view.value,
        "q": asked.words,
        "vai": (asked.role or "") if role is None else role,
        "xa": asked.plan_id if plan_id is None else plan_id,
    }
    return f"{LIST}?{urlencode({name: value for name, value in parts.items() if value})}"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in the list, in words."""

    person: Listed
    href: str
    offices: tuple[str, ...]
    leaving: bool


def line_of_person(one: Listed) -> PersonLine:
    titles = tuple(office_title(held.office) for held in one.offices)
    return PersonLine(
        one, f"{LIST}/{one.id}", titles, any(held.ends_on for held in one.offices if held.state != "over")
    )


@router.get("/{person_id}")
def person(request: Request, who: Looking, person_id: UUID, session: Opened, da: str = "") -> Response:
    known = managing.may_see(session, who, person_id)
    managing.note_look(session, who, known)
    return show(request, session, who, known, done=str(DONE.get(da, "")))


@router.get("/{person_id}/sua")
def correction(request: Request, who: Managing, person_id: UUID, session: Opened) -> Response:
    known = managing.may_correct(session, who, person_id)
    managing.note_look(session, who, known)
    return show_correction(request, known, name=known.name, email=known.email)


@router.post("/{person_id}/sua")
def correct_person(
    request: Request,
    who: Managing,
    person_id: UUID,
    session: Opened,
    name: Annotated[str, Form()] = "",
    email: Annotated[str, Form()] = "",
) -> Response:
    act_as(session, who.person_id, request.state.traceparent)
    known = managing.may_correct(session, who, person_id)
    try:
        correct(session, person_id, name=name, email=email, by=actor_of(who))
    except Refused as refusal:
        words = sentence(request, refusal.key, **refusal.details)
        box = "email" if refusal.key.startswith("email.") else "name"
        managing.note_look(session, who, known)
        return show_correction(request, known, name=name, email=email, errors={box: words})
    return RedirectResponse(f"{LIST}/{person_id}?da=sua", HTTPStatus.SEE_OTHER)


@router.post("/{person_id}/mat-khau")
def password_link(request: Request, who: Managing, person_id: UUID, session: Opened) -> Response:
    """A link for a new password, shown this once to be handed over."""
    known = managing.may_correct(session, who, person_id)
    link = make_password_link(session, person_id, by=actor_of(who))
    return show(request, session, who, known, link=link)


@router.post("/{person_id}/mat-khau/thu")
def mailed_password_link(who: Managing, person_id: UUID, session: Opened) -> Response:
    """A link for a new password, mailed to its person; the asker never sees it."""
    managing.may_correct(session, who, person_id)
    mail_password_link(session, person_id, by=actor_of(who))
    return RedirectResponse(f"{LIST}/{person_id}?da=thu", HTTPStatus.SEE_OTHER)


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office on a person's page, with what the asker may do about it."""

    held: Held
    title: str
    farewell: str
    may_end: bool
    may_record_leave: bool


def office_line(session: Session, who: Principal, held: Held) -> OfficeLine:
    return OfficeLine(
        held,
        office_title(held.office),
        farewell=str(FAREWELLS[Farewell(held.reason)]) if held.reason else "",
        may_end=managing.is_allowed(managing.may_end, session, who, held.id),
        may_record_leave=held.state == "now" and managing.is_allowed(managing.may_record_leave, session, who, held.id),
    )


def show(
    request: Request, session: Session, who: Principal, known: Known, *, done: str = "", link: str = ""
) -> Response:
    return render(
        request,
        "identity/person.html",
        person=known,
        offices=[office_line(session, who, held) for held in known.living],
        former=[office_line(session, who, held) for held in known.offices if held.state == "over"],
        given=[line_of(one) for one in lent_by(session, known.id)],
        received=[line_of(one) for one in promised_to(session, known.id)],
        may_correct=managing.is_allowed(managing.may_correct, session, who, known.id),
        may_enrol=rights.may_at_all(who.role, rights.Action.MANAGE_PEOPLE),
        link=link,
        link_days=LINK_LASTS.days,
        letter=str(LETTERS.get(letter_state(session, known.id), "")),
        done=done,
    )


def show_correction(
    request: Request, known: Known, *, name: str, email: str, errors: dict[str, str] | None = None
) -> Response:
    return render(
        request,
        "identity/correct.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        person=known,
        name=managing.bounded(name),
        email=managing.bounded(email),
        errors=errors or {},
    )

"""Sign in by e-mail and password, or as one of those whom this device remembers; and sign out."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.identity.commands import sessions
from services.identity.commands.sample import SAMPLE_PIN, sample_card_secret
from services.identity.commands.sign_in import PasswordGiven, sign_in
from services.identity.pages.card import visit
from services.identity.pages.cookie import address_of, carried_secret, go_in, go_out
from services.identity.pages.device import forget, remember, remembered
from services.identity.pages.ended_offices import ended_office
from services.identity.pages.refused import refused_with
from services.identity.pages.second_step import ask_second_step
from services.identity.queries.accounts import account_of_person, last_offices_of, sample_offices
from services.identity.queries.devices import Remembered, people_remembered
from services.identity.rules.accounts import email_of, own_path
from services.identity.rules.devices import By, Entry
from services.identity.settings import sign_in_settings
from shared.access.door import Visitor
from shared.access.principal import Role
from shared.access.session import unbound_session_of
from shared.access.sight import EVERYTHING
from shared.database import engine_of, transaction, widened
from shared.errors import Refused
from shared.plan.shelf import shelf
from shared.settings import settings
from shared.web.i18n import _, current_language
from shared.web.pages import render
from shared.web.parts import Choice

router = APIRouter()
Opened = Annotated[
    Session,
    Depends(
        unbound_session_of("identity", why="whom this device remembers, and in a demonstration the made-up people"),
        scope="function",
    ),
]
Who = Annotated[UUID | None, Form()]
Path = Annotated[str, Form()]


@router.get("/dang-nhap")
def form(request: Request, who: Visitor, session: Opened, next: str = "", ai: UUID | None = None) -> Response:  # noqa: ARG001, A002 -- the frame shows who; the address says next
    return show(request, session, next_path=own_path(next), ai=ai)


@router.post("/dang-nhap")
def enter(
    request: Request,
    who: Visitor,  # noqa: ARG001 -- the frame shows who is here
    email: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    ai: Who = None,
    next: Path = "",  # noqa: A002 -- the field's name
) -> Response:
    next_path, engine = own_path(next), engine_of("identity")

    def shown(errors: dict[str, str], status: HTTPStatus) -> Response:
        with transaction(engine) as session:
            return show(request, session, next_path=next_path, email=email, ai=ai, errors=errors, status=status)

    if not password:
        return shown({"password": _("Hãy điền mật khẩu.")}, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        given = sign_in(
            engine,
            email=email_of_remembered(request, ai) or email,
            password=password,
            address=address_of(request),
            instead_of=carried_secret(request),
        )
    except Refused as refusal:
        if refusal.key == "sign_in.no_office":
            return show_no_office(request, email_of_remembered(request, ai) or email)
        box = "email" if refusal.key.startswith(("email.", "text.")) else "password"
        return refused_with(request, refusal, box, shown)
    if isinstance(given, PasswordGiven):
        return ask_second_step(given, next_path)
    return come_in(request, given, next_path)


@router.post("/dang-nhap/nguoi")
def choose(request: Request, who: Visitor, ai: Annotated[UUID, Form()], next: Path = "") -> Response:  # noqa: ARG001, A002 -- as above
    """One of those whom this device remembers wants to come in: on to their PIN, or their password."""
    entry = entry_of(remembered(request), ai)
    if entry is None:
        return RedirectResponse("/dang-nhap", HTTPStatus.SEE_OTHER)
    if entry.by is By.CARD:
        return visit(entry.id, own_path(next))
    asked = {"ai": str(ai)} | ({"next": next} if own_path(next) else {})
    return RedirectResponse(f"/dang-nhap?{urlencode(asked)}", HTTPStatus.SEE_OTHER)


@router.post("/dang-nhap/quen-may")
def forget_device(who: Visitor) -> Response:  # noqa: ARG001 -- open: whoever holds the phone may
    response = RedirectResponse("/dang-nhap", HTTPStatus.SEE_OTHER)
    forget(response)
    return response


def show_no_office(request: Request, email: str) -> Response:
    """For somebody who gave the right password and holds no office any more: which ended, and who goes on."""
    with transaction(engine_of("identity")) as session:
        ended = [ended_office(session, office) for office in last_offices_of(session, email_of(email))]
    return render(request, "identity/no_office.html", status_code=HTTPStatus.FORBIDDEN, ended=ended)


@router.post("/dang-xuat")
def leave(request: Request, who: Visitor, session: Opened) -> Response:  # noqa: ARG001 -- open: leaving twice does no harm
    """The device goes on remembering who signed in on it; only `forget_device` ends that."""
    if secret := carried_secret(request):
        with widened(session, EVERYTHING, why="whoever carries a secret may end its session"):
            sessions.sign_out(session, secret)
    return go_out("/chon-vai" if settings().demo else "/")


def come_in(request: Request, opened: sessions.SignedIn, next_path: str) -> Response:
    """In, by a password; the device remembers whose."""
    response = go_in(opened, next_path)
    remember(request, response, Entry(By.PASSWORD, opened.person_id))
    return response


def entry_of(entries: Sequence[Entry], chosen: UUID | None) -> Entry | None:
    return next((one for one in entries if one.id == chosen), None)


def email_of_remembered(request: Request, ai: UUID | None) -> str | None:
    """The e-mail of somebody whom this very device remembers: nobody else's is looked up by an id."""
    entry = entry_of(remembered(request), ai)
    if entry is None or entry.by is not By.PASSWORD:
        return None
    with transaction(engine_of("identity")) as session:
        account = account_of_person(session, entry.id)
        return account.email if account else None


def show(
    request: Request,
    session: Session,
    *,
    next_path: str,
    email: str = "",
    ai: UUID | None = None,
    errors: dict[str, str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    """The form, with what was typed; never with the password."""
    people = people_remembered(session, remembered(request))
    chosen = next((one for one in people if one.entry.id == ai and one.entry.by is By.PASSWORD), None)
    return render(
        request,
        "identity/sign_in.html",
        status_code=status,
        email=email.replace("\0", ""),
        next_path=next_path,
        people=[choice_of(one) for one in people] if chosen is None else [],
        chosen=choice_of(chosen) if chosen else None,
        provider=sign_in_settings().oidc_label if sign_in_settings().has_provider else "",
        sample_card=sample_card(session) if settings().demo else "",
        sample_pin=SAMPLE_PIN,
        errors=errors or {},
    )


def sample_card(session: Session) -> str:
    """The address, below /the/, of a made-up village head's card; "" where there is none."""
    head = next(
        (held for plan in shelf() for held in sample_offices(session, plan) if held.office.role is Role.NOMINATOR), None
    )
    return sample_card_secret(head.person_id) if head else ""


def choice_of(one: Remembered) -> Choice:
    """Somebody on the list of the device: their short name, and the unit that they act for."""
    plan = shelf().get(one.plan_id)
    unit = plan.unit_by_id(one.unit_id).name.to(current_language()) if plan else ""
    return Choice(str(one.entry.id), one.name, unit)

"""One's own authenticator: set up, fresh recovery codes, given up. Only in a browser, never by a token."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.identity.commands.second_factor import (
    confirm_authenticator,
    give_up_authenticator,
    has_authenticator,
    new_authenticator,
    redraw_recovery_codes,
    waiting_secret,
)
from services.identity.commands.sessions import renew_session
from services.identity.pages.authenticator_setup import setup_of
from services.identity.pages.cookie import address_of, carried_secret, put_secret
from services.identity.pages.own import in_browser
from services.identity.pages.refused import refused_with
from services.identity.queries.accounts import account_of_person
from shared.access.door import signed_in
from shared.access.principal import Principal
from shared.access.session import session_of
from shared.database import engine_of, transaction
from shared.errors import Refused, SignInNeeded
from shared.web.i18n import _
from shared.web.pages import render

HERE = "/tai-khoan/xac-thuc"
router = APIRouter(prefix=HERE)
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]
SignedInPerson = Annotated[Principal, signed_in()]
Code = Annotated[str, Form(max_length=200)]


@router.get("")
def look(request: Request, who: SignedInPerson, da: str = "") -> Response:
    done = {"bo": _("Đã bỏ mã xác thực. Từ nay chỉ hỏi mật khẩu.")}
    return show(request, in_browser(who), done=done.get(da, ""))


@router.post("")
def begin(who: SignedInPerson, session: Opened) -> Response:
    """Draw a secret for the app. Somebody without a password signs in by a card, and needs none."""
    own = account_of_person(session, in_browser(who).person_id)
    if own is None or own.hash is None:
        raise Refused("password.none")
    new_authenticator(session, who.person_id)
    return RedirectResponse(HERE, HTTPStatus.SEE_OTHER)


@router.post("/xac-nhan")
def confirm(request: Request, who: SignedInPerson, code: Code = "") -> Response:
    """From now on asked for; signed out everywhere but here, since elsewhere nobody gave a second factor."""
    engine, secret = engine_of("identity"), carried_secret(request)
    if in_browser(who) and secret is None:
        raise SignInNeeded("access.sign_in_needed")
    try:
        codes = confirm_authenticator(engine, person_id=who.person_id, code=code, address=address_of(request))
    except Refused as refusal:
        return refused(request, who, refusal)
    with transaction(engine) as session:
        opened = renew_session(session, person_id=who.person_id, secret=str(secret), second_factor=True)
    response = render(request, "identity/recovery_codes.html", codes=codes, onward="/tai-khoan")
    put_secret(response, opened)
    return response


@router.post("/ma-du-phong")
def redraw(request: Request, who: SignedInPerson, code: Code = "") -> Response:
    engine, person_id = engine_of("identity"), in_browser(who).person_id
    try:
        codes = redraw_recovery_codes(engine, person_id=person_id, code=code, address=address_of(request))
    except Refused as refusal:
        return refused(request, who, refusal)
    return render(request, "identity/recovery_codes.html", codes=codes, onward="/tai-khoan")


@router.post("/bo")
def give_up(request: Request, who: SignedInPerson, code: Code = "") -> Response:
    engine, person_id = engine_of("identity"), in_browser(who).person_id
    try:
        give_up_authenticator(engine, person_id=person_id, code=code, address=address_of(request))
    except Refused as refusal:
        return refused(request, who, refusal)
    return RedirectResponse(f"{HERE}?da=bo", HTTPStatus.SEE_OTHER)


def refused(request: Request, who: Principal, refusal: Refused) -> Response:
    return refused_with(
        request, refusal, "code", lambda errors, status: show(request, who, errors=errors, status=status)
    )


def show(
    request: Request,
    who: Principal,
    *,
    errors: dict[str, str] | None = None,
    done: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    with transaction(engine_of("identity")) as session:
        secret = waiting_secret(session, who.person_id)
        return render(
            request,
            "identity/authenticator.html",
            status_code=status,
            confirmed=has_authenticator(session, who.person_id),
            setup=setup_of(session, who.person_id, secret) if secret else None,
            errors=errors or {},
            done=done,
        )

"""Sign in and out."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import Response

from services.identity.commands import sessions
from services.identity.commands.sign_in import sign_in
from services.identity.pages.cookie import carried_secret, go_in, go_out
from services.identity.rules.accounts import own_path
from shared.access.door import Visitor
from shared.access.session import session_of
from shared.access.sight import EVERYTHING
from shared.database import engine_of, widened
from shared.errors import Refused
from shared.settings import settings
from shared.web.i18n import _
from shared.web.pages import render
from shared.web.problems import sentence

router = APIRouter()
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]


@router.get("/dang-nhap")
def form(request: Request, who: Visitor, next: str = "") -> Response:  # noqa: ARG001, A002 -- the frame shows who; the address says next
    return show(request, next_path=own_path(next))


@router.post("/dang-nhap")
def enter(
    request: Request,
    who: Visitor,  # noqa: ARG001 -- the frame shows who is here
    email: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "",  # noqa: A002 -- the field's name
) -> Response:
    next_path = own_path(next)
    if not password:
        return show(request, next_path=next_path, email=email, errors={"password": _("Hãy điền mật khẩu.")})
    address = request.client.host if request.client else None
    try:
        opened = sign_in(
            engine_of("identity"), email=email, password=password, address=address, instead_of=carried_secret(request)
        )
    except Refused as refusal:
        field = "email" if refusal.key.startswith(("email.", "text.")) else "password"
        errors = {field: sentence(request, refusal.key, **refusal.details)}
        if refusal.key != "sign_in.too_many_tries":
            return show(request, next_path=next_path, email=email, errors=errors)
        response = show(request, next_path, email, errors, status=HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["retry-after"] = str(60 * int(str(refusal.details["minutes"])))
        return response
    return go_in(opened, next_path)


@router.post("/dang-xuat")
def leave(request: Request, session: Opened, who: Visitor) -> Response:  # noqa: ARG001 -- open: leaving twice does no harm
    if secret := carried_secret(request):
        with widened(session, EVERYTHING, why="whoever carries a secret may end its session"):
            sessions.sign_out(session, secret)
    return go_out("/chon-vai" if settings().demo else "/")


def show(
    request: Request,
    next_path: str,
    email: str = "",
    errors: dict[str, str] | None = None,
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> Response:
    """The form, with what was typed; never with the password."""
    return render(
        request,
        "identity/sign_in.html",
        status_code=status if errors else HTTPStatus.OK,
        email=email.replace("\0", ""),
        next_path=next_path,
        errors=errors or {},
    )

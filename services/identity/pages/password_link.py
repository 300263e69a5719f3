"""/dat-mat-khau/…: set a new password by a link that works once."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request
from sqlmodel import Session
from starlette.responses import Response

from services.identity.commands.password_links import person_of_link, use_password_link
from services.identity.models.people import Person
from services.identity.pages.account import require_repeated
from services.identity.rules.accounts import SHORTEST_PASSWORD
from shared.access.door import Visitor
from shared.access.session import unbound_session_of
from shared.errors import Refused
from shared.web.pages import render
from shared.web.problems import sentence

router = APIRouter(prefix="/dat-mat-khau")
Opened = Annotated[Session, Depends(unbound_session_of("identity", why="the link is the key"), scope="function")]
Secret = Annotated[str, Path(max_length=100)]


@router.get("/{secret}")
def form(request: Request, who: Visitor, secret: Secret, session: Opened) -> Response:  # noqa: ARG001 -- open: the link is the key
    return show(request, person_of_link(session, secret))


@router.post("/{secret}")
def set_it(
    request: Request,
    who: Visitor,  # noqa: ARG001 -- open: the link is the key
    secret: Secret,
    session: Opened,
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    person = person_of_link(session, secret)
    try:
        require_repeated(new, again)
        use_password_link(session, secret, password=new)
    except Refused as refusal:
        box = "again" if refusal.key == "password.not_repeated" else "new"
        return show(request, person, errors={box: sentence(request, refusal.key, **refusal.details)})
    return render(request, "identity/password_set.html")


def show(request: Request, person: Person, *, errors: dict[str, str] | None = None) -> Response:
    """The form. It keeps the usual policy of referrers: without one, a browser would send it with `Origin: null`."""
    return render(
        request,
        "identity/password_link.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        person=person,
        shortest_password=SHORTEST_PASSWORD,
        errors=errors or {},
    )

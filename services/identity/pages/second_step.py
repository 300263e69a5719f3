"""The second step of signing in: a code of the authenticator, or setting one up where the installation demands it."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from services.identity.adapters.tickets import read_ticket, ticket
from services.identity.commands.second_factor import new_authenticator, waiting_secret
from services.identity.commands.sessions import SignedIn
from services.identity.commands.sign_in import PasswordGiven, finish_sign_in, finish_with_new_authenticator
from services.identity.pages.authenticator_setup import setup_of
from services.identity.pages.cookie import (
    address_of,
    carried_secret,
    carried_ticket,
    drop_ticket,
    first_page,
    go_in,
    hand_ticket,
    put_secret,
)
from services.identity.pages.device import remember
from services.identity.pages.refused import refused_with
from services.identity.rules.devices import By, Entry
from shared.access.door import Visitor
from shared.database import engine_of, transaction
from shared.errors import Refused
from shared.web.pages import render

router = APIRouter()
STEP = "buoc-hai"
SECOND_STEP = "/dang-nhap/xac-thuc"
#: Between the password and the code.
STEP_LASTS_S = 10 * 60


def ask_second_step(given: PasswordGiven, next_path: str) -> Response:
    """On to the code. The browser carries a ticket that says whose password was right; it opens nothing by itself."""
    if not given.enrolled:
        with transaction(engine_of("identity")) as session:
            new_authenticator(session, given.person_id)
    said = {"who": str(given.person_id), "mark": given.mark, "enrolled": given.enrolled, "next": next_path}
    response = RedirectResponse(SECOND_STEP, HTTPStatus.SEE_OTHER)
    hand_ticket(response, STEP, ticket(STEP, said), max_age_s=STEP_LASTS_S)
    return response


@router.get(SECOND_STEP)
def ask(request: Request, who: Visitor) -> Response:  # noqa: ARG001 -- the frame shows who
    found = first_step_of(request)
    return show(request, found[0]) if found else RedirectResponse("/dang-nhap", HTTPStatus.SEE_OTHER)


@router.post(SECOND_STEP)
def enter(request: Request, who: Visitor, code: Annotated[str, Form(max_length=200)] = "") -> Response:  # noqa: ARG001 -- the frame shows who
    found = first_step_of(request)
    if found is None:
        return RedirectResponse("/dang-nhap", HTTPStatus.SEE_OTHER)
    (given, next_path), engine = found, engine_of("identity")
    address, carried = address_of(request), carried_secret(request)
    try:
        if given.enrolled:
            opened = finish_sign_in(engine, given, code=code, address=address, instead_of=carried)
            return came_in(request, go_in(opened, next_path), given)
        opened, codes = finish_with_new_authenticator(engine, given, code=code, address=address, instead_of=carried)
    except Refused as refusal:
        return refused_with(request, refusal, "code", lambda errors, status: show(request, given, errors, status))
    return came_in(request, show_codes(request, opened, codes, next_path), given)


def show_codes(request: Request, opened: SignedIn, codes: tuple[str, ...], next_path: str) -> Response:
    """Signed in; first the recovery codes, this once."""
    response = render(request, "identity/recovery_codes.html", codes=codes, onward=next_path or first_page(opened))
    put_secret(response, opened)
    return response


def came_in(request: Request, response: Response, given: PasswordGiven) -> Response:
    drop_ticket(response, STEP)
    remember(request, response, Entry(By.PASSWORD, given.person_id))
    return response


def first_step_of(request: Request) -> tuple[PasswordGiven, str] | None:
    """(whose password this browser gave in the last minutes; where to go on to, or "")."""
    said = read_ticket(STEP, carried_ticket(request, STEP), max_age_s=STEP_LASTS_S)
    return (PasswordGiven(UUID(said["who"]), said["mark"], said["enrolled"]), said["next"]) if said else None


def show(
    request: Request,
    given: PasswordGiven,
    errors: dict[str, str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    setup = None
    if not given.enrolled:
        with transaction(engine_of("identity")) as session:
            secret = waiting_secret(session, given.person_id)
            setup = setup_of(session, given.person_id, secret) if secret else None
    return render(request, "identity/second_step.html", status_code=status, setup=setup, errors=errors or {})

"""A card's address, and the page that asks for its PIN."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Path, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.identity.adapters.tickets import read_ticket, ticket
from services.identity.commands.cards import sign_in_by_card, start_card
from services.identity.pages.cookie import (
    address_of,
    carried_secret,
    carried_ticket,
    drop_ticket,
    go_in,
    hand_ticket,
)
from services.identity.pages.device import remember, remembered
from services.identity.pages.refused import refused_with
from services.identity.queries.cards import card_of_secret, is_locked, living_card
from services.identity.queries.devices import people_remembered
from services.identity.rules.devices import By, Entry
from shared.access.door import Visitor
from shared.access.session import unbound_session_of
from shared.database import engine_of, transaction
from shared.errors import Gone, NotFound, Refused
from shared.web.pages import render

router = APIRouter()
Opened = Annotated[
    Session,
    Depends(
        unbound_session_of("identity", why="the secret on the card, or the ticket for it, is the key"), scope="function"
    ),
]

CARD = "the"
ASKS_PIN = "/dang-nhap/ma-pin"
#: Between opening the card's address and giving its PIN.
VISIT_S = 15 * 60


@router.get("/the/{secret}")
def open_card(who: Visitor, secret: Annotated[str, Path(max_length=100)], session: Opened) -> Response:  # noqa: ARG001 -- open: the secret is the key
    """Take the secret out of the address at once: the browser goes on with a ticket that is worth little."""
    card = card_of_secret(session, secret)
    if card is None:
        raise NotFound("card.unknown")
    if card.revoked_at is not None:
        raise Gone("card.unusable")
    return visit(card.id)


def visit(card_id: UUID, next_path: str = "") -> Response:
    """Send the browser to the page that asks for the PIN. No address of a card is kept, or told to another site.

    The page itself keeps the usual policy: without a referrer, a browser would send its form with `Origin: null`.
    """
    response = RedirectResponse(ASKS_PIN, HTTPStatus.SEE_OTHER)
    response.headers["referrer-policy"] = "no-referrer"
    hand_ticket(response, CARD, ticket(CARD, {"card": str(card_id), "next": next_path}), max_age_s=VISIT_S)
    return response


@router.get(ASKS_PIN)
def ask(request: Request, who: Visitor, session: Opened) -> Response:  # noqa: ARG001 -- the frame shows who
    card_id, _ = visited(request)
    if card_id is None:
        return RedirectResponse("/dang-nhap", HTTPStatus.SEE_OTHER)
    return show(request, session, card_id)


@router.post(ASKS_PIN)
def enter(
    request: Request,
    who: Visitor,  # noqa: ARG001 -- the frame shows who
    pin: Annotated[str, Form(max_length=200)] = "",
    start_code: Annotated[str, Form(max_length=200)] = "",
    again: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    card_id, next_path = visited(request)
    if card_id is None:
        return RedirectResponse("/dang-nhap", HTTPStatus.SEE_OTHER)
    engine, address, carried = engine_of("identity"), address_of(request), carried_secret(request)
    try:
        if is_unstarted(card_id):
            require_repeated(pin, again)
            opened = start_card(
                engine, card_id=card_id, start_code=start_code, pin=pin, address=address, instead_of=carried
            )
        else:
            opened = sign_in_by_card(engine, card_id=card_id, pin=pin, address=address, instead_of=carried)
    except Refused as refusal:

        def shown(errors: dict[str, str], status: HTTPStatus) -> Response:
            with transaction(engine) as session:
                return show(request, session, card_id, errors=errors, start_code=start_code, status=status)

        return refused_with(request, refusal, box_of(refusal.key), shown)
    response = go_in(opened, next_path)
    drop_ticket(response, CARD)
    remember(request, response, Entry(By.CARD, card_id))
    return response


def visited(request: Request) -> tuple[UUID | None, str]:
    """(the card whose address this browser opened in the last quarter of an hour; where to go on to, or "")."""
    said = read_ticket(CARD, carried_ticket(request, CARD), max_age_s=VISIT_S)
    return (UUID(said["card"]), said["next"]) if said else (None, "")


def is_unstarted(card_id: UUID) -> bool:
    with transaction(engine_of("identity")) as session:
        card = living_card(session, card_id)
        return card is not None and card.started_at is None


def require_repeated(pin: str, again: str) -> None:
    if pin != again:
        raise Refused("pin.not_repeated")


def box_of(key: str) -> str:
    """The box of the form that a refusal belongs to."""
    return {"card.wrong_start_code": "start_code", "pin.not_repeated": "again"}.get(key, "pin")


def show(
    request: Request,
    session: Session,
    card_id: UUID,
    *,
    errors: dict[str, str] | None = None,
    start_code: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    """The page: the PIN alone, or, for a card that nobody has used, the start code and a PIN of one's own.

    It names nobody whom this device does not know already: whoever finds a card learns nothing from it.
    """
    card = living_card(session, card_id)
    known = people_remembered(session, [one for one in remembered(request) if one.id == card_id])
    return render(
        request,
        "identity/card.html",
        status_code=status,
        usable=card is not None and not is_locked(card),
        started=card is not None and card.started_at is not None,
        name=known[0].name if known else "",
        start_code=start_code[:20].replace("\0", ""),
        errors=errors or {},
    )

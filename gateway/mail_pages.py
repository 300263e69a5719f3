"""The demonstration's mailbox: every letter that the product sent to anybody, as it would have arrived."""

from pathlib import Path
from uuid import UUID

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse

from gateway.mailcatcher.inbox import message, messages
from shared.access.door import Visitor
from shared.errors import NotFound
from shared.settings import settings
from shared.web.app import create_app
from shared.web.pages import render

PATH = "/thu-mau"
MOST_SHOWN = 100

router = APIRouter(prefix=PATH)


@router.get("")
def show_inbox(request: Request, _: Visitor) -> HTMLResponse:
    """The newest letters first."""
    return render(request, "mail/inbox.html", letters=messages(settings().var_dir, newest_first=True, limit=MOST_SHOWN))


@router.get("/{letter_id}")
def show_letter(request: Request, letter_id: UUID, _: Visitor) -> HTMLResponse:
    """One letter."""
    found = message(settings().var_dir, letter_id)
    if found is None:
        raise NotFound("thing.unknown")
    return render(request, "mail/letter.html", letter=found)


def web() -> FastAPI:
    """The mailbox as an application of its own; it asks who is there as identity does."""
    return create_app("identity", [router], home=Path(__file__).parent)

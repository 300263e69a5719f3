"""The JSON API: the asker's own inbox."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session

from services.notify.commands.reading import acknowledge
from services.notify.queries import inbox
from services.notify.schemas import LARGEST_PAGE, MessageOut, PageOut, place_of
from services.notify.settings import SERVICE
from shared.access.door import signed_in
from shared.access.principal import Principal
from shared.access.session import session_of
from shared.bus.record import act_as

router = APIRouter(prefix="/api/v1/messages")
SignedIn = Annotated[Principal, signed_in()]
SessionDep = Annotated[Session, Depends(session_of(SERVICE), scope="function")]


@router.get("")
def messages(
    who: SignedIn,
    session: SessionDep,
    after: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 25,
    unread: bool = False,
) -> PageOut:
    """The asker's messages, newest first; with `unread`, only those not read yet."""
    place = place_of(after) if after else None
    found = inbox.after(session, who, place=place, unread_only=unread, limit=limit + 1)
    return PageOut.of(found, unread=inbox.counts(session, who)[0], limit=limit)


@router.get("/{message_id}")
def message(message_id: UUID, who: SignedIn, session: SessionDep) -> MessageOut:
    return MessageOut.model_validate(inbox.message_for(session, who, message_id))


@router.post("/{message_id}/read")
def read(message_id: UUID, who: SignedIn, request: Request, session: SessionDep) -> MessageOut:
    """Acknowledge a message. Safe to send twice."""
    act_as(session, who.person_id, request.state.traceparent)
    return MessageOut.model_validate(acknowledge(session, who, message_id))

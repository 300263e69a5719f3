"""Tokens for the organisation's programs: made, shown once, taken back."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.identity.commands.tokens import issue_own_token, revoke_token
from services.identity.pages.account import show, words_of
from services.identity.pages.own import in_browser
from shared.access.door import signed_in
from shared.access.principal import Principal
from shared.access.session import session_of
from shared.errors import Refused

router = APIRouter(prefix="/tai-khoan/ma-api")
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]
SignedInPerson = Annotated[Principal, signed_in()]
BOXES = {"token.days": "days", "token.no_scope": "scopes"}


@router.post("")
def issue(
    request: Request,
    who: SignedInPerson,
    session: Opened,
    name: Annotated[str, Form()] = "",
    days: Annotated[str, Form()] = "",
    scopes: Annotated[list[str] | None, Form(max_length=20)] = None,
) -> Response:
    in_browser(who)
    try:
        chosen = int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0  # noqa: PLR2004 -- no longer number can be meant
        token = issue_own_token(
            session, person_id=who.person_id, office=who.office, name=name, days=chosen, scopes=scopes or []
        )
    except Refused as refusal:
        box = BOXES.get(refusal.key, "name")
        return show(
            request, session, who, errors={box: words_of(request, refusal)}, token_name=name, scopes=scopes or []
        )
    return show(request, session, who, issued=token)


@router.post("/{token_id}/thu-hoi")
def revoke(who: SignedInPerson, token_id: UUID, session: Opened) -> Response:
    revoke_token(session, person_id=in_browser(who).person_id, token_id=token_id)
    return RedirectResponse("/tai-khoan?da=thu-hoi", HTTPStatus.SEE_OTHER)

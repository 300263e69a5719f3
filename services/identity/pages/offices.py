"""Act in another of one's offices."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import Response

from services.identity.commands.sessions import switch_office
from services.identity.pages.cookie import carried_secret, go_in
from services.identity.queries.accounts import HeldOffice, offices_of
from services.identity.schemas.titles import role_title
from shared.access.door import signed_in
from shared.access.principal import Principal
from shared.access.session import session_of
from shared.errors import Forbidden, SignInNeeded
from shared.plan.shelf import shelf
from shared.web.i18n import current_language
from shared.web.pages import render

router = APIRouter(prefix="/doi-vai")
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]
SignedInPerson = Annotated[Principal, signed_in()]


@dataclass(frozen=True, slots=True)
class OfficeCard:
    """An office as the page shows it."""

    id: UUID
    title: str
    unit: str
    commune: str
    present: bool


@router.get("")
def choose(request: Request, session: Opened, who: SignedInPerson) -> Response:
    own = offices_of(session, who.person_id)
    return render(request, "identity/offices.html", cards=[card_of(held, who) for held in own if is_known(held)])


@router.post("")
def switch(request: Request, session: Opened, who: SignedInPerson, office: Annotated[UUID, Form()]) -> Response:
    secret = carried_secret(request)
    if who.by_token:
        raise Forbidden("account.not_by_token")
    if secret is None:
        raise SignInNeeded("access.sign_in_needed")
    return go_in(switch_office(session, person_id=who.person_id, secret=secret, office_id=office))


def is_known(held: HeldOffice) -> bool:
    """Whether this installation still carries out the office's plan."""
    return held.office.plan_id in shelf()


def card_of(held: HeldOffice, who: Principal) -> OfficeCard:
    plan, language = shelf()[held.office.plan_id], current_language()
    return OfficeCard(
        id=held.id,
        title=role_title(plan, held.office.role),
        unit=plan.unit_by_id(held.office.unit_id).name.to(language),
        commune=plan.unit.name.to(language),
        present=held.office == who.office,
    )

"""Act in another of one's offices, or in one that somebody has lent."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import Response

from services.identity.commands.sessions import act_for, switch_office
from services.identity.pages.cookie import carried_secret, go_in
from services.identity.pages.own import in_browser
from services.identity.queries.accounts import HeldOffice, offices_of
from services.identity.queries.acting import Lending, lent_to
from services.identity.schemas.titles import role_title
from shared.access.door import signed_in
from shared.access.principal import Principal
from shared.access.session import unbound_session_of
from shared.errors import Invalid, SignInNeeded
from shared.plan.shelf import shelf
from shared.web.i18n import current_language
from shared.web.pages import render

router = APIRouter(prefix="/doi-vai")
Opened = Annotated[
    Session,
    Depends(
        unbound_session_of("identity", why="what others have lent to the asker stands in their rows"), scope="function"
    ),
]
SignedInPerson = Annotated[Principal, signed_in()]


@dataclass(frozen=True, slots=True)
class OfficeCard:
    """An office as the page shows it; `name` is the form's field, `id` its value.

    `holder` is who lent it, "" for one's own; a lent one may be acted in until `last_day`, that day included.
    """

    name: str
    id: UUID
    title: str
    unit: str
    commune: str
    present: bool
    holder: str = ""
    last_day: date | None = None


@router.get("")
def choose(request: Request, who: SignedInPerson, session: Opened) -> Response:
    own = [card_of(held, who) for held in offices_of(session, who.person_id) if is_known(held)]
    lent = [lent_card(one, who) for one in lent_to(session, who.person_id) if is_known(one.held)]
    return render(request, "identity/offices.html", cards=[*own, *lent])


@router.post("")
def switch(
    request: Request,
    who: SignedInPerson,
    session: Opened,
    office: Annotated[UUID | None, Form()] = None,
    delegation: Annotated[UUID | None, Form()] = None,
) -> Response:
    """Go on in an own office, or by a delegation in that of another."""
    secret = carried_secret(request)
    in_browser(who)
    if secret is None:
        raise SignInNeeded("access.sign_in_needed")
    if delegation is not None:
        return go_in(act_for(session, person_id=who.person_id, secret=secret, delegation_id=delegation))
    if office is None:
        raise Invalid({"office": "form.choice"})
    return go_in(switch_office(session, person_id=who.person_id, secret=secret, office_id=office))


def is_known(held: HeldOffice) -> bool:
    """Whether this installation still carries out the office's plan."""
    return held.office.plan_id in shelf()


def card_of(held: HeldOffice, who: Principal) -> OfficeCard:
    plan, language = shelf()[held.office.plan_id], current_language()
    return OfficeCard(
        name="office",
        id=held.id,
        title=role_title(plan, held.office.role),
        unit=plan.unit_by_id(held.office.unit_id).name.to(language),
        commune=plan.unit.name.to(language),
        present=held.office == who.office and held.person_id == who.holder_id,
    )


def lent_card(lent: Lending, who: Principal) -> OfficeCard:
    card = card_of(lent.held, who)
    return replace(card, name="delegation", id=lent.id, holder=lent.held.name, last_day=lent.last_day)

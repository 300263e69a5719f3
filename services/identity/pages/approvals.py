"""Approval links: made by the clerk, opened by a council member or the chair."""

from base64 import b64encode
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.identity.adapters.tickets import read_ticket, ticket
from services.identity.commands.approvals import link_of, make_approval_link, open_approval_link
from services.identity.pages.cookie import (
    carried_secret,
    carried_ticket,
    drop_ticket,
    hand_ticket,
    put_secret,
)
from services.identity.pages.refused import refused_with
from services.identity.queries.approvals import ERRANDS, council_of
from services.identity.schemas.titles import ERRAND_NAMES
from shared.access import rights
from shared.access.door import Visitor, may
from shared.access.principal import Principal
from shared.access.session import session_of
from shared.database import engine_of
from shared.documents.qr import qr_svg
from shared.errors import Refused
from shared.settings import settings
from shared.web.pages import render
from shared.web.parts import Choice
from shared.web.problems import sentence

MAKE, OPEN, ASKS_CODE = "/lien-ket-duyet", "/duyet", "/duyet/ma"
router = APIRouter()
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]
Clerk = Annotated[Principal, may(rights.Action.MAKE_APPROVAL_LINK)]
VISIT = "duyet"
VISIT_S = 15 * 60


@router.get(MAKE)
def choose(request: Request, who: Clerk, ho_so: Annotated[UUID, Query(alias="ho-so")], session: Opened) -> Response:
    return show_choice(request, session, who, ho_so)


@router.post(MAKE)
def make(
    request: Request,
    who: Clerk,
    case: Annotated[UUID, Form()],
    office: Annotated[UUID, Form()],
    session: Opened,
) -> Response:
    """Show the link once, to be printed or sent. The code goes to its person by mail, past whoever makes the link."""
    try:
        made = make_approval_link(session, who, office_id=office, case_id=case)
    except Refused as refusal:
        return refused_with(
            request, refusal, "office", lambda errors, status: show_choice(request, session, who, case, errors, status)
        )
    address = f"{settings().public_url}{OPEN}/{made.signed}"
    return render(
        request,
        "identity/approval_made.html",
        made=made,
        errand=ERRAND_NAMES[made.errand],
        address=address,
        picture=f"data:image/svg+xml;base64,{b64encode(qr_svg(address)).decode()}",
        case=case,
    )


@router.get(ASKS_CODE)
def ask(request: Request, who: Visitor) -> Response:  # noqa: ARG001 -- the frame shows who
    return show_code(request) if visited(request) else over(request)


@router.post(ASKS_CODE)
def enter(request: Request, who: Visitor, code: Annotated[str, Form(max_length=200)] = "") -> Response:
    link_id = visited(request)
    if link_id is None:
        return over(request)
    try:
        opened, narrowed = open_approval_link(
            engine_of("identity"), link_id=link_id, code=code, present=who, instead_of=carried_secret(request)
        )
    except Refused as refusal:
        return refused_with(request, refusal, "code", lambda errors, status: show_code(request, errors, status))
    response = RedirectResponse(f"/xet-duyet/{narrowed.case_id}", HTTPStatus.SEE_OTHER)
    put_secret(response, opened)
    drop_ticket(response, VISIT, path=OPEN)
    return response


@router.get(OPEN + "/{signed}")
def open_link(request: Request, who: Visitor, signed: Annotated[str, Path(max_length=300)]) -> Response:  # noqa: ARG001 -- open: the signature is the key
    """Take the link out of the address at once; nothing is used up by looking, since mail scanners look first."""
    link_id = link_of(signed)
    if link_id is None:
        return over(request)
    response = RedirectResponse(ASKS_CODE, HTTPStatus.SEE_OTHER)
    response.headers["referrer-policy"] = "no-referrer"
    hand_ticket(response, VISIT, ticket(VISIT, {"link": str(link_id)}), max_age_s=VISIT_S, path=OPEN)
    return response


def visited(request: Request) -> UUID | None:
    """The link that this browser opened in the last quarter of an hour."""
    said = read_ticket(VISIT, carried_ticket(request, VISIT), max_age_s=VISIT_S)
    return UUID(said["link"]) if said else None


def over(request: Request) -> Response:
    """The link is forged, too old, or was opened elsewhere."""
    return show_code(request, {"code": sentence(request, "approval.over")}, HTTPStatus.UNPROCESSABLE_ENTITY)


def show_code(request: Request, errors: dict[str, str] | None = None, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return render(request, "identity/approval_code.html", status_code=status, errors=errors or {})


def show_choice(
    request: Request,
    session: Session,
    who: Principal,
    case: UUID,
    errors: dict[str, str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    people = [
        Choice(str(held.id), held.name, str(ERRAND_NAMES[ERRANDS[held.office.role]]))
        for held in council_of(session, who.plan_id)
    ]
    return render(request, "identity/approval.html", status_code=status, people=people, case=case, errors=errors or {})

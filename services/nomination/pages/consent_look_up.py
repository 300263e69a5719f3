"""/rut-dong-y: taking a consent back for whoever knows a dossier's code and the whole telephone in it."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from services.nomination.commands.taking_back import found_by_telephone, take_back_oneself
from services.nomination.models import ConsentParty, Nomination
from services.nomination.pages.answered import taken_back_in
from services.nomination.pages.posted import Form, Opened, Posted, address_of
from services.nomination.queries.withdrawals import last_of_party
from services.nomination.rules.fault import Fault, Incomplete
from services.nomination.rules.phone import LONGEST_PHONE, NotAPhone, parsed_phone
from services.nomination.schemas.consents import AskedView, capacity_words
from services.nomination.schemas.refusals import sentences
from shared.access.door import Visitor
from shared.access.sight import EVERYTHING
from shared.bus.record import act_as
from shared.clock import today
from shared.database import widened
from shared.errors import NotFound, Refused
from shared.web.i18n import current_language
from shared.web.pages import render

router = APIRouter()
LONGEST_CODE = 40


@router.get("/rut-dong-y")
def ask(request: Request, who: Visitor) -> Response:  # noqa: ARG001 -- the door stands in the signature
    return ask_page(request)


@router.post("/rut-dong-y")
def look_up(request: Request, who: Visitor, form: Form, session: Opened) -> Response:  # noqa: ARG001 -- as above
    """First what was agreed to, then the deed. Code and telephone come each time, in the body alone."""
    act_as(session, None, request.state.traceparent)
    code, phone = form.one("ma").strip()[:LONGEST_CODE], form.one("so").strip()[:LONGEST_PHONE]
    try:
        digits = parsed_phone(phone)
    except NotAPhone:
        digits = ""
    if not code or not digits:
        missing = {} if code else {"ma": Fault("look_up.code_missing")}
        missing |= {} if digits else {"so": Fault("phone.not_a_number", {"value": phone})}
        return ask_page(request, code=code, phone=phone, errors=sentences(missing))
    with widened(session, EVERYTHING, why="whoever knows code and telephone takes their own consent back"):
        try:
            nomination, party = found_by_telephone(session, code=code, phone=digits, address=address_of(request))
        except NotFound as wrong:  # the try counts from the commit on, so the transaction goes on
            return ask_page(request, code=code, phone=phone, errors=sentences({"so": Fault(wrong.key)}))
        except Refused as refused:
            return wait_page(request, code, refused)
        return taken_back_or_asked(request, session, nomination, party, form)


def taken_back_or_asked(
    request: Request, session: Session, nomination: Nomination, party: ConsentParty, form: Posted
) -> Response:
    errors: dict[str, str] = {}
    if form.one("rut") or form.one("all"):
        try:
            take_back_oneself(session, nomination, party, taken_back_in(form), way="look_up", today=today())
        except Incomplete as incomplete:
            errors = sentences(incomplete.missing)
    commune = nomination.plan.unit.name.to(current_language())
    return render(
        request,
        "nomination/take_back.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        asked=AskedView(party, nomination, commune, capacity_words(party)),
        taken_back=last_of_party(session, party.id, nomination.id),
        code=form.one("ma")[:LONGEST_CODE],
        phone=form.one("so")[:LONGEST_PHONE],
        form=form,
        errors=errors,
    )


def wait_page(request: Request, code: str, refused: Refused) -> Response:
    """Too many wrong ones: how long to wait."""
    response = ask_page(request, code=code, errors=sentences({"so": Fault(refused.key, refused.details)}))
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response.headers["retry-after"] = str(int(str(refused.details["minutes"])) * 60)
    return response


def ask_page(request: Request, *, code: str = "", phone: str = "", errors: dict[str, str] | None = None) -> Response:
    return render(
        request,
        "nomination/take_back_look_up.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        code=code,
        phone=phone,
        errors=errors or {},
    )

"""/tra-cuu: how far a dossier is, for whoever holds its code. Steps only: no name, no reason, no outcome."""

from http import HTTPStatus
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from services.nomination.commands.looking_up import look_up_by
from services.nomination.models import EndedPlan
from services.nomination.pages.posted import Opened, address_of
from services.nomination.queries.nominations import happenings
from services.nomination.schemas.receipt import public_steps
from services.nomination.schemas.refusals import REFUSALS
from shared.access.door import Visitor
from shared.access.sight import EVERYTHING
from shared.clock import today
from shared.database import widened
from shared.errors import NotFound, Refused
from shared.succession import ending_of
from shared.web.ended import ended_view
from shared.web.i18n import gettext
from shared.web.pages import render

router = APIRouter()
LONGEST_DIGITS = 10


@router.get("/tra-cuu")
def ask_code(request: Request, who: Visitor, ma: str = "", so: str = "") -> Response:  # noqa: ARG001 -- the door stands in the signature
    if (code := ma.strip()[:40]).upper().startswith("GY-"):
        return RedirectResponse(f"/goi-y/{quote(code, safe='')}", HTTPStatus.SEE_OTHER)
    if code:
        digits = f"?so={quote(so.strip()[:LONGEST_DIGITS], safe='')}" if so.strip() else ""
        return RedirectResponse(f"/tra-cuu/{quote(code, safe='')}{digits}", HTTPStatus.SEE_OTHER)
    return ask_page(request)


@router.get("/tra-cuu/{code}")
def look_up(request: Request, code: str, who: Visitor, session: Opened, so: str = "") -> Response:  # noqa: ARG001 -- as above
    """The steps, to whoever knows the code and the last digits of the telephone in the dossier, if there is one.

    Wrong digits and unknown codes are counted: three digits are soon guessed by whoever may try them all.
    """
    try:
        with widened(session, EVERYTHING, why="whoever holds a receipt's code may follow its steps"):
            known = look_up_by(session, code=code, digits=so.strip(), address=address_of(request))
            nomination = known.nomination
            if not known.opened:
                return ask_digits(request, nomination.code or "", so.strip())
            steps = public_steps(nomination, happenings(session, nomination.id), today())
            ended = ended_view(ending_of(session, EndedPlan, nomination.plan_id))
    except NotFound as unknown:
        said = gettext(REFUSALS[unknown.key].message, **unknown.details)
        return ask_page(request, code=code[:40], errors={"ma": said})
    except Refused as refused:
        return wait_page(request, code, refused)
    return render(request, "nomination/steps.html", code=nomination.code, steps=steps, ended=ended)


def wait_page(request: Request, code: str, refused: Refused) -> Response:
    """Too many wrong ones: how long to wait."""
    said = gettext(REFUSALS[refused.key].message, **refused.details)
    response = ask_page(request, code=code[:40], errors={"so": said})
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response.headers["retry-after"] = str(int(str(refused.details["minutes"])) * 60)
    return response


def ask_digits(request: Request, code: str, digits: str) -> Response:
    """Asks for the digits: at first as for anything missing, then as for something wrong."""
    wrong = REFUSALS["nomination.digits_wrong"]
    said = gettext(wrong.message, code=code)
    return ask_page(
        request, code=code, digits=digits[:LONGEST_DIGITS], asks_digits=True, errors={"so": said} if digits else {}
    )


def ask_page(
    request: Request,
    *,
    code: str = "",
    digits: str = "",
    asks_digits: bool = False,
    errors: dict[str, str] | None = None,
) -> Response:
    unknown, wrong = "ma" in (errors or {}), "so" in (errors or {})
    status = HTTPStatus.NOT_FOUND if unknown else HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(
        request,
        "nomination/look_up.html",
        status_code=status,
        code=code,
        digits=digits,
        asks_digits=asks_digits,
        errors=errors or {},
    )

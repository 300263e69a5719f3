"""/goi-y: anybody tells of a good deed on a phone, without signing in; the code says later what became of it."""

from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.nomination.commands.looking_up import suggestion_looked_up
from services.nomination.commands.suggestions import receive_from_anybody
from services.nomination.models import EndedPlan, Nomination
from services.nomination.pages.posted import Form, Opened, Posted, address_of
from services.nomination.rules.fault import Incomplete
from services.nomination.rules.suggestions import TRAP, suggested_by_citizen, villages_of
from services.nomination.schemas.refusals import sentences
from services.nomination.schemas.suggestions import steps_of, village_choices
from shared.access.door import Visitor
from shared.access.sight import EVERYTHING
from shared.clock import today
from shared.database import widened
from shared.errors import NotFound, Refused
from shared.plan import Plan
from shared.plan.shelf import shelf
from shared.succession import endings
from shared.web.i18n import current_language
from shared.web.pages import render
from shared.web.problems import sentence

router = APIRouter(prefix="/goi-y")
WHY = "whoever tells of somebody reads nothing but what became of it, by a code that nobody can guess"


@router.get("")
def ask(request: Request, who: Visitor, session: Opened, xa: str = "") -> Response:  # noqa: ARG001 -- the door stands in the signature
    """The form; first the commune where there are several."""
    plans = taking_in(session)
    plan = next((each for each in plans if xa in {each.id, each.unit.key} or len(plans) == 1), None)
    if plan is None:
        return render(request, "nomination/suggest_where.html", communes=communes_of(plans))
    return form_page(request, plan, Posted({}), {})


@router.post("")
def tell(request: Request, who: Visitor, form: Form, session: Opened, xa: str = "") -> Response:  # noqa: ARG001 -- as above
    """Take it in; a second press leads to the same code. What was typed stays in the form, whatever was wrong."""
    plan = next((each for each in taking_in(session) if each.id == xa), None)
    if plan is None:
        return RedirectResponse("/goi-y", HTTPStatus.SEE_OTHER)
    try:
        told = suggested_by_citizen(form.typed, plan)
        with widened(session, EVERYTHING, why=WHY):
            suggestion = receive_from_anybody(session, plan, told, today(), address=address_of(request))
    except Incomplete as incomplete:
        return form_page(request, plan, form, sentences(incomplete.missing))
    except Refused as refused:
        said = sentence(request, refused.key, **refused.details)
        return form_page(request, plan, form, {}, refused=refused, refusal=said)
    return RedirectResponse(f"/goi-y/{suggestion.code}", HTTPStatus.SEE_OTHER)


@router.get("/{code}")
def follow(request: Request, code: str, who: Visitor, session: Opened) -> Response:  # noqa: ARG001 -- as above
    """What became of it, for whoever holds the code."""
    try:
        with widened(session, EVERYTHING, why=WHY):
            suggestion = suggestion_looked_up(session, code=code, address=address_of(request))
            nomination = session.get(Nomination, suggestion.nomination_id) if suggestion.nomination_id else None
            steps = steps_of(suggestion, nomination)
    except (NotFound, Refused) as refused:
        said = sentence(request, refused.key, **refused.details)
        return render(request, "nomination/suggested.html", status_code=refused.status, code="", refusal=said)
    return render(request, "nomination/suggested.html", code=suggestion.code, refusal="", steps=steps)


def taking_in(session: Session) -> list[Plan]:
    """The plans under which somebody may be suggested today."""
    ended, on = endings(session, EndedPlan), today()
    return [plan for plan in shelf().values() if plan.id not in ended and plan.period.contains(on)]


def communes_of(plans: list[Plan]) -> list[tuple[str, str]]:
    return [(f"/goi-y?{urlencode({'xa': plan.id})}", plan.unit.name.to(current_language())) for plan in plans]


def form_page(
    request: Request,
    plan: Plan,
    form: Posted,
    errors: dict[str, str],
    *,
    refused: Refused | None = None,
    refusal: str = "",
) -> Response:
    status = refused.status if refused else HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    if refused and "minutes" in refused.details:
        status = HTTPStatus.TOO_MANY_REQUESTS
    return render(
        request,
        "nomination/suggest.html",
        status_code=status,
        plan_id=plan.id,
        commune=plan.unit.name.to(current_language()),
        villages=village_choices(villages_of(plan)),
        trap=TRAP,
        form=form,
        errors=errors,
        refusal=refusal,
    )

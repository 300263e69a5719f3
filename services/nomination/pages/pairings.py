"""/de-cu/trung: who may have been put forward more than once; a person compares, decides, and may take that back."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.nomination.commands.pairing import judge
from services.nomination.pages.posted import Form, Opened, Reading
from services.nomination.pages.receipt import sent_one
from services.nomination.queries.pairings import PER_PAGE, Pair, listed_pairs, one_nominee, pair_of
from services.nomination.rules.verdicts import Verdict
from services.nomination.schemas.pairings import (
    comparison_of,
    pair_list,
    place_typed,
    verdict_typed,
)
from services.nomination.schemas.views import line_of
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.audit.looks import listed
from shared.audit.note import note
from shared.bus.record import act_as
from shared.errors import Refused
from shared.web.pages import render
from shared.web.problems import sentence

router = APIRouter(prefix="/de-cu")
Matching = Annotated[Principal, may(Action.MATCH_NOMINEES)]


@router.get("/trung")
def listing(request: Request, who: Matching, session: Opened, nhom: str = "", sau: str = "") -> Response:
    """The pairs that wait, or those that were decided."""
    verdict = verdict_typed(nhom)
    found = listed_pairs(session, who, verdict, after=place_typed(sau), limit=PER_PAGE + 1)
    about = {each.id for pair in found[:PER_PAGE] for each in (pair.earlier, pair.later)}
    note(session, listed(who, "namesakes", about=about, filtered=nhom))
    return render(request, "nomination/pairings.html", view=pair_list(found, verdict))


@router.get("/trung/{one_id:uuid}/{other_id:uuid}")
def compare(request: Request, one_id: UUID, other_id: UUID, who: Matching, session: Opened) -> Response:
    return comparison_page(request, session, who, pair_of(session, one_id, other_id))


@router.post("/trung/{one_id:uuid}/{other_id:uuid}")
def decide(request: Request, one_id: UUID, other_id: UUID, who: Matching, form: Form, session: Opened) -> Response:
    """Give the verdict, or take it back; a second press finds it given and leads to the same page."""
    act_as(session, who.person_id, request.state.traceparent)
    typed = form.one("verdict")
    if typed not in set(Verdict):
        pair = pair_of(session, one_id, other_id)
        return comparison_page(request, session, who, pair, refused=Refused("pairing.no_verdict"))
    try:
        judge(session, who, one_id, other_id, Verdict(typed))
    except Refused as refused:
        return comparison_page(request, session, who, pair_of(session, one_id, other_id), refused=refused)
    return RedirectResponse(f"/de-cu/trung/{one_id}/{other_id}", HTTPStatus.SEE_OTHER)


@router.get("/{nomination_id:uuid}/cac-lan")
def over_the_years(request: Request, nomination_id: UUID, who: Reading, session: Opened) -> Response:
    """Everything that was said of one nominee, as far as the asker may see it."""
    nomination = sent_one(session, who, nomination_id)
    found = one_nominee(session, nomination_id)
    note(session, listed(who, "namesakes", about=[each.id for each in found]))
    return render(
        request,
        "nomination/one_nominee.html",
        nomination=nomination,
        lines=[line_of(each) for each in found],
    )


def comparison_page(
    request: Request, session: Session, who: Principal, pair: Pair, *, refused: Refused | None = None
) -> Response:
    note(session, listed(who, "namesakes", about=[pair.earlier.id, pair.later.id]))
    return render(
        request,
        "nomination/comparison.html",
        status_code=refused.status if refused else HTTPStatus.OK,
        view=comparison_of(pair),
        refusal=sentence(request, refused.key, **refused.details) if refused else "",
    )

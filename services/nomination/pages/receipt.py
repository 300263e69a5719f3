"""/de-cu/{id}: the receipt, the timeline, the way to take it back."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

import segno
from fastapi import APIRouter, Request
from markupsafe import Markup
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.nomination.commands.withdrawal import withdraw
from services.nomination.models import EndedPlan, Nomination
from services.nomination.pages.posted import Form, Opened, Reading, TakingBack
from services.nomination.queries.movements import movement_of
from services.nomination.queries.nominations import candidate_of, happenings, visible
from services.nomination.queries.nurture import candidate_behind
from services.nomination.queries.pairings import pairs_of
from services.nomination.queries.photos import brought
from services.nomination.queries.suggestions import suggestion_behind
from services.nomination.queries.supplements import last_supplement
from services.nomination.rules.fault import Incomplete
from services.nomination.rules.stages import Stage
from services.nomination.rules.typed import Sheet
from services.nomination.schemas.ladder import ladder_of
from services.nomination.schemas.pairings import shown_pairs
from services.nomination.schemas.receipt import paper_of, receipt_view
from services.nomination.schemas.refusals import sentences
from services.nomination.schemas.views import picture_of
from shared.access.principal import Principal
from shared.access.rights import Action, may_at_all
from shared.audit.looks import opened, taken_out
from shared.audit.note import note
from shared.bus.record import act_as
from shared.clock import today
from shared.documents.papers import receipt as printed
from shared.errors import NotFound
from shared.settings import settings
from shared.succession import ending_of
from shared.web.ended import ended_view
from shared.web.i18n import _
from shared.web.pages import render

CLIMBING = frozenset({Stage.RECOGNISED.value, Stage.PUBLISHED.value})

router = APIRouter(prefix="/de-cu/{nomination_id:uuid}")


@router.get("")
def show(request: Request, nomination_id: UUID, who: Reading, session: Opened) -> Response:
    nomination = visible(session, who, nomination_id)
    if nomination.stage == Stage.DRAFT:
        return RedirectResponse(f"/de-cu/{nomination_id}/{Sheet.WHO}", HTTPStatus.SEE_OTHER)
    return receipt_page(request, session, who, nomination)


@router.get("/phieu.pdf")
def paper(nomination_id: UUID, who: Reading, session: Opened) -> Response:
    """The receipt on A5, to print and take home."""
    nomination = sent_one(session, who, nomination_id)
    note(session, taken_out(who, "receipt", nomination.id, code=nomination.code or "", about=[nomination.id]))
    pdf = printed(paper_of(nomination, nomination.plan, url=look_up_address(nomination)))
    headers = {"content-disposition": f'inline; filename="{nomination.code}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


@router.get("/rut")
def ask_why(request: Request, nomination_id: UUID, who: TakingBack, session: Opened) -> Response:
    """Asks for the reason, and whether it is meant."""
    nomination = sent_one(session, who, nomination_id)
    if nomination.stage == Stage.WITHDRAWN:
        return RedirectResponse(f"/de-cu/{nomination_id}", HTTPStatus.SEE_OTHER)
    return withdrawal_page(request, session, who, nomination)


@router.post("/rut")
def take_back(request: Request, nomination_id: UUID, who: TakingBack, form: Form, session: Opened) -> Response:
    act_as(session, who.person_id, request.state.traceparent)
    try:
        withdraw(session, who, nomination_id, form.one("reason"))
    except Incomplete as incomplete:
        nomination = visible(session, who, nomination_id)
        errors = sentences(incomplete.missing)
        return withdrawal_page(request, session, who, nomination, reason=form.one("reason"), errors=errors)
    return RedirectResponse(f"/de-cu/{nomination_id}", HTTPStatus.SEE_OTHER)


def sent_one(session: Session, who: Principal, nomination_id: UUID) -> Nomination:
    nomination = visible(session, who, nomination_id)
    if nomination.stage == Stage.DRAFT:
        raise NotFound("thing.unknown")
    return nomination


def withdrawal_page(
    request: Request,
    session: Session,
    who: Principal,
    nomination: Nomination,
    *,
    reason: str = "",
    errors: dict[str, str] | None = None,
) -> Response:
    note_look(session, who, nomination)
    return render(
        request,
        "nomination/withdraw.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        nomination=nomination,
        reason=reason,
        errors=errors or {},
    )


def note_look(session: Session, who: Principal, nomination: Nomination, *, beside: Sequence[UUID] = ()) -> None:
    """`beside`: of which others the page names the nominee too."""
    about = [nomination.id, *beside]
    note(session, opened(who, "nomination", nomination.id, code=nomination.code or "", about=about))


def receipt_page(request: Request, session: Session, who: Principal, nomination: Nomination) -> Response:
    plan = nomination.plan
    asks = may_at_all(who.role, Action.MATCH_NOMINEES)
    pairs = shown_pairs(pairs_of(session, nomination.id), nomination.id, asks=asks)
    note_look(session, who, nomination, beside=pairs.about)
    photos = brought(session, nomination.photos, who)
    nurtured, heard = candidate_behind(session, nomination), happenings(session, nomination.id)
    return render(
        request,
        "nomination/receipt.html",
        view=receipt_view(
            nomination,
            plan,
            heard,
            candidate=candidate_of(session, nomination.id),
            supplement=last_supplement(session, nomination.id),
            suggestion=suggestion_behind(session, nomination.id),
            today=today(),
        ),
        ended=ended_view(ending_of(session, EndedPlan, nomination.plan_id)),
        qr=Markup(segno.make(look_up_address(nomination), error="m").svg_inline(scale=5, light="#fff")),  # noqa: S704 -- our own drawing
        look_up=look_up_address(nomination),
        nurtured=nurtured,
        ladder=ladder_of(plan, nurtured, heard, today()) if nomination.stage in CLIMBING else [],
        movement=movement_of(session, nomination),
        pictures=[picture_of(photo, _("Ảnh của %(name)s", name=nomination.name)) for photo in photos],
        sheets=[sheet.value for sheet in Sheet],
        may_read_nurture=may_at_all(who.role, Action.READ_NURTURE),
        may_nominate=may_at_all(who.role, Action.NOMINATE),
        pairs=pairs,
    )


def look_up_address(nomination: Nomination) -> str:
    """Where the receipt's QR code leads: the public steps."""
    return f"{settings().public_url}/tra-cuu/{nomination.code}"

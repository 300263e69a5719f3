"""/de-cu/mau-giay.pdf: the form to print. /de-cu/tu-giay: a sheet that was filled in by hand is keyed in."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from services.nomination.adapters.remaking import remade_evidence
from services.nomination.commands.on_paper import key_in
from services.nomination.pages.posted import Form, Nominating, Opened, Posted
from services.nomination.rules.assumed import with_assumed
from services.nomination.rules.complete import draft_faults
from services.nomination.rules.fault import Fault
from services.nomination.rules.typed import Sheet, Typed, whole
from services.nomination.schemas.paper import form_code, paper_form
from services.nomination.schemas.refusals import sentences
from services.nomination.schemas.views import form_view
from shared.access.principal import Principal
from shared.bus.record import act_as
from shared.clock import today
from shared.documents.papers import nomination_form
from shared.errors import Refused
from shared.evidence.evidence import Evidence, NotTaken
from shared.evidence.kinds import Kind
from shared.ids import new_id
from shared.plan.shelf import plan_of
from shared.settings import settings
from shared.web.pages import arrived, render

router = APIRouter()
SCANS = frozenset({Kind.PICTURE, Kind.PDF})
MOST_PAGES = 4  # files; a sheet has two sides, a long story goes on on another
LONGEST_CODE = 100


@router.get("/de-cu/mau-giay.pdf")
def printed(who: Nominating) -> Response:
    """The plan's form on A4, two sides, to fill in by hand."""
    plan = plan_of(who.plan_id)
    pdf = nomination_form(paper_form(plan, printed_on=today(), public_url=settings().public_url))
    headers = {"content-disposition": 'inline; filename="phieu-de-cu.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


@router.get("/de-cu/tu-giay")
def sheet(request: Request, who: Nominating, mau: str = "") -> Response:
    return sheet_page(request, who, {}, nomination_id=new_id(), printed_as=mau[:LONGEST_CODE])


async def scanned(form: Form) -> list[Evidence] | NotTaken:
    """The pages of the scan, made anew before a session is opened; or why they are not taken, also if there is none."""
    if not form.uploads:
        return NotTaken("scan.missing")
    if len(form.uploads) > MOST_PAGES:
        return NotTaken("scan.too_many", most=MOST_PAGES)
    try:
        pages = [await remade_evidence(upload, name) for upload, name in zip(form.uploads, form.names, strict=True)]
    except NotTaken as refused:
        return refused
    return pages if all(page.kind in SCANS for page in pages) else NotTaken("scan.kind")


@router.post("/de-cu/tu-giay")
def send(
    request: Request,
    who: Nominating,
    form: Form,
    scan: Annotated[list[Evidence] | NotTaken, Depends(scanned)],
    session: Opened,
) -> Response:
    """Off to the commune; what is incomplete becomes a draft, which says what is missing."""
    nomination_id, plan, typed = id_in(form), plan_of(who.plan_id), whole(form.typed)
    if isinstance(scan, NotTaken):
        faults = {**draft_faults(plan, who, typed, today()), "scan": Fault(scan.key, scan.details)}
        return sheet_page(request, who, typed, nomination_id=nomination_id, errors=sentences(faults))
    act_as(session, who.person_id, request.state.traceparent)
    sent = key_in(session, who, nomination_id, plan=plan, typed=typed, scan=scan, today=today())
    return arrived(f"/de-cu/{nomination_id}{'' if sent else '/kiem-tra'}", draft=str(nomination_id))


def id_in(form: Posted) -> UUID:
    """The id that the page gave the sheet. Raises Refused for a form that is not from our page."""
    try:
        return UUID(form.one("id"))
    except ValueError:
        raise Refused("form.stale") from None


def sheet_page(
    request: Request,
    who: Principal,
    typed: Typed,
    *,
    nomination_id: UUID,
    printed_as: str = "",
    errors: Mapping[str, str] | None = None,
) -> Response:
    plan = plan_of(who.plan_id)
    shown = with_assumed(typed, plan)
    return render(
        request,
        "nomination/on_paper.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        form=form_view(nomination_id, plan, who, sheet=Sheet.WHO, typed=shown, photos=()),
        errors=errors or {},
        code=form_code(plan),
        other_form=bool(printed_as) and printed_as != form_code(plan),
        most=MOST_PAGES,
    )

"""The form's four short sheets. They work by plain posts and redirects."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.nomination.adapters.remaking import remade_photo
from services.nomination.commands.drafts import save_sheet
from services.nomination.commands.photos import keep_photo
from services.nomination.models import Nomination
from services.nomination.pages.posted import Form, Nominating, Opened, Posted
from services.nomination.queries.movements import offering
from services.nomination.queries.nominations import everything_typed, last_movement, own_draft, visible
from services.nomination.queries.photos import brought
from services.nomination.rules.assumed import with_assumed
from services.nomination.rules.complete import draft_faults, sheet_faults
from services.nomination.rules.dossier import MOST_PHOTOS
from services.nomination.rules.fault import Fault, Faults
from services.nomination.rules.sources import usual_village
from services.nomination.rules.stages import Stage
from services.nomination.rules.typed import BOXES, Sheet, Typed, next_sheet
from services.nomination.schemas.refusals import sentences
from services.nomination.schemas.views import form_view
from shared.access.principal import Principal
from shared.audit.looks import opened
from shared.audit.note import note
from shared.bus.record import act_as
from shared.clock import today
from shared.errors import NotFound
from shared.photos.photo import NotAPhoto, Photo
from shared.plan.shelf import plan_of
from shared.web.i18n import current_language
from shared.web.pages import render

router = APIRouter(prefix="/de-cu/{nomination_id:uuid}")


def sheet_of(sheet: str) -> Sheet:
    """The sheet of an address. Raises NotFound."""
    try:
        return Sheet(sheet)
    except ValueError:
        raise NotFound("http.404") from None


Shown = Annotated[Sheet, Depends(sheet_of)]


async def new_photos(sheet: Shown, form: Form) -> list[Photo] | NotAPhoto:
    """The photos that came with the sheet, made anew before a session is opened; or what is wrong with one."""
    if sheet is not Sheet.CONSENT or len(form.uploads) > MOST_PHOTOS:
        return []
    try:
        return [await remade_photo(upload) for upload in form.uploads]
    except NotAPhoto as refused:
        return refused


NewPhotos = Annotated[list[Photo] | NotAPhoto, Depends(new_photos)]


@router.get("/{sheet}")
def show_sheet(request: Request, nomination_id: UUID, sheet: Shown, who: Nominating, session: Opened) -> Response:
    draft = visible(session, who, nomination_id)
    if draft.stage != Stage.DRAFT:  # back from the receipt by the browser's button
        return RedirectResponse(f"/de-cu/{nomination_id}", HTTPStatus.SEE_OTHER)
    typed = everything_typed(session, nomination_id)
    if sheet is Sheet.WHO and not typed:
        village = usual_village(plan_of(who.plan_id), who)
        typed["address"] = [village.to(current_language())] if village else []
    return sheet_page(request, session, who, draft, sheet=sheet, typed=typed)


@router.post("/{sheet}")
def post_sheet(
    request: Request, nomination_id: UUID, sheet: Shown, who: Nominating, form: Form, new: NewPhotos, session: Opened
) -> Response:
    """Keep what was typed; go on when it is right, show it again when it is not."""
    act_as(session, who.person_id, request.state.traceparent)
    draft = own_draft(session, who, nomination_id)
    photos, photo_faults = photos_of(session, who, nomination_id, sheet=sheet, form=form, new=new)
    typed = save_sheet(session, who, nomination_id, sheet, {**form.typed, "photo": photos})
    if form.one("later"):
        return RedirectResponse("/de-cu", HTTPStatus.SEE_OTHER)
    everything = draft_faults(plan_of(who.plan_id), who, typed, today())
    faults = {**sheet_faults(everything, sheet), **photo_faults}
    if faults:
        echoed = {**typed, **{box: form.typed[box] for box in BOXES[sheet] if box in form.typed and box != "photo"}}
        return sheet_page(request, session, who, draft, sheet=sheet, typed=echoed, faults=faults)
    following = None if form.one("then") == "check" else next_sheet(sheet)
    return RedirectResponse(f"/de-cu/{nomination_id}/{following or 'kiem-tra'}", HTTPStatus.SEE_OTHER)


def photos_of(
    session: Session, who: Principal, nomination_id: UUID, *, sheet: Sheet, form: Posted, new: NewPhotos
) -> tuple[list[str], Faults]:
    """The content addresses of the draft's photos: those before that were not put away, and the new ones."""
    if sheet is not Sheet.CONSENT:
        return [], {}
    away = form.typed.get("photo_away", [])
    photos = [address for address in everything_typed(session, nomination_id).get("photo", []) if address not in away]
    count = len(photos) + len(form.uploads)
    if count > MOST_PHOTOS:
        return photos, {"photo": Fault("photo.too_many", {"count": count, "most": MOST_PHOTOS})}
    if isinstance(new, NotAPhoto):
        return photos, {"photo": Fault(new.key)}
    kept = [keep_photo(session, who, photo).address for photo in new]
    return list(dict.fromkeys([*photos, *kept])), {}


def sheet_page(
    request: Request,
    session: Session,
    who: Principal,
    draft: Nomination,
    *,
    sheet: Sheet,
    typed: Typed,
    faults: Faults | None = None,
) -> Response:
    if draft.person_id != who.person_id:
        note(session, opened(who, "draft", draft.id, about=[draft.id]))
    plan = plan_of(who.plan_id)
    photos = brought(session, typed.get("photo", ()), who) if sheet is Sheet.CONSENT else ()
    if sheet is Sheet.DEED:
        plan = offering(session, plan, who.unit_id, today())
    shown = with_assumed(typed, plan, movement=last_movement(session, who) if sheet is Sheet.DEED else "")
    return render(
        request,
        f"nomination/sheet_{sheet.name.lower()}.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        form=form_view(draft.id, plan, who, sheet=sheet, typed=shown, photos=photos),
        errors=sentences(faults or {}),
        then="check" if request.query_params.get("then") == "check" else "",
    )

"""/de-cu/{id}/minh-chung: files that bear a dossier out. What is given out was made by us, never what was brought."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import FileResponse, RedirectResponse, Response

from services.nomination.adapters.evidence_store import path_of, preview_of
from services.nomination.adapters.remaking import remade_evidence
from services.nomination.commands.evidence import bring, take_away
from services.nomination.models import Nomination
from services.nomination.pages.posted import Nominating, Opened, Reading
from services.nomination.pages.receipt import note_look
from services.nomination.queries.evidence import evidence_in
from services.nomination.queries.nominations import visible
from services.nomination.rules.fault import Fault
from services.nomination.schemas.evidence import evidence_view
from services.nomination.schemas.refusals import sentences
from shared.access.principal import Principal
from shared.access.rights import Action, may_at_all
from shared.audit.looks import taken_out
from shared.audit.note import note
from shared.bus.record import act_as
from shared.errors import NotFound, Refused
from shared.evidence.evidence import Evidence, NotTaken
from shared.evidence.kinds import KEPT_AS, Kind
from shared.web.pages import render

router = APIRouter(prefix="/de-cu/{nomination_id:uuid}/minh-chung")
#: Whatever a browser makes of a file, it may not run, frame or reach anything.
SAFE = {"x-content-type-options": "nosniff", "content-security-policy": "sandbox; default-src 'none'"}


@router.get("")
def show(request: Request, nomination_id: UUID, who: Reading, session: Opened) -> Response:
    return evidence_page(request, session, who, visible(session, who, nomination_id))


async def chosen_file(request: Request) -> tuple[str, bytes]:
    """(name, bytes) of the first file of the form; ("", b"") where none was chosen."""
    async with request.form(max_files=3, max_fields=20) as form:
        for _box, value in form.multi_items():
            if not isinstance(value, str) and value.filename:
                return value.filename, await value.read()
    return "", b""


async def made_anew(chosen: Annotated[tuple[str, bytes], Depends(chosen_file)]) -> Evidence | NotTaken:
    """The file that was chosen, made anew before a session is opened; or why it is not taken."""
    name, upload = chosen
    try:
        return await remade_evidence(upload, name)
    except NotTaken as refused:
        return refused


@router.post("")
def add(
    request: Request,
    nomination_id: UUID,
    who: Nominating,
    made: Annotated[Evidence | NotTaken, Depends(made_anew)],
    session: Opened,
) -> Response:
    """Keep the file as it was made anew; what is wrong with it stands by the box."""
    act_as(session, who.person_id, request.state.traceparent)
    nomination = visible(session, who, nomination_id)
    try:
        bring(session, who, nomination_id, taken(made))
    except (NotTaken, Refused) as refused:
        errors = sentences({"file": Fault(refused.key, refused.details)})
        return evidence_page(request, session, who, nomination, errors=errors)
    return RedirectResponse(f"/de-cu/{nomination_id}/minh-chung", HTTPStatus.SEE_OTHER)


def taken(made: Evidence | NotTaken) -> Evidence:
    """What was made anew. Raises NotTaken."""
    if isinstance(made, NotTaken):
        raise made
    return made


@router.post("/{evidence_id:uuid}/bo")
def remove(nomination_id: UUID, evidence_id: UUID, who: Nominating, session: Opened) -> Response:
    take_away(session, who, nomination_id, evidence_id)
    return RedirectResponse(f"/de-cu/{nomination_id}/minh-chung", HTTPStatus.SEE_OTHER)


@router.get("/{evidence_id:uuid}")
def give_out(nomination_id: UUID, evidence_id: UUID, who: Reading, session: Opened) -> Response:
    """The file that we made, to be kept on the reader's device."""
    nomination = visible(session, who, nomination_id)
    row = evidence_in(session, nomination.id, evidence_id)
    media_type, ending = KEPT_AS[Kind(row.kind)]
    path = path_of(row.sha256, Kind(row.kind))
    if not path.is_file():
        raise NotFound("thing.unknown")
    note(session, taken_out(who, "evidence", row.id, code=nomination.code or "", about=[nomination.id]))
    name = f"{row.name.rpartition('.')[0] or row.name}.{ending}"
    headers = SAFE | {
        "content-disposition": f"attachment; filename=\"minh-chung.{ending}\"; filename*=UTF-8''{quote(name)}"
    }
    return FileResponse(path, media_type=media_type, headers=headers | {"cache-control": "private, no-store"})


@router.get("/{evidence_id:uuid}/xem.webp")
def preview(nomination_id: UUID, evidence_id: UUID, who: Reading, session: Opened) -> Response:
    """A small picture of the first page."""
    nomination = visible(session, who, nomination_id)
    row = evidence_in(session, nomination.id, evidence_id)
    path = preview_of(row.sha256)
    if not row.has_preview or not path.is_file():
        raise NotFound("thing.unknown")
    note_look(session, who, nomination)
    return FileResponse(path, media_type="image/webp", headers=SAFE | {"cache-control": "private, max-age=3600"})


def evidence_page(
    request: Request,
    session: Session,
    who: Principal,
    nomination: Nomination,
    *,
    errors: dict[str, str] | None = None,
) -> Response:
    note_look(session, who, nomination)
    return render(
        request,
        "nomination/evidence.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        view=evidence_view(session, nomination, may_bring=may_at_all(who.role, Action.NOMINATE)),
        errors=errors or {},
    )

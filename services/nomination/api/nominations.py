"""Nominations for programs: organisations' own systems, and the clerk's."""

from functools import partial
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from sqlmodel import Session
from starlette.responses import Response

from services.nomination.adapters.remaking import remade_photo
from services.nomination.adapters.writer import writer
from services.nomination.commands.filing import filing
from services.nomination.commands.intake import Intake, Receipt, Sent, first_receipt, hand_in
from services.nomination.commands.photos import KeptPhoto, keep_photo
from services.nomination.commands.supplement import resubmit
from services.nomination.commands.withdrawal import withdraw
from services.nomination.models import Nomination
from services.nomination.queries.nominations import happenings, visible
from services.nomination.rules.dossier import faults_of, require_open
from services.nomination.rules.fault import Fault, Incomplete
from services.nomination.rules.sources import nominating_unit
from services.nomination.rules.stages import Stage
from services.nomination.schemas.api import (
    AdditionIn,
    HappeningOut,
    NominationIn,
    NominationOut,
    PhotoOut,
    ReceiptOut,
    WithdrawalIn,
    links_of,
    parsed,
    placed,
    unknown_choices,
)
from services.nomination.schemas.refusals import sentences
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.access.session import session_of
from shared.access.sight import EVERYTHING, Sight, sight_of
from shared.audit.looks import opened
from shared.audit.note import note
from shared.bus.record import act_as
from shared.clock import today
from shared.errors import Invalid, NotFound, Refused
from shared.idempotency import LONGEST_KEY, body_hash, checked_key
from shared.ids import new_id
from shared.photos.photo import NotAPhoto
from shared.plan.shelf import plan_of, shelf
from shared.web.described import body_of, problems

router = APIRouter(prefix="/api/v1", responses=problems())
Opened = Annotated[Session, Depends(session_of("nomination"), scope="function")]
Nominating = Annotated[Principal, may(Action.NOMINATE)]
Reading = Annotated[Principal, may(Action.READ_DOSSIER)]
TakingBack = Annotated[Principal, may(Action.WITHDRAW_NOMINATION)]


NOT_FOUND = problems(HTTPStatus.NOT_FOUND)
TOO_LARGE = problems(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Of your own making, a fresh one for each nomination. Sent again with the same body, it is answered "
    "as the first time.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[ -~]+$"},
    "example": "0199c1d2-7f7a-7c31-9a53-5a0c7d6f1b11",
}
PHOTO = {"schema": {"type": "string", "format": "binary"}}
PHOTO_BODY = {
    "requestBody": {
        "required": True,
        "content": dict.fromkeys(("image/jpeg", "image/png", "image/webp"), PHOTO),
    }
}


@router.post(
    "/nominations",
    status_code=HTTPStatus.CREATED,
    responses=TOO_LARGE,
    response_model=ReceiptOut,
    openapi_extra=body_of(NominationIn) | {"parameters": [KEY_HEADER]},
)
async def submit(request: Request, who: Nominating) -> Response:
    """Hand a complete dossier to the commune. Needs an Idempotency-Key; sent again, it gets the same answer."""
    key = checked_key(request.headers.get("idempotency-key"))
    body = await request.body()
    sent = Sent(who.person_id, key, body_hash(body))
    try:
        receipt = await handed_in(who, body, sent, traceparent=request.state.traceparent)
    except (Invalid, Refused, RequestValidationError):
        known = await writer.run(
            partial(first_receipt, sent=sent), seen_in(who, Action.NOMINATE)
        )  # under a plan that has ended since
        if known is None:
            raise
        receipt = known
    return receipt_response(receipt)


async def handed_in(who: Principal, body: bytes, sent: Sent, *, traceparent: str | None) -> Receipt:
    """The receipt of a fresh dossier, or of the one that this key brought before."""
    intake = checked_intake(who, body, sent, traceparent=traceparent)
    try:
        pending = await writer.run(partial(hand_in, intake=intake), sight_for(intake))
    except Incomplete as incomplete:
        raise Invalid(sentences(incomplete.missing)) from incomplete
    receipt = pending.receipt or await writer.run(partial(first_receipt, sent=sent), seen_in(who, Action.NOMINATE))
    assert receipt is not None  # noqa: S101 -- its claim lost against an earlier one, so there is one
    return receipt


def seen_in(who: Principal, action: Action) -> Sight:
    """The sight of a command that the writer carries out for the asker."""
    return sight_of(who, action, shelf().values())


def sight_for(intake: Intake) -> Sight:
    """Handing in asks the database for the photo only: without one, the asker's sight would cost a trip for nothing."""
    return seen_in(intake.who, Action.NOMINATE) if intake.filing.dossier.photo else EVERYTHING


def checked_intake(who: Principal, body: bytes, sent: Sent, *, traceparent: str | None) -> Intake:
    """The request as something that can be filed. Raises Invalid, Refused("nomination.closed")."""
    plan, day = plan_of(who.plan_id), today()
    try:
        asked = parsed(NominationIn, body)
    except RequestValidationError as wrong:  # say what the plan does not have in the same answer
        raise RequestValidationError([*wrong.errors(), *unknown_choices(body, plan)]) from wrong
    require_open(plan, day)
    dossier = asked.dossier()
    faults = faults_of(dossier, plan, day)
    unit = nominating_unit(plan, who, asked.unit)
    if isinstance(unit, Fault):
        faults["unit"] = unit
        raise Invalid(sentences(placed(faults)))
    if faults:
        raise Invalid(sentences(placed(faults)))
    filed = filing(nomination_id=new_id(), plan=plan, unit=unit, dossier=dossier, today=day)
    return Intake(filing=filed, who=who, sent=sent, traceparent=traceparent)


def receipt_response(receipt: Receipt) -> Response:
    out = ReceiptOut(
        id=receipt.nomination_id,
        code=receipt.code,
        answer_by=receipt.answer_by,
        links=links_of(receipt.nomination_id, receipt.code),
    )
    return Response(
        out.model_dump_json(),
        HTTPStatus.CREATED,
        {"location": out.links.self},
        media_type="application/json",
    )


@router.get("/nominations/{nomination_id}", responses=NOT_FOUND)
def show(nomination_id: UUID, who: Reading, session: Opened) -> NominationOut:
    """A nomination with its timeline. Other units' are not found."""
    return shown(session, who, sent_one(session, who, nomination_id))


@router.post("/nominations/{nomination_id}/withdraw", openapi_extra=body_of(WithdrawalIn), responses=NOT_FOUND)
async def take_back(nomination_id: UUID, request: Request, who: TakingBack) -> NominationOut:
    """Take a nomination back, with the reason. Twice is once."""
    asked = parsed(WithdrawalIn, await request.body())

    def command(session: Session) -> NominationOut:
        act_as(session, who.person_id, request.state.traceparent)
        sent_one(session, who, nomination_id)
        return shown(session, who, withdraw(session, who, nomination_id, asked.reason))

    try:
        return await writer.run(command, seen_in(who, Action.WITHDRAW_NOMINATION))
    except Incomplete as incomplete:
        raise Invalid(sentences(incomplete.missing)) from incomplete


@router.post("/nominations/{nomination_id}/supplement", openapi_extra=body_of(AdditionIn), responses=NOT_FOUND)
async def supplement(nomination_id: UUID, request: Request, who: Nominating) -> NominationOut:
    """Give what the commune asked for. Twice is once."""
    asked = parsed(AdditionIn, await request.body())

    def command(session: Session) -> NominationOut:
        act_as(session, who.person_id, request.state.traceparent)
        sent_one(session, who, nomination_id)
        return shown(session, who, resubmit(session, who, nomination_id, addition=asked.addition, today=today()))

    try:
        return await writer.run(command, seen_in(who, Action.NOMINATE))
    except Incomplete as incomplete:
        raise Invalid(sentences(incomplete.missing)) from incomplete


def sent_one(session: Session, who: Principal, nomination_id: UUID) -> Nomination:
    """A nomination that was sent; the API knows no drafts."""
    nomination = visible(session, who, nomination_id)
    if nomination.stage == Stage.DRAFT:
        raise NotFound("thing.unknown")
    return nomination


def shown(session: Session, who: Principal, nomination: Nomination) -> NominationOut:
    assert nomination.code is not None  # noqa: S101 -- what was sent has these three
    assert nomination.submitted_on is not None  # noqa: S101
    assert nomination.answer_by is not None  # noqa: S101
    note(session, opened(who, "nomination", nomination.id, code=nomination.code, about=[nomination.id]))
    return NominationOut(
        id=nomination.id,
        code=nomination.code,
        stage=nomination.stage,
        unit=nomination.plan.unit_by_id(nomination.unit_id).key,
        source=nomination.source,
        nominee=nomination.name,
        headline=nomination.headline,
        submitted_on=nomination.submitted_on,
        answer_by=nomination.answer_by,
        happenings=[
            HappeningOut(kind=one.kind, at=one.happened_at.isoformat(), detail=one.detail, address=one.address)
            for one in happenings(session, nomination.id)
        ],
        links=links_of(nomination.id, nomination.code),
    )


@router.put("/photos", status_code=HTTPStatus.CREATED, openapi_extra=PHOTO_BODY, responses=TOO_LARGE)
async def bring_photo(request: Request, who: Nominating) -> PhotoOut:
    """Keep a photo (JPEG, PNG or WebP, at most 10 MB; the raw bytes, or a form with one file) for a nomination.

    One that no nomination names within 30 days is deleted.
    """
    upload = await uploaded(request)
    if not upload:
        raise Invalid(sentences({"photo": Fault("photo.missing")}))
    try:
        photo = await remade_photo(upload)
    except NotAPhoto as refused:
        raise Invalid({"photo": refused.key}) from refused
    sight = seen_in(who, Action.NOMINATE)
    kept: KeptPhoto = await writer.run(lambda session: keep_photo(session, who, photo), sight)
    links = {str(width): f"/anh/{kept.address}-{width}.webp" for width in kept.widths}
    return PhotoOut(photo=kept.address, width=kept.width, height=kept.height, links=links)


async def uploaded(request: Request) -> bytes:
    """The bytes of the one file in a form, or else the body itself."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form(max_files=1, max_fields=5) as form:
        for value in form.values():
            if not isinstance(value, str):
                return await value.read()
    return b""

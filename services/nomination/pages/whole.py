"""/de-cu/gui: a nomination written on a phone, whole, in one request. Sent again, it is the same nomination."""

import json
from functools import partial
from hashlib import sha256
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from services.nomination.adapters.remaking import remade_photo
from services.nomination.adapters.writer import writer
from services.nomination.commands.intake import Receipt, Sent, first_receipt
from services.nomination.commands.whole import checked, hand_in_whole
from services.nomination.pages.posted import Form, Nominating, Posted
from services.nomination.rules.fault import Incomplete
from services.nomination.rules.typed import whole
from services.nomination.schemas.refusals import sentences
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.access.sight import sight_of
from shared.clock import today
from shared.errors import Invalid, SignInNeeded
from shared.idempotency import body_hash, checked_key
from shared.photos.photo import NotAPhoto, Photo
from shared.plan.shelf import plan_of, shelf

router = APIRouter()


@router.post("/de-cu/gui", status_code=HTTPStatus.CREATED)
async def send(request: Request, who: Nominating, form: Form) -> Response:
    """The receipt as {code, href}. Needs an Idempotency-Key, which the phone makes; `person` says who wrote it.

    Somebody else's on a shared phone is answered as if nobody were signed in: it waits for its writer.
    """
    key = checked_key(request.headers.get("idempotency-key"))
    if form.one("person") != str(who.person_id):
        raise SignInNeeded("nomination.other_person")
    sent = Sent(who.person_id, key, body_hash(content_of(form)))
    receipt = await known(who, sent) or await handed_in(who, form, sent, traceparent=request.state.traceparent)
    return JSONResponse({"code": receipt.code, "href": f"/de-cu/{receipt.nomination_id}"}, HTTPStatus.CREATED)


def content_of(form: Posted) -> bytes:
    """What was sent, the same however a browser divides it into parts."""
    photos = [sha256(upload).hexdigest() for upload in form.uploads]
    return json.dumps([sorted(form.typed.items()), photos], ensure_ascii=False).encode("utf-8", "surrogatepass")


async def known(who: Principal, sent: Sent) -> Receipt | None:
    """What this key brought before."""
    sight = sight_of(who, Action.NOMINATE, shelf().values())
    return await writer.run(partial(first_receipt, sent=sent), sight)


async def handed_in(who: Principal, form: Posted, sent: Sent, *, traceparent: str | None) -> Receipt:
    """The receipt of a fresh one. Raises Invalid with what is wrong, box by box, and Refused."""
    try:
        ready = checked(plan_of(who.plan_id), who, whole(form.typed), today(), photo_count=len(form.uploads))
        photos = await remade_all(form.uploads)
        command = partial(hand_in_whole, who=who, whole=ready, photos=photos, sent=sent, traceparent=traceparent)
        pending = await writer.run(command, sight_of(who, Action.NOMINATE, shelf().values()))
    except Incomplete as incomplete:
        raise Invalid(sentences(incomplete.missing)) from incomplete
    receipt = pending.receipt or await known(who, sent)
    assert receipt is not None  # noqa: S101 -- its claim lost against an earlier one, so there is one
    return receipt


async def remade_all(uploads: tuple[bytes, ...]) -> list[Photo]:
    """Each photo made anew, one after the other: together they would take the pages' processors."""
    try:
        return [await remade_photo(upload) for upload in uploads]
    except NotAPhoto as refused:
        raise Invalid({"photo": refused.key}) from refused

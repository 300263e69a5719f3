"""/de-cu/{id}/dong-y: who has to agree, what they said; asking by link, recording what was said on paper."""

from base64 import b64encode
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import FileResponse, RedirectResponse, Response

from services.nomination.adapters.evidence_store import path_of
from services.nomination.commands.answering import record_answer
from services.nomination.commands.asking import Asked, add_party, make_link
from services.nomination.commands.keeping import Known
from services.nomination.commands.taking_back import record_taking_back
from services.nomination.models import Nomination
from services.nomination.pages.answered import taken_back_in, typed_and_scan, word_in
from services.nomination.pages.evidence import SAFE, taken
from services.nomination.pages.posted import Form, Opened, Posted, Reading
from services.nomination.pages.receipt import note_look, sent_one
from services.nomination.queries.consents import parties_of, party_in, scanned_word, words_of
from services.nomination.rules.consent import Proof
from services.nomination.rules.fault import Fault, Faults, Incomplete
from services.nomination.schemas.consents import AskedView, capacity_words, consent_view
from services.nomination.schemas.refusals import sentences
from services.nomination.schemas.views import PROOFS
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action, may_at_all
from shared.audit.looks import taken_out
from shared.audit.note import note
from shared.bus.record import act_as
from shared.clock import today
from shared.documents.qr import qr_svg
from shared.errors import NotFound, Refused
from shared.evidence.evidence import Evidence, NotTaken
from shared.evidence.kinds import KEPT_AS, Kind
from shared.settings import settings
from shared.web.i18n import current_language
from shared.web.pages import render
from shared.web.parts import Choice

router = APIRouter(prefix="/de-cu/{nomination_id:uuid}/dong-y")
Asking = Annotated[Principal, may(Action.ASK_CONSENT)]
TAKE_BACK = "nomination/consent_take_back.html"
WithScan = Annotated[tuple[Posted, Evidence | NotTaken | None], Depends(typed_and_scan)]


@router.get("")
def show(request: Request, nomination_id: UUID, who: Reading, session: Opened) -> Response:
    return consent_page(request, session, who, sent_one(session, who, nomination_id))


@router.post("")
def add(request: Request, nomination_id: UUID, who: Asking, form: Form, session: Opened) -> Response:
    """One more person who has to agree."""
    act_as(session, who.person_id, request.state.traceparent)
    asked = Asked(form.one("name"), form.one("capacity"), form.one("relation"))
    try:
        add_party(session, who, nomination_id, asked)
    except (Incomplete, Refused) as refused:
        nomination = sent_one(session, who, nomination_id)
        return consent_page(request, session, who, nomination, asked=asked, errors=sentences(faults_of(refused)))
    return RedirectResponse(f"/de-cu/{nomination_id}/dong-y", HTTPStatus.SEE_OTHER)


def faults_of(refused: Incomplete | Refused | NotTaken, box: str = "name") -> Faults:
    return refused.missing if isinstance(refused, Incomplete) else {box: Fault(refused.key, refused.details)}


@router.post("/{party_id:uuid}/lien-ket")
def ask(request: Request, nomination_id: UUID, party_id: UUID, who: Asking, session: Opened) -> Response:
    """A fresh link, shown once: to send, to scan, to print."""
    act_as(session, who.person_id, request.state.traceparent)
    made = make_link(session, who, nomination_id, party_id, today=today())
    nomination = sent_one(session, who, nomination_id)
    note_look(session, who, nomination)
    address = f"{settings().public_url}/dong-y/{made.secret}"
    return render(
        request,
        "nomination/consent_made.html",
        asked=asked_view(nomination, session, party_id),
        address=address,
        paper=f"/dong-y/{made.secret}/phieu.pdf",
        expires_on=made.expires_on,
        picture=f"data:image/svg+xml;base64,{b64encode(qr_svg(address)).decode()}",
    )


@router.get("/{party_id:uuid}/ghi")
def ask_what_was_said(request: Request, nomination_id: UUID, party_id: UUID, who: Asking, session: Opened) -> Response:
    return record_page(request, session, who, nomination_id, party_id, Posted({}))


@router.post("/{party_id:uuid}/ghi")
def record_what_was_said(
    request: Request,
    nomination_id: UUID,
    party_id: UUID,
    who: Asking,
    sent: WithScan,
    session: Opened,
) -> Response:
    """Keep it with its proof; the scan is made anew first, and is never public."""
    act_as(session, who.person_id, request.state.traceparent)
    sent_one(session, who, nomination_id)
    form, scan = sent
    try:
        word, known = word_in(form), known_by(form, who, taken(scan) if scan else None)
        record_answer(session, who, nomination_id, party_id, word, known, today=today())
    except (Incomplete, NotTaken) as refused:
        errors = sentences(faults_of(refused, box="file"))
        return record_page(request, session, who, nomination_id, party_id, form, errors=errors)
    return RedirectResponse(f"/de-cu/{nomination_id}/dong-y", HTTPStatus.SEE_OTHER)


@router.get("/{party_id:uuid}/rut")
def ask_what_ends(request: Request, nomination_id: UUID, party_id: UUID, who: Asking, session: Opened) -> Response:
    return record_page(request, session, who, nomination_id, party_id, Posted({}), page=TAKE_BACK)


@router.post("/{party_id:uuid}/rut")
def record_what_ends(
    request: Request, nomination_id: UUID, party_id: UUID, who: Asking, sent: WithScan, session: Opened
) -> Response:
    """Keep what somebody wants no longer; it ends at once, and the clocks run."""
    act_as(session, who.person_id, request.state.traceparent)
    sent_one(session, who, nomination_id)
    form, scan = sent
    try:
        known = known_by(form, who, taken(scan) if scan else None)
        record_taking_back(session, who, nomination_id, party_id, taken_back_in(form), known, today=today())
    except (Incomplete, NotTaken) as refused:
        errors = sentences(faults_of(refused, box="file"))
        return record_page(request, session, who, nomination_id, party_id, form, page=TAKE_BACK, errors=errors)
    return RedirectResponse(f"/de-cu/{nomination_id}/dong-y", HTTPStatus.SEE_OTHER)


def known_by(form: Posted, who: Principal, scan: Evidence | None) -> Known:
    """How the officer knows of an answer. Raises Incomplete."""
    if form.one("proof") not in set(Proof):
        raise Incomplete({"proof": Fault("consent.proof_missing")})
    return Known("officer", Proof(form.one("proof")), who, scan)


@router.get("/{party_id:uuid}/ban-quet/{number}")
def scan(nomination_id: UUID, party_id: UUID, number: int, who: Reading, session: Opened) -> Response:
    """The paper that somebody signed, as we made it anew."""
    nomination = sent_one(session, who, nomination_id)
    word = scanned_word(session, nomination.id, party_id, number)
    media_type, ending = KEPT_AS[Kind(word.scan_kind)]
    path = path_of(word.scan, Kind(word.scan_kind))
    if not path.is_file():
        raise NotFound("thing.unknown")
    note(session, taken_out(who, "evidence", party_id, code=nomination.code or "", about=[nomination.id]))
    disposition = {"content-disposition": f'attachment; filename="dong-y-{number}.{ending}"'}
    return FileResponse(
        path, media_type=media_type, headers=SAFE | disposition | {"cache-control": "private, no-store"}
    )


def consent_page(
    request: Request,
    session: Session,
    who: Principal,
    nomination: Nomination,
    *,
    asked: Asked | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    note_look(session, who, nomination)
    return render(
        request,
        "nomination/consent.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        view=consent_view(
            nomination,
            parties_of(session, nomination.id),
            words_of(session, nomination.id),
            may_ask=may_at_all(who.role, Action.ASK_CONSENT),
        ),
        asked=asked or Asked("", ""),
        errors=errors or {},
    )


def record_page(
    request: Request,
    session: Session,
    who: Principal,
    nomination_id: UUID,
    party_id: UUID,
    form: Posted,
    *,
    page: str = "nomination/consent_record.html",
    errors: dict[str, str] | None = None,
) -> Response:
    """The question as it is put on paper, to be filled in from it; what was typed stays."""
    nomination = sent_one(session, who, nomination_id)
    note_look(session, who, nomination)
    return render(
        request,
        page,
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        asked=asked_view(nomination, session, party_id),
        proofs=[Choice(key, str(label)) for key, label in PROOFS.items()],
        form=form,
        errors=errors or {},
    )


def asked_view(nomination: Nomination, session: Session, party_id: UUID) -> AskedView:
    party = party_in(session, nomination.id, party_id)
    return AskedView(party, nomination, nomination.plan.unit.name.to(current_language()), capacity_words(party))

"""/dong-y/{secret}: what somebody is asked, for whoever holds the link; nothing is ticked beforehand."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.nomination.commands.answering import answer_by_link
from services.nomination.commands.keeping import Known
from services.nomination.commands.taking_back import take_back
from services.nomination.pages.answered import taken_back_in, word_in
from services.nomination.pages.posted import Form, Opened, Posted
from services.nomination.queries.consents import OpenLink, opened_by
from services.nomination.queries.withdrawals import last_of_party
from services.nomination.rules.consent import Proof
from services.nomination.rules.fault import Incomplete
from services.nomination.rules.parties import State
from services.nomination.schemas.consent_paper import paper_of
from services.nomination.schemas.consents import AskedView, capacity_words
from services.nomination.schemas.refusals import REFUSALS, sentences
from shared.access.door import Visitor
from shared.access.sight import EVERYTHING
from shared.bus.record import act_as
from shared.clock import today
from shared.database import widened
from shared.documents.papers import consent_form
from shared.errors import NotFound
from shared.settings import settings
from shared.web.i18n import current_language
from shared.web.pages import render

router = APIRouter(prefix="/dong-y/{secret}")
Secret = Annotated[str, Path(max_length=100)]


@contextmanager
def by_secret(session: Session, secret: str) -> Iterator[OpenLink]:
    """What the link opens; it alone is in sight meanwhile. Raises NotFound."""
    with widened(session, EVERYTHING, why="whoever holds the link answers for themself"):
        yield opened_by(session, secret, today=today())


@router.get("")
def show(request: Request, secret: Secret, who: Visitor, session: Opened) -> Response:  # noqa: ARG001 -- the secret is the key
    """Nothing is used up by looking: phones and mail scanners look first."""
    try:
        with by_secret(session, secret) as found:
            return link_page(request, found, session, secret=secret)
    except NotFound as over:
        return over_page(request, over)


@router.post("")
def answer(request: Request, secret: Secret, who: Visitor, session: Opened, form: Form) -> Response:  # noqa: ARG001 -- as above
    """Keep the answer; a second press finds it kept."""
    act_as(session, None, request.state.traceparent)
    try:
        with by_secret(session, secret) as found:
            return kept(request, found, session, form, secret=secret)
    except NotFound as over:
        return over_page(request, over)


def kept(request: Request, found: OpenLink, session: Session, form: Posted, *, secret: str) -> Response:
    try:
        answer_by_link(session, found, word_in(form), is_me=bool(form.one("is_me")), today=today())
    except Incomplete as incomplete:
        return link_page(request, found, session, secret=secret, form=form, errors=sentences(incomplete.missing))
    session.flush()
    return RedirectResponse(f"/dong-y/{secret}", HTTPStatus.SEE_OTHER)


@router.post("/rut")
def take_it_back(request: Request, secret: Secret, who: Visitor, session: Opened, form: Form) -> Response:  # noqa: ARG001 -- as above
    """Let end what is ticked, or everything."""
    act_as(session, None, request.state.traceparent)
    try:
        with by_secret(session, secret) as found:
            return ended(request, found, session, form, secret=secret)
    except NotFound as over:
        return over_page(request, over)


def ended(request: Request, found: OpenLink, session: Session, form: Posted, *, secret: str) -> Response:
    if found.party.state == State.AGREED:
        try:
            take_back(
                session, found.nomination, found.party, taken_back_in(form), Known("link", Proof.DIGITAL), today=today()
            )
        except Incomplete as incomplete:
            return link_page(request, found, session, secret=secret, form=form, errors=sentences(incomplete.missing))
    return RedirectResponse(f"/dong-y/{secret}", HTTPStatus.SEE_OTHER)


@router.get("/phieu.pdf")
def paper(request: Request, secret: Secret, who: Visitor, session: Opened) -> Response:  # noqa: ARG001 -- as above
    """The same question on A4, to be signed with a pen."""
    try:
        with by_secret(session, secret) as found:
            pdf = consent_form(paper_of(view_of(found), url=f"{settings().public_url}/dong-y/{secret}", on=today()))
    except NotFound as over:
        return over_page(request, over)
    headers = {"content-disposition": f'inline; filename="dong-y-{found.nomination.code}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers | {"cache-control": "no-store"})


def view_of(found: OpenLink) -> AskedView:
    return AskedView(
        party=found.party,
        nomination=found.nomination,
        commune=found.nomination.plan.unit.name.to(current_language()),
        capacity=capacity_words(found.party),
        expires_on=found.link.expires_on,
    )


def link_page(
    request: Request,
    found: OpenLink,
    session: Session,
    *,
    secret: str,
    form: Posted | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    """The question, or what was answered and how it can be taken back."""
    taken_back = last_of_party(session, found.party.id, found.nomination.id)
    return render(
        request,
        "nomination/consent_answered.html" if found.link.answered_at else "nomination/consent_asked.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        asked=view_of(found),
        paper=f"/dong-y/{secret}/phieu.pdf",
        here=f"/dong-y/{secret}/rut",
        taken_back=taken_back,
        form=form or Posted({}),
        errors=errors or {},
    )


def over_page(request: Request, over: NotFound) -> Response:
    """The link was never made, is too old, or was replaced: alike for all."""
    said = str(REFUSALS[over.key])
    return render(request, "nomination/consent_over.html", status_code=HTTPStatus.NOT_FOUND, said=said)

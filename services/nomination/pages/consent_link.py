"""/dong-y/{secret}: what somebody is asked, for whoever holds the link; nothing is ticked beforehand."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.nomination.commands.answering import answer_by_link
from services.nomination.commands.taking_back import take_back_oneself
from services.nomination.pages.answered import taken_back_in, word_in
from services.nomination.pages.posted import Form, Opened, Posted
from services.nomination.queries.consents import OpenLink, opened_by
from services.nomination.queries.withdrawals import last_of_party
from services.nomination.rules.fault import Incomplete
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


def through(request: Request, session: Session, secret: str, then: Callable[[OpenLink], Response]) -> Response:
    """What the link leads to, which alone is in sight meanwhile; a page that says so when it is over."""
    try:
        with widened(session, EVERYTHING, why="whoever holds the link answers for themself"):
            return then(opened_by(session, secret, today=today()))
    except NotFound as over:
        return over_page(request, over)


@router.get("")
def show(request: Request, secret: Secret, who: Visitor, session: Opened) -> Response:  # noqa: ARG001 -- the secret is the key
    """Nothing is used up by looking: phones and mail scanners look first."""
    return through(request, session, secret, lambda found: link_page(request, found, session, secret=secret))


@router.post("")
def answer(request: Request, secret: Secret, who: Visitor, form: Form, session: Opened) -> Response:  # noqa: ARG001 -- as above
    """Keep the answer; a second press finds it kept."""

    def keep(found: OpenLink) -> None:
        answer_by_link(session, found, word_in(form), is_me=bool(form.one("is_me")), today=today())

    return done(request, session, secret, form, keep)


@router.post("/rut")
def take_it_back(request: Request, secret: Secret, who: Visitor, form: Form, session: Opened) -> Response:  # noqa: ARG001 -- as above
    """Let end what is ticked, or everything."""

    def end(found: OpenLink) -> None:
        take_back_oneself(session, found.nomination, found.party, taken_back_in(form), way="link", today=today())

    return done(request, session, secret, form, end)


def done(request: Request, session: Session, secret: str, form: Posted, do: Callable[[OpenLink], None]) -> Response:
    """Do it and show what holds now; what was ticked stays on the page, whatever was wrong."""
    act_as(session, None, request.state.traceparent)

    def kept(found: OpenLink) -> Response:
        try:
            do(found)
        except Incomplete as incomplete:
            return link_page(request, found, session, secret=secret, form=form, errors=sentences(incomplete.missing))
        session.flush()
        return RedirectResponse(f"/dong-y/{secret}", HTTPStatus.SEE_OTHER)

    return through(request, session, secret, kept)


@router.get("/phieu.pdf")
def paper(request: Request, secret: Secret, who: Visitor, session: Opened) -> Response:  # noqa: ARG001 -- as above
    """The same question on A4, to be signed with a pen."""

    def printed(found: OpenLink) -> Response:
        pdf = consent_form(paper_of(view_of(found), url=f"{settings().public_url}/dong-y/{secret}", on=today()))
        headers = {"content-disposition": f'inline; filename="dong-y-{found.nomination.code}.pdf"'}
        return Response(pdf, media_type="application/pdf", headers=headers | {"cache-control": "no-store"})

    return through(request, session, secret, printed)


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

"""/de-cu/rut-dong-y: what the commune owes to whoever took a consent back, the nearest day first."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.nomination.commands.owed import answer, extend, tell_third_parties
from services.nomination.pages.posted import Form, Opened, Posted
from services.nomination.queries.withdrawals import PER_PAGE, Place, open_withdrawals, withdrawal_for
from services.nomination.rules.fault import Fault, Incomplete
from services.nomination.schemas.refusals import sentences
from services.nomination.schemas.withdrawals import line_of, withdrawal_view
from services.nomination.schemas.worklist import place_typed
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.audit.looks import listed, opened
from shared.audit.note import note
from shared.bus.record import act_as
from shared.clock import today
from shared.errors import Refused
from shared.web.pages import render

router = APIRouter(prefix="/de-cu/rut-dong-y")
Answering = Annotated[Principal, may(Action.ANSWER_WITHDRAWAL)]
LONGEST_DAYS = 4  # characters


@router.get("")
def worklist(request: Request, who: Answering, session: Opened, sau: str = "") -> Response:
    """Everything that is still owed, page by page."""
    found = open_withdrawals(session, who, after=place_typed(sau))
    shown = found[:PER_PAGE]
    note(session, listed(who, "withdrawals", about=[nomination.id for _, nomination, _ in shown]))
    last: Place | None = None
    if len(found) > PER_PAGE and (due := shown[-1][0].next_due):
        last = (due, shown[-1][0].id)
    return render(
        request,
        "nomination/withdrawals.html",
        lines=[line_of(*line) for line in shown],
        next_href=f"/de-cu/rut-dong-y?sau={last[0]}_{last[1]}" if last else "",
    )


@router.get("/{withdrawal_id:uuid}")
def show(request: Request, withdrawal_id: UUID, who: Answering, session: Opened) -> Response:
    return withdrawal_page(request, session, who, withdrawal_id, Posted({}))


@router.post("/{withdrawal_id:uuid}/tra-loi")
def keep_answer(request: Request, withdrawal_id: UUID, who: Answering, form: Form, session: Opened) -> Response:
    """What the commune told the person, by whatever way."""
    said = form.one("answer")
    return kept(
        request, session, who, withdrawal_id, form, lambda: answer(session, who, withdrawal_id, said, today=today())
    )


@router.post("/{withdrawal_id:uuid}/ben-thu-ba")
def keep_third_parties(request: Request, withdrawal_id: UUID, who: Answering, form: Form, session: Opened) -> Response:
    """Whom the commune told to stop."""
    said = form.one("note")
    return kept(
        request, session, who, withdrawal_id, form,
        lambda: tell_third_parties(session, who, withdrawal_id, said, today=today()),
    )  # fmt: skip


@router.post("/{withdrawal_id:uuid}/gia-han")
def keep_extension(request: Request, withdrawal_id: UUID, who: Answering, form: Form, session: Opened) -> Response:
    """Once, by at most fifteen days, with the reason."""
    typed = form.one("days").strip()[:LONGEST_DAYS]
    days = int(typed) if typed.isascii() and typed.isdigit() else None
    reason = form.one("reason")
    return kept(
        request, session, who, withdrawal_id, form,
        lambda: extend(session, who, withdrawal_id, days=days, reason=reason, today=today()),
    )  # fmt: skip


def kept(
    request: Request,
    session: Session,
    who: Principal,
    withdrawal_id: UUID,
    form: Posted,
    do: Callable[[], None],
) -> Response:
    """Do what is owed and show the request again; what was typed stays, whatever was wrong."""
    act_as(session, who.person_id, request.state.traceparent)
    try:
        do()
    except Incomplete as incomplete:
        return withdrawal_page(request, session, who, withdrawal_id, form, errors=sentences(incomplete.missing))
    except Refused as refused:
        errors = sentences({"days": Fault(refused.key, refused.details)})
        return withdrawal_page(request, session, who, withdrawal_id, form, errors=errors)
    return RedirectResponse(f"/de-cu/rut-dong-y/{withdrawal_id}", HTTPStatus.SEE_OTHER)


def withdrawal_page(
    request: Request,
    session: Session,
    who: Principal,
    withdrawal_id: UUID,
    form: Posted,
    *,
    errors: dict[str, str] | None = None,
) -> Response:
    withdrawal, nomination, party = withdrawal_for(session, who, withdrawal_id)
    note(session, opened(who, "nomination", nomination.id, code=nomination.code or "", about=[nomination.id]))
    return render(
        request,
        "nomination/withdrawal.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        view=withdrawal_view(withdrawal, nomination, party),
        form=form,
        errors=errors or {},
    )

"""The delivery ledger for people: what went to whom, and what a person has to decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from services.notify.commands.mailing import mail_again
from services.notify.models import MailState, Message
from services.notify.pages import words
from services.notify.pages.inbox import page_number
from services.notify.queries import sent
from services.notify.queries.sent import View
from services.notify.settings import SERVICE
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.access.session import session_of
from shared.audit.looks import listed, opened
from shared.audit.note import note
from shared.bus.record import act_as
from shared.plan import Plan, UnknownInPlan
from shared.plan.shelf import plan_of
from shared.web.i18n import current_language, gettext
from shared.web.pages import render
from shared.web.parts import Tone

router = APIRouter()
Watcher = Annotated[Principal, may(Action.READ_LETTERS_SENT)]
Sender = Annotated[Principal, may(Action.SEND_LETTER_AGAIN)]
SessionDep = Annotated[Session, Depends(session_of(SERVICE), scope="function")]

LEDGER = "/thong-bao/so-gui"
PAGE_LENGTH = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One message in the ledger, in words."""

    message: Message
    href: str
    name: str
    circles: str
    inbox_tone: Tone
    inbox: str
    mail_tone: Tone
    mail: str
    reason: str

    @property
    def is_stuck(self) -> bool:
        return self.message.mail_state in {MailState.FAILED, MailState.UNKNOWN}

    @property
    def is_unknown(self) -> bool:
        return self.message.mail_state == MailState.UNKNOWN


@router.get(LEDGER)
def show_ledger(request: Request, who: Watcher, session: SessionDep, loc: str = "", trang: str = "") -> HTMLResponse:
    """One page of the ledger, filtered."""
    view = View(loc) if loc in set(View) else View.ALL
    found = sent.counts(session, who)
    pages = max(1, -(-found[view] // PAGE_LENGTH))
    page = page_number(trang, pages)
    messages = sent.sent(session, who, view, offset=(page - 1) * PAGE_LENGTH, limit=PAGE_LENGTH)
    note(session, listed(who, "messages", about=concerned(*messages), filtered=view.value))
    plan = plan_of(who.plan_id)
    names = sent.names_of(session, plan.id, {message.person_id for message in messages})
    return render(
        request,
        "notify/ledger.html",
        stuck=found[View.STUCK],
        filters=[
            (str(label), f"{LEDGER}?loc={one.value}", one is view, found[one]) for one, label in words.VIEWS.items()
        ],
        lines=[line_of(message, plan, names) for message in messages],
        page=page,
        pages=pages,
        page_href=f"{LEDGER}?loc={view.value}&",
    )


@router.get(LEDGER + "/{message_id}")
def show_line(request: Request, who: Watcher, message_id: UUID, session: SessionDep) -> HTMLResponse:
    """One message with its fate on each channel."""
    message = sent.sent_message(session, who, message_id)
    note(session, opened(who, "message", message.id, about=concerned(message)))
    plan = plan_of(who.plan_id)
    names = sent.names_of(session, plan.id, {message.person_id})
    return render(request, "notify/ledger_line.html", line=line_of(message, plan, names), list_href=LEDGER)


@router.post(LEDGER + "/{message_id}/gui-lai")
def send_again(
    request: Request,
    who: Sender,
    message_id: UUID,
    session: SessionDep,
    chua_den: Annotated[str, Form(max_length=1)] = "",
) -> RedirectResponse:
    """Have the mail sent again; one whose fate is unknown only after asking the addressee."""
    act_as(session, who.person_id, request.state.traceparent)
    mail_again(session, who, message_id, not_arrived=chua_den == "1")
    return RedirectResponse(f"{LEDGER}/{message_id}", 303)


def concerned(*messages: Message) -> list[UUID]:
    """Those whose data messages hold: the nominee of each, and the addressee."""
    nominees = [message.nomination_id for message in messages if message.nomination_id]
    return [*nominees, *(message.person_id for message in messages)]


def line_of(message: Message, plan: Plan, names: Mapping[UUID, str]) -> Line:
    inbox_tone, inbox_words = inbox_state(message)
    mail_tone, mail_words = words.mail_words(message)
    return Line(
        message=message,
        href=f"{LEDGER}/{message.id}",
        name=names.get(message.person_id) or unit_name(message, plan),
        circles=words.circle_names(plan, message),
        inbox_tone=inbox_tone,
        inbox=inbox_words,
        mail_tone=mail_tone,
        mail=mail_words,
        reason=words.reason_words(message),
    )


def inbox_state(message: Message) -> tuple[Tone, str]:
    if message.is_mailbox:
        return "mute", gettext("Chỉ gửi thư")
    return ("ok", gettext("Đã đọc")) if message.read_at else ("info", gettext("Chưa đọc"))


def unit_name(message: Message, plan: Plan) -> str:
    """The unit whose mailbox it is; somebody who is not enrolled has no name here."""
    try:
        return plan.unit_by_id(message.person_id).name.to(current_language())
    except UnknownInPlan:
        return gettext("Người không còn trong danh sách")

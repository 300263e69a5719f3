"""A person's inbox: what is unread first, grouped by day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from textwrap import shorten
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from services.notify.commands.reading import MOST_AT_ONCE, acknowledge, acknowledge_all
from services.notify.models import Message
from services.notify.pages.words import circle_names, link_words
from services.notify.queries import inbox
from services.notify.settings import SERVICE
from shared.access.door import signed_in
from shared.access.principal import Principal
from shared.access.rights import Action, may_at_all
from shared.access.session import session_of
from shared.bus.record import act_as
from shared.clock import day_of
from shared.plan.shelf import plan_of
from shared.web.filters import clock_time
from shared.web.i18n import current_language, gettext
from shared.web.pages import render
from shared.web.parts import Task

router = APIRouter()
SignedIn = Annotated[Principal, signed_in()]
SessionDep = Annotated[Session, Depends(session_of(SERVICE), scope="function")]

INBOX = "/thong-bao"
PAGE_LENGTH = 20
LAST_PAGE = 10_000
PREVIEW = 110  # letters of a message that its line in the list shows


@dataclass(frozen=True, slots=True)
class Day:
    """Messages of one day, all read or all unread. `title` begins a half of the list, or is ""."""

    title: str
    day: date
    tasks: list[Task]


@router.get(INBOX)
def show_inbox(request: Request, who: SignedIn, session: SessionDep, trang: str = "", xong: str = "") -> HTMLResponse:
    """One page of the inbox."""
    unread, total = inbox.counts(session, who)
    pages = max(1, -(-total // PAGE_LENGTH))
    page = page_number(trang, pages)
    found = inbox.unread_first(session, who, unread=unread, offset=(page - 1) * PAGE_LENGTH, limit=PAGE_LENGTH)
    return render(
        request,
        "notify/inbox.html",
        unread=unread,
        total=total,
        days=list(by_day(found, who)),
        shown_unread=[message.id for message in found if message.read_at is None],
        page=page,
        pages=pages,
        done=xong == "1",
        may_watch=may_at_all(who.role, Action.READ_LETTERS_SENT),
    )


@router.get(INBOX + "/{message_id}")
def show_message(request: Request, who: SignedIn, message_id: UUID, session: SessionDep) -> HTMLResponse:
    """One message. Looking changes nothing: the reader says that it is read."""
    message = inbox.message_for(session, who, message_id)
    plan = plan_of(message.plan_id)
    return render(
        request,
        "notify/message.html",
        message=message,
        circles=circle_names(plan, message),
        commune=plan.unit.name.to(current_language()),
        link_label=link_words(message.link),
    )


@router.post(INBOX + "/{message_id}/da-doc")
def mark_read(
    request: Request,
    who: SignedIn,
    message_id: UUID,
    session: SessionDep,
    mo: Annotated[str, Form(max_length=1)] = "",
) -> RedirectResponse:
    """The reader has read it; with `mo`, they go on to what it is about."""
    act_as(session, who.person_id, request.state.traceparent)
    message = acknowledge(session, who, message_id)
    return RedirectResponse(message.link if mo else INBOX, 303)


@router.post(INBOX + "/da-doc")
def mark_all_read(
    request: Request,
    who: SignedIn,
    cuoi: Annotated[list[UUID], Form(max_length=MOST_AT_ONCE)],
    session: SessionDep,
) -> RedirectResponse:
    """All the messages that the reader saw when they pressed the button; what came since stays unread."""
    act_as(session, who.person_id, request.state.traceparent)
    acknowledge_all(session, who, cuoi)
    return RedirectResponse(f"{INBOX}?xong=1", 303)


def page_number(asked: str, pages: int) -> int:
    """The page asked for if it is a number, within the pages that there are."""
    return min(int(asked), pages) if asked.isdecimal() and 0 < int(asked[:6]) < LAST_PAGE else 1


def by_day(found: Sequence[Message], who: Principal) -> Iterator[Day]:
    """Groups in the order in which the messages come."""
    half: bool | None = None
    for (unread, day), group in groupby(found, key=lambda one: (one.read_at is None, day_of(one.created_at))):
        title = "" if unread is half else gettext("Chưa đọc") if unread else gettext("Đã đọc")
        half = unread
        yield Day(title, day, [task_of(message, who) for message in group])


def task_of(message: Message, who: Principal) -> Task:
    """One line of the list with the first words of the message; one from another commune says so."""
    time, begins = clock_time(message.created_at), shorten(message.body.partition("\n\n")[0], PREVIEW, placeholder=" …")
    detail = gettext("%(time)s – %(begins)s", time=time, begins=begins)
    if message.plan_id != who.plan_id:
        commune = plan_of(message.plan_id).unit.name.to(current_language())
        detail = gettext("%(time)s, %(commune)s – %(begins)s", time=time, commune=commune, begins=begins)
    unread = message.read_at is None
    return Task(
        message.subject,
        f"{INBOX}/{message.id}",
        gettext("Mới") if unread else gettext("Đã đọc"),
        "gold" if unread else "mute",
        detail,
    )

"""The audit trail for those who answer for it: searched, read in sentences, taken out as CSV. Reading it is in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import Response, StreamingResponse

from services.identity.queries.sought import people_called, sought
from services.identity.queries.trail import PER_PAGE, Line, Wanted, every, newest
from services.identity.schemas.trail_csv import csv_of
from services.identity.schemas.trail_words import ACTIONS, said
from shared.access import rights
from shared.access.door import may
from shared.access.principal import Principal, Role
from shared.access.session import session_of
from shared.audit.entry import Action
from shared.audit.keeping import keeping_on
from shared.audit.looks import commune_of, listed, taken_out
from shared.audit.note import note
from shared.audit.trail import TRAIL
from shared.clock import VIETNAM, now, today
from shared.database import engine_of
from shared.plan.shelf import shelf
from shared.seal.chain import standing
from shared.text.dates import NotADay, parsed_day
from shared.web.i18n import _
from shared.web.pages import render
from shared.web.parts import Choice
from shared.web.problems import sentence

TRAIL_PAGE = "/quan-tri/nhat-ky"
SHOWN_DIGITS = 12  # of a hash, as on the foot of every page
router = APIRouter(prefix=TRAIL_PAGE)
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]
Watching = Annotated[Principal, may(rights.Action.READ_RECORD)]
Words = Annotated[str, Query(max_length=200)]
Short = Annotated[str, Query(max_length=40)]


@dataclass(frozen=True, slots=True)
class Typed:
    """The search as it was typed."""

    ai: Words = ""
    ve: Words = ""
    viec: Short = ""
    tu: Short = ""
    den: Short = ""

    def address(self, path: str = "", **more: str) -> str:
        """The same search again, elsewhere or with more to it."""
        asked = {"ai": self.ai, "ve": self.ve, "viec": self.viec, "tu": self.tu, "den": self.den, **more}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{TRAIL_PAGE}{path}?{query}" if query else f"{TRAIL_PAGE}{path}"


Search = Annotated[Typed, Depends()]


@router.get("")
def trail(
    request: Request, who: Watching, typed: Search, session: Opened, sau: Short = "", muc: Short = ""
) -> Response:
    """One page of entries, newest first; `sau` and `muc` are the moment and the id of the last one before it."""
    errors = day_faults(request, typed)
    wanted = wanted_of(session, who, typed)
    lines = [] if errors else newest(session, wanted, before=place_of(sau, muc), limit=PER_PAGE + 1)
    shown, more = lines[:PER_PAGE], len(lines) > PER_PAGE
    note(session, listed(who, "trail", about=[], filtered=typed.viec, searched=bool(typed.ai or typed.ve)))
    return render(
        request,
        "identity/trail.html",
        status_code=422 if errors else 200,
        typed=typed,
        errors=errors,
        entries=[said(line) for line in shown],
        next_href=next_href(typed, shown[-1]) if more else "",
        csv_href=typed.address("/tai-ve.csv"),
        actions=[Choice("", _("Mọi việc")), *(Choice(action.value, str(words)) for action, words in ACTIONS.items())],
        chain=standing(session, TRAIL, commune_of(who.plan_id)),
        digits=SHOWN_DIGITS,
        years=keeping_on(today()).years,
        narrowed=any((typed.ai, typed.ve, typed.viec, typed.tu, typed.den)),
    )


@router.get("/tai-ve.csv")
def take_out(who: Watching, typed: Search, session: Opened) -> StreamingResponse:
    """All entries that the search finds, streamed. The note of it is committed before the first byte."""
    wanted = wanted_of(session, who, typed, until=now())
    note(session, taken_out(who, "trail", who.plan_id, about=[]))
    headers = {"content-disposition": 'attachment; filename="nhat-ky.csv"'}
    return StreamingResponse(rows_of(wanted), media_type="text/csv; charset=utf-8", headers=headers)


def rows_of(wanted: Wanted) -> Iterator[str]:
    return csv_of(every(engine_of("identity"), wanted))


def wanted_of(session: Session, who: Principal, typed: Typed, *, until: datetime | None = None) -> Wanted:
    """The entries that the search means. An administrator sees all, others their commune's."""
    plan_ids = tuple(shelf()) if who.role is Role.ADMIN else (who.plan_id,)
    last = day_or_none(typed.den)
    return Wanted(
        unit_id=None if who.role is Role.ADMIN else commune_of(who.plan_id),
        actors=people_called(session, clean(typed.ai), plan_ids=plan_ids) if clean(typed.ai) else None,
        about=sought(session, clean(typed.ve), plan_ids=plan_ids) if clean(typed.ve) else None,
        action=Action(typed.viec) if typed.viec in set(Action) else None,
        since=begins(day_or_none(typed.tu)),
        until=begins(last + timedelta(days=1)) if last else until,
    )


def clean(words: str) -> str:
    return words.replace("\0", " ").strip()


def begins(day: date | None) -> datetime | None:
    """The first moment of a day in Vietnam."""
    return datetime.combine(day, time(), VIETNAM) if day else None


def day_or_none(typed: str) -> date | None:
    try:
        return parsed_day(typed) if typed.strip() else None
    except NotADay:
        return None


def day_faults(request: Request, typed: Typed) -> dict[str, str]:
    """{box: what is wrong with its day}."""
    faults = {}
    for box, text in (("tu", typed.tu), ("den", typed.den)):
        try:
            if text.strip():
                parsed_day(text)
        except NotADay as fault:
            faults[box] = sentence(request, fault.key, **fault.details)
    return faults


def place_of(moment: str, entry_id: str) -> tuple[datetime, UUID] | None:
    """Where the page before ended; None at the beginning, also for an address that somebody bent."""
    try:
        at = datetime.fromisoformat(moment)
        return (at, UUID(entry_id)) if at.tzinfo else None
    except ValueError:
        return None


def next_href(typed: Typed, last: Line) -> str:
    return typed.address(sau=last.at.isoformat(), muc=str(last.id))

"""Take over a list of units (CSV): first what it would change, then all of it or nothing. For administrators only."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.identity.commands.unit_import import MOST_BYTES, examined, import_units
from services.identity.rules.unit_import import Examination
from services.identity.rules.unit_rows import COLUMNS, RowFault
from services.identity.schemas.unit_import import DIFFERENCE_WORDS
from shared.access import rights
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.session import session_of
from shared.audit.looks import actor_of
from shared.errors import Refused
from shared.web.i18n import _
from shared.web.pages import render
from shared.web.problems import sentence

PATH = "/don-vi/nhap"
router = APIRouter(prefix=PATH)
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]
Admin = Annotated[Principal, may(rights.Action.CHANGE_UNITS)]

MOST_SHOWN = 200  # rows of a kind on the page; the command line shows all


async def uploaded(request: Request) -> tuple[bytes, str]:
    """(the list: a chosen file, or the text that the dry run carries along; whether it was agreed to)."""
    async with request.form(max_files=1, max_fields=5, max_part_size=MOST_BYTES + 1) as form:
        file, text, agreed = form.get("tep"), form.get("danh-sach"), form.get("dong-y")
        table = (
            text.encode() if isinstance(text, str) else await file.read() if file and not isinstance(file, str) else b""
        )
        return table, str(agreed or "")


Uploaded = Annotated[tuple[bytes, str], Depends(uploaded)]


@router.get("")
def form(request: Request, who: Admin, xong: str = "") -> Response:  # noqa: ARG001 -- the door
    return show(request, done=_("Đã nhập danh sách.") if xong else "")


@router.post("")
def take(request: Request, who: Admin, sent: Uploaded, session: Opened) -> Response:
    table, agreed = sent
    if not table:
        return show(request, error=_("Hãy chọn một tệp CSV."))
    try:
        if agreed:
            import_units(session, table, by=actor_of(who))
            return RedirectResponse(f"{PATH}?xong=1", HTTPStatus.SEE_OTHER)
        found = examined(session, table)
    except Refused as refusal:
        return show(request, error=sentence(request, refusal.key, **refusal.details))
    return show(request, found=found, table=table)


def show(
    request: Request, *, found: Examination | None = None, table: bytes = b"", error: str = "", done: str = ""
) -> Response:
    changed = [outcome for outcome in found.outcomes if outcome.difference != "same"] if found else []
    return render(
        request,
        "identity/unit_import.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if error or (found and found.faults) else HTTPStatus.OK,
        action=PATH,
        columns=COLUMNS,
        errors={"tep": error} if error else {},
        done=done,
        found=found,
        counts=[(DIFFERENCE_WORDS[name], count) for name, count in found.counts.items()] if found else [],
        faults=[(fault.number, words_of(request, fault)) for fault in found.faults[:MOST_SHOWN]] if found else [],
        changed=[
            (outcome.number, outcome.name, DIFFERENCE_WORDS[outcome.difference], outcome.detail)
            for outcome in changed[:MOST_SHOWN]
        ],
        hidden_count=max(0, len(changed) - MOST_SHOWN) + max(0, len(found.faults) - MOST_SHOWN) if found else 0,
        table=table.decode("utf-8-sig") if found and not found.faults else "",
    )


def words_of(request: Request, fault: RowFault) -> str:
    return sentence(request, fault.key, **dict(fault.details))

"""/xet-duyet/danh-sach.csv and .xlsx: the list of cases for spreadsheets, streamed."""

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.responses import StreamingResponse

from services.review.pages.queue import LIST, LONGEST_SEARCH, Reviewer, SessionDep, first_view, shown
from services.review.queries.lists import Asked, View, about, every
from shared.access.rights import Action
from shared.access.sight import sight_of
from shared.audit.looks import all_taken_out
from shared.audit.note import note
from shared.clock import today
from shared.database import engine_of
from shared.plan.shelf import plan_of, shelf
from shared.web.filters import day
from shared.web.i18n import gettext
from shared.web.spreadsheet import Form, taken_as

router = APIRouter()


@router.get(f"{LIST}/danh-sach.{{form}}")
def take_out(form: Form, who: Reviewer, session: SessionDep, loc: str = "", q: str = "") -> StreamingResponse:
    """All cases of a view that the search finds. The note of it is committed before the first byte."""
    view = View(loc) if loc in set(View) else first_view(who)
    asked = Asked(who, plan_of(who.plan_id), today(), words=q[:LONGEST_SEARCH])
    note(session, *all_taken_out(who, "case_list", view.value, about=about(session, asked, view)))
    return taken_as(form, rows_of(asked, view), name=view.value)


def rows_of(asked: Asked, view: View) -> Iterator[list[object]]:
    """The heads, then a row for each case."""
    yield [
        gettext("Mã hồ sơ"),
        gettext("Người được đề cử"),
        gettext("Việc làm"),
        gettext("Đơn vị"),
        gettext("Ngày gửi"),
        gettext("Hạn trả lời"),
        gettext("Phiếu chấm"),
        gettext("Tình trạng"),
    ]
    sight = sight_of(asked.who, Action.READ_CASE, shelf().values())
    for found in every(engine_of("review"), sight, asked, view):
        row = shown(found, asked.plan, today=asked.today)
        yield [
            found.code,
            found.nominee_name,
            found.headline,
            row.unit,
            day(found.submitted_on),
            day(found.answer_by),
            found.sheets,
            row.status,
        ]

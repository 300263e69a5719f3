"""/de-cu/danh-sach.csv and .xlsx: the worklist for spreadsheets, streamed."""

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.responses import StreamingResponse

from services.nomination.pages.posted import Nominating, Opened
from services.nomination.queries.worklist import Asked, Group, every, ids
from services.nomination.schemas.views import unit_name
from services.nomination.schemas.worklist import stage_words
from shared.access.rights import Action
from shared.access.sight import sight_of
from shared.audit.looks import all_taken_out
from shared.audit.note import note
from shared.database import engine_of
from shared.plan.shelf import shelf
from shared.web.filters import day
from shared.web.i18n import _
from shared.web.spreadsheet import Form, taken_as

router = APIRouter()
LONGEST_SEARCH = 100


@router.get("/de-cu/danh-sach.{form}")
def take_out(form: Form, who: Nominating, session: Opened, nhom: str = "", q: str = "") -> StreamingResponse:
    """All of a group that the search finds. The note of it is committed before the first byte."""
    group = Group(nhom) if nhom in {Group.WAITING, Group.ANSWERED} else Group.WAITING
    asked = Asked(who, q[:LONGEST_SEARCH])
    note(session, *all_taken_out(who, "worklist", group.value, about=ids(session, asked, group)))
    return taken_as(form, rows_of(asked, group), name=group.value)


def rows_of(asked: Asked, group: Group) -> Iterator[list[object]]:
    """The heads, then a row for each nomination."""
    yield [
        _("Mã hồ sơ"),
        _("Người được đề cử"),
        _("Việc làm"),
        _("Đơn vị"),
        _("Ngày gửi"),
        _("Hạn trả lời"),
        _("Tình trạng"),
    ]
    sight = sight_of(asked.who, Action.NOMINATE, shelf().values())
    for nomination in every(engine_of("nomination"), sight, asked, group):
        yield [
            nomination.code or "",
            nomination.name,
            nomination.headline,
            unit_name(nomination.plan, nomination.unit_id),
            day(nomination.submitted_on),
            day(nomination.answer_by),
            stage_words(nomination),
        ]

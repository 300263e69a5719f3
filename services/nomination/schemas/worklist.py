"""The worklist as its page shows it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from services.nomination.models import Nomination
from services.nomination.queries.worklist import PER_PAGE, Group, Place, place_of
from services.nomination.rules.stages import Stage
from services.nomination.rules.typed import Sheet
from services.nomination.schemas.views import HELD, Line, line_of, tag_of
from shared.web.i18n import LazyText, lazy

GROUPS: Mapping[Group, LazyText] = {
    Group.NOW: lazy("Cần làm ngay"),
    Group.WAITING: lazy("Đang chờ trả lời"),
    Group.ANSWERED: lazy("Đã có trả lời"),
}
HERE = "/de-cu"
PLACE = re.compile(r"(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})")


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do now: go on with a draft, or give what was asked for by `due_on`."""

    line: Line
    href: str
    check_href: str  # "" for what was sent
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Worklist:
    todo: list[Todo]
    filters: list[tuple[str, str, bool, int | None]]
    lines: list[Line]
    next_href: str
    exports: tuple[str, str]  # CSV, XLSX
    group: Group
    total: int


def todo_of(nomination: Nomination, due_on: date | None) -> Todo:
    line = line_of(nomination)
    if nomination.stage == Stage.RETURNED:
        return Todo(line, f"{line.href}/bo-sung", "", due_on)
    return Todo(line, f"{line.href}/{Sheet.WHO.value}", f"{line.href}/kiem-tra", None)


def worklist_of(
    urgent: Sequence[tuple[Nomination, date | None]],
    found: Sequence[Nomination],
    counted: Mapping[Group, int],
    *,
    group: Group,
    words: str,
) -> Worklist:
    """`found` has one more than a page where there is a next one."""
    shown = found[:PER_PAGE]
    more = len(found) > PER_PAGE
    return Worklist(
        todo=[todo_of(*one) for one in urgent],
        filters=[
            (str(GROUPS[one]), address(one, words), one is group, counted[one])
            for one in (Group.WAITING, Group.ANSWERED)
        ],
        lines=[line_of(one) for one in shown],
        next_href=address(group, words, after=place_of(shown[-1], group)) if more else "",
        exports=(address(group, words, file="danh-sach.csv"), address(group, words, file="danh-sach.xlsx")),
        group=group,
        total=sum(counted.values()),
    )


def address(group: Group, words: str, *, after: Place | None = None, file: str = "") -> str:
    parts = {"nhom": group.value, "q": words, "sau": f"{after[0]}_{after[1]}" if after else ""}
    return f"{HERE}{'/' if file else ''}{file}?{urlencode({name: value for name, value in parts.items() if value})}"


def place_typed(raw: str) -> Place | None:
    """The place that an address names; None for what no page of ours has written."""
    found = PLACE.fullmatch(raw)
    try:
        return (date.fromisoformat(found[1]), UUID(found[2])) if found else None
    except ValueError:
        return None


def stage_words(nomination: Nomination) -> str:
    return str(HELD) if nomination.held_until else tag_of(nomination.stage)[1]

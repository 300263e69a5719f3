"""Rows of a list of units (CSV): read, checked one by one, each with the id that the product gives such a unit."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from uuid import UUID

from services.identity.rules.units import LONGEST_UNIT_NAME
from services.identity.rules.versions import tier_of
from shared.errors import Refused
from shared.plan.unit import UNIT_KINDS, coded_unit_id, local_unit_id
from shared.text.clean import Unclean, cleaned
from shared.text.dates import NotADay, parsed_day
from shared.text.fold import folded

COLUMNS = ("code_list", "code", "name", "kind", "parent", "valid_from", "valid_until")
MOST_ROWS = 20_000
LONGEST_CELL = 300
CODE_LIST = re.compile(r"[a-z]+/[0-9]{4}(?:-[0-9]{2}){0,2}")
CODE = re.compile(r"[0-9A-Za-z.]{1,20}")
KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")

#: What kinds are called in Vietnamese; accents and capitals do not matter.
KIND_WORDS = {
    "tỉnh": "province",
    "huyện": "district",
    "xã": "commune",
    "phường": "ward",
    "thị trấn": "township",
    "đặc khu": "special_zone",
    "thôn": "village",
    "tổ dân phố": "neighbourhood",
    "trường học": "school",
}
FOLDED_KINDS = {folded(word): kind for word, kind in KIND_WORDS.items()}


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says: a unit was, or is, this from `valid_from` until before `valid_until`."""

    number: int  # as a spreadsheet counts: the heads are row 1
    unit_id: UUID
    is_coded: bool
    name: str
    kind: str
    code: str | None
    code_list: str | None
    parent_id: UUID | None
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row; the words for `key` say what to write instead."""

    number: int
    key: str
    details: Mapping[str, object]


def read_rows(table: str) -> tuple[list[Row], list[RowFault]]:
    """Every row that can be understood, and a fault for every one that cannot. Commas or semicolons part the cells."""
    lines = csv.reader(StringIO(table, newline=""), delimiter=delimiter_of(table))
    heads = [head.strip().lower() for head in next(lines, [])]
    if missing := [name for name in COLUMNS if name not in heads]:
        return [], [RowFault(1, "row.columns", {"missing": ", ".join(missing), "columns": ",".join(COLUMNS)})]
    rows: list[Row] = []
    faults: list[RowFault] = []
    for number, cells in numbered(lines, faults):
        try:
            rows.append(read_row(number, {name: cells[heads.index(name)] for name in COLUMNS}))
        except Refused as fault:
            faults.append(RowFault(number, fault.key, fault.details))
        except IndexError:
            faults.append(RowFault(number, "row.cells", {"count": len(cells), "wanted": len(heads)}))
    return rows, faults


def delimiter_of(table: str) -> str:
    """A spreadsheet set to Vietnamese writes semicolons."""
    head = table.partition("\n")[0]
    return ";" if head.count(";") > head.count(",") else ","


def numbered(lines: Iterator[list[str]], faults: list[RowFault]) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers, without empty ones; a fault where the table is too long or breaks off."""
    number = 1
    while True:
        number += 1
        try:
            cells = next(lines, None)
        except csv.Error:
            faults.append(RowFault(number, "row.quotes", {}))
            return
        if cells is None:
            return
        if number > MOST_ROWS + 1:
            faults.append(RowFault(number, "row.too_many", {"most": MOST_ROWS}))
            return
        if any(cell.strip() for cell in cells):
            yield number, cells


def read_row(number: int, cells: Mapping[str, str]) -> Row:
    """Raises Refused with what is wrong with the first bad cell."""
    said = {name: clean_cell(name, cells[name]) for name in COLUMNS}
    kind = kind_of(said["kind"])
    if not said["name"] or len(said["name"]) > LONGEST_UNIT_NAME:
        raise Refused("row.name", longest=LONGEST_UNIT_NAME)
    parent_id = parent_of(said["parent"], said["code_list"], kind)
    first = day_of("valid_from", said["valid_from"])
    last = day_of("valid_until", said["valid_until"]) if said["valid_until"] else None
    if last is not None and last <= first:
        raise Refused("row.days", first=said["valid_from"], last=said["valid_until"])
    coded = bool(said["code_list"])
    return Row(
        number,
        id_of(said["code_list"], said["code"], parent_id),
        coded,
        said["name"],
        kind,
        said["code"] if coded else None,
        said["code_list"] if coded else None,
        parent_id,
        first,
        last,
    )


def clean_cell(name: str, cell: str) -> str:
    try:
        return cleaned(cell, longest=LONGEST_CELL)
    except Unclean as fault:
        raise Refused("row.unclean", column=name, value=cell[:40]) from fault


def kind_of(word: str) -> str:
    """A kind by its name in the product or in Vietnamese."""
    kind = FOLDED_KINDS.get(folded(word), word.lower())
    if kind not in UNIT_KINDS:
        raise Refused("row.kind", value=word, choices=", ".join(KIND_WORDS))
    return kind


def id_of(code_list: str, code: str, parent_id: UUID | None) -> UUID:
    """By list and code; a unit without a list (a village) by its key within its parent."""
    if code_list:
        if not CODE_LIST.fullmatch(code_list):
            raise Refused("row.code_list", value=code_list)
        if not CODE.fullmatch(code):
            raise Refused("row.code", value=code)
        return coded_unit_id(code_list=code_list, code=code)
    if not KEY.fullmatch(code):
        raise Refused("row.key", value=code)
    if parent_id is None:
        raise Refused("row.parent_of_key", value=code)
    return local_unit_id(parent_id, code)


def parent_of(parent: str, code_list: str, kind: str) -> UUID | None:
    """A parent by its code in the same list ("402"), or by list and code ("gso/2023/402")."""
    if not parent:
        if tier_of(kind):
            raise Refused("row.parent_missing", value=kind)
        return None
    of_list, _, code = parent.rpartition("/")
    if not CODE.fullmatch(code) or not CODE_LIST.fullmatch(of_list or code_list):
        raise Refused("row.parent", value=parent)
    return coded_unit_id(code_list=of_list or code_list, code=code)


def day_of(column: str, typed: str) -> date:
    try:
        return parsed_day(typed)
    except NotADay as fault:
        raise Refused("row.day", column=column, value=typed) from fault

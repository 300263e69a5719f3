"""Tables of nominations as people bring them: sound rows of made-up people, and planted faults."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl

from services.nomination.rules.import_rows import COLUMNS, UNIT

HEADS = [column.head for column in COLUMNS]
BOXES = [column.box for column in COLUMNS]
Cells = dict[str, Any]


def person(number: int) -> Cells:
    """A sound row, another person and another story for each number."""
    return {
        "name": f"Người Mẫu {number:05d}",
        "birth_year": str(1950 + number % 50),
        "phone": f"09{number:08d}",
        "address": f"Thôn {number % 6 + 1}",
        "story": f"Người mẫu số {number:05d} hiến {number + 100} m2 đất làm đường, vận động bà con cùng làm.",
        "field": "Đời sống xã hội",
        "happened_on": "10/2/2025",
        "given_by": "Chính người được đề cử",
        "proof": "Ký trên giấy",
        "publish_name": "Có",
        "publish_story": "Có",
    }


#: (box, what is written there, the column in which it is found, words of the cure)
FAULTS: tuple[tuple[str, str, str, str], ...] = (
    ("name", "", "Họ và tên", "Hãy ghi họ và tên"),
    ("birth_year", "75", "Năm sinh", "bốn chữ số"),
    ("birth_year", "2015", "Ai đồng ý", "cha mẹ hoặc người giám hộ"),
    ("phone", "không có", "Số điện thoại", "10 chữ số"),
    ("story", "Ngắn quá.", "Việc đã làm", "ít nhất 20"),
    ("field", "Bóng đá", "Lĩnh vực", "Hãy chọn một trong"),
    ("happened_on", "30/2/2025", "Ngày làm việc đó", "xem lại ngày và tháng"),
    ("given_by", "", "Ai đồng ý", "ai đã đồng ý"),
    ("proof", "", "Đồng ý bằng cách nào", "bằng cách nào"),
    ("publish_story", "chắc vậy", "Đồng ý đăng bài", "Có hoặc Không"),
)


def planted(rows: int, faults: int) -> tuple[list[Cells], dict[int, tuple[str, str, str, str]]]:
    """(so many rows, {number of the row in the file: its planted fault}), spread evenly over the table."""
    people = [person(number) for number in range(rows)]
    plan: dict[int, tuple[str, str, str, str]] = {}
    for place in range(faults):
        at = place * rows // faults
        fault = FAULTS[place % len(FAULTS)]
        people[at][fault[0]] = fault[1]
        plan[at + 2] = fault  # the heads are row 1
    return people, plan


def as_csv(people: Sequence[Cells], *, delimiter: str = ",", encoding: str = "utf-8-sig", unit: bool = False) -> bytes:
    boxes, heads = (["unit", *BOXES], [UNIT.head, *HEADS]) if unit else (BOXES, HEADS)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(heads)
    writer.writerows([row.get(box, "") for box in boxes] for row in people)
    return text.getvalue().encode(encoding)


def as_workbook(people: Sequence[Cells], *, change: Callable[[Any], None] | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(HEADS)
    for row in people:
        book.active.append([row.get(box, "") for box in BOXES])
    if change:
        change(book.active)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()

"""The table to fill in: a workbook with an explanation and the plan's lists, or the heads as CSV."""

import io
from collections.abc import Mapping

import xlsxwriter

from services.nomination.rules.import_rows import (
    MOST_ROWS,
    NEVER_EMPTY,
    NO,
    YES,
    Column,
    choices_of,
    columns_for,
    heads_of,
)
from shared.access.principal import Role
from shared.plan import Plan

LISTS = "Danh mục"
YES_OR_NO = frozenset({"direct_worker", "initiative", "publish_name", "publish_story", "publish_photo"})
WIDE = {"story": 60, "headline": 30, "name": 24, "movement": 32, "field": 28, "given_by": 26, "proof": 30}
HOW = (
    "Mỗi dòng là một đề cử. Điền ở trang “Đề cử”; không đổi tên cột. Cột có dấu * không được để trống.",
    "Ô có danh sách: chọn một mục, hoặc gõ đúng tên mục (gõ không dấu cũng được).",
    "Sự đồng ý không bao giờ được coi là có sẵn: hãy hỏi từng người, ghi ai đồng ý, bằng cách nào và cho việc gì.",
    "Ảnh và minh chứng không nhập bằng bảng; thêm sau khi xã hỏi bổ sung, hoặc đề cử bằng biểu mẫu.",
    "Nhập lại cùng một tệp không tạo thêm đề cử: dòng trùng người và trùng bài kể chỉ được nhận một lần.",
)


def workbook_template(plan: Plan, role: Role) -> bytes:
    """An empty workbook of three sheets: the table, how to fill it in, the lists that its cells offer."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        table, how, lists = (book.add_worksheet(name) for name in ("Đề cử", "Hướng dẫn", LISTS))
        head = book.add_format({"bold": True, "bg_color": "#fffaf0", "border": 1, "text_wrap": True, "valign": "top"})
        as_text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})  # keeps a telephone's zero
        offered = write_lists(lists, head, plan, role)
        for place, (column, title) in enumerate(zip(columns_for(role), heads_of(role), strict=True)):
            table.set_column(place, place, WIDE.get(column.box, 16), as_text)
            table.write_string(0, place, title, head)
            if source := offered.get(column.box):
                table.data_validation(
                    1, place, MOST_ROWS, place, {"validate": "list", "source": source, "error_type": "warning"}
                )
        table.freeze_panes(1, 1)
        how.set_column(0, 0, 28, as_text)
        how.set_column(1, 1, 90, as_text)
        for line, sentence in enumerate(HOW):
            how.merge_range(line, 0, line, 1, sentence, as_text)
        for line, column in enumerate(columns_for(role), len(HOW) + 1):
            how.write_row(line, 0, [column.head, explained(column)])
    return buffer.getvalue()


def explained(column: Column) -> str:
    return f"Không để trống. {column.hint}" if column.box in NEVER_EMPTY else column.hint


def write_lists(sheet: xlsxwriter.worksheet.Worksheet, head: object, plan: Plan, role: Role) -> Mapping[str, str]:
    """Write each list in a column of its own; {box: the range that its cells offer}."""
    lists = {box: [next(iter(names)) for names in known.values()] for box, known in choices_of(plan).items()}
    boxes = [column for column in columns_for(role) if column.box in lists or column.box == "areas"]
    offered: dict[str, str] = {}
    for place, column in enumerate(boxes):
        words = lists.get(column.box) or [area.title.vi for area in plan.achievement_areas]
        sheet.set_column(place, place, 36)
        sheet.write_string(0, place, column.head, head)
        sheet.write_column(1, place, words)
        letter = xlsxwriter.utility.xl_col_to_name(place)
        if column.box in lists:  # several areas may stand in one cell, which no list offers
            offered[column.box] = f"='{LISTS}'!${letter}$2:${letter}${len(words) + 1}"
    return offered | dict.fromkeys(YES_OR_NO, f'"{YES},{NO}"')

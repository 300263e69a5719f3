"""The words of every fault, in Vietnamese and English: what is wrong, with the value, and what to write instead."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from shared.plan.text import Text

SHOWN_MAX = 60
LISTED_MAX = 12


@dataclass(frozen=True, slots=True)
class Wording:
    key: str
    wrong: Text
    instead: Text


def shown(value: object) -> str:
    """A value in quotation marks, cut to a length that fits a line."""
    words = unicodedata.normalize("NFC", " ".join(str(value).split()))
    return f"“{words if len(words) <= SHOWN_MAX else words[: SHOWN_MAX - 1] + '…'}”"


def not_nfc(value: str) -> Wording:
    return Wording(
        "text.not_nfc",
        Text(f"dấu tiếng Việt viết rời trong {shown(value)}", f"decomposed letters (not NFC) in {shown(value)}"),
        Text("Chuyển sang Unicode dựng sẵn (NFC) bằng bộ gõ", "Convert the text to Unicode NFC"),
    )


def missing_key(key: str, example: str) -> Wording:
    return Wording(
        "key.missing",
        Text(f"thiếu mục {shown(key)}", f"the key {shown(key)} is missing"),
        Text(f"Thêm dòng {shown(f'{key}: {example}')}", f"Add a line {shown(f'{key}: {example}')}"),
    )


def unknown_key(key: str, choices: Iterable[str]) -> Wording:
    vi, en = suggestion(key, choices)
    return Wording(
        "key.unknown", Text(f"không có mục nào tên là {shown(key)}", f"there is no key {shown(key)}"), Text(vi, en)
    )


def wrong_type(found: str, value: str, wanted: Text, example: str) -> Wording:
    told = f" {shown(value)}" if value else ""
    vi, en = FOUND[found]
    return Wording(
        "value.wrong_type",
        Text(f"{vi}{told} đứng chỗ của {wanted.vi}", f"{en}{told} stands where {wanted.en} belongs"),
        Text(f"Viết ví dụ {example}", f"Write for example {example}"),
    )


#: What a value was taken for, by its YAML tag.
FOUND = {
    "str": ("chữ", "text"),
    "int": ("số", "the number"),
    "float": ("số", "the number"),
    "bool": ("giá trị đúng/sai", "the true/false value"),
    "null": ("chỗ trống", "nothing"),
    "timestamp": ("ngày", "the date"),
    "map": ("một nhóm mục", "a group of keys"),
    "seq": ("một danh sách", "a list"),
}


def empty_text(example: str) -> Wording:
    return Wording(
        "text.empty",
        Text("để trống", "empty text"),
        Text(f"Viết ví dụ {shown(example)}, hoặc bỏ cả mục", f"Write for example {shown(example)}, or drop the key"),
    )


def too_long(length: int, limit: int) -> Wording:
    return Wording(
        "text.too_long",
        Text(f"dài {length} chữ cái, quá {limit}", f"{length} characters, more than {limit}"),
        Text("Viết ngắn lại", "Shorten it"),
    )


def wrong_form(value: str, example: str) -> Wording:
    return Wording(
        "text.wrong_form",
        Text(f"{shown(value)} không đúng dạng", f"{shown(value)} has the wrong form"),
        Text(f"Viết theo dạng {shown(example)}", f"Write it in the form of {shown(example)}"),
    )


def out_of_bounds(value: object, minimum: object, maximum: object) -> Wording:
    return Wording(
        "number.out_of_bounds",
        Text(f"số {shown(value)} nằm ngoài khoảng cho phép", f"the number {shown(value)} is out of bounds"),
        Text(f"Viết một số từ {minimum} đến {maximum}", f"Write a number from {minimum} to {maximum}"),
    )


def not_a_day(value: str, right: date | None) -> Wording:
    example = right.isoformat() if right else "2023-05-31"
    return Wording(
        "date.wrong_form",
        Text(
            f"{shown(value)} không phải là một ngày có thật theo dạng năm-tháng-ngày",
            f"{shown(value)} is not a real date in the form year-month-day",
        ),
        Text(f"Viết {'' if right else 'ví dụ '}{example}", f"Write {'' if right else 'for example '}{example}"),
    )


def not_a_choice(value: str, choices: Iterable[str]) -> Wording:
    vi, en = suggestion(value, choices)
    return Wording(
        "value.not_a_choice",
        Text(
            f"{shown(value)} không có trong các giá trị được dùng", f"{shown(value)} is not one of the values allowed"
        ),
        Text(vi, en),
    )


def too_few(found: int, least: int, example: str) -> Wording:
    return Wording(
        "list.too_short",
        Text(f"danh sách có {found} mục, cần ít nhất {least}", f"the list has {found} entries and needs {least}"),
        Text(f"Thêm vào danh sách, ví dụ {example}", f"Add to the list, for example {example}"),
    )


def repeated_name(name: str, line: int) -> Wording:
    return Wording(
        "name.repeated",
        Text(f"tên {shown(name)} đã dùng ở dòng {line}", f"the name {shown(name)} is already used on line {line}"),
        Text("Đặt một tên khác", "Give it another name"),
    )


def not_exactly_one(found: Iterable[str], choices: Iterable[str], example: str) -> Wording:
    given, wanted = ", ".join(found), ", ".join(choices)
    return Wording(
        "keys.not_exactly_one",
        Text(
            f"cần đúng một trong các mục {wanted}; đang có: {given or 'không mục nào'}",
            f"exactly one of {wanted} is needed; found: {given or 'none'}",
        ),
        Text(f"Chỉ giữ một mục, ví dụ {shown(example)}", f"Keep one key, for example {shown(example)}"),
    )


def unknown_name(kind: Text, value: str, choices: Iterable[str]) -> Wording:
    vi, en = suggestion(value, choices)
    return Wording(
        "reference.unknown",
        Text(f"không có {kind.vi} nào tên là {shown(value)}", f"there is no {kind.en} {shown(value)}"),
        Text(vi, en),
    )


def suggestion(value: str, choices: Iterable[str]) -> tuple[str, str]:
    """What to write in the place of a name nobody knows: the nearest, or those there are."""
    names = sorted(set(choices))
    if near := get_close_matches(value, names, n=1, cutoff=0.6):
        return f"Có phải là {shown(near[0])}?", f"Did you mean {shown(near[0])}?"
    if not names:
        return "Khai báo tên này trước, hoặc bỏ đi", "Declare the name first, or take it out"
    listed = ", ".join(names[:LISTED_MAX]) + (", …" if len(names) > LISTED_MAX else "")
    return f"Dùng một trong: {listed}", f"Use one of: {listed}"


def no_base(value: str, looked_at: str) -> Wording:
    return Wording(
        "base.missing",
        Text(f"không có tệp {shown(value)} (đã tìm ở {looked_at})", f"there is no file {shown(value)} ({looked_at})"),
        Text("Viết đường dẫn tính từ thư mục của tệp này", "Write the path as seen from the folder of this file"),
    )


def circular_base(value: str) -> Wording:
    return Wording(
        "base.circular",
        Text(
            f"chuỗi kế hoạch dựa trên nhau quay vòng hoặc quá dài ở {shown(value)}",
            f"the chain of plans based on each other turns in a circle or is too long at {shown(value)}",
        ),
        Text("Dựa vào một kế hoạch đầy đủ", "Base the file on a complete plan"),
    )


def repeated_plan(plan_id: str) -> Wording:
    return Wording(
        "plan.repeated",
        Text(f"đã có một kế hoạch khác mang tên {shown(plan_id)}", f"another plan has the id {shown(plan_id)}"),
        Text("Đặt cho kế hoạch này một id khác", "Give this plan another id"),
    )

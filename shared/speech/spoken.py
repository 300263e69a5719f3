"""A text as a reader at the microphone would say it."""

import re
import unicodedata

from shared.speech.abbreviations import spoken_abbreviations
from shared.speech.dates import spoken_days, spoken_hours
from shared.speech.numbers import cardinal, ordinal, roman, spoken_numbers
from shared.speech.papers import spoken_papers
from shared.speech.phones import spoken_phones
from shared.speech.units import spoken_units

_MOST_ROUNDS = 8  # two as a rule: words set apart from a digit they stuck to may mean something by themselves
_ADDRESSES = re.compile(r"(\S+@\S+\.\S+|https?://\S+|www\.\S+)")
_COUNTED_IN_ROMAN = (
    "khóa|khoá|thế kỷ|đại hội|chương|phần|mục|phụ lục|hạng|cấp|loại|quân khu|vùng|tập|kỳ|bậc|nhóm|bảng|giai đoạn|đợt"
)
_ROMAN = re.compile(
    rf"\b((?:{_COUNTED_IN_ROMAN})\s)([IVXL]+)((?:\.(?:[0-9]+|[a-zđ](?!\w)))*)(?!\w|\.\w)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\b(thứ\s)([IVXL]+|[0-9]{1,2})(?![\w/]|[.,-][0-9])", re.IGNORECASE)


def spoken(text: str) -> str:
    """The text with dates, numbers, units, paper numbers and abbreviations in words; NFC.

    Ordinary words, their case and the punctuation stay as they are; web and mail addresses too. Saying it twice is
    saying it once.
    """
    said = unicodedata.normalize("NFC", text)
    for _ in range(_MOST_ROUNDS):
        before, said = said, _said_around_addresses(said)
        if said == before:
            break
    return said


def _said_around_addresses(text: str) -> str:
    pieces = _ADDRESSES.split(text)
    return "".join(piece if place % 2 else _said(piece) for place, piece in enumerate(pieces))


def _said(text: str) -> str:
    for step in (
        spoken_papers, spoken_phones, spoken_days, spoken_hours, _spoken_roman, spoken_units, spoken_abbreviations,
        spoken_numbers,
    ):  # fmt: skip
        text = step(text)
    return text


def _spoken_roman(text: str) -> str:
    text = _ORDINAL.sub(_ordinal, text)
    return _ROMAN.sub(_counted, text)


def _ordinal(match: re.Match[str]) -> str:
    number = int(match[2]) if match[2].isdigit() else roman(match[2])
    return match[0] if number is None else match[1] + ordinal(number)


def _counted(match: re.Match[str]) -> str:
    number = roman(match[2])
    return match[0] if number is None else match[1] + cardinal(number) + match[3].replace(".", " chấm ")

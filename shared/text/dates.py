"""Days as Vietnamese readers type and read them: 27/3/2026, never month first."""

import gettext
import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Protocol

from shared.errors import Refused

_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*([/.-])\s*([0-9]{1,2})\s*\2\s*([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SHORT_YEAR = re.compile(r"([0-9]{1,2})\s*([/.-])\s*([0-9]{1,2})\s*\2\s*([0-9]{2})")
_ROMAN: Mapping[int, str] = MappingProxyType({1: "I", 2: "II", 3: "III", 4: "IV"})


class Words(Protocol):
    """A translator: what `gettext.NullTranslations` and Babel's `Translations` both are."""

    def gettext(self, message: str, /) -> str: ...

    def ngettext(self, one: str, many: str, count: int, /) -> str: ...


_VIETNAMESE: Words = gettext.NullTranslations()  # the messages themselves are Vietnamese


class NotADay(Refused, ValueError):
    """A day that cannot be read: `key` is date.not_a_day, date.short_year or date.no_such_day.

    `details["typed"]` is the text.
    """


def parsed_day(typed: str) -> date:
    """The day typed as 27/3/2026, 27-03-2026, 27.3.2026 or 2026-03-27. Raises NotADay."""
    text = typed.strip()
    if (match := _DAY_FIRST.fullmatch(text)) is not None:
        day, month, year = match[1], match[3], match[4]
    elif (match := _ISO.fullmatch(text)) is not None:
        year, month, day = match.groups()
    else:
        raise NotADay("date.short_year" if _SHORT_YEAR.fullmatch(text) else "date.not_a_day", typed=typed)
    try:
        return date(int(year), int(month), int(day))
    except ValueError as fault:
        raise NotADay("date.no_such_day", typed=typed) from fault


def shown_day(day: date) -> str:
    """dd/mm/yyyy, both with a leading zero."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def quarter_label(day: date, *, words: Words = _VIETNAMESE) -> str:
    """The quarter the day lies in: "Quý IV/2026"."""
    quarter = _ROMAN[(day.month + 2) // 3]
    return words.gettext("Quý %(quarter)s/%(year)s") % {"quarter": quarter, "year": day.year}


def days_left_label(days_left: int, *, words: Words = _VIETNAMESE) -> str:
    """How a deadline stands: "Còn 6 ngày", "Hôm nay hết hạn" for 0, "Quá hạn 2 ngày" for -2."""
    if days_left == 0:
        return words.gettext("Hôm nay hết hạn")
    count = abs(days_left)
    if days_left > 0:
        return words.ngettext("Còn %(count)d ngày", "Còn %(count)d ngày", count) % {"count": count}
    return words.ngettext("Quá hạn %(count)d ngày", "Quá hạn %(count)d ngày", count) % {"count": count}

"""Days, months, quarters and hours as they are read aloud."""

import re

from shared.speech.numbers import cardinal, digits, roman

_ROMAN = "[IVX]+"
# Words after which 22/11 is a day and not twenty-two out of eleven.
_SAYS_A_DAY = (
    "ngày|mùng|mồng|hôm|sáng|trưa|chiều|tối|đêm|từ|đến|tới|trước|sau|dịp|lễ|mừng|niệm|nay|qua|mai|"
    "hai|ba|tư|năm|sáu|bảy|nhật|thứ [2-7]"
)
_COUNTED = "thành viên|phiếu|đại biểu|hộ|thôn|bản|xã|người|tiêu chí|chỉ tiêu|đồng chí|số|cơ quan|đơn vị|học sinh"
_DAY = "(0?[1-9]|[12][0-9]|3[01])"
_MONTH = "(0?[1-9]|1[0-2])"
_YEAR = "((?:1[0-9]|20)[0-9]{2})"
_APART = "(?<![0-9/.,])"
_NO_MORE = r"(?![0-9/]|[.,][0-9])"

_SPAN_OF_DAYS = re.compile(
    rf"{_APART}([0-9]{{1,2}}(?:/[0-9]{{1,2}}(?:/[0-9]{{4}})?)?)\s?[-–]\s?(?={_DAY}/{_MONTH}/{_YEAR}{_NO_MORE})"
    rf"|((?:{_SAYS_A_DAY})\s[0-9]{{1,2}}(?:/[0-9]{{1,2}})?)\s?[-–]\s?(?={_DAY}/{_MONTH}{_NO_MORE})",
    re.IGNORECASE,
)
_SPAN_OF_MONTHS = re.compile(rf"(tháng\s{_MONTH})\s?[-–]\s?(?={_MONTH}/{_YEAR}{_NO_MORE})", re.IGNORECASE)
_FULL_DAY = re.compile(
    rf"(\b(?:ngày|mùng|mồng|hôm)\s+)?{_APART}{_DAY}([/.-]){_MONTH}\3{_YEAR}{_NO_MORE}", re.IGNORECASE
)
_ISO_DAY = re.compile(
    rf"(\b(?:ngày|hôm)\s+)?(?<![0-9-]){_YEAR}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(?![0-9-])", re.IGNORECASE
)
_SHORT_DAY = re.compile(
    rf"\b({_SAYS_A_DAY})(\s*[(,]?\s*){_APART}{_DAY}/{_MONTH}{_NO_MORE}(?!\s(?:{_COUNTED})\b)", re.IGNORECASE
)
_DAY_BEFORE_SPAN = re.compile(rf"{_APART}{_DAY}/{_MONTH}{_NO_MORE}(?=\sđến\s(?:ngày\s)?[0-9]{{1,2}}/[0-9]{{1,2}}\b)")
_MONTH_OF_YEAR = re.compile(rf"(\btháng\s+)?{_APART}{_MONTH}/{_YEAR}{_NO_MORE}", re.IGNORECASE)
_MONTH_DASH_YEAR = re.compile(rf"(\btháng\s+){_MONTH}\s?[-–]\s?{_YEAR}{_NO_MORE}", re.IGNORECASE)
_NAMED_MONTH = re.compile(rf"\b(tháng\s+){_MONTH}(?![0-9/%]|[.,][0-9]|\s?[-–]\s?[0-9])", re.IGNORECASE)
_NAMED_DAY = re.compile(r"\b(ngày\s+)0([1-9])(?![0-9/])", re.IGNORECASE)
_QUARTER = re.compile(
    rf"\b(quý\s+)({_ROMAN}|[1-4])((?:\s?(?:,|và|-|–)\s?(?:{_ROMAN}|[1-4])(?![\w]))*)(?:\s?[/-]\s?{_YEAR})?(?![\w/])",
    re.IGNORECASE,
)

_HOUR = "(2[0-4]|[01]?[0-9])"
_SPAN_OF_HOURS = re.compile(rf"{_APART}({_HOUR}(?:h(?:[0-5][0-9])?|:[0-5][0-9]))\s?[-–]\s?(?={_HOUR}(?:h|:[0-5][0-9]))")
_ROUND_THE_CLOCK = re.compile(r"(?<![\w/])24(h?)/24(h|\s?giờ)?(?![\w/])")
_CLOCK = re.compile(
    rf"(?<![\w:/.,]){_HOUR}(?:\s?h(?:\s?([0-5][0-9])(?:\s?(?:phút|ph|p|'))?)?|g([0-5][0-9]))(?![\w:])(?:\s+giờ\b)?"
)
_COLON_CLOCK = re.compile(rf"(?<![\w:/.,]){_HOUR}:([0-5][0-9])(?::([0-5][0-9]))?(?![\w:])(?:\s+giờ\b)?")


def spoken_days(text: str) -> str:
    """Days, months and quarters in words; "ngày" and "tháng" are added where they are missing, never doubled."""
    text = _SPAN_OF_DAYS.sub(lambda m: f"{m[1] or m[5]} đến ", text)
    text = _SPAN_OF_MONTHS.sub(lambda m: f"{m[1]} đến ", text)
    text = _FULL_DAY.sub(lambda m: (m[1] or "ngày ") + _day(m[2], m[4], m[5]), text)
    text = _ISO_DAY.sub(lambda m: (m[1] or "ngày ") + _day(m[4], m[3], m[2]), text)
    text = _DAY_BEFORE_SPAN.sub(lambda m: _short_day(text, m), text)
    text = _SHORT_DAY.sub(_day_after_its_word, text)
    text = _QUARTER.sub(_quarter, text)
    text = _MONTH_OF_YEAR.sub(lambda m: (m[1] or "tháng ") + f"{_month(m[2])} năm {cardinal(int(m[3]))}", text)
    text = _MONTH_DASH_YEAR.sub(lambda m: m[1] + f"{_month(m[2])} năm {cardinal(int(m[3]))}", text)
    text = _NAMED_MONTH.sub(lambda m: m[1] + _month(m[2]), text)
    return _NAMED_DAY.sub(lambda m: m[1] + cardinal(int(m[2])), text)


def spoken_hours(text: str) -> str:
    """17h30 and 06:30 in words."""
    text = _ROUND_THE_CLOCK.sub(lambda m: f"24 trên 24{' giờ' if m[1] or m[2] else ''}", text)
    text = _SPAN_OF_HOURS.sub(lambda m: f"{m[1]} đến ", text)
    text = _CLOCK.sub(lambda m: _hour(m[1], m[2] or m[3]), text)
    return _COLON_CLOCK.sub(lambda m: _hour(m[1], m[2], m[3]), text)


def _day(day: str, month: str, year: str | None = None) -> str:
    said = f"{cardinal(int(day))} tháng {_month(month)}"
    return f"{said} năm {cardinal(int(year))}" if year else said


def _month(month: str) -> str:
    return "tư" if int(month) == 4 else cardinal(int(month))  # noqa: PLR2004 -- April is tháng tư


def _short_day(text: str, match: re.Match[str]) -> str:
    already_named = re.search(r"(?:ngày|mùng|mồng|hôm)\s+$", text[: match.start()], re.IGNORECASE)
    return ("" if already_named else "ngày ") + _day(match[1], match[2])


def _day_after_its_word(match: re.Match[str]) -> str:
    word, gap, day, month = match.groups()
    named = word.lower() in {"ngày", "mùng", "mồng", "hôm"}
    return f"{word}{gap}{'' if named else 'ngày '}{_day(day, month)}"


def _quarter(match: re.Match[str]) -> str:
    word, first, more, year = match.groups()
    if _quarter_number(first) is None:
        return match[0]
    said = word + re.sub(
        rf"{_ROMAN}|[1-4]|[-–]",
        lambda m: "đến" if m[0] in "-–" else (_quarter_number(m[0]) or m[0]),
        re.sub(r"\s?([-–])\s?", r" \1 ", first + (more or "")),
    )
    return f"{said} năm {cardinal(int(year))}" if year else said


def _quarter_number(text: str) -> str | None:
    if text.isdigit():
        return digits(text)
    number = roman(text.upper())
    return cardinal(number) if number is not None and number <= 4 else None  # noqa: PLR2004 -- four quarters


def _hour(hour: str, minute: str | None, second: str | None = None) -> str:
    said = f"{cardinal(int(hour))} giờ"
    if minute and (int(minute) or second):
        said += f" {cardinal(int(minute))} phút"
    return f"{said} {cardinal(int(second))} giây" if second else said

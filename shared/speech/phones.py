"""Telephone numbers, read digit by digit with a rest between their groups."""

import re

from shared.speech.numbers import digits

_GROUP = r"[\s.-]?"
_PHONE = re.compile(
    rf"(?<![\w.,/+-])(?:\+84|0)(?:{_GROUP}[0-9]){{9,10}}(?![\w/]|[.,-][0-9])"
    rf"|(?<![\w.,/+-])1[89]00(?:{_GROUP}[0-9]){{4,6}}(?![\w/]|[.,-][0-9])"
)
_SHORT = re.compile(
    r"\b((?:gọi|tổng đài|đường dây nóng|hotline)(?:\s(?:số|điện thoại|đến|tới|ngay))*:?\s)(1[0-9]{2})(?![\w/.,]?[0-9])",
    re.IGNORECASE,
)


def spoken_phones(text: str) -> str:
    text = _SHORT.sub(lambda match: match[1] + digits(match[2]), text)
    return _PHONE.sub(lambda match: _said(match[0]), text)


def _said(number: str) -> str:
    groups = re.split(r"[\s.-]", number)
    spelt = ", ".join(digits(group) for group in groups if digits(group))
    return f"cộng {spelt}" if number.startswith("+") else spelt

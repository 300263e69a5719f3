"""Telephone numbers of Vietnam as people write them."""

import re

WRITTEN = re.compile(r"(?:\+84|0084|84|0)([2-9]\d{8,9})")
BETWEEN = re.compile(r"[\s.()/-]+")


ASKED_DIGITS = 3
LONGEST_PHONE = 40  # characters, as written


class NotAPhone(ValueError):
    """A text that is no telephone number of Vietnam."""


def parsed_phone(text: str) -> str:
    """The number in digits, from 0 on ("+84 912.345.678" is "0912345678"); "" for nothing. Raises NotAPhone."""
    digits = BETWEEN.sub("", text[: LONGEST_PHONE + 1])
    if not digits:
        return ""
    if not digits.isascii() or (found := WRITTEN.fullmatch(digits)) is None:
        raise NotAPhone(text)
    return f"0{found[1]}"


def ends_with(phone: str, digits: str) -> bool:
    """Whether somebody who gives these last three digits knows the number."""
    return len(phone) > len(digits) == ASKED_DIGITS and phone.endswith(digits)

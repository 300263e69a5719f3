"""Numbers as they are read aloud in Vietnamese (northern radio usage: nghìn, linh, mốt, tư, lăm)."""

import re
from typing import Final

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LONGEST = 15  # more digits than this are a code, not a quantity
_ROMAN = re.compile(r"(?=[IVXL])(XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}

_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?(?![0-9])|[0-9]+,[0-9]+(?!,?[0-9])|[0-9]+"
_RANGE = re.compile(rf"(?<![0-9.,/–-])({_NUMBER})(\s?)[-–—]\s?({_NUMBER})(?![0-9/]|[-–][0-9])")
_FRACTION = re.compile(r"(?<![0-9.,/])([0-9]+)/([0-9]+)(?![0-9/])")
_LARGEST_PART = 5  # 2/3 is a part of a whole; 5/7 and 13/13 are counts out of a total
_POINTED = re.compile(r"(?<=[0-9])\.(?=[0-9])")
_THOUSANDS = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9]|\.[0-9])")
_ANY = re.compile(rf"([^\W\d_])?({_NUMBER})([^\W\d_])?")


def cardinal(number: int, *, zero_tens: str = "linh") -> str:
    """The number in words: 21 "hai mươi mốt", 1204 "một nghìn hai trăm linh tư"; `zero_tens` may be "lẻ" in the south.

    Whole numbers from 0 up to, but not with, 10^18.
    """
    words = _scaled(number, zero_tens, padded=False) if number else [_DIGITS[0]]
    return " ".join(words)


def digits(text: str) -> str:
    """Every digit by itself, what is no digit left out: "0912" gives "không chín một hai"."""
    return " ".join(_DIGITS[int(sign)] for sign in text if sign in "0123456789")


def quantity(text: str) -> str:
    """A number as written in Vietnamese ("1.204", "12,5", "05") in words; a code with a leading zero digit by digit."""
    whole, _, part = text.partition(",")
    whole = whole.replace(".", "")
    said = digits(whole) if len(whole) > _LONGEST or (whole[0] == "0" and len(whole) > 1) else cardinal(int(whole))
    if not part:
        return said
    return f"{said} phẩy {digits(part) if part[0] == '0' or len(part) > 2 else cardinal(int(part))}"  # noqa: PLR2004


def ordinal(number: int) -> str:
    """What follows "thứ": nhất, hai, ba, tư, năm and so on."""
    return {1: "nhất", 4: "tư"}.get(number, cardinal(number))


def roman(text: str) -> int | None:
    """The value of a Roman numeral from I to LXXXIX, or None if the letters are none."""
    if _ROMAN.fullmatch(text) is None:
        return None
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def spoken_numbers(text: str) -> str:
    """Every number left in the text in words: ranges with "đến", fractions with "phần" or "trên"."""
    text = _RANGE.sub(_said_range, text)
    text = _FRACTION.sub(_said_fraction, text)
    text = _THOUSANDS.sub(lambda match: match[0].replace(".", ""), text)
    text = _POINTED.sub(" chấm ", text)  # 3.5 and 2.1.4: a section's number
    return _ANY.sub(_said_apart, text)


def _scaled(number: int, zero_tens: str, *, padded: bool) -> list[str]:
    """The words of a number above zero; `padded` if more significant words stand before it ("không trăm linh năm")."""
    for scale, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn")):
        high, low = divmod(number, scale)
        if high:
            rest = _scaled(low, zero_tens, padded=True) if low else []
            return [*_scaled(high, zero_tens, padded=padded), name, *rest]
    return _below_thousand(number, zero_tens, padded=padded)


def _below_thousand(number: int, zero_tens: str, *, padded: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    head = [_DIGITS[hundreds], "trăm"] if hundreds or padded else []
    if not rest:
        return head
    tens, unit = divmod(rest, 10)
    if tens == 0:
        return [*head, zero_tens, _after_tens(unit, tens)] if head else [_DIGITS[unit]]
    return [*head, *(["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]), *([_after_tens(unit, tens)] if unit else [])]


def _after_tens(unit: int, tens: int) -> str:
    match unit:
        case 1 if tens > 1:
            return "mốt"
        case 4 if tens != 1:
            return "tư"
        case 5 if tens:
            return "lăm"
        case _:
            return _DIGITS[unit]


def _said_range(match: re.Match[str]) -> str:
    if _value(match[1]) >= _value(match[3]):
        return match[0]  # a score, a code: no span
    return f"{quantity(match[1])} đến {match[3]}"


def _value(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


def _said_fraction(match: re.Match[str]) -> str:
    over, under = match.groups()
    if int(over) < int(under) <= _LARGEST_PART:
        return f"{cardinal(int(over))} phần {ordinal(int(under))}"
    return f"{quantity(over)} trên {quantity(under)}"


def _said_apart(match: re.Match[str]) -> str:
    """A number that touches letters (A4, QL45) is set apart from them."""
    before, number, after = match.groups()
    return f"{before + ' ' if before else ''}{quantity(number)}{' ' + after if after else ''}"

"""Text from outside, made safe to store, or refused with a key the page translates."""

import re
import unicodedata

from shared.errors import Refused
from shared.text.legacy import legacy_word

_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs"})  # controls (NUL among them) and lone surrogates
_NONCHARACTERS = frozenset("\ufffe\uffff")  # valid in Python, invalid in XML: they would break a feed


class Unclean(Refused, ValueError):
    """Text that cannot be kept.

    `key` is one of text.too_long, text.control_character, text.legacy_font, text.not_utf8;
    `details` holds what the page says about it (length and longest; character and place; word; place).
    """


def cleaned(raw: str, *, longest: int, lines: bool = False) -> str:
    """The text in NFC, stripped, without bidi and zero-width characters; at most `longest` characters.

    With `lines`, line breaks stay (as LF) and each line loses its trailing blanks; without, a line break inside is
    refused as any control character is. A tab becomes a blank. NFD is normalised, never refused.
    Raises Unclean.
    """
    told = legacy_word(raw)  # before the zero-width pass: TCVN3's ư is a soft hyphen
    if told is not None:
        raise Unclean("text.legacy_font", word=told)
    text = _LINE_ENDS.sub("\n", _INVISIBLE.sub("", raw)).replace("\t", " ")
    text = unicodedata.normalize("NFC", _stripped(text, lines=lines))
    _refuse_controls(text, lines=lines)
    text = text.strip()
    if len(text) > longest:
        raise Unclean("text.too_long", length=len(text), longest=longest)
    return text


def decoded(data: bytes) -> str:
    """The bytes as UTF-8 text, a leading byte order mark dropped. Raises Unclean("text.not_utf8")."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unclean("text.not_utf8", place=fault.start) from fault


def _stripped(text: str, *, lines: bool) -> str:
    text = text.strip(" \n\u00a0\u3000")
    return "\n".join(line.rstrip(" \u00a0\u3000") for line in text.split("\n")) if lines else text


def _refuse_controls(text: str, *, lines: bool) -> None:
    for place, character in enumerate(text):
        if character == "\n" and lines:
            continue
        if unicodedata.category(character) in _REFUSED_CATEGORIES or character in _NONCHARACTERS:
            raise Unclean("text.control_character", character=f"U+{ord(character):04X}", place=place)

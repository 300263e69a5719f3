"""Text folded for search and for addresses: no accents, no case, đ as d."""

import re
import unicodedata

_D = str.maketrans("đĐðÐ", "dddd")  # Eth stands in for Đ in text once typed with old fonts
_MARKS = re.compile("[\u0300-\u036f]")
_BLANKS = re.compile(r"\s+")
_NOT_PLAIN = re.compile("[^a-z0-9]+")


def folded(text: str) -> str:
    """What search compares: "Đặng Thị  Hòa" gives "dang thi hoa", and so does "Đặng Thị Hoà"."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_D)
    return _BLANKS.sub(" ", bare.casefold()).strip()


def slug(text: str, *, longest: int = 80) -> str:
    """Lower-case ASCII words joined by hyphens, cut at a word's end; "" if nothing in the text can be kept."""
    whole = _NOT_PLAIN.sub("-", folded(unicodedata.normalize("NFKD", text))).strip("-")
    if len(whole) <= longest:
        return whole
    cut = whole[: longest + 1].rpartition("-")[0]
    return cut or whole[:longest]

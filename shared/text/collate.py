"""Vietnamese order: a ă â b c d đ e ê …, then tones (ngang, huyền, hỏi, ngã, sắc, nặng), then case."""

import re
import unicodedata
from typing import TypeAlias

SortKey: TypeAlias = tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[bool, ...]]
NameKey: TypeAlias = tuple[SortKey, SortKey, SortKey]

_ALPHABET = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_TONE = re.compile("[\u0300\u0309\u0303\u0301\u0323]")
_PIECE = re.compile(r"[0-9]+|.[\u0300-\u036f]*", re.DOTALL)
_SIGN, _NUMBER, _LETTER, _OTHER = range(4)


def sort_key(text: str) -> SortKey:
    """Sorts as ICU's Vietnamese collation does, and numbers by value: "Thôn 2" before "Thôn 10"."""
    pieces = _PIECE.findall(unicodedata.normalize("NFD", text.strip()))
    return tuple(map(_rank, pieces)), tuple(map(_tone, pieces)), tuple(piece[0].isupper() for piece in pieces)


def name_key(full_name: str) -> NameKey:
    """Sorts people as Vietnamese lists do: by given name (the last word), then surname, then middle names."""
    words = full_name.split()
    surname = words[0] if len(words) > 1 else ""
    return sort_key(words[-1] if words else ""), sort_key(surname), sort_key(" ".join(words[1:-1]))


def _rank(piece: str) -> tuple[int, int]:
    if piece[0] in "0123456789":
        return _NUMBER, int(piece)
    letter = unicodedata.normalize("NFC", _TONE.sub("", piece)).lower()
    place = _ALPHABET.get(letter, _ALPHABET.get(letter[0]))  # ö and ç sort with their plain letter
    if place is not None:
        return _LETTER, place
    return (_OTHER if letter[0].isalpha() else _SIGN), ord(letter[0])


def _tone(piece: str) -> int:
    return next((_TONES[mark] for mark in piece if mark in _TONES), 0)

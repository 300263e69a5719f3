"""What changed between two texts, sentence by sentence."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Kind = Literal["same", "gone", "new"]


class Piece(NamedTuple):
    kind: Kind
    text: str


def changes(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as pieces in reading order; what went stands before what came in its place."""
    old, new = words(before), words(after)
    found: list[Piece] = []
    for step, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if step == "equal":
            found.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            found.append(Piece("gone", "".join(old[a:b])))
        if d > c:
            found.append(Piece("new", "".join(new[c:d])))
    return tuple(found)


def words(text: str) -> list[str]:
    """Words with the blanks after them."""
    return re.findall(r"\S+\s*", text)

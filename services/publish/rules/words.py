"""Small choices of words around a story: how a person is shown, how a title begins, its address."""

from collections.abc import Collection

from shared.text.fold import slug

NAMELESS_SLUG = "tam-guong"


def lower_first(text: str) -> str:
    """The text to go on within a sentence. An abbreviation keeps its capitals ("OCOP", "CLB")."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text ending as a sentence does."""
    bare = text.rstrip()
    return bare if bare.endswith((".", "!", "?", "…", ".”", "!”", "?”")) else f"{bare}."


def shortened(text: str, longest: int) -> str:
    """The text in at most `longest` characters, cut at a word's end, with "…" when something was cut."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return f"{line[:longest].rpartition(' ')[0] or line[: longest - 1]}…"


def slug_among(title: str, taken: Collection[str]) -> str:
    """The title's address, with -2, -3 … behind it when others have the same."""
    wanted = slug(title) or NAMELESS_SLUG
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


#: Kinds of units where people live, so that "ở" may stand before them.
HOMES = frozenset({"village", "neighbourhood"})
NAMELESS = {"individual": "một công dân", "collective": "một tập thể", "household": "một hộ gia đình"}


def nameless(subject_kind: str, *, unit_kind: str, unit: str, commune: str) -> str:
    """What stands for somebody who did not agree to be named: "một công dân thôn 3"."""
    home = unit if unit_kind in HOMES else commune
    return f"{NAMELESS.get(subject_kind, 'một tấm gương')} {lower_first(home)}"


def place_of(*, unit_kind: str, unit: str) -> str:
    """How the unit stands after a name: "thôn 3", "do Trạm Y tế xã giới thiệu"."""
    return lower_first(unit) if unit_kind in HOMES else f"do {unit} giới thiệu"

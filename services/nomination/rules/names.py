"""Names as people write them, taken apart so that the same person is found again however the name is spelt.

A Vietnamese name is family, middle, given; it is also written the western way round, without its middle name, without
marks, with the tone on either vowel (hoà, hòa), with i for y, and with a title before it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from shared.text.fold import folded

COLLECTIVE, HOUSEHOLD = "collective", "household"
MOST_WORDS = 10  # of a name that are looked at
FEWEST_WORDS = 2  # of a name that a title may stand before
_DROPPED = re.compile(r"[.,;:/\"'“”()]+")
_MARKED = re.compile("[\u0300-\u036fđĐ]")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart.

    `words` are folded, with i for every y; `spelt` are the same words with their marks, the tone at the word's end.
    `sex` is "man", "woman" or "": what the title says. `of_household`: it names a household by its head. Without any
    mark (`marked`), every spelling of it may be meant.
    """

    words: tuple[str, ...]
    spelt: tuple[str, ...]
    marked: bool
    sex: str = ""
    of_household: bool = False


def parsed_name(text: str, *, subject_kind: str = "") -> Name:
    """The name as typed, without titles. A collective's name is kept whole: "Tổ" or "Hội" is no title."""
    whole = _DROPPED.sub(" ", unicodedata.normalize("NFC", text))
    words = [word for word in whole.split() if folded(word)][:MOST_WORDS]
    of_household, sex = subject_kind == HOUSEHOLD, ""
    if subject_kind != COLLECTIVE:
        words, household = without_first(words, HOUSEHOLDS)
        words, title = without_first(words, TITLES)
        of_household, sex = of_household or bool(household), TITLES.get(title, "")
    spelt = tuple(tone_last(word) for word in words)
    return Name(tuple(alike(word) for word in words), spelt, is_marked(words), sex, of_household)


def without_first(words: list[str], titles: Mapping[str, str]) -> tuple[list[str], str]:
    """The words after a title, and the title; all of them where too little or no given name would be left.

    Titles count with their marks (Chú is a title, Chu a family); where a name has none at all, only those that are no
    family's name without them.
    """
    spell, known = (tone_last, titles) if is_marked(words) else (alike, UNMARKED)
    spelt = [spell(word) for word in words]
    for size in (3, 2, 1):
        title, rest = known.get(" ".join(spelt[:size])), words[size:]
        if title is not None and len(rest) >= FEWEST_WORDS and alike(rest[-1]) not in NEVER_ALONE:
            found = " ".join(spelt[:size]) if known is titles else title
            return (rest, found) if found in titles else (words, "")
    return words, ""


def is_marked(words: Iterable[str]) -> bool:
    return any(_MARKED.search(unicodedata.normalize("NFD", word)) for word in words)


def alike(word: str) -> str:
    """A word without marks and with i for y: "Mỹ" and "Mĩ" are both "mi"."""
    return folded(word).replace("y", "i")


def tone_last(word: str) -> str:
    """A word whose tone stands at its end, and with i for y: "hoà", "hòa" in whatever form are one."""
    loose = unicodedata.normalize("NFD", word.casefold())
    return unicodedata.normalize("NFC", _TONE.sub("", loose)).replace("y", "i") + "".join(_TONE.findall(loose))


def keys_of(name: Name, *, subject_kind: str = "", birth_year: int | None = None) -> tuple[str, ...]:
    """By what a nominee is looked for among all others: two that may be the same have at least one key in common.

    Pairs of words, whatever their order and whatever stands between; first and last word with the year of birth, since
    a slip of the pen spoils one word only.
    """
    words = name.words
    telling = sorted(set(words) - NEVER_ALONE)
    if subject_kind == COLLECTIVE or len(telling) < FEWEST_WORDS:
        pairs = [" ".join(words)] if words else []
    else:
        pairs = [f"{first} {second}" for first, second in combinations(telling, 2)]
    by_year = [f"{word} {birth_year}" for word in (words[:1] + words[-1:]) if birth_year]
    return tuple(dict.fromkeys(pairs + by_year))


#: Words that so many names have, never alone, that they tell nothing.
NEVER_ALONE = frozenset({"thi", "van"})
#: {title, the tone of each word at its end: the sex of whom it is said}
TITLES = {
    " ".join(tone_last(word) for word in title.split()): sex
    for sex, titles in {
        "man": ("ông", "cụ ông", "anh", "chú", "thầy giáo", "thầy"),
        "woman": ("bà", "cụ bà", "chị", "cô", "cô giáo", "dì", "thím", "mẹ"),
        "": (
            "bác",
            "cụ",
            "em",
            "đồng chí",
            "đ c",
            "đc",
            "bác sĩ",
            "ông bà",
            "vợ chồng",
            "vợ chồng ông",
            "vợ chồng anh",
        ),
    }.items()
    for title in titles
}
HOUSEHOLDS = {" ".join(tone_last(word) for word in title.split()): "" for title in ("hộ gia đình", "gia đình", "hộ")}
#: {what is no family's name without marks either: the title}
UNMARKED = {
    alike(title): title
    for title in TITLES | HOUSEHOLDS
    if alike(title) not in {"bac", "chu", "co", "cu", "di", "ho", "me", "thai", "em"}
}

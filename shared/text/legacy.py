"""Finds text typed for the old 8-bit fonts (TCVN3, VNI) or in VIQR, which Unicode fonts show as rubbish.

A word counts as legacy only if it carries a telltale of that encoding *and*, read in it, is a well-formed Vietnamese
syllable. Words holding a letter that only Unicode has (ơ, ư, ă, đ, ạ…) are never legacy. Plain Vietnamese, English and
the names of other peoples therefore pass.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

_ENOUGH = 2  # one strong word, or two weak ones


class _Reading(NamedTuple):
    weight: int
    decode: Callable[[str], str]


def legacy_word(text: str) -> str | None:
    """The first word that gives the text away as legacy, or None."""
    first: str | None = None
    evidence = 0
    for match in _WORD.finditer(unicodedata.normalize("NFC", text)):
        word = match.group().rstrip(_TRAILING)
        weight = _weight(word)
        if weight:
            first = first or word
            evidence += weight
            if evidence >= _ENOUGH:
                return first
    return None


_WORD = re.compile(r"[^\s\d.,;:!\"/\[\]{}<>|=_*#@$%…–—-](?:[^\s\d,;:!\"/\[\]{}<>|=_*#@$%…–—-])*")
_TRAILING = ".?!')("
# A legacy typist who forgot the blank ("NguyeãnVaên") still wrote two syllables.
_GLUED = re.compile(r"(?<=[^\W\dA-Z_])(?=[A-Z])")
_UNICODE_ONLY = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9\u0300-\u036f]")


def _weight(word: str) -> int:
    if _UNICODE_ONLY.search(word) or (word.isascii() and not _VIQR_STRONG.search(word) and not _VIQR_WEAK.search(word)):
        return 0
    return max(_part_weight(part) for part in _GLUED.split(word))


def _part_weight(part: str) -> int:
    return max(
        (reading.weight for reading in (_as_tcvn3(part), _as_vni(part), _as_viqr(part))
         if reading is not None and _is_syllable(reading.decode(part))),
        default=0,
    )  # fmt: skip


# --- TCVN3 (.VnTime): one byte a letter, many of them signs in Latin-1 -------------------------------------------

_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_TCVN3_STRONG = re.compile(
    "[A-Za-z][¨©ª«¬®µ¶¸¹»¼½¾×÷]|[a-z][ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖØÜÝÞ]"  # V¨n, NguyÔn
    "|§[A-Za-zÆÊËÇ¸¹µ]|®[a-zåæçèéêëìíîïñòóôõö÷øùúûü¸¹µÊËÖÒÕÝÞ×]"  # §Æng, ®ång
)
_TCVN3_WEAK = re.compile("[A-Za-z][åæçëîïñöøûü\u00ad]")
_TWO_LETTERS = 2


def _as_tcvn3(part: str) -> _Reading | None:
    if _TCVN3_STRONG.search(part):
        return _Reading(1 if len(part) <= _TWO_LETTERS else _ENOUGH, lambda word: word.translate(_TCVN3))
    if _TCVN3_WEAK.search(part):
        return _Reading(1, lambda word: word.translate(_TCVN3))
    return None


# --- VNI: a bare vowel followed by a letter that stands for its marks --------------------------------------------

_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323", "â": "\u0302",
    "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300",
    "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_SINGLE = str.maketrans("ñôöæóòî", "đơưỉĩịỵ")
_VNI_PAIR = re.compile("([aeouyôö])([ùøûõïâáàåãäêéèúüë])")
# oà, oá, oã are good Unicode (hoà, khoá, Doãn): no proof by themselves.
_VNI_STRONG = re.compile("[ae][ùøûõïâáàåãä]|a[êéèúüë]|(?:[oyôö]|(?<!q)u)[ùøûõï]|o[âåä]|^ñ[aeiouyô]")


def _as_vni(part: str) -> _Reading | None:
    return _Reading(_ENOUGH, _from_vni) if _VNI_STRONG.search(part.lower()) else None


def _from_vni(word: str) -> str:
    kept: list[str] = []
    place = 0
    low = word.lower()
    while place < len(low):
        pair = _VNI_PAIR.match(low, place)
        kept.append(low[place].translate(_VNI_SINGLE) + (_VNI_MARKS[pair.group(2)] if pair else ""))
        place += 2 if pair else 1
    return unicodedata.normalize("NFC", "".join(kept))


# --- VIQR: marks typed as ASCII signs after the vowel ------------------------------------------------------------

_VIQR_STRONG = re.compile(r"[A-Za-z][aeoAEO]\^|[a-zA-Z][eoEO]\^|[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ][aeouAEOU]\^")
_VIQR_WEAK = re.compile(r"[A-Za-z](?:[aA]\(|[ouOU]\+)['`?~.]?[A-Za-z]?")
_VIQR_SIGNS = dict(zip("^(+'`?~.", "\u0302\u0306\u031b\u0301\u0300\u0309\u0303\u0323", strict=True))
_VIQR_UNITS = re.compile(r"([aeouyiAEOUYI])([\^(+]?)(['`?~.]?)")


def _as_viqr(part: str) -> _Reading | None:
    if not part.isascii():
        return None
    if _VIQR_STRONG.search(part):
        return _Reading(_ENOUGH, _from_viqr)
    return _Reading(1, _from_viqr) if _VIQR_WEAK.search(part) else None


def _from_viqr(word: str) -> str:
    marked = _VIQR_UNITS.sub(lambda m: m[1] + _VIQR_SIGNS.get(m[2], "") + _VIQR_SIGNS.get(m[3], ""), word)
    return unicodedata.normalize("NFC", re.sub("^[dD]{2}", "đ", marked))


# --- What a Vietnamese syllable may look like --------------------------------------------------------------------

_ONSET = "ngh|ng|gh|nh|ph|th|tr|ch|kh|gi|qu|[bcdđghklmnprstvx]"
_NUCLEUS = (
    "oai|oay|oeo|uây|uôi|uya|uyê|uyu|iêu|yêu|ươi|ươu|oă|oa|oe|oo|uâ|uê|uô|uơ|uy|ưa|ươ|ua|ia|iê|yê|ya|"
    "ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|[aăâeêioôơuưy]"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})(?:{_NUCLEUS})(?:ch|ng|nh|[cmnpt])?|(?:[ăâêôơư]|{_NUCLEUS})(?:ng|nh|ch|[cmnpt])")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def _is_syllable(word: str) -> bool:
    loose = unicodedata.normalize("NFD", word.lower())
    bare = unicodedata.normalize("NFC", _TONES.sub("", loose))
    return len(_TONES.findall(loose)) <= 1 and _SYLLABLE.fullmatch(bare) is not None

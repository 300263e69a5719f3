"""Numbers of official papers (65/KH-UBND, 98/2023/NĐ-CP, 05-CT/TW) as local stations read them."""

import re

from shared.speech.abbreviations import EXPANSIONS
from shared.speech.numbers import cardinal, quantity

_KINDS = {
    "KH": "kế hoạch", "QĐ": "quyết định", "BC": "báo cáo", "TTr": "tờ trình", "BB": "biên bản", "TB": "thông báo",
    "CTr": "chương trình", "HD": "hướng dẫn", "GM": "giấy mời", "CV": "công văn", "NQ": "nghị quyết", "NĐ": "nghị định",
    "TT": "thông tư", "TTLT": "thông tư liên tịch", "CT": "chỉ thị", "QC": "quy chế", "CĐ": "công điện",
    "KL": "kết luận", "ĐA": "đề án", "PA": "phương án", "PL": "pháp lệnh", "QyĐ": "quy định",
}  # fmt: skip
_ISSUERS = {
    "CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "TW": "Trung ương", "QH": "Quốc hội",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội", "BNV": "Bộ Nội vụ", "BTC": "Bộ Tài chính", "BYT": "Bộ Y tế",
    "BTTTT": "Bộ Thông tin và Truyền thông", "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BGDĐT": "Bộ Giáo dục và Đào tạo", "BCA": "Bộ Công an", "BQP": "Bộ Quốc phòng",
    "BTĐKT": "Ban Thi đua - Khen thưởng", "ĐU": "Đảng ủy", "HU": "Huyện ủy", "TU": "Tỉnh ủy", "SNV": "Sở Nội vụ",
    "VP": "Văn phòng",
}  # fmt: skip
_NAMES = "|".join(sorted({*_KINDS.values(), "luật", "bộ luật", *_KINDS}, key=len, reverse=True))
_CODES = "|".join(sorted(_KINDS, key=len, reverse=True))
_LEAD = rf"(?:\b(?P<named>{_NAMES})\s+)?(?:(?P<number_word>[Ss]ố)[:\s]\s*)?(?<![\w/])"
_LETTERS = "[A-ZĐ&][A-ZĐa-zđ&]*"
_PAPER = re.compile(
    rf"(?i:{_LEAD})(?P<number>[0-9]+)(?:/(?P<year>[12][0-9]{{3}}))?"
    rf"(?:/(?P<kind>{_CODES})-(?P<issuer>{_LETTERS}(?:-{_LETTERS})*)"
    rf"|-(?P<kind_first>{_CODES})/(?P<issuer_last>{_LETTERS})"
    r"|/(?P<assembly>UBTVQH|QH)(?P<term>[0-9]{1,2}))(?![\w/])"
)
_ISSUER_FOLLOWS = re.compile(r"[^.;!?\n]{0,60}?\bcủa\s")


def spoken_papers(text: str) -> str:
    """65/KH-UBND as "số sáu mươi lăm, kế hoạch Ủy ban nhân dân".

    Where the kind is named before ("Kế hoạch số 65/KH-UBND") it is not said again, and neither is the issuer where the
    sentence goes on to name it ("… ngày 24/3/2023 của UBND huyện").
    """
    return _PAPER.sub(_said, text)


def _said(match: re.Match[str]) -> str:
    number = f"{match['number_word'] or 'số'} {quantity(match['number'])}"
    if match["year"]:
        number += f" năm {cardinal(int(match['year']))}"
    kind = _KINDS.get(match["kind"] or match["kind_first"] or "", "")
    issuer = _issuer(match)
    named = match["named"]
    if not named:
        return f"{number}, {kind} {issuer}" if kind else f"{number}, {issuer}"
    said = f"{_KINDS.get(named, named)} {number}"
    if _ISSUER_FOLLOWS.match(match.string, match.end()):
        return said
    return f"{said} của {issuer}"


def _issuer(match: re.Match[str]) -> str:
    if match["assembly"]:
        return f"{_ISSUERS[match['assembly']]} khóa {cardinal(int(match['term']))}"
    parts = (match["issuer"] or match["issuer_last"]).split("-")
    return " ".join(_ISSUERS.get(part) or EXPANSIONS.get(part) or part for part in parts)

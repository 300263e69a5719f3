"""Abbreviations of commune life, said in full."""

import re
from collections.abc import Mapping
from types import MappingProxyType

EXPANSIONS: Mapping[str, str] = MappingProxyType({
    # bodies
    "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "MTTQ": "Mặt trận Tổ quốc",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc", "UBMTTQVN": "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "HĐTĐKT": "Hội đồng Thi đua - Khen thưởng", "BCH": "Ban Chấp hành", "BTV": "Ban Thường vụ", "BCĐ": "Ban Chỉ đạo",
    "BTC": "Ban Tổ chức", "BQL": "Ban Quản lý", "BGH": "Ban Giám hiệu", "HTX": "hợp tác xã", "THT": "tổ hợp tác",
    "CLB": "câu lạc bộ", "LHPN": "Liên hiệp Phụ nữ", "CCB": "Cựu chiến binh", "TNCS": "Thanh niên Cộng sản",
    "LĐLĐ": "Liên đoàn Lao động", "HND": "Hội Nông dân", "TW": "Trung ương", "T.Ư": "Trung ương",
    "LLVT": "lực lượng vũ trang", "DQTV": "dân quân tự vệ", "CAND": "Công an nhân dân", "QĐND": "Quân đội nhân dân",
    # emulation and commendation
    "ĐHTT": "điển hình tiên tiến", "TĐKT": "thi đua, khen thưởng", "TĐ-KT": "thi đua, khen thưởng",
    "TĐYN": "thi đua yêu nước", "NTVT": "người tốt, việc tốt", "CSTĐ": "chiến sĩ thi đua",
    # fields of work
    "NTM": "nông thôn mới", "TDTT": "thể dục thể thao", "TDĐKXDĐSVH": "toàn dân đoàn kết xây dựng đời sống văn hóa",
    "KT-XH": "kinh tế - xã hội", "QP-AN": "quốc phòng - an ninh", "QPAN": "quốc phòng, an ninh",
    "ANTT": "an ninh trật tự", "ATGT": "an toàn giao thông", "ATTP": "an toàn thực phẩm",
    "VSATTP": "vệ sinh an toàn thực phẩm", "VSMT": "vệ sinh môi trường", "PCCC": "phòng cháy, chữa cháy",
    "PCTT": "phòng, chống thiên tai", "TKCN": "tìm kiếm cứu nạn", "BHYT": "bảo hiểm y tế", "BHXH": "bảo hiểm xã hội",
    "BVMT": "bảo vệ môi trường", "CNTT": "công nghệ thông tin", "CĐS": "chuyển đổi số", "CCHC": "cải cách hành chính",
    "TTHC": "thủ tục hành chính", "TTĐT": "thông tin điện tử", "KHKT": "khoa học kỹ thuật",
    "KH-KT": "khoa học - kỹ thuật", "KHCN": "khoa học công nghệ", "KH&CN": "Khoa học và Công nghệ",
    "GD&ĐT": "Giáo dục và Đào tạo", "GDĐT": "giáo dục và đào tạo", "NN&PTNT": "Nông nghiệp và Phát triển nông thôn",
    "TN&MT": "Tài nguyên và Môi trường", "TT&TT": "Thông tin và Truyền thông", "VHVN": "văn hóa, văn nghệ",
    "VH-XH": "văn hóa - xã hội", "VP-TK": "Văn phòng - Thống kê", "TMĐT": "thương mại điện tử", "ANM": "an ninh mạng",
    "SXKD": "sản xuất kinh doanh", "XDCB": "xây dựng cơ bản", "KHHGĐ": "kế hoạch hóa gia đình",
    # schools and people
    "TH&THCS": "tiểu học và trung học cơ sở", "THCS": "trung học cơ sở", "THPT": "trung học phổ thông",
    "CBCC": "cán bộ, công chức", "CBCCVC": "cán bộ, công chức, viên chức", "CNVC": "công nhân, viên chức",
    "NLĐ": "người lao động", "ĐVTN": "đoàn viên, thanh niên", "HCM": "Hồ Chí Minh", "ĐBQH": "đại biểu Quốc hội",
    # papers and tables
    "NQ": "nghị quyết", "QĐ": "quyết định", "NĐ": "nghị định", "STT": "số thứ tự", "SĐT": "số điện thoại",
    "VNĐ": "đồng", "VND": "đồng", "COVID-19": "Cô-vít mười chín", "Covid-19": "Cô-vít mười chín",
    # always units, even with no number before them
    "km": "ki-lô-mét", "kg": "ki-lô-gam", "km²": "ki-lô-mét vuông", "m²": "mét vuông", "m³": "mét khối",
})  # fmt: skip

_WITH_SIGNS = (
    (re.compile(r"(?<!\w)T[Pp]\.?\s?HCM(?!\w)"), "Thành phố Hồ Chí Minh"),
    (re.compile(r"(?<!\w)T[Pp]\.\s*(?=\w)|(?<!\w)TP\s+(?=[A-ZĐÀ-Ỹ])"), "thành phố "),
    (re.compile(r"(?<!\w)T[Xx]\.\s*(?=\w)"), "thị xã "),
    (re.compile(r"(?<!\w)Q\.\s*(?=[0-9])"), "quận "),
    (re.compile(r"(?<!\w)P\.\s*(?=[0-9])"), "phường "),
    (re.compile(r"(?<!\w)QL\.?\s?(?=[0-9])"), "quốc lộ "),
    (re.compile(r"(?<!\w)TL\.?\s?(?=[0-9])"), "tỉnh lộ "),
    (re.compile(r"(?<!\w)UB\s+MTTQ(?!\w)"), "Ủy ban Mặt trận Tổ quốc"),
    (re.compile(r"(?<!\w)[Đđ]/c(?!\w)"), "đồng chí"),
    (re.compile(r"(?<!\w)v\.\s?v(?:\.{1,3}|…)?(?!\w)"), "vân vân"),
    (re.compile(r"(?<!\w)PGS\.\s?TS\.?(?!\w)\s*"), "phó giáo sư, tiến sĩ "),
    (re.compile(r"(?<!\w)GS\.\s?TS\.?(?!\w)\s*"), "giáo sư, tiến sĩ "),
    (re.compile(r"(?<!\w)TS\.\s*(?=\w)"), "tiến sĩ "),
    (re.compile(r"(?<!\w)ThS\.\s*(?=\w)"), "thạc sĩ "),
    (re.compile(r"(?<!\w)BS\.\s*(?=\w)"), "bác sĩ "),
    (re.compile(r"(?<!\w)ĐT:\s*"), "điện thoại: "),
    (re.compile(r"(?<=\w)\s&\s(?=\w)"), " và "),
    # "ha" is also a sound of laughter: a hectare only after a counting word
    (re.compile(r"(?<!\w)(mỗi|một|vài|mấy|nhiều|trăm|nghìn|triệu|mươi|chục|hàng)\sha(?![\w-]|\sha)"), r"\1 héc-ta"),
)
_NEVER_JOINED = r"(?<![\w&/-]){}(?![\w&²³]|-\w)"
_WORDS = re.compile(
    _NEVER_JOINED.format("(" + "|".join(map(re.escape, sorted(EXPANSIONS, key=len, reverse=True))) + ")")
)
_EXPLAINED = re.compile(r"\s?\(([A-ZĐ&-]{2,})\)")


def spoken_abbreviations(text: str) -> str:
    """Known abbreviations in full. One that only repeats the words before it, in brackets, is dropped."""
    text = _EXPLAINED.sub(_dropped_if_just_said, text)
    for pattern, full in _WITH_SIGNS:
        text = pattern.sub(full, text)
    return _WORDS.sub(lambda match: EXPANSIONS[match[1]], text)


def _dropped_if_just_said(match: re.Match[str]) -> str:
    full = EXPANSIONS.get(match[1])
    said_before = match.string[: match.start()].lower()
    return "" if full is not None and said_before.endswith(full.lower()) else match[0]

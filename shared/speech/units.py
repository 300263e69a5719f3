"""Units behind a number, said in full: 800 m², 12,5%, 5.000đ, 60 triệu đồng/người/năm."""

import re

_UNITS = {
    "km²": "ki-lô-mét vuông", "km2": "ki-lô-mét vuông", "m²": "mét vuông", "m2": "mét vuông",
    "cm²": "xăng-ti-mét vuông", "m³": "mét khối", "m3": "mét khối", "km": "ki-lô-mét", "m": "mét",
    "cm": "xăng-ti-mét", "mm": "mi-li-mét", "kg": "ki-lô-gam", "Kg": "ki-lô-gam", "g": "gam", "mg": "mi-li-gam",
    "l": "lít", "ml": "mi-li-lít", "ha": "héc-ta", "kWh": "ki-lô-oát giờ", "kW": "ki-lô-oát", "MW": "mê-ga-oát",
    "đ": "đồng", "VNĐ": "đồng", "VND": "đồng", "tr.đ": "triệu đồng", "trđ": "triệu đồng", "tr": "triệu",
}  # fmt: skip
_PER = {
    "ha": "héc-ta", "kg": "ki-lô-gam", "km": "ki-lô-mét", "m²": "mét vuông", "m2": "mét vuông", "m³": "mét khối",
    "m3": "mét khối", "h": "giờ", "s": "giây", "l": "lít",
} | {word: word for word in (
    "người", "hộ", "khẩu", "năm", "tháng", "ngày", "tuần", "quý", "vụ", "sào", "tấn", "tạ", "giờ", "phút", "giây",
    "lần", "con", "suất", "buổi", "ca", "thôn", "xã", "đơn vị", "học sinh", "lượt", "cây", "lít", "bài",
)}  # fmt: skip
_PHYSICAL = frozenset({"ha", "h", "s", "giây", "m²", "m2", "m³", "m3"})


def _one_of(words: dict[str, str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_SIGNS = ((re.compile(r"(?<=[0-9])\s?%"), " phần trăm"), (re.compile(r"(?<=[0-9])\s?‰"), " phần nghìn"),
          (re.compile(r"(?<=[0-9])\s?°(?=\s?[CF]\b)"), " độ "), (re.compile(r"(?<=[0-9])\s?°(?!\w)"), " độ"),
          (re.compile(r"(?<![\w-])[-−](?=[0-9]+(?:,[0-9]+)?\sđộ)"), "âm "))  # fmt: skip
_AFTER_NUMBER = re.compile(rf"(?<=[0-9])\s?({_one_of(_UNITS)})(?![\w²³]|\.\w)")
_SCALES = r"(?:\s(?:triệu|tỷ|nghìn|ngàn|trăm|chục|vạn))*"
_RATE = re.compile(
    rf"([0-9]{_SCALES}\s[^\W\d]+(?:-[^\W\d]+)*(?:\s(?:vuông|khối|đồng|bài))?)((?:/(?:{_one_of(_PER)})(?![\w²³]))+)"
)


def spoken_units(text: str) -> str:
    """Units and rates behind numbers; the number itself is left as digits."""
    text = _AFTER_NUMBER.sub(lambda match: f" {_UNITS[match[1]]}", text)
    for pattern, word in _SIGNS:
        text = pattern.sub(word, text)
    return _RATE.sub(_rate, text)


def _rate(match: re.Match[str]) -> str:
    said = match[1]
    for per in match[2][1:].split("/"):
        said += f" {'trên' if per in _PHYSICAL or said.endswith('ki-lô-mét') else 'một'} {_PER[per]}"
    return said

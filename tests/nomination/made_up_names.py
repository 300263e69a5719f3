"""Ten thousand made-up nominees, some of them twice and spelt differently: test data, nobody real.

The shares of family names follow Lê Trung Hoa's count for the whole country, with names of the Thái and Mường beside
them; middle and given names are the common ones of either sex.
"""

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from services.nomination.rules.names import parsed_name
from services.nomination.rules.same_person import Described
from shared.text.fold import folded

FAMILIES = {
    "Nguyễn": 310, "Trần": 95, "Lê": 120, "Phạm": 70, "Hoàng": 40, "Phan": 35, "Vũ": 25, "Võ": 15, "Đặng": 21,
    "Bùi": 45, "Đỗ": 18, "Hồ": 12, "Ngô": 14, "Dương": 12, "Lý": 9, "Lò": 25, "Hà": 30, "Vi": 22, "Lương": 24,
    "Quách": 14, "Trương": 20, "Ngân": 10, "Lang": 6, "Cầm": 5, "Đinh": 12, "Mai": 10, "Trịnh": 18, "Cao": 8, "Lữ": 7,
    "Tống": 4, "Lục": 3,
}  # fmt: skip
MIDDLES = {
    "man": {"Văn": 45, "Hữu": 6, "Đức": 7, "Xuân": 5, "Quang": 5, "Minh": 6, "Đình": 4, "Công": 4, "": 6, "Bá": 3},
    "woman": {"Thị": 60, "Thị Ngọc": 4, "Thị Thu": 5, "Thị Thanh": 5, "Thu": 4, "Kim": 3, "Thúy": 3, "": 4},
}  # fmt: skip
MEN = (
    "Hùng Dũng Tuấn Hải Sơn Thắng Hòa Bình Cường Long Nam Minh Tùng Hiếu Quân Toàn Thành Trung Đức Kiên "
    "Mạnh Hưng Việt Quý Tài Lộc Phúc Thọ An Khánh Duy Tân Tiến Lâm Hoàn Thủy Nghĩa Lợi Ấm Pành Ún Phong "
    "Vinh Quyết Chiến Đạt Hào Thi Bảy"
)
WOMEN = (
    "Hoa Lan Hương Hằng Hạnh Hòa Trang Linh Nga Thúy Thủy Loan Oanh Yến Mỹ Mai Cúc Liên Dung Phương Thảo "
    "Hiền Huệ Nhung Tuyết Xuân Thu Hà Ngân Quỳnh Vân Ánh Bích Duyên Hậu Tâm Thơm Ấm Lý Quyên Hồng Dịu "
    "Chiên Inh Nguyệt Tươi Thoa Hoài"
)
GIVEN = {sex: names.split() for sex, names in (("man", MEN), ("woman", WOMEN))}
VILLAGES = tuple(UUID(int=number) for number in range(1, 41))
ORGANISATIONS = tuple(UUID(int=number) for number in range(101, 107))


@dataclass(frozen=True, slots=True)
class Put:
    """A nominee as put forward once; `person` is the truth, `how` says by which slip the name differs."""

    person: int
    name: str
    described: Described
    how: str = ""


def made_up(seed: int, *, total: int = 10_000, twice: int = 1_500) -> list[Put]:
    """`total` nominations of `total - twice` people; the same for the same seed."""
    dice = random.Random(seed)
    people = [somebody(dice, number) for number in range(total - twice)]
    again = [spelt_differently(dice, put, number) for number, put in enumerate(dice.sample(people, twice))]
    return [*people, *again]


def somebody(dice: random.Random, number: int) -> Put:
    sex = dice.choice(["man", "woman"])
    words = [pick(dice, FAMILIES), pick(dice, MIDDLES[sex]), given_name(dice, sex)]
    village = dice.randrange(len(VILLAGES))
    by_village = dice.random() < 0.8
    name = " ".join(word for word in words if word)
    described = Described(
        name=parsed_name(name),
        birth_year=dice.randint(1938, 2008) if dice.random() < 0.75 else None,
        phone=f"09{dice.randrange(10**8):08}" if dice.random() < 0.3 else "",
        address=f"Thôn {village + 1}" if dice.random() < 0.7 else "",
        unit_id=VILLAGES[village] if by_village else dice.choice(ORGANISATIONS),
        village=by_village,
    )
    return Put(number, name, described)


def given_name(dice: random.Random, sex: str) -> str:
    """The frequent ones first: shares fall as the place in the list."""
    names = GIVEN[sex]
    return dice.choices(names, [1 / (place + 8) for place in range(len(names))])[0]


def pick(dice: random.Random, shares: dict[str, int]) -> str:
    return dice.choices(list(shares), list(shares.values()))[0]


def spelt_differently(dice: random.Random, put: Put, number: int) -> Put:
    """The same person once more, by one way of spelling after the other, with what else is often different."""
    ways = [way for way in WAYS if WAYS[way](dice, put.name) != put.name]
    how = ways[number % len(ways)]
    one = put.described
    year = one.birth_year
    if year is not None and dice.random() < 0.2:
        year = dice.choice([None, None, year - 1, year + 1])
    by_village = dice.random() < 0.7
    name = WAYS[how](dice, put.name)
    changed = replace(
        one,
        name=parsed_name(name),
        birth_year=year,
        phone=one.phone if dice.random() < 0.7 else "",
        unit_id=one.unit_id if by_village else dice.choice(ORGANISATIONS),
        village=one.village and by_village,
    )
    return Put(put.person, name, changed, how)


def old_tones(_dice: random.Random, name: str) -> str:
    """The tone on the second vowel, as keyboards of the 1990s put it: Hoà, Thuý."""
    pairs = {
        "òa": "oà",
        "óa": "oá",
        "ỏa": "oả",
        "õa": "oã",
        "ọa": "oạ",
        "úy": "uý",
        "ùy": "uỳ",
        "ủy": "uỷ",
        "ũy": "uỹ",
        "ụy": "uỵ",
    }
    for new, old in pairs.items():
        name = name.replace(new, old)
    return name


def slip(dice: random.Random, name: str) -> str:
    """One letter of a longer word left out, doubled, or turned round with the next."""
    words = name.split()
    long = [place for place, word in enumerate(words) if len(word) >= 4]
    if not long:
        return name
    place = dice.choice(long)
    word, at = words[place], dice.randint(1, len(words[place]) - 2)
    turned = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    words[place] = dice.choice([word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], turned])
    return " ".join(words)


def without_middle(_dice: random.Random, name: str) -> str:
    words = name.split()
    return f"{words[0]} {words[-1]}"


WAYS: dict[str, Callable[[random.Random, str], str]] = {
    "the tone on the other vowel": old_tones,
    "letters in pieces (NFD)": lambda _, name: unicodedata.normalize("NFD", name),
    "no marks": lambda _, name: folded(name).title(),
    "the western way round": lambda _, name: " ".join([name.split()[-1], *name.split()[:-1]]),
    "without the middle name": without_middle,
    "a title before it": lambda dice, name: f"{dice.choice(['ông' if 'Văn' in name else 'bác', 'đ/c', 'Cụ'])} {name}",
    "i for y": lambda _, name: (
        name.replace("Lý", "Lí").replace("Mỹ", "Mĩ").replace("Quý", "Quí").replace("Thúy", "Thúi")
    ),
    "capitals and blanks": lambda _, name: f"  {name.upper().replace(' ', '  ')}",
    "one letter wrong": slip,
}

"""What holds for PINs and cards. Plain values in, plain values out."""

import itertools
import re

from shared.errors import Refused

PIN = re.compile(r"[0-9]{6}")
PIN_DIGITS = 6
#: Wrong PINs one after another, however slowly, after which a card opens nothing any more (NIST SP 800-63B 5.2.2: 100).
MOST_FAILURES = 100
#: The same for the start code, which is told and typed once.
MOST_START_FAILURES = 10

#: Of the PINs that people choose first, those that no rule below finds.
GUESSED_FIRST = frozenset(
    {"112233", "223344", "332211", "445566", "102030", "147258", "258369", "159753", "159357", "789456", "741852",
     "963852", "520520", "131420", "686868", "666888", "888666", "668866", "886688", "192837", "010203", "100100"}
)  # fmt: skip


def check_new_pin(pin: str) -> None:
    """Raise Refused("pin.…") for one that is not six digits, or that somebody who finds the card would try first."""
    if not PIN.fullmatch(pin):
        raise Refused("pin.not_six_digits")
    if pin in GUESSED_FIRST or is_repeated(pin) or is_run(pin) or is_mirrored(pin):
        raise Refused("pin.easily_guessed")
    if is_birthday(pin):
        raise Refused("pin.birthday")


def is_repeated(pin: str) -> bool:
    """One, two or three digits over and over: 000000, 121212, 123123; or two digits in all: 110011."""
    return len(set(pin)) < 3 or pin == pin[:3] * 2  # noqa: PLR2004 -- as the docstring says


def is_run(pin: str) -> bool:
    """Each digit follows the one before, upwards or downwards, also over the 0: 123456, 890123, 654321."""
    steps = {(int(after) - int(before)) % 10 for before, after in itertools.pairwise(pin)}
    return steps in ({1}, {9})


def is_mirrored(pin: str) -> bool:
    """123321."""
    return pin == pin[::-1]


def is_birthday(pin: str) -> bool:
    """Day, month and year of two digits each, in the order in which people here write them."""
    day, month = int(pin[:2]), int(pin[2:4])
    return 1 <= day <= 31 and 1 <= month <= 12  # noqa: PLR2004 -- days of a month, months of a year

"""What may be recorded as an activity of the plan."""

import re
from datetime import date

from shared.errors import Invalid

MOST_PARTICIPANTS = 1_000_000
MOST_COST_VND = 100_000_000_000


def require_held(held_on: date, *, today: date, starts_on: date, ends_on: date) -> None:
    """Raises Invalid unless the day is past or present and within the plan's period, both ends included."""
    if held_on > today:
        raise Invalid({"held_on": "activity.in_future"})
    if not starts_on <= held_on <= ends_on:
        raise Invalid({"held_on": "activity.out_of_period"})


def whole_number(typed: str, *, most: int) -> int:
    """A number as Vietnamese people type it ("1.200.000", "1 200 000", "300"); an empty box is 0.

    Raises ValueError for anything else, and for more than `most`.
    """
    bare = re.sub(r"[\s\u00a0]|đồng$|đ$", "", typed.strip().lower())
    if not bare:
        return 0
    if not re.fullmatch(r"\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+", bare, re.ASCII):
        raise ValueError(f"{typed!r} is no whole number")
    number = int(bare.replace(".", "").replace(",", ""))
    if number > most:
        raise ValueError(f"{number} is more than {most}")
    return number

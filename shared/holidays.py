"""Public holidays, from the list beside this file."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LIST = Path(__file__).with_name("holidays.yaml")


@cache
def holidays_from(year: int) -> frozenset[date]:
    """The holidays of a year and of the next, which is as far as an answer may take."""
    listed = _listed()
    yearly = {date(each, *_month_day(day)) for each in (year, year + 1) for day in listed["yearly"]}
    return frozenset(yearly | set(listed["dated"]))


@cache
def _listed() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return read


def _month_day(written: str) -> tuple[int, int]:
    month, day = written.split("-")
    return int(month), int(day)

"""Stretches of time that a plan counts in: its period and the calendar windows inside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from shared.plan.text import Text

Per: TypeAlias = Literal["month", "quarter", "half_year", "year"]

MONTHS: dict[Per, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """One calendar month, quarter, half-year or year. `number` counts from 1 within the year."""

    year: int
    number: int
    per: Per = "quarter"

    @property
    def starts_on(self) -> date:
        return date(self.year, (self.number - 1) * MONTHS[self.per] + 1, 1)

    @property
    def ends_on(self) -> date:
        """The last day, inclusive."""
        return self.next.starts_on - timedelta(days=1)

    @property
    def next(self) -> "Window":
        if self.number < 12 // MONTHS[self.per]:
            return Window(self.year, self.number + 1, self.per)
        return Window(self.year + 1, 1, self.per)

    @property
    def key(self) -> str:
        """The stable name that events carry: "2026-Q4", "2026-M11", "2026-H2", "2026"."""
        return str(self.year) if self.per == "year" else f"{self.year}-{self.per[0].upper()}{self.number}"

    @property
    def label(self) -> Text:
        """The name that people read: "quý IV/2026"."""
        match self.per:
            case "month":
                return Text(f"tháng {self.number}/{self.year}", f"{self.starts_on:%B} {self.year}")
            case "quarter":
                return Text(f"quý {ROMAN[self.number - 1]}/{self.year}", f"Q{self.number} {self.year}")
            case "half_year":
                half_vi, half_en = (("đầu", "first"), ("cuối", "second"))[self.number - 1]
                return Text(f"6 tháng {half_vi} năm {self.year}", f"{half_en} half of {self.year}")
            case "year":
                return Text(f"năm {self.year}", str(self.year))

    def contains(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def days_left(self, today: date) -> int:
        """Whole days from today to the last day: 0 on that day, negative afterwards."""
        return (self.ends_on - today).days


Quarter: TypeAlias = Window


def window_of(day: date, per: Per = "quarter") -> Window:
    """The window in which a day falls."""
    return Window(day.year, (day.month - 1) // MONTHS[per] + 1, per)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days; both ends count."""

    starts_on: date
    ends_on: date

    def contains(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def windows(self, per: Per = "quarter") -> tuple[Window, ...]:
        """Every calendar window that shares a day with the period, in order; the first and last may stick out."""
        return tuple(self._walk(per))

    def quarters(self) -> tuple[Quarter, ...]:
        """Every calendar quarter that shares a day with the period, in order."""
        return self.windows("quarter")

    def _walk(self, per: Per) -> Iterator[Window]:
        window = window_of(self.starts_on, per)
        while window.starts_on <= self.ends_on:
            yield window
            window = window.next

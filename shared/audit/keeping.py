"""How long entries are kept, as dated data: laws change, and what was promised stays readable."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Keeping:
    """From a day on, entries are kept for at least so many years."""

    valid_from: date
    years: int
    source: str


#: Latest last. Nothing deletes entries yet; see the ADR on the audit trail.
KEEPINGS = (
    Keeping(date(2023, 7, 1), 5, "Nghị định 13/2023/NĐ-CP; số năm do phần mềm đặt"),
    Keeping(date(2026, 1, 1), 5, "Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP; số năm do phần mềm đặt"),
)


def keeping_on(day: date) -> Keeping:
    """The rule of a day; before the first, the first."""
    return next((each for each in reversed(KEEPINGS) if each.valid_from <= day), KEEPINGS[0])

"""Until when a citizen must be told who looked at their data."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from shared.plan.questions import working_day_after


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """From a day on: so many working days, or else hours, for an answer, by this law."""

    valid_from: date
    working_days: int
    hours: int
    law: str


#: Latest last.
RULES = (
    AnswerRule(date(2023, 7, 1), 0, 72, "Nghị định số 13/2023/NĐ-CP"),
    AnswerRule(
        date(2026, 1, 1),
        2,
        0,
        "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định số 356/2025/NĐ-CP",
    ),
)


def rule_on(day: date) -> AnswerRule:
    """The rule that holds for requests received on a day; before the first, the first."""
    return next((rule for rule in reversed(RULES) if rule.valid_from <= day), RULES[0])


def answer_due(received_on: date, *, holidays: Collection[date] = frozenset()) -> date:
    """The last day for the answer; the day of receipt does not count. Hours run through holidays."""
    rule = rule_on(received_on)
    if rule.hours:
        return received_on + timedelta(hours=rule.hours)
    return working_day_after(received_on, rule.working_days, holidays=holidays)

"""How long the commune has after a consent was taken back (Decree 356/2025/NĐ-CP on personal data).

Days of the calendar do not move for holidays: the last day named by the decree is the last day, however it falls.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.nomination.rules.fault import Fault, Faults
from shared.plan.questions import working_day_after

ANSWER_WORKING_DAYS = 2
STOP_DAYS = 15
THIRD_PARTIES_DAYS = 20
LONGEST_EXTENSION = 15  # days, once, with its reason
SHORTEST_WORDS, LONGEST_WORDS = 10, 1000  # characters of an answer, a reason, a note


class Duty(StrEnum):
    """What the commune owes to whoever took a consent back."""

    ANSWER = "answer"
    STOP = "stop"
    THIRD_PARTIES = "third_parties"


#: How many days before its last day a duty is reminded of.
REMINDED_BEFORE: Mapping[Duty, int] = {Duty.ANSWER: 1, Duty.STOP: 3, Duty.THIRD_PARTIES: 3}
LONGEST_NOTICE = max(REMINDED_BEFORE.values())


@dataclass(frozen=True, slots=True)
class Clocks:
    """The last day of each duty."""

    answer_by: date
    stop_by: date
    third_parties_by: date


def clocks(asked_on: date, *, holidays: Collection[date]) -> Clocks:
    """The last days, counted from the day after the request."""
    return Clocks(
        working_day_after(asked_on, ANSWER_WORKING_DAYS, holidays=holidays),
        asked_on + timedelta(days=STOP_DAYS),
        asked_on + timedelta(days=THIRD_PARTIES_DAYS),
    )


def extension_faults(*, days: int | None, reason: str, already: int) -> Faults:
    """What is wrong with an extension: it is one, of at most LONGEST_EXTENSION days, and says why."""
    faults: Faults = {}
    if already:
        faults["days"] = Fault("clock.extended_already")
    elif days is None or not 1 <= days <= LONGEST_EXTENSION:
        faults["days"] = Fault("clock.extension_out_of_range", {"longest": LONGEST_EXTENSION})
    return faults | words_faults("reason", reason)


def words_faults(box: str, words: str) -> Faults:
    return {} if len(words) >= SHORTEST_WORDS else {box: Fault("clock.words_missing", {"shortest": SHORTEST_WORDS})}


def next_due(due: Mapping[Duty, date], done: Collection[Duty]) -> date | None:
    """The nearest last day of what is still owed; None when nothing is."""
    return min((day for duty, day in due.items() if duty not in done), default=None)


def said_of(duty: Duty, due_on: date, today: date) -> str:
    """What the day says of a duty that is still owed: "overdue", "due", or "" while there is time."""
    if today > due_on:
        return "overdue"
    return "due" if (due_on - today).days <= REMINDED_BEFORE[duty] else ""

"""One rung of the ladder."""

from dataclasses import dataclass
from datetime import date

from shared.plan.text import Text


@dataclass(frozen=True, slots=True)
class Rung:
    """A level that a role model can reach. `of` is the kind of unit that judges there, None where none is named.

    `since` is its first day, `until` its last; None for as long as the plan is read.
    """

    id: str
    title: Text
    clause: str
    of: str | None = None
    since: date | None = None
    until: date | None = None

    def stands_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

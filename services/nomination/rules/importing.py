"""The life of an import: examined first, added when somebody has agreed."""

from datetime import date, timedelta
from enum import StrEnum

from shared.errors import Refused

KEPT = timedelta(days=30)  # rows hold names of people who were perhaps never nominated


class ImportStage(StrEnum):
    EXAMINING = "examining"
    EXAMINED = "examined"
    ADDING = "adding"
    DONE = "done"
    STOPPED = "stopped"


class RowState(StrEnum):
    WAITING = "waiting"
    GOOD = "good"
    FAULTY = "faulty"
    KNOWN = "known"  # nominated by an earlier import, or in an earlier row
    ADDED = "added"


#: Somebody waits for these.
MOVING = frozenset({ImportStage.EXAMINING, ImportStage.ADDING})


def check_may_be_added(stage: ImportStage, *, good: int) -> bool:
    """Whether there is something to begin; not when it was begun before.

    Raises Refused("import.not_examined" | "import.nothing_good" | "import.stopped").
    """
    match stage:
        case ImportStage.ADDING | ImportStage.DONE:
            return False
        case ImportStage.EXAMINING:
            raise Refused("import.not_examined")
        case ImportStage.STOPPED:
            raise Refused("import.stopped")
        case ImportStage.EXAMINED if good == 0:
            raise Refused("import.nothing_good")
        case ImportStage.EXAMINED:
            return True


def kept_since(day: date) -> date:
    """Runs that were brought before this day are forgotten."""
    return day - KEPT

"""What people type into boxes, cleaned and bounded; every fault is named by its box."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from services.publish.commands.activities import Done
from services.publish.commands.editing import Text
from services.publish.rules.activity import MOST_COST_VND, MOST_PARTICIPANTS, whole_number
from services.publish.rules.limits import LONGEST_ACTIVITY_TITLE, LONGEST_BODY, LONGEST_SAPO, LONGEST_TITLE
from shared.errors import Invalid
from shared.text.clean import Unclean, cleaned
from shared.text.dates import NotADay, parsed_day

T = TypeVar("T")


def story_text(*, title: str, sapo: str, body: str) -> Text:
    """A story's words. Raises Invalid with a fault for each box that is empty, too long or unreadable."""
    boxes = Boxes()
    text = Text(
        title=boxes.take("title", lambda: written(title, longest=LONGEST_TITLE), ""),
        sapo=boxes.take("sapo", lambda: written(sapo, longest=LONGEST_SAPO), ""),
        body=boxes.take("body", lambda: written(body, longest=LONGEST_BODY, lines=True), ""),
    )
    boxes.require_right()
    return text


@dataclass(frozen=True, slots=True)
class TypedActivity:
    """The boxes of the activity form, as they were typed."""

    id: UUID
    kind: str
    clause: str
    unit: UUID
    title: str
    held_on: str
    participants: str
    cost: str


def activity_done(typed: TypedActivity) -> Done:
    """The activity. Raises Invalid with a fault for each box."""
    boxes = Boxes()
    done = Done(
        id=typed.id,
        kind=typed.kind,
        clause_id=typed.clause,
        unit_id=typed.unit,
        title=boxes.take("title", lambda: written(typed.title, longest=LONGEST_ACTIVITY_TITLE), ""),
        held_on=boxes.take("held_on", lambda: parsed_day(typed.held_on), date.min),
        participants=boxes.take("participants", lambda: whole_number(typed.participants, most=MOST_PARTICIPANTS), 0),
        cost_vnd=boxes.take("cost", lambda: whole_number(typed.cost, most=MOST_COST_VND), 0),
    )
    boxes.require_right()
    return done


class Boxes:
    """Collects the faults of a form, so that all are shown at once."""

    def __init__(self) -> None:
        self.faults: dict[str, str] = {}

    def take(self, name: str, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except (Unclean, NotADay) as fault:
            self.faults[name] = fault.key
        except ValueError:
            self.faults[name] = "activity.not_a_number"
        return otherwise

    def require_right(self) -> None:
        if self.faults:
            raise Invalid(self.faults)


def written(raw: str, *, longest: int, lines: bool = False) -> str:
    """Cleaned text that is not empty. Raises Unclean."""
    text = cleaned(raw, longest=longest, lines=lines)
    if not text:
        raise Unclean("text.too_short")
    return text

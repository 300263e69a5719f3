"""What a citizen, the media body or the council tells a unit of, which has to answer (plan V.2, V.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from services.nomination.rules.dossier import NAME_LENGTH
from services.nomination.rules.fault import Fault, Faults, Incomplete
from services.nomination.rules.sources import VILLAGES
from services.nomination.rules.typed import Typed, one, phone_in, text_in
from shared.errors import Refused
from shared.plan import Plan, Unit
from shared.plan.questions import units_within

DEED_LENGTH = range(20, 2001)  # characters; the last is 2000
REASON_LENGTH = range(5, 501)
LONGEST_GIVER = 100
TRAP = "website"  # a box that people do not see and programs fill in
KEPT = timedelta(days=90)  # after the answer: then nobody needs to know any more who told it
ANYWHERE = ""  # no village: the commune's clerk finds the unit


class SuggestionStage(StrEnum):
    RECEIVED = "received"
    ENDORSED = "endorsed"  # the unit makes a nomination of it
    DECLINED = "declined"


class Origin(StrEnum):
    """From whom it comes. All but the citizen's are those of units (`rules.sources`)."""

    CITIZEN = "citizen"
    VILLAGE = "village"
    ORGANISATION = "organisation"
    MEDIA = "media"
    COUNCIL = "council"


@dataclass(frozen=True, slots=True)
class Told:
    """Who did what good thing, where, and who says so. The giver's name and telephone may be empty."""

    name: str
    deed: str
    unit: Unit
    giver: str = ""
    phone: str = ""


def suggested_by_citizen(typed: Typed, plan: Plan) -> Told:
    """What a citizen typed. Raises Incomplete with every box that is wrong."""
    faults: Faults = {}
    if one(typed, TRAP):
        faults[TRAP] = Fault("suggestion.trap")
    giver = text_in(typed, "giver", LONGEST_GIVER, faults)
    phone = phone_in(typed, "phone", faults)
    return told(typed, plan, villages_of(plan), faults, giver=giver, phone=phone)


def led_by_unit(typed: Typed, plan: Plan) -> Told:
    """What a unit typed for another one, or for itself. Raises Incomplete."""
    faults: Faults = {}
    if not one(typed, "unit"):
        faults["unit"] = Fault("suggestion.unit_missing")
    return told(typed, plan, units_within(plan, plan.unit), faults)


def told(typed: Typed, plan: Plan, units: Iterable[Unit], faults: Faults, *, giver: str = "", phone: str = "") -> Told:
    name = text_in(typed, "name", NAME_LENGTH.stop - 1, faults)
    deed = text_in(typed, "deed", DEED_LENGTH.stop - 1, faults, lines=True)
    if len(name) < NAME_LENGTH.start or not any(letter.isalpha() for letter in name):
        faults.setdefault("name", Fault("suggestion.name_missing"))
    if len(deed) < DEED_LENGTH.start:
        faults.setdefault("deed", Fault("suggestion.deed_missing", {"shortest": DEED_LENGTH.start}))
    unit = unit_named(one(typed, "unit"), plan, units, faults)
    if faults or unit is None:
        raise Incomplete(faults)
    return Told(name=name, deed=deed, unit=unit, giver=giver, phone=phone)


def unit_named(key: str, plan: Plan, units: Iterable[Unit], faults: Faults) -> Unit | None:
    """The unit that answers: the commune itself where no village is known."""
    if key == ANYWHERE:
        return plan.unit
    found = next((unit for unit in units if unit.key == key), None)
    if found is None:
        faults.setdefault("unit", Fault("suggestion.unit_unknown", {"value": key[:80]}))
    return found


def unit_to_pass_to(typed: Typed, plan: Plan) -> Unit:
    """Who is to answer. Raises Incomplete."""
    faults: Faults = {}
    unit = unit_named(one(typed, "unit"), plan, units_within(plan, plan.unit), faults)
    if unit is None:
        raise Incomplete(faults)
    return unit


def villages_of(plan: Plan) -> list[Unit]:
    return [unit for unit in units_within(plan, plan.unit) if unit.kind in VILLAGES]


def require_unanswered(stage: SuggestionStage) -> None:
    """Raise Refused("suggestion.answered") for what was answered already."""
    if stage is not SuggestionStage.RECEIVED:
        raise Refused("suggestion.answered")


def checked_reason(typed: Typed) -> str:
    """Why the unit does not take it up, as whoever gave it reads it. Raises Incomplete."""
    faults: Faults = {}
    reason = text_in(typed, "reason", REASON_LENGTH.stop - 1, faults, lines=True)
    if len(reason) < REASON_LENGTH.start:
        faults.setdefault("reason", Fault("suggestion.reason_missing", {"shortest": REASON_LENGTH.start}))
    if faults:
        raise Incomplete(faults)
    return reason

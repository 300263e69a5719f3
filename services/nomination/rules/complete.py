"""What a draft still lacks, as its author sees it."""

from datetime import date

from services.nomination.rules.assumed import with_assumed
from services.nomination.rules.dossier import faults_of
from services.nomination.rules.fault import Fault, Faults
from services.nomination.rules.sources import nominating_unit
from services.nomination.rules.typed import SHEET_OF, Sheet, Typed, one, read
from shared.access.principal import Principal
from shared.plan import Plan


def draft_faults(plan: Plan, who: Principal, typed: Typed, today: date) -> Faults:
    """What is wrong or missing on the whole draft, in the order of its boxes; {} when it may be sent."""
    reading = read(with_assumed(typed, plan))
    found = {**faults_of(reading.dossier, plan, today), **reading.faults}
    unit = nominating_unit(plan, who, one(typed, "unit"))
    if isinstance(unit, Fault):
        found["unit"] = unit
    if "story" in found and not one(typed, "headline"):
        found.pop("headline", None)  # it comes from the story
    return {box: found[box] for box in SHEET_OF if box in found}


def sheet_faults(everything: Faults, sheet: Sheet) -> Faults:
    """Those on one sheet."""
    return {box: fault for box, fault in everything.items() if SHEET_OF[box] is sheet}

"""How far somebody has climbed: from an example in their own unit to the nation."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from services.nomination.models import Candidate, Happening
from shared.plan import Plan
from shared.plan.ladder import commune_rung, own_rung, tiers_on
from shared.web.filters import day
from shared.web.i18n import _, current_language
from shared.web.parts import Rung

STATES: Mapping[str, Literal["reached", "awaited", "declined"]] = {
    "put_forward": "awaited",
    "tier_recognised": "reached",
    "tier_declined": "declined",
}


def ladder_of(plan: Plan, candidate: Candidate | None, heard: Sequence[Happening], today: date) -> list[Rung]:
    """The rungs, the lowest first; [] for a plan without a ladder. Rungs that are no more are shown if climbed."""
    language = current_language()
    own, commune = own_rung(plan), commune_rung(plan)
    if own is None or commune is None:
        return []
    promoted_on = candidate.promoted_on if candidate else None
    recognised = next((each.happened_at for each in heard if each.kind == "recognised"), None)
    climbed = {each.detail: each for each in heard if each.kind in STATES}
    standing = {tier.rung.id for tier in tiers_on(plan, today)} | set(climbed)
    return [
        reached(own.title.to(language), promoted_on),
        reached(commune.title.to(language), recognised),
        *(climb(rung.title.to(language), climbed.get(rung.id)) for rung in plan.ladder[2:] if rung.id in standing),
    ]


def reached(title: str, on: date | None) -> Rung:
    return Rung(title, "reached", _("Từ ngày %(on)s", on=day(on))) if on else Rung(title)


def climb(title: str, newest: Happening | None) -> Rung:
    if newest is None:
        return Rung(title)
    return Rung(title, STATES[newest.kind], day(newest.happened_at))


def rung_title(plan: Plan, rung_id: str) -> str:
    """What a rung is called; as it was said where the plan names it no more."""
    return next((rung.title.to(current_language()) for rung in plan.ladder if rung.id == rung_id), rung_id)

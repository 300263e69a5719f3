"""A whole nomination from a phone in one request: dossier and photos, created and submitted in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from services.nomination.commands.filing import filing
from services.nomination.commands.intake import Intake, Pending, Sent, hand_in
from services.nomination.commands.photos import keep_photo
from services.nomination.rules.assumed import with_assumed
from services.nomination.rules.complete import draft_faults
from services.nomination.rules.dossier import MOST_PHOTOS, Dossier, require_open
from services.nomination.rules.fault import Fault, Incomplete
from services.nomination.rules.sources import named_unit
from services.nomination.rules.typed import Typed, one, read
from shared.access.principal import Principal
from shared.ids import new_id
from shared.photos.photo import Photo
from shared.plan import Plan, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A complete form, not yet handed in."""

    plan: Plan
    unit: Unit
    dossier: Dossier
    today: date


def checked(plan: Plan, who: Principal, typed: Typed, today: date, *, photo_count: int) -> Whole:
    """What was typed, if it may be handed in today. Raises Incomplete, Refused("nomination.closed")."""
    require_open(plan, today)
    missing = draft_faults(plan, who, typed, today)
    if photo_count > MOST_PHOTOS:
        missing["photo"] = Fault("photo.too_many", {"count": photo_count, "most": MOST_PHOTOS})
    if missing:
        raise Incomplete(missing)
    unit = named_unit(plan, who, one(typed, "unit"))
    return Whole(plan=plan, unit=unit, dossier=read(with_assumed(typed, plan)).dossier, today=today)


def hand_in_whole(
    session: Session, who: Principal, whole: Whole, photos: Sequence[Photo], sent: Sent, *, traceparent: str | None
) -> Pending:
    """Keep the photos and hand the dossier in when the session commits; with a key that was used before, neither."""
    addresses = tuple(dict.fromkeys(keep_photo(session, who, photo).address for photo in photos))
    dossier = replace(whole.dossier, photo=addresses[0] if addresses else None, more_photos=addresses[1:])
    filed = filing(nomination_id=new_id(), plan=whole.plan, unit=whole.unit, dossier=dossier, today=whole.today)
    return hand_in(session, Intake(filing=filed, who=who, sent=sent, traceparent=traceparent))

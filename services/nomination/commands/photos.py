"""Photos: brought by a unit, kept once under their content address."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from services.nomination.adapters import photo_store
from services.nomination.commands.unused_files import hold_files
from services.nomination.models import PhotoRow
from services.nomination.queries.photos import brought
from services.nomination.rules.fault import Fault, Incomplete
from shared.access.principal import Principal
from shared.clock import now
from shared.photos.photo import Photo


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """A photo by its content address (SHA-256 of the largest picture, hex); widths in pixels, narrowest first."""

    address: str
    width: int
    height: int
    widths: tuple[int, ...]


def keep_photo(session: Session, who: Principal, photo: Photo) -> KeptPhoto:
    """Keep a re-encoded photo for the asker's unit; the same picture brought again is the same photo."""
    hold_files(session)
    kept = KeptPhoto(photo_store.keep(photo), photo.full.width, photo.full.height, tuple(sorted(photo.widths)))
    moment = now()
    session.execute(
        insert(PhotoRow)
        .values(
            sha256=kept.address,
            plan_id=who.plan_id,
            unit_id=who.unit_id,
            width=kept.width,
            height=kept.height,
            widths=list(kept.widths),
            brought_at=moment,
        )
        .on_conflict_do_update(index_elements=["sha256", "plan_id", "unit_id"], set_={"brought_at": moment})
    )
    return kept


def attach_photos(session: Session, who: Principal, addresses: Sequence[str], *, unit_id: UUID) -> None:
    """Make sure that the photos are the nominating unit's own: what the clerk brought goes over to the unit.

    Raises Incomplete when the asker knows no such photo.
    """
    if not addresses:
        return
    hold_files(session)
    known = {row.sha256: row for row in brought(session, addresses, who)}
    for address in addresses:
        if address not in known:
            raise Incomplete({"photo": Fault("photo.unknown", {"value": address[:80]})})
    theirs = [row.model_dump() | {"unit_id": unit_id} for row in known.values() if row.unit_id != unit_id]
    if theirs:
        session.execute(insert(PhotoRow).values(theirs).on_conflict_do_nothing())

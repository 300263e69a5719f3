"""One word about consent as it is kept, with how it is known."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from services.nomination.adapters import evidence_store
from services.nomination.commands.unused_files import hold_files
from services.nomination.models import ConsentEntry, ConsentParty
from services.nomination.rules.consent import ASKED_TEXT, Proof
from shared.access.principal import Principal
from shared.clock import now
from shared.evidence.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Known:
    """How a word is known. `by` recorded it; None: the person themself."""

    way: str  # "link" | "look_up" | "officer"
    proof: Proof
    by: Principal | None = None
    scan: Evidence | None = None


def entry_of(
    session: Session,
    party: ConsentParty,
    kind: str,
    uses: list[str],
    known: Known,
    *,
    today: date,
    number: int,
    reason: str = "",
) -> ConsentEntry:
    """The row of one word; keeps the scan that comes with it."""
    if known.scan:
        hold_files(session)
    return ConsentEntry(
        party_id=party.id,
        number=number,
        nomination_id=party.nomination_id,
        kind=kind,
        uses=uses,
        text_version=ASKED_TEXT,
        proof=known.proof.value,
        way=known.way,
        reason=reason,
        said_on=today,
        scan=evidence_store.keep(known.scan) if known.scan else "",
        scan_kind=known.scan.kind.value if known.scan else "",
        recorded_by=known.by.person_id if known.by else None,
        recorded_by_name=known.by.name if known.by else "",
        recorded_at=now(),
    )

"""What may be published today: what everybody agreed to who has to."""

from typing import Any

from sqlmodel import Session

from services.nomination.models import ConsentParty, Nomination
from services.nomination.queries.consents import parties_of
from services.nomination.rules.parties import waiting
from services.nomination.rules.uses import agreed_by_all
from shared.clock import now


def settle(session: Session, nomination: Nomination) -> int:
    """Let the nomination show what is agreed now; how many people still have to agree."""
    parties = parties_of(session, nomination.id)
    nomination.agreed = agreed_by_all(party.agreed for party in parties)
    nomination.changed_at = now()
    nomination.version += 1
    return waiting(party.state for party in parties)


def about(nomination: Nomination, party: ConsentParty) -> dict[str, Any]:
    """What every event about somebody's consent says."""
    return {
        "nomination_id": nomination.id,
        "code": nomination.code or "",
        "party_id": party.id,
        "unit_id": nomination.unit_id,
        "capacity": party.capacity,
    }

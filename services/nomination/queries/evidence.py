"""The files of evidence of a dossier."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from services.nomination.models import EvidenceRow
from shared.errors import NotFound


def evidence_of(session: Session, nomination_id: UUID) -> Sequence[EvidenceRow]:
    """Every file, the first one brought first; bounded by what a dossier may have."""
    wanted = select(EvidenceRow).where(EvidenceRow.nomination_id == nomination_id)
    return session.exec(wanted.order_by(col(EvidenceRow.id))).all()


def evidence_in(session: Session, nomination_id: UUID, evidence_id: UUID) -> EvidenceRow:
    """One file of the dossier. Raises NotFound."""
    found = session.get(EvidenceRow, evidence_id)
    if found is None or found.nomination_id != nomination_id:
        raise NotFound("thing.unknown")
    return found

"""Evidence is brought to a draft or with a supplement, and taken away again until it is sent."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from services.nomination.adapters import evidence_store
from services.nomination.commands.unused_files import give_up, hold_files
from services.nomination.models import EvidenceRow, Nomination
from services.nomination.queries.evidence import evidence_in, evidence_of
from services.nomination.queries.nominations import visible
from services.nomination.queries.supplements import last_supplement
from services.nomination.rules.stages import Stage
from shared.access.principal import Principal
from shared.bus.record import record
from shared.clock import now
from shared.errors import Refused
from shared.events.nomination import EvidenceAttached
from shared.evidence.evidence import Evidence
from shared.ids import new_id
from shared.settings import settings


def bring(session: Session, who: Principal, nomination_id: UUID, evidence: Evidence) -> None:
    """Keep a file with the draft or the supplement that is under way; the same file twice is one.

    Raises NotFound, Refused("evidence.sent" | "evidence.too_many").
    """
    nomination = visible(session, who, nomination_id, lock=True)
    number = under_way(session, nomination)
    known = evidence_of(session, nomination.id)
    if any(row.brought_sha256 == evidence.brought_sha256 for row in known):
        return
    if len(known) >= settings().evidence_most_files:
        raise Refused("evidence.too_many", most=settings().evidence_most_files)
    hold_files(session)
    session.execute(
        insert(EvidenceRow).values(
            id=new_id(),
            nomination_id=nomination.id,
            number=number,
            name=evidence.name,
            kind=evidence.kind.value,
            sha256=evidence_store.keep(evidence),
            size=len(evidence.data),
            pages=evidence.pages,
            has_preview=bool(evidence.preview),
            excerpt=evidence.excerpt,
            brought_sha256=evidence.brought_sha256,
            brought_size=evidence.brought_size,
            brought_by=who.person_id,
            brought_by_name=who.name,
            brought_at=now(),
        )
    )


def take_away(session: Session, who: Principal, nomination_id: UUID, evidence_id: UUID) -> None:
    """Take a file away that was not sent yet. Raises NotFound, Refused("evidence.sent")."""
    nomination = visible(session, who, nomination_id, lock=True)
    row = evidence_in(session, nomination.id, evidence_id)
    if row.number != under_way(session, nomination):
        raise Refused("evidence.sent")
    give_up(session, nomination.id, row.id)
    session.delete(row)


def under_way(session: Session, nomination: Nomination) -> int:
    """The supplement that is being put together, 0 for the draft. Raises Refused("evidence.sent") when nothing is."""
    if nomination.stage == Stage.DRAFT:
        return 0
    request = last_supplement(session, nomination.id)
    if nomination.stage != Stage.RETURNED or request is None:
        raise Refused("evidence.sent")
    return request.number


def say_attached(session: Session, nomination: Nomination, *, number: int) -> None:
    """Say of each file that goes off with the dossier or the supplement: what it is, never what is in it."""
    for row in evidence_of(session, nomination.id):
        if row.number == number:
            said = EvidenceAttached(
                nomination_id=nomination.id,
                evidence_id=row.id,
                unit_id=nomination.unit_id,
                number=number,
                kind=row.kind,
                sha256=row.sha256,
                size=row.size,
                brought_sha256=row.brought_sha256,
            )
            record(session, said, nomination.plan)

"""One achievement is not proposed twice: what a unit has sent, word for word, it does not send again."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from services.nomination.models import Nomination
from services.nomination.rules.stages import STILL_COUNTS
from shared.errors import Refused

ONCE = "nomination_once"  # the index


def require_first(session: Session, fingerprint: UUID) -> None:
    """Raise Refused("nomination.sent_before") when the very same dossier is open or recognised."""
    counts = col(Nomination.stage).in_([stage.value for stage in STILL_COUNTS])
    if session.exec(select(Nomination.id).where(Nomination.fingerprint == fingerprint, counts)).first():
        raise sent_before(session, fingerprint)


def write_once(session: Session, fingerprint: UUID) -> None:
    """Write what changed. Raises as `require_first` where the same was sent at the same moment."""
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError as clash:
        if ONCE not in str(clash):
            raise
        raise sent_before(session, fingerprint) from clash


def sent_before(session: Session, fingerprint: UUID) -> Refused:
    """Why a dossier is not filed: under which code it lies here already, and since when."""
    wanted = select(Nomination).where(Nomination.fingerprint == fingerprint)
    found = session.exec(wanted.order_by(col(Nomination.id).desc())).first()
    on = found.submitted_on if found else None
    code = found.code if found else ""
    return Refused("nomination.sent_before", code=code, on=f"{on:%d/%m/%Y}" if on else "")

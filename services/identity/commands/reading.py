"""Read the audit trail at the command line, on the record."""

from datetime import datetime

from sqlmodel import Session

from services.identity.queries.sought import people_called, sought
from services.identity.queries.trail import Wanted
from shared.audit.entry import COMMAND_LINE, INSTALLATION, Action, Entry, Thing
from shared.audit.note import note
from shared.clock import now
from shared.plan.shelf import shelf


def wanted_at_command_line(
    session: Session, action: Action, *, person: str, about: str, since: datetime | None
) -> Wanted:
    """The entries up to now that are meant, of every commune; that somebody reads or takes them is noted."""
    searched = {"searched": True} if person or about else {}
    trail = Thing("trail", "")
    note(session, Entry(action=action, actor=COMMAND_LINE, thing=trail, unit_id=INSTALLATION, detail=searched))
    plan_ids = tuple(shelf())
    return Wanted(
        actors=people_called(session, person, plan_ids=plan_ids) if person else None,
        about=sought(session, about, plan_ids=plan_ids) if about else None,
        since=since,
        until=now(),
    )

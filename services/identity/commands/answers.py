"""Note that a citizen asked who looked at their data."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session

from services.identity.queries.sought import Dossier
from services.identity.rules.answers import answer_due
from shared.access.principal import Principal
from shared.audit.entry import Action, Thing
from shared.audit.looks import look
from shared.audit.note import note
from shared.errors import Refused
from shared.holidays import holidays_from
from shared.ids import new_id

EARLIEST = timedelta(days=60)


def note_request(
    session: Session, who: Principal, dossiers: Sequence[Dossier], *, received_on: date, today: date
) -> UUID:
    """The id of the request, which stands in the audit trail until the letter with this id is printed.

    Raises Refused("answer.received_when") for a day that has not come or is long past.
    """
    if not today - EARLIEST <= received_on <= today:
        raise Refused("answer.received_when", days=EARLIEST.days)
    request_id = new_id()
    due = answer_due(received_on, holidays=holidays_from(received_on.year))
    asked = look(
        who,
        Action.ANSWER_ASKED,
        Thing("answer", str(request_id), dossiers[0].code),
        [each.id for each in dossiers],
        detail={"received_on": received_on.isoformat(), "answer_by": due.isoformat()},
    )
    note(session, asked)
    return request_id

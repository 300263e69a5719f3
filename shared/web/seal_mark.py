"""The head of a commune's event chain, as every page shows it: whoever prints a page keeps a witness of the log."""

import time
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from shared.database import engine_of, transaction

FRESH_S = 30.0
SHOWN = 12  # hexadecimal digits
_known: dict[UUID, tuple[float, str]] = {}


def chain_head(service: str, unit_id: UUID) -> str:
    """The number of the newest seal and the first digits of its hash; "" when there is none, or no database to ask."""
    moment = time.monotonic()
    known = _known.get(unit_id)
    if known and moment - known[0] < FRESH_S:
        return known[1]
    _known[unit_id] = (moment, look(service, unit_id))
    return _known[unit_id][1]


def look(service: str, unit_id: UUID) -> str:
    try:
        with transaction(engine_of(service)) as session:
            row = session.connection().exec_driver_sql(HEAD, (unit_id,)).first()
    except SQLAlchemyError:
        return ""
    return f"{row.number}-{row.hash.hex()[:SHOWN]}" if row else ""


HEAD = "SELECT number, hash FROM bus.head WHERE unitid = %s"

"""Take over a list of units: all of it, or nothing."""

from sqlmodel import Session

from services.identity.commands.registry import lock_registry, write_all
from services.identity.commands.sayings import say_differences
from services.identity.queries.changes import plans_in_force
from services.identity.queries.registry import histories
from services.identity.rules.unit_import import Difference, Examination, examine
from services.identity.rules.unit_rows import read_rows
from shared.audit.entry import COMMAND_LINE, INSTALLATION, Action, Actor, Entry, Thing
from shared.audit.note import note
from shared.errors import Refused
from shared.text.clean import decoded

MOST_BYTES = 4 * 1024 * 1024


def examined(session: Session, table: bytes) -> Examination:
    """The list (CSV in UTF-8) compared with the registry; nothing is written. Raises Refused("text.not_utf8")."""
    if len(table) > MOST_BYTES:
        raise Refused("row.too_large", most_mb=MOST_BYTES // 1024 // 1024)
    rows, faults = read_rows(decoded(table))
    planned = {unit.id for plan in plans_in_force(session).values() for unit in plan.units}
    return examine(rows, faults, histories(session), planned)


def import_units(session: Session, table: bytes, *, by: Actor = COMMAND_LINE) -> dict[Difference, int]:
    """How many rows made which difference. Raises Refused("import.faults") when a single row is wrong."""
    lock_registry(session)
    found = examined(session, table)
    if found.faults:
        raise Refused("import.faults", count=len(found.faults))
    write_all(session, found.written)
    say_differences(session, found.before, found.written)
    counts = {difference.value: count for difference, count in found.counts.items()}
    thing = Thing("units", "")
    note(session, Entry(action=Action.UNITS_IMPORTED, actor=by, thing=thing, unit_id=INSTALLATION, detail=counts))
    return found.counts

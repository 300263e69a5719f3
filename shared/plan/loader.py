"""Reads plan files: `load` gives the plan, `check` gives every fault."""

from contextlib import suppress
from pathlib import Path

from shared.plan.building import build
from shared.plan.faults import Fault, PlanFaults
from shared.plan.form import PLAN
from shared.plan.names import NOTHING_KNOWN, Known, check_names
from shared.plan.overlay import read_with_base
from shared.plan.plan import Plan
from shared.plan.reading import Entry, Reading, TooManyFaults
from shared.plan.sense import check_sense


def load(path: Path, *, known: Known = NOTHING_KNOWN) -> Plan:
    """The plan in a file. Raises PlanFaults with everything that is wrong."""
    entry, faults = _examined(path, known)
    if faults or entry is None:
        raise PlanFaults(faults)
    return build(entry)


def check(path: Path, *, known: Known = NOTHING_KNOWN) -> list[Fault]:
    """Every fault of a plan file, by file and line; [] when it can be loaded.

    Names of events, pages, documents, rules, indicators and roles are checked against `known`, as far as given.
    """
    return _examined(path, known)[1]


def _examined(path: Path, known: Known) -> tuple[Entry | None, list[Fault]]:
    faults: list[Fault] = []
    tree = read_with_base(path, faults)
    if tree is None:
        return None, faults
    reading, entry = Reading(faults), None
    with suppress(TooManyFaults):
        entry = reading.read_record(PLAN, tree, "")
        check_names(entry, reading, known)
        check_sense(entry, reading)
    return entry, sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line, fault.where))

"""Every event type of the product. Importing this module declares them all."""

from shared.events import clock, identity, nomination, notify, publish, report, review
from shared.events.event import CATALOGUE, Event

__all__ = ["CATALOGUE", "SPEAKERS", "event_class", "event_names"]

SPEAKERS = (clock, identity, nomination, review, publish, notify, report)


def event_class(full_type: str) -> type[Event]:
    """The class that declares a full type ("vn.guongsang.case.opened.v1"); KeyError when nobody does."""
    return CATALOGUE[full_type]


def event_names() -> frozenset[str]:
    """Every type without prefix and version ("case.opened"): the names that plan files use."""
    return frozenset(declared.NAME for declared in CATALOGUE.values())

"""The event log as a log that is sealed: one hash chain per commune over its CloudEvents."""

from shared.bus.envelope import cloudevent
from shared.seal.log import Log

EVENTS = Log(
    name="events",
    table="bus.event",
    key="event_id",
    unit="unitid",
    one="event",
    many="events",
    lock=7_201_949,
    body=cloudevent,
)

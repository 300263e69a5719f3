"""Who signed in on this device: a signed cookie, so that several people can share a phone and none an account."""

from datetime import timedelta

from fastapi import Request
from starlette.responses import Response

from services.identity.adapters.tickets import read_ticket, ticket
from services.identity.pages.cookie import carried_ticket, drop_ticket, hand_ticket
from services.identity.rules.devices import Entry, entries_from, with_newest

DEVICE = "may"
KEPT_S = int(timedelta(days=400).total_seconds())  # as long as browsers keep any cookie


def remembered(request: Request) -> tuple[Entry, ...]:
    """Those whom the device remembers, the newest first."""
    said = read_ticket(DEVICE, carried_ticket(request, DEVICE), max_age_s=KEPT_S)
    return entries_from(said["who"]) if said else ()


def remember(request: Request, response: Response, entry: Entry) -> None:
    """Let the device remember who has just signed in."""
    entries = with_newest(remembered(request), entry)
    said = ticket(DEVICE, {"who": [[one.by.value, str(one.id)] for one in entries]})
    hand_ticket(response, DEVICE, said, max_age_s=KEPT_S)


def forget(response: Response) -> None:
    drop_ticket(response, DEVICE)

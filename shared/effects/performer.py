"""What a channel has to offer so that the ledger can do its effects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from shared.effects.outcome import Effect, Failed, Outcome, Sent, Unknown


@dataclass(frozen=True, slots=True)
class Performer:
    """How one channel does an effect.

    prepare: in a transaction, what `send` needs; raises Refusal when it may no longer be done (consent withdrawn).
    send: the call itself, outside any transaction.
    look_up: after an unknown outcome: Sent when the outside has it, Later when it certainly has not, Unknown when it
        cannot be seen.
    settled: in the transaction that writes the outcome down; this is where events are recorded.
    within: `send` leaves nothing outside our own database, so that all of it is one transaction and never unknown.
    """

    prepare: Callable[[Session, Effect], Any]
    send: Callable[[Effect, Any], Outcome]
    look_up: Callable[[Effect, Any], Outcome]
    settled: Callable[[Session, Effect, Sent | Unknown | Failed], None]
    within: bool = False


#: {channel: performer} of one service.
Performers = Mapping[str, Performer]

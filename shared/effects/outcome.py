"""What can become of an effect, and what a channel has to offer so that the ledger can do it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session

from shared.plan import Plan
from shared.plan.shelf import plan_of


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing to do outside: `ref` (a story, a message) to `target` over `channel`."""

    key: str
    service: str
    channel: str
    target: str
    ref: UUID
    plan_id: str
    attempts: int  # calls begun, this one included

    @property
    def plan(self) -> Plan:
        return plan_of(self.plan_id)


@dataclass(frozen=True, slots=True)
class Sent:
    """The outside took it; `external_id` is its name there."""

    external_id: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """Certainly not done, and worth another try after so many seconds."""

    after_s: float
    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can tell yet whether the outside took it: look, never repeat blindly."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Refused for good."""

    reason: str


Outcome = Sent | Later | Unknown | Failed


@dataclass(frozen=True, slots=True)
class Performer:
    """How one channel does an effect.

    prepare: in a transaction, what `send` needs; raises Refusal when it may no longer be done (consent withdrawn).
    send: the call itself, outside any transaction.
    look_up: after an unknown outcome: Sent when the outside has it, Later when it certainly has not, Unknown when it
        cannot be seen.
    settled: in the transaction that writes the outcome down; this is where events are recorded.
    """

    prepare: Callable[[Session, Effect], Any]
    send: Callable[[Effect, Any], Outcome]
    look_up: Callable[[Effect, Any], Outcome]
    settled: Callable[[Session, Effect, Sent | Unknown | Failed], None]


#: {channel: performer} of one service.
Performers = Mapping[str, Performer]

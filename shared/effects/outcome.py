"""An effect on the outside world, and what can become of it."""

from dataclasses import dataclass
from uuid import UUID

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

"""What a handler is told: the event with its envelope."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from shared.events.event import Event
from shared.plan import Plan
from shared.plan.shelf import plan_of

E_co = TypeVar("E_co", bound=Event, covariant=True)


@dataclass(frozen=True, slots=True)
class Told(Generic[E_co]):
    """An event as it was recorded. Attributes are those of CloudEvents 1.0, in our words."""

    id: UUID
    data: E_co
    source: str
    subject: str
    subject_version: int
    time: datetime  # aware, UTC
    plan_id: str
    step: str  # the plan's clause that it carries out: "II.2.c"
    unit_id: UUID  # the commune
    actor_id: UUID | None  # None: the product itself
    causation_id: UUID | None
    correlation_id: UUID
    traceparent: str | None

    @property
    def plan(self) -> Plan:
        """The plan under which it happened. Raises UnknownInPlan when this installation does not know it."""
        return plan_of(self.plan_id)

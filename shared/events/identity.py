"""Said by identity: plans, units and people."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from shared.events.event import Event


class PlanActivated(Event, type="plan.activated", version=1, subject="plan", heard_by=("publish", "notify", "report")):
    """A commune put its plan into force: from now on everyone named in it is told and may act."""

    plan_id: UUID
    key: str  # the plan file's id: "binh-luong-2023-2025"
    title: str
    starts_on: date
    ends_on: date  # inclusive


class UnitRegistered(Event, type="unit.registered", version=1, subject="unit", heard_by=("report",)):
    """A unit of the plan (commune, village, school, …) has its place in the tree."""

    unit_id: UUID
    key: str
    name: str
    kind: str
    parent_id: UUID | None
    code: str | None
    code_list: str | None


class Contact(BaseModel):
    """Personal data: how to reach somebody who holds an office."""

    name: str
    email: str


class PersonEnrolled(Event, type="person.enrolled", version=1, subject="person", heard_by=("notify", "report")):
    """Somebody may sign in and act in a role for a unit. Said again when the contact or the role changes."""

    person_id: UUID
    role: str
    unit_id: UUID
    personal: Contact

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


class UnitRenamed(Event, type="unit.renamed", version=1, subject="unit", heard_by=("notify", "report")):
    """A unit has another name or kind from a day on; everything else of it stays."""

    unit_id: UUID
    name: str
    former_name: str
    kind: str
    former_kind: str
    on: date


class UnitTransferred(Event, type="unit.transferred", version=1, subject="unit", heard_by=("notify", "report")):
    """A unit reports to another parent from a day on; it stays the same unit."""

    unit_id: UUID
    from_parent_id: UUID | None
    to_parent_id: UUID
    on: date


class Heir(BaseModel):
    """Who goes on with the work of a unit. A village that moves is its own heir; a dissolved body has another one."""

    unit_id: UUID
    heir_id: UUID
    plan: str  # the plan under which the heir works


class UnitDissolved(
    Event,
    type="unit.dissolved",
    version=1,
    subject="unit",
    heard_by=("nomination", "review", "publish", "notify", "report"),
):
    """A commune ended by merger or split: from a day on, others go on with its work.

    `heirs` has one entry for every unit of the commune's plan, the commune itself among them.
    """

    unit_id: UUID
    plan: str  # the plan that ends with it
    successors: list[UUID]
    heirs: list[Heir]
    on: date  # the first day without it

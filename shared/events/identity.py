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


class OfficeDelegated(Event, type="office.delegated", version=1, subject="person", heard_by=("notify", "report")):
    """Somebody else may act in an office, from the first day to the last, both included.

    `person_id` holds the office and keeps it. `reason` is "delegation", or "leave" for days of absence.
    """

    person_id: UUID
    delegation_id: UUID
    delegate_id: UUID
    role: str
    unit_id: UUID
    reason: str
    first_day: date
    last_day: date


class OfficeDelegationRevoked(
    Event, type="office.delegation_revoked", version=1, subject="person", heard_by=("notify", "report")
):
    """Nobody acts in the office by this delegation any more; its last day had not passed."""

    person_id: UUID
    delegation_id: UUID
    delegate_id: UUID
    role: str
    unit_id: UUID


class OfficeEnded(Event, type="office.ended", version=1, subject="person", heard_by=("notify", "report")):
    """Somebody no longer holds an office: said on the first day without it. Its sessions and tokens ended with it."""

    person_id: UUID
    office_id: UUID
    role: str
    unit_id: UUID
    reason: str  # "transfer" | "retirement" | "other"
    on: date


class OfficeHandedOver(
    Event, type="office.handed_over", version=1, subject="person", heard_by=("nomination", "notify", "report")
):
    """The open work of an office that ended goes to its successor, who holds the same office from that day on."""

    person_id: UUID  # who left
    office_id: UUID
    successor_id: UUID
    role: str
    unit_id: UUID
    on: date


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

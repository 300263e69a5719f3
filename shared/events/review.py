"""Said by review: what the council and the chair made of a nomination."""

from datetime import date
from uuid import UUID

from shared.events.event import Event


class CaseOpened(Event, type="case.opened", version=1, subject="case", heard_by=("nomination", "notify", "report")):
    """The council has a fresh case on its table."""

    case_id: UUID
    nomination_id: UUID
    code: str
    unit_id: UUID
    field: str
    subject_kind: str
    model_kind: str
    answer_by: date


class CaseScored(Event, type="case.scored", version=1, subject="case", heard_by=("report",)):
    """A member of the council scored the case. `scores` is {criterion id: points}; the field's id is among them."""

    case_id: UUID
    nomination_id: UUID
    member_id: UUID
    scores: dict[str, int]


class CaseRecognised(
    Event,
    type="case.recognised",
    version=1,
    subject="case",
    heard_by=("identity", "nomination", "publish", "notify", "report"),
):
    """The chair recognised a role model: the council introduces it to the media (plan V.3)."""

    case_id: UUID
    nomination_id: UUID
    code: str
    unit_id: UUID
    field: str
    subject_kind: str
    model_kind: str
    decided_on: date
    reason: str


class CaseSentToNurture(
    Event,
    type="case.sent_to_nurture",
    version=1,
    subject="case",
    heard_by=("identity", "nomination", "notify", "report"),
):
    """Promising, not yet a role model: the unit is asked to nurture (plan II.2.c)."""

    case_id: UUID
    nomination_id: UUID
    code: str
    unit_id: UUID
    field: str
    subject_kind: str
    model_kind: str
    decided_on: date
    reason: str


class CaseDeclined(
    Event, type="case.declined", version=1, subject="case", heard_by=("identity", "nomination", "notify", "report")
):
    """Not recognised, with the reason that the nominator reads."""

    case_id: UUID
    nomination_id: UUID
    code: str
    unit_id: UUID
    field: str
    subject_kind: str
    model_kind: str
    decided_on: date
    reason: str


class CommendationProposed(
    Event, type="commendation.proposed", version=1, subject="case", heard_by=("notify", "report")
):
    """The focal officer submitted a recognised model to the chair for commendation (plan II.4, V.4)."""

    case_id: UUID
    nomination_id: UUID
    unit_id: UUID
    track: str  # "role_model_merit" | "publicity_merit"
    form: str  # "giay_khen"
    proposed_on: date


class RoleModelPutForward(
    Event, type="role_model.put_forward", version=1, subject="case", heard_by=("notify", "report")
):
    """The commune put a recognised model forward to the next tier (plan II.2.c)."""

    case_id: UUID
    nomination_id: UUID
    unit_id: UUID
    to_unit_id: UUID
    put_forward_on: date

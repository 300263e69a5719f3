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


class CaseReturned(Event, type="case.returned", version=1, subject="case", heard_by=("nomination", "notify", "report")):
    """The dossier lacks something: the unit is asked to supplement it. The answer's day is counted anew afterwards."""

    case_id: UUID
    nomination_id: UUID
    code: str
    unit_id: UUID
    number: int  # the how-manieth request for this dossier, from 1
    missing: str  # what is missing, as the nominator reads it
    returned_on: date
    due_on: date  # the last day to give it


class CaseResumed(Event, type="case.resumed", version=1, subject="case", heard_by=("nomination", "notify", "report")):
    """The council goes on with what there is, without the supplement that was asked for."""

    case_id: UUID
    nomination_id: UUID
    code: str
    unit_id: UUID
    number: int  # the request that is waited for no longer
    resumed_on: date
    answer_by: date  # the new day for the answer


class CaseHeld(
    Event, type="case.held", version=1, subject="case", heard_by=("nomination", "publish", "notify", "report")
):
    """Nothing is decided or published for now (Decree 152/2025/NĐ-CP, Art. 4). Said again when the day is moved.

    The clerk's own words stay with the case: what is being looked into is no business of the other services.
    """

    case_id: UUID
    nomination_id: UUID
    code: str
    unit_id: UUID
    ground: str  # "discipline" | "investigation" | "inspection" | "complaint" | "press" | "other"
    held_on: date
    held_until: date  # inclusive; it is not let go by itself


class CaseReleased(
    Event, type="case.released", version=1, subject="case", heard_by=("nomination", "publish", "notify", "report")
):
    """The case goes on after it was held."""

    case_id: UUID
    nomination_id: UUID
    code: str
    unit_id: UUID
    released_on: date
    answer_by: date  # the day for the answer: time while it was held does not count


class SupplementDue(Event, type="supplement.due", version=1, subject="case", heard_by=("notify", "report")):
    """A supplement is still awaited, and its last day is near."""

    case_id: UUID
    nomination_id: UUID
    code: str
    unit_id: UUID
    due_on: date
    days_left: int  # whole days to the last day, 0 on that day


class SupplementOverdue(Event, type="supplement.overdue", version=1, subject="case", heard_by=("notify", "report")):
    """The last day for a supplement passed without it: the clerk decides how to go on."""

    case_id: UUID
    nomination_id: UUID
    code: str
    unit_id: UUID
    due_on: date


class HoldExpired(Event, type="hold.expired", version=1, subject="case", heard_by=("notify", "report")):
    """The day until which a case was held has passed: the clerk lets it go or holds it longer. Said every week."""

    case_id: UUID
    nomination_id: UUID
    code: str
    unit_id: UUID
    held_until: date
    said_on: date


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
    Event, type="role_model.put_forward", version=1, subject="case", heard_by=("nomination", "notify", "report")
):
    """The commune put a recognised model forward to the next tier (plan II.2.c)."""

    case_id: UUID
    nomination_id: UUID
    unit_id: UUID
    to_unit_id: UUID
    put_forward_on: date


class RoleModelEscalated(
    Event, type="role_model.escalated", version=1, subject="case", heard_by=("nomination", "notify", "report")
):
    """A tier above the commune put a role model forward to the rung above it, as the commune learned (plan II.2.c)."""

    case_id: UUID
    nomination_id: UUID
    unit_id: UUID
    level: str  # the rung of the plan's ladder
    to_unit_id: UUID | None  # None where the rung is no unit of the plan: the nation
    escalated_on: date


class RoleModelTierAnswered(
    Event, type="role_model.tier_answered", version=1, subject="case", heard_by=("nomination", "notify", "report")
):
    """What a tier above the commune made of a role model that was put forward to it."""

    case_id: UUID
    nomination_id: UUID
    unit_id: UUID
    level: str  # the rung of the plan's ladder
    to_unit_id: UUID | None
    answer: str  # "recognised" | "declined"
    answered_on: date

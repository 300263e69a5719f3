"""Said by nomination: who is nurtured, and what is done for them. Names and weaknesses stay there."""

from datetime import date
from uuid import UUID

from shared.events.event import Event


class CandidateIdentified(
    Event, type="candidate.identified", version=1, subject="candidate", heard_by=("notify", "report")
):
    """The council saw promise: the unit nurtures the nominee towards becoming a role model."""

    candidate_id: UUID
    nomination_id: UUID
    unit_id: UUID
    field: str
    subject_kind: str
    weaknesses: str


class CandidateChosen(Event, type="candidate.chosen", version=1, subject="candidate", heard_by=("notify", "report")):
    """A unit named somebody of its own whom it nurtures. Their name and weaknesses stay with nomination."""

    candidate_id: UUID
    unit_id: UUID
    field: str
    subject_kind: str
    chosen_on: date


class NurtureStepPlanned(Event, type="nurture.step_planned", version=1, subject="candidate", heard_by=("report",)):
    """A step that overcomes a weakness, with its last day."""

    candidate_id: UUID
    unit_id: UUID
    step_id: UUID
    due_on: date


class NurtureStepDone(Event, type="nurture.step_done", version=1, subject="candidate", heard_by=("report",)):
    """A step was taken; late when `done_on` lies after `due_on`."""

    candidate_id: UUID
    unit_id: UUID
    step_id: UUID
    due_on: date
    done_on: date


class NurtureStepDue(Event, type="nurture.step_due", version=1, subject="candidate", heard_by=("notify", "report")):
    """A step is still to be taken, and its last day is near."""

    candidate_id: UUID
    unit_id: UUID
    step_id: UUID
    due_on: date
    days_left: int  # whole days to the last day, 0 on that day


class NurtureStepOverdue(
    Event, type="nurture.step_overdue", version=1, subject="candidate", heard_by=("notify", "report")
):
    """The last day of a step passed without it."""

    candidate_id: UUID
    unit_id: UUID
    step_id: UUID
    due_on: date


class NurtureStepMoved(Event, type="nurture.step_moved", version=1, subject="candidate", heard_by=("report",)):
    """A step got another last day. The reason stays with nomination."""

    candidate_id: UUID
    unit_id: UUID
    step_id: UUID
    from_day: date
    to_day: date


class SupportRecorded(Event, type="support.recorded", version=1, subject="candidate", heard_by=("notify", "report")):
    """Support was given to a candidate (plan II.2.c)."""

    candidate_id: UUID
    unit_id: UUID
    kind: str  # "material" | "moral"
    amount_vnd: int | None  # whole đồng; None for goods and for moral support
    given_on: date


class CandidateVisited(Event, type="candidate.visited", version=1, subject="candidate", heard_by=("report",)):
    """Somebody called on a candidate."""

    candidate_id: UUID
    unit_id: UUID
    visited_on: date


class CandidateMilestoneReached(
    Event, type="candidate.milestone_reached", version=1, subject="candidate", heard_by=("report",)
):
    """A candidate achieved something on the way."""

    candidate_id: UUID
    unit_id: UUID
    reached_on: date


class MentorNamed(Event, type="mentor.named", version=1, subject="candidate", heard_by=("report",)):
    """Somebody is to stand by a candidate; who, stays with nomination."""

    candidate_id: UUID
    unit_id: UUID
    named_on: date


class CandidatePromoted(
    Event, type="candidate.promoted", version=1, subject="candidate", heard_by=("notify", "report")
):
    """A candidate became an example in their own unit (plan II.2.c)."""

    candidate_id: UUID
    unit_id: UUID
    level: str  # "unit": the lowest rung of the ladder
    promoted_on: date


class CandidateGraduated(Event, type="candidate.graduated", version=1, subject="candidate", heard_by=("report",)):
    """A nomination that was made of a candidate is handed in; it carries the whole trail as evidence."""

    candidate_id: UUID
    nomination_id: UUID
    unit_id: UUID
    graduated_on: date


class NurtureStopped(Event, type="nurture.stopped", version=1, subject="candidate", heard_by=("notify", "report")):
    """The unit nurtures somebody no longer. The reason stays with nomination."""

    candidate_id: UUID
    unit_id: UUID
    stopped_on: date


class NurtureResumed(Event, type="nurture.resumed", version=1, subject="candidate", heard_by=("report",)):
    """The unit goes on: after it had stopped, or since the nomination did not lead to a role model."""

    candidate_id: UUID
    unit_id: UUID
    resumed_on: date


class CandidateTransferred(Event, type="candidate.transferred", version=1, subject="candidate", heard_by=("report",)):
    """A candidate is nurtured on under the plan of the commune that took over. Said under that plan."""

    candidate_id: UUID
    from_plan: str
    to_plan: str
    from_unit_id: UUID
    to_unit_id: UUID
    transferred_on: date

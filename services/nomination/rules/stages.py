"""The life of a nomination: its stages, and the only steps between them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from shared.errors import Refused


class Stage(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"  # the commune asks for a supplement
    WITHDRAWN = "withdrawn"
    RECOGNISED = "recognised"
    NURTURED = "nurtured"
    DECLINED = "declined"
    PUBLISHED = "published"


#: Not finished: when their commune ends, they go on with its heir. A recognised one still waits for its story.
OPEN = frozenset({Stage.DRAFT, Stage.SUBMITTED, Stage.RETURNED, Stage.RECOGNISED, Stage.NURTURED})

#: Open or recognised: the very same dossier is not taken twice. What was declined, nurtured, withdrawn may come again.
STILL_COUNTS = frozenset({Stage.SUBMITTED, Stage.RETURNED, Stage.RECOGNISED, Stage.PUBLISHED})


class Step(StrEnum):
    """What may happen to a nomination. Those from RETURN on are heard from other services."""

    SUBMIT = "submit"
    RESUBMIT = "resubmit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    RESUME = "resume"
    RECOGNISE = "recognise"
    NURTURE = "nurture"
    DECLINE = "decline"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"


#: {(stage before, step): stage after}
STEPS: Mapping[tuple[Stage, Step], Stage] = MappingProxyType(
    {
        (Stage.DRAFT, Step.SUBMIT): Stage.SUBMITTED,
        # Incomplete: the unit gives what is missing, or the council goes on without it.
        (Stage.SUBMITTED, Step.RETURN): Stage.RETURNED,
        (Stage.RETURNED, Step.RESUBMIT): Stage.SUBMITTED,
        (Stage.RETURNED, Step.RESUME): Stage.SUBMITTED,
        (Stage.SUBMITTED, Step.RECOGNISE): Stage.RECOGNISED,
        (Stage.SUBMITTED, Step.NURTURE): Stage.NURTURED,
        (Stage.SUBMITTED, Step.DECLINE): Stage.DECLINED,
        (Stage.RECOGNISED, Step.PUBLISH): Stage.PUBLISHED,
        # The story's news may overtake the decision's: they travel on different subjects.
        (Stage.SUBMITTED, Step.PUBLISH): Stage.PUBLISHED,
        (Stage.PUBLISHED, Step.UNPUBLISH): Stage.RECOGNISED,
        # Consent may be taken back at any time (Law 91/2025/QH15), after publication too.
        (Stage.SUBMITTED, Step.WITHDRAW): Stage.WITHDRAWN,
        (Stage.RETURNED, Step.WITHDRAW): Stage.WITHDRAWN,
        (Stage.RECOGNISED, Step.WITHDRAW): Stage.WITHDRAWN,
        (Stage.NURTURED, Step.WITHDRAW): Stage.WITHDRAWN,
        (Stage.DECLINED, Step.WITHDRAW): Stage.WITHDRAWN,
        (Stage.PUBLISHED, Step.WITHDRAW): Stage.WITHDRAWN,
    }
)


def after(stage: Stage, step: Step) -> Stage:
    """The stage that a person's step leads to.

    Raises Refused("nomination.withdrawn" | "nomination.already_sent" | "nomination.not_sent" |
    "nomination.nothing_asked").
    """
    if (next_stage := STEPS.get((stage, step))) is not None:
        return next_stage
    match stage:
        case Stage.WITHDRAWN:
            raise Refused("nomination.withdrawn")
        case _ if step is Step.RESUBMIT:
            raise Refused("nomination.nothing_asked")
        case Stage.DRAFT:
            raise Refused("nomination.not_sent")
        case _:
            raise Refused("nomination.already_sent")


def after_hearing(stage: Stage, step: Step) -> Stage:
    """The stage after news from another service; news that comes too late changes nothing."""
    return STEPS.get((stage, step), stage)


def may_be_withdrawn(stage: Stage) -> bool:
    return (stage, Step.WITHDRAW) in STEPS

"""The stages of a case and the steps between them."""

from enum import StrEnum

from shared.errors import Refused


class Stage(StrEnum):
    OPEN = "open"
    RETURNED = "returned"  # the unit is asked for a supplement
    RECOGNISED = "recognised"
    NURTURE = "nurture"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What the chair can decide. The values are those of the stages that follow."""

    RECOGNISED = "recognised"
    NURTURE = "nurture"
    DECLINED = "declined"

    @property
    def stage(self) -> Stage:
        return Stage(self.value)


class Step(StrEnum):
    SCORE = "score"
    RECOGNISE = "recognise"
    NURTURE = "nurture"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    PROPOSE_COMMENDATION = "propose_commendation"
    PUT_FORWARD = "put_forward"
    RETURN = "return"
    SUPPLEMENT = "supplement"
    RESUME = "resume"
    HOLD = "hold"
    RELEASE = "release"


STEP_OF = {
    Outcome.RECOGNISED: Step.RECOGNISE,
    Outcome.NURTURE: Step.NURTURE,
    Outcome.DECLINED: Step.DECLINE,
}

DECIDED = frozenset(outcome.stage for outcome in Outcome)
#: Still to be decided: when their commune ends, they go on with its heir.
UNDECIDED = frozenset({Stage.OPEN, Stage.RETURNED})

#: {(stage, step): stage afterwards}. What is not here is not allowed.
STEPS: dict[tuple[Stage, Step], Stage] = {
    (Stage.OPEN, Step.SCORE): Stage.OPEN,
    (Stage.OPEN, Step.RECOGNISE): Stage.RECOGNISED,
    (Stage.OPEN, Step.NURTURE): Stage.NURTURE,
    (Stage.OPEN, Step.DECLINE): Stage.DECLINED,
    (Stage.OPEN, Step.WITHDRAW): Stage.WITHDRAWN,
    # A dossier taken back after the decision: what was decided stays decided, and nothing may follow from it.
    (Stage.RECOGNISED, Step.WITHDRAW): Stage.RECOGNISED,
    (Stage.NURTURE, Step.WITHDRAW): Stage.NURTURE,
    (Stage.DECLINED, Step.WITHDRAW): Stage.DECLINED,
    (Stage.RECOGNISED, Step.PROPOSE_COMMENDATION): Stage.RECOGNISED,
    (Stage.RECOGNISED, Step.PUT_FORWARD): Stage.RECOGNISED,
    # It lacks something: the unit gives it, or the council goes on without.
    (Stage.OPEN, Step.RETURN): Stage.RETURNED,
    (Stage.RETURNED, Step.SUPPLEMENT): Stage.OPEN,
    (Stage.RETURNED, Step.RESUME): Stage.OPEN,
    (Stage.RETURNED, Step.WITHDRAW): Stage.WITHDRAWN,
    # Held beside its stage, which stays: a recognised one too, so that its story waits.
    (Stage.OPEN, Step.HOLD): Stage.OPEN,
    (Stage.RETURNED, Step.HOLD): Stage.RETURNED,
    (Stage.RECOGNISED, Step.HOLD): Stage.RECOGNISED,
    (Stage.OPEN, Step.RELEASE): Stage.OPEN,
    (Stage.RETURNED, Step.RELEASE): Stage.RETURNED,
    (Stage.RECOGNISED, Step.RELEASE): Stage.RECOGNISED,
}

#: What may happen to a case while it is held. To hold it again moves the day.
WHILE_HELD = frozenset({Step.WITHDRAW, Step.SUPPLEMENT, Step.HOLD, Step.RELEASE})

REFUSALS = {
    Step.SCORE: "case.closed_to_scores",
    Step.PROPOSE_COMMENDATION: "case.not_recognised",
    Step.PUT_FORWARD: "case.not_recognised",
    Step.RESUME: "case.not_returned",
}


def after(stage: Stage, step: Step, *, taken_back: bool = False, held: bool = False) -> Stage:
    """The stage that follows.

    Raises Refused when the table has no such step, when the nominator took the dossier back before, and when the case
    is held and the step would go on with it.
    """
    if taken_back:
        raise Refused("case.taken_back")
    if held and step not in WHILE_HELD:
        raise Refused("case.held")
    if step is Step.RELEASE and not held:
        raise Refused("case.not_held")
    if (following := STEPS.get((stage, step))) is None:
        raise Refused("case.returned" if stage is Stage.RETURNED else REFUSALS.get(step, "case.closed"))
    return following

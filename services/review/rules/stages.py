"""The stages of a case and the steps between them."""

from enum import StrEnum

from shared.errors import Refused


class Stage(StrEnum):
    OPEN = "open"
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


STEP_OF = {
    Outcome.RECOGNISED: Step.RECOGNISE,
    Outcome.NURTURE: Step.NURTURE,
    Outcome.DECLINED: Step.DECLINE,
}

DECIDED = frozenset(outcome.stage for outcome in Outcome)

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
}

REFUSALS = {
    Step.SCORE: "case.closed_to_scores",
    Step.PROPOSE_COMMENDATION: "case.not_recognised",
    Step.PUT_FORWARD: "case.not_recognised",
}


def after(stage: Stage, step: Step, *, taken_back: bool = False) -> Stage:
    """The stage that follows.

    Raises Refused when the table has no such step, or when the nominator took the dossier back before.
    """
    if taken_back:
        raise Refused("case.taken_back")
    if (following := STEPS.get((stage, step))) is None:
        raise Refused(REFUSALS.get(step, "case.closed"))
    return following

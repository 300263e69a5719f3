"""What the short form does not ask: the plan's usual answer, which the nominator may change under "more"."""

from services.nomination.rules.consent import Proof
from services.nomination.rules.typed import Typed, one
from shared.plan import Plan


def with_assumed(typed: Typed, plan: Plan, *, movement: str = "") -> Typed:
    """What was typed, and for each choice left open the plan's first; `movement` is the unit's last one, if any.

    Never an answer about consent itself: who gave it and for what is always asked (Law 91/2025/QH15). Only how it is
    known has an answer of its own, the weakest.
    """
    known = {each.id for each in plan.movements}
    usual = {
        "subject_kind": plan.subject_kinds[0].id,
        "model_kind": plan.model_kinds[0].id,
        "movement": movement if movement in known else plan.movements[0].id,
        "proof": Proof.SPOKEN.value,
    }
    return {**typed, **{box: [choice] for box, choice in usual.items() if not one(typed, box)}}

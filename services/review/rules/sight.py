"""Who sees which scores: a member scores first and looks at the others afterwards."""

from enum import StrEnum

from services.review.rules.stages import UNDECIDED, Stage
from shared.access.principal import Role


class Sight(StrEnum):
    OWN = "own"  # nothing but one's own sheet
    SUMS = "sums"  # the averages, not who gave what
    SHEETS = "sheets"  # every sheet with its member's name


def sight_of(role: Role, *, has_scored: bool, stage: Stage) -> Sight:
    """What a role sees of the scores at a stage."""
    if stage not in UNDECIDED:
        return Sight.SHEETS
    if role is Role.COUNCIL_MEMBER:
        return Sight.SHEETS if has_scored else Sight.OWN
    return Sight.SUMS

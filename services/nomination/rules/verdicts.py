"""What people decide about two nominations that look alike."""

from enum import StrEnum

from shared.errors import Refused


class Verdict(StrEnum):
    OPEN = "open"  # nobody has decided, or the decision was taken back
    SAME = "same"  # one nominee
    DIFFERENT = "different"  # two; not suggested again


def require_new(before: Verdict, wanted: Verdict) -> None:
    """Raise Refused("pairing.decided") for one verdict over another: the first has to be taken back."""
    if Verdict.OPEN not in {before, wanted}:
        raise Refused("pairing.decided")

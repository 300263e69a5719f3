"""The life of a candidate (plan II.2.c): its stages, and the only deeds that each of them allows."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from shared.errors import Refused


class CandidateStage(StrEnum):
    NURTURED = "nurtured"
    GRADUATED = "graduated"  # a nomination was made of it and handed in
    STOPPED = "stopped"


class Deed(StrEnum):
    """What is done for a candidate; the value is its address. NOMINATE and RETURN follow from a nomination's life."""

    PLAN_STEP = "buoc"
    FINISH_STEP = "xong"
    MOVE_STEP = "doi"
    SUPPORT = "ho-tro"
    VISIT = "tham"
    MILESTONE = "moc"
    MENTOR = "nguoi-kem"
    PROMOTE = "tam-guong"
    STOP = "dung"
    RESUME = "tiep-tuc"
    NOMINATE = "de-cu"
    RETURN = "tro-lai"


#: What is done while somebody is nurtured, and leaves them so.
GOING_ON = frozenset(
    {
        Deed.PLAN_STEP,
        Deed.FINISH_STEP,
        Deed.MOVE_STEP,
        Deed.SUPPORT,
        Deed.VISIT,
        Deed.MILESTONE,
        Deed.MENTOR,
        Deed.PROMOTE,
    }
)

#: {(stage before, deed): stage after}
DEEDS: Mapping[tuple[CandidateStage, Deed], CandidateStage] = MappingProxyType(
    {
        **{(CandidateStage.NURTURED, deed): CandidateStage.NURTURED for deed in GOING_ON},
        (CandidateStage.NURTURED, Deed.STOP): CandidateStage.STOPPED,
        (CandidateStage.STOPPED, Deed.RESUME): CandidateStage.NURTURED,
        (CandidateStage.NURTURED, Deed.NOMINATE): CandidateStage.GRADUATED,
        # Not recognised, or taken back: there is still something to be done.
        (CandidateStage.GRADUATED, Deed.RETURN): CandidateStage.NURTURED,
    }
)


def after_deed(stage: CandidateStage, deed: Deed) -> CandidateStage:
    """The stage that a deed leads to.

    Raises Refused("nurture.graduated" | "nurture.stopped" | "nurture.goes_on").
    """
    if (following := DEEDS.get((stage, deed))) is not None:
        return following
    match stage:
        case CandidateStage.GRADUATED:
            raise Refused("nurture.graduated")
        case CandidateStage.STOPPED:
            raise Refused("nurture.stopped")
        case CandidateStage.NURTURED:
            raise Refused("nurture.goes_on")


def allowed(stage: CandidateStage, deed: Deed) -> bool:
    return (stage, deed) in DEEDS

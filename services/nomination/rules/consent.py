"""What makes a consent count: who gave it, how that is known, what for (Law 91/2025/QH15: never by default)."""

from enum import StrEnum

from services.nomination.rules.fault import Fault, Faults

#: Which wording of the consent was shown. A new wording gets a new version; old consents keep theirs.
TEXT_VERSION = "2026-2"
#: The wording of the link's page and of its paper, which ask for each use by itself.
ASKED_TEXT = "2026-a"
CHILD_UNTIL = 16  # Law on Children 2016, Art. 1: a child is under 16


class GivenBy(StrEnum):
    SELF = "self"
    REPRESENTATIVE = "representative"
    GUARDIAN = "guardian"


class Proof(StrEnum):
    SPOKEN = "spoken"
    SIGNED_PAPER = "signed_paper"
    DIGITAL = "digital"


#: What a village head may answer instead; the draft waits until somebody has asked.
NOT_ASKED = "not_asked"


def may_be_child(birth_year: int | None, *, on_year: int) -> bool:
    """Whether somebody born in that year may still be under 16: only the year is known, so the doubt protects."""
    return birth_year is not None and 0 <= on_year - birth_year <= CHILD_UNTIL


def consent_faults(*, given_by: str, proof: str, purposes: int, child: bool) -> Faults:
    """What is missing for a consent that counts; `purposes` is how many uses the nominee agreed to."""
    if given_by == NOT_ASKED:
        return {"given_by": Fault("consent.not_asked")}
    faults: Faults = {}
    if given_by not in set(GivenBy):
        faults["given_by"] = Fault("consent.missing")
    elif child and given_by != GivenBy.GUARDIAN:
        faults["given_by"] = Fault("consent.guardian_needed", {"age": CHILD_UNTIL})
    if proof not in set(Proof):
        faults["proof"] = Fault("consent.proof_missing")
    if not purposes:
        faults["publish"] = Fault("consent.purpose_missing")
    return faults

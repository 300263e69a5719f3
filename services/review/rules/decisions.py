"""When the chair may decide, and what a decision has to say."""

from collections.abc import Mapping
from uuid import UUID

from services.review.rules.stages import Outcome
from shared.errors import Invalid, Refused
from shared.plan import ReviewRule
from shared.text.clean import Unclean, cleaned

LONGEST_REASON = 2000  # characters
LONGEST_NOTE = 1000
REASON_NEEDED = frozenset({Outcome.NURTURE, Outcome.DECLINED})


class BadText(Invalid):
    """A text that cannot be kept; `key` and `details` are the cleaner's own."""

    def __init__(self, name: str, key: str, details: Mapping[str, object]) -> None:
        super().__init__({name: key})
        self.name, self.fault, self.found = name, key, dict(details)


def check_not_own(nominator_id: UUID | None, person_id: UUID) -> None:
    """Raise Refused("case.own_nomination") for whoever handed the dossier in: nobody judges what they put forward.

    The plan's number of sheets stays what it is: it names no recusal, so other members give them; a chair who nominated
    lets somebody else decide.
    """
    if nominator_id == person_id:
        raise Refused("case.own_nomination")


def check_sheets_in(rule: ReviewRule, *, sheets: int) -> None:
    """Raise Refused("case.sheets_missing") while fewer members have scored than the plan asks for."""
    if sheets < rule.members_needed:
        raise Refused(
            "case.sheets_missing", missing=rule.members_needed - sheets, sheets=sheets, needed=rule.members_needed
        )


def checked_reason(raw: str, outcome: Outcome) -> str:
    """The reason as it is kept. Raises Invalid: the nominator has a right to one unless recognised."""
    reason = clean_text(raw, name="reason", longest=LONGEST_REASON)
    if not reason and outcome in REASON_NEEDED:
        raise Invalid({"reason": "decision.reason_missing"})
    return reason


def checked_note(raw: str) -> str:
    """A member's remark as it is kept; may be empty. Raises Invalid."""
    return clean_text(raw, name="note", longest=LONGEST_NOTE)


def clean_text(raw: str, *, name: str, longest: int) -> str:
    try:
        return cleaned(raw, longest=longest, lines=True)
    except Unclean as fault:
        raise BadText(name, fault.key, fault.details) from fault

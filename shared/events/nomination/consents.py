"""Said by nomination: who has to agree to publication, what they said, what is owed when they take it back."""

from datetime import date
from uuid import UUID

from shared.events.event import Event


class ConsentAsked(Event, type="consent.asked", version=1, subject="nomination", heard_by=("report",)):
    """Somebody was given a link, or a paper, by which to say whether something about them may be published."""

    nomination_id: UUID
    code: str
    party_id: UUID
    unit_id: UUID
    capacity: str  # "self" | "representative" | "guardian" | "child" | "head" | "member"
    expires_on: date  # the last day to answer by it


class ConsentAwaited(
    Event, type="consent.awaited", version=1, subject="nomination", heard_by=("review", "publish", "report")
):
    """One more person has to agree: a child of seven or more, somebody named. Until then nothing more goes out."""

    nomination_id: UUID
    code: str
    party_id: UUID
    unit_id: UUID
    capacity: str  # as in `consent.asked`
    agreed: list[str]  # the uses that everybody agreed to who has to
    waiting: int  # how many have not agreed, or no longer do


class ConsentGiven(
    Event, type="consent.given", version=1, subject="nomination", heard_by=("review", "publish", "notify", "report")
):
    """Somebody agreed, after the form: from now on `agreed` holds, for all of them together."""

    nomination_id: UUID
    code: str
    party_id: UUID
    unit_id: UUID
    capacity: str  # as in `consent.asked`
    uses: list[str]  # what this one agreed to: "name", "story", "photo", … and "portal", "radio", "social", "print"
    proof: str  # "spoken" | "signed_paper" | "digital"
    way: str  # "link" | "officer"
    text_version: str
    agreed: list[str]  # the uses that everybody agreed to who has to
    waiting: int


class ConsentDeclined(
    Event, type="consent.declined", version=1, subject="nomination", heard_by=("review", "publish", "notify", "report")
):
    """Somebody said no: nothing about the nominee goes out."""

    nomination_id: UUID
    code: str
    party_id: UUID
    unit_id: UUID
    capacity: str  # as in `consent.asked`
    proof: str
    way: str
    text_version: str
    agreed: list[str]
    waiting: int


class ConsentWithdrawn(
    Event, type="consent.withdrawn", version=1, subject="nomination", heard_by=("review", "publish", "notify", "report")
):
    """Somebody took back what they had agreed to: it ends now, and the clocks of Decree 356/2025/NĐ-CP run."""

    nomination_id: UUID
    code: str
    party_id: UUID
    unit_id: UUID
    capacity: str  # as in `consent.asked`
    withdrawal_id: UUID
    uses: list[str]  # what ends
    proof: str
    way: str  # "link" | "look_up" | "officer"
    asked_on: date
    answer_by: date  # two working days
    stop_by: date  # fifteen days
    third_parties_by: date  # twenty days
    agreed: list[str]  # the uses that everybody who has to still agrees to
    waiting: int


class ConsentWithdrawalAnswered(
    Event, type="consent.withdrawal_answered", version=1, subject="nomination", heard_by=("report",)
):
    """The commune answered whoever took the consent back."""

    nomination_id: UUID
    code: str
    withdrawal_id: UUID
    unit_id: UUID
    answered_on: date


class ConsentStopExtended(Event, type="consent.stop_extended", version=1, subject="nomination", heard_by=("report",)):
    """The commune takes longer to stop, once and by at most fifteen days. Its reason stays with nomination."""

    nomination_id: UUID
    code: str
    withdrawal_id: UUID
    unit_id: UUID
    days: int
    stop_by: date  # the new days
    third_parties_by: date
    extended_on: date


class ConsentStopped(Event, type="consent.stopped", version=1, subject="nomination", heard_by=("notify", "report")):
    """Nothing of ours shows any more what was taken back; `cannot_recall` names the channels where copies are out."""

    nomination_id: UUID
    code: str
    withdrawal_id: UUID
    unit_id: UUID
    stopped_on: date
    cannot_recall: list[str]


class ConsentThirdPartiesTold(
    Event, type="consent.third_parties_told", version=1, subject="nomination", heard_by=("report",)
):
    """The commune had those stop who hold copies: the station, the printer, the tier above."""

    nomination_id: UUID
    code: str
    withdrawal_id: UUID
    unit_id: UUID
    told_on: date


class ConsentStopDue(Event, type="consent.stop_due", version=1, subject="nomination", heard_by=("notify", "report")):
    """Something is still owed after a withdrawal, and its last day is near."""

    nomination_id: UUID
    code: str
    withdrawal_id: UUID
    unit_id: UUID
    duty: str  # "answer" | "stop" | "third_parties"
    due_on: date
    days_left: int  # whole days to the last day, 0 on that day


class ConsentStopOverdue(
    Event, type="consent.stop_overdue", version=1, subject="nomination", heard_by=("notify", "report")
):
    """The last day of what is owed after a withdrawal passed without it."""

    nomination_id: UUID
    code: str
    withdrawal_id: UUID
    unit_id: UUID
    duty: str  # "answer" | "stop" | "third_parties"
    due_on: date

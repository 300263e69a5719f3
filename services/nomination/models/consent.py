"""Whose consent a dossier needs, every word they said about it, and the links by which they are asked."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from services.nomination.models.table import Table
from services.nomination.rules.clocks import Duty
from shared.tables import Moment


class ConsentParty(Table, table=True):
    """Somebody who has to agree. The one who did in the nomination form has the nomination's own id."""

    __tablename__ = "consent_party"
    __table_args__ = (
        ForeignKeyConstraint(["nomination_id"], ["nomination.nomination.id"], name="consent_party_nomination"),
        CheckConstraint(
            "capacity IN ('self', 'representative', 'guardian', 'child', 'head', 'member')",
            name="consent_party_capacity",
        ),
        CheckConstraint("state IN ('waiting', 'agreed', 'declined', 'withdrawn')", name="consent_party_state"),
        CheckConstraint("(agreed <> '{}') = (state = 'agreed')", name="consent_party_agreed_to_something"),
        Index("consent_party_of_nomination", "nomination_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    nomination_id: UUID
    capacity: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)  # personal data; "" where the form did not ask for it
    relation: str = Field(default="", sa_type=Text)  # "mẹ": to the nominee
    state: str = Field(sa_type=Text)
    agreed: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))  # uses, as the newest word leaves them
    added_at: datetime = Field(sa_type=Moment)
    added_by: UUID


class ConsentEntry(Table, table=True):
    """One word of somebody about their consent, and how it is known. Never changed, never deleted."""

    __tablename__ = "consent"
    __table_args__ = (
        ForeignKeyConstraint(["party_id"], ["nomination.consent_party.id"], name="consent_of_party"),
        ForeignKeyConstraint(["nomination_id"], ["nomination.nomination.id"], name="consent_nomination"),
        CheckConstraint("kind IN ('given', 'declined', 'withdrawn')", name="consent_kind"),
        CheckConstraint("(uses = '{}') = (kind = 'declined')", name="consent_says_to_what"),
        CheckConstraint("proof IN ('spoken', 'signed_paper', 'digital')", name="consent_proof"),
        CheckConstraint("way IN ('form', 'link', 'look_up', 'officer')", name="consent_way"),
        CheckConstraint("number > 0 AND text_version <> ''", name="consent_counts"),
        CheckConstraint("scan ~ '^([0-9a-f]{64})?$' AND (scan = '') = (scan_kind = '')", name="consent_scan"),
        CheckConstraint("(recorded_by IS NULL) = (way IN ('link', 'look_up'))", name="consent_recorded_by_somebody"),
        Index("consent_of_nomination", "nomination_id", "recorded_at"),
        Index("consent_scan_address", "scan", postgresql_where=text("scan <> ''")),
    )

    party_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_type=SmallInteger)
    nomination_id: UUID
    kind: str = Field(sa_type=Text)
    uses: list[str] = Field(sa_type=ARRAY(Text))  # agreed to, or no longer
    text_version: str = Field(sa_type=Text)  # the wording that was shown
    proof: str = Field(sa_type=Text)
    way: str = Field(sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    said_on: date
    scan: str = Field(default="", sa_type=Text)  # content address of the paper, made anew
    scan_kind: str = Field(default="", sa_type=Text)
    recorded_by: UUID | None = None  # None: the person themself
    recorded_by_name: str = Field(default="", sa_type=Text)
    recorded_at: datetime = Field(sa_type=Moment)


class ConsentLink(Table, table=True):
    """A link by which somebody is asked. Only the hash of its secret is kept; a newer one replaces it."""

    __tablename__ = "consent_link"
    __table_args__ = (
        ForeignKeyConstraint(["party_id"], ["nomination.consent_party.id"], name="consent_link_party"),
        ForeignKeyConstraint(["nomination_id"], ["nomination.nomination.id"], name="consent_link_nomination"),
        CheckConstraint("octet_length(digest) = 32", name="consent_link_digest"),
        Index("consent_link_of_party", "party_id"),
    )

    digest: bytes = Field(primary_key=True, sa_type=LargeBinary)
    party_id: UUID
    nomination_id: UUID
    made_by: UUID
    made_at: datetime = Field(sa_type=Moment)
    expires_on: date  # the last day to answer by it; once answered, it stays open for taking the consent back
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    replaced_at: datetime | None = Field(default=None, sa_type=Moment)


class ConsentWithdrawal(Table, table=True):
    """A consent that was taken back, and what the commune still owes: an answer, the stop, word to third parties."""

    __tablename__ = "consent_withdrawal"
    __table_args__ = (
        ForeignKeyConstraint(["party_id"], ["nomination.consent_party.id"], name="consent_withdrawal_party"),
        ForeignKeyConstraint(["nomination_id"], ["nomination.nomination.id"], name="consent_withdrawal_nomination"),
        CheckConstraint("uses <> '{}'", name="consent_withdrawal_of_something"),
        CheckConstraint(
            "answer_by > asked_on AND stop_by > asked_on AND third_parties_by >= stop_by",
            name="consent_withdrawal_days",
        ),
        CheckConstraint(
            "extended_days BETWEEN 0 AND 15 AND (extended_days = 0) = (extension_reason = '')",
            name="consent_withdrawal_extension",
        ),
        CheckConstraint("(answered_on IS NULL) = (answer = '')", name="consent_withdrawal_answer"),
        CheckConstraint(
            "(next_due IS NULL) = "
            "(answered_on IS NOT NULL AND stopped_on IS NOT NULL AND third_parties_told_on IS NOT NULL)",
            name="consent_withdrawal_owed",
        ),
        Index("consent_withdrawal_of_nomination", "nomination_id", "id"),
        Index("consent_withdrawal_open", "next_due", "id", postgresql_where=text("next_due IS NOT NULL")),
    )

    id: UUID = Field(primary_key=True)
    nomination_id: UUID
    party_id: UUID
    uses: list[str] = Field(sa_type=ARRAY(Text))
    asked_on: date
    answer_by: date
    stop_by: date
    third_parties_by: date
    extended_days: int = Field(default=0, sa_type=SmallInteger)
    extension_reason: str = Field(default="", sa_type=Text)
    answered_on: date | None = None
    answer: str = Field(default="", sa_type=Text)
    stopped_on: date | None = None  # as publish says it: by fact, not by a click
    cannot_recall: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))  # channels
    third_parties_told_on: date | None = None
    third_parties_note: str = Field(default="", sa_type=Text)
    said: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))  # "answer.due": what its days have said
    next_due: date | None = None  # the nearest last day of what is owed; None: nothing is

    @property
    def due(self) -> dict[Duty, date]:
        """The last day of each duty."""
        return {Duty.ANSWER: self.answer_by, Duty.STOP: self.stop_by, Duty.THIRD_PARTIES: self.third_parties_by}

    @property
    def done(self) -> set[Duty]:
        """What is not owed any more."""
        when = {
            Duty.ANSWER: self.answered_on,
            Duty.STOP: self.stopped_on,
            Duty.THIRD_PARTIES: self.third_parties_told_on,
        }
        return {duty for duty, day in when.items() if day is not None}

"""Notify's tables: who can be told, what is known of dossiers, and every message with its fate."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, MetaData, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.succession import EndedPlanRow
from shared.tables import Moment


class Table(SQLModel, registry=registry(metadata=MetaData(schema="notify"))):
    """The base of this service's tables."""


class MailState(StrEnum):
    """How the mail of a message stands, as far as the effect ledger has settled it."""

    NONE = "none"  # in the inbox only
    PLANNED = "planned"
    SENT = "sent"  # the mail server took it
    UNKNOWN = "unknown"  # nobody can tell: a person decides
    FAILED = "failed"


class Contact(Table, table=True):
    """Somebody in an office, and how to reach them. Personal data."""

    __tablename__ = "contact"
    __table_args__ = (Index("contact_person", "person_id"),)

    plan_id: str = Field(primary_key=True, sa_type=Text)
    person_id: UUID = Field(primary_key=True)
    role: str = Field(primary_key=True, sa_type=Text)
    unit_id: UUID = Field(primary_key=True)
    name: str = Field(sa_type=Text)
    email: str = Field(sa_type=Text)
    left_on: date | None = None  # the first day without the office: told no more from then on


class Activation(Table, table=True):
    """A plan in force. `open_lines` are the lines of its list of recipients for which nobody has been told yet."""

    __tablename__ = "activation"

    plan_id: str = Field(primary_key=True, sa_type=Text)
    event_id: UUID
    open_lines: list[str] = Field(sa_type=ARRAY(Text))


class Dossier(Table, table=True):
    """What has to be remembered of a nomination to tell people what became of it. Holds the nominee's name."""

    __tablename__ = "dossier"

    nomination_id: UUID = Field(primary_key=True)
    plan_id: str = Field(sa_type=Text)
    code: str = Field(sa_type=Text)
    unit_id: UUID
    nominator_id: UUID | None = None
    nominee: str = Field(sa_type=Text)
    origin: str | None = Field(
        default=None, sa_type=Text
    )  # the plan under which it was sent, once it goes on elsewhere


class Imported(Table, table=True):
    """A dossier that came in with a table of them, of which people are told once."""

    __tablename__ = "imported"

    nomination_id: UUID = Field(primary_key=True)
    plan_id: str = Field(sa_type=Text)


class EndedPlan(EndedPlanRow, Table, table=True):
    """A commune that ended, and who goes on with the work of its units."""

    __tablename__ = "ended_plan"


class Message(Table, table=True):
    """What one person (or a unit's mailbox) is told of one event. `id` follows from both: `message_id`.

    `recipients` are all circles through which it reached them. `mail_*` mirrors the effect ledger.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id", name="message_once"),
        CheckConstraint("cardinality(recipients) > 0", name="message_has_a_recipient"),
        CheckConstraint(
            "mail_state IN ('none', 'planned', 'sent', 'unknown', 'failed')", name="message_mail_state_known"
        ),
        CheckConstraint("NOT (is_mailbox AND read_at IS NOT NULL)", name="message_mailbox_reads_nothing"),
        Index("message_inbox", "person_id", "created_at", "id"),
        Index("message_unread", "person_id", "created_at", "id", postgresql_where=text("read_at IS NULL")),
        Index("message_sent", "plan_id", "created_at", "id"),
        Index("message_stuck", "plan_id", "created_at", "id",
              postgresql_where=text("mail_state IN ('unknown', 'failed')")),
        Index("message_under_way", "plan_id", "created_at", "id", postgresql_where=text("mail_state = 'planned'")),
        Index("message_quiet", "plan_id", "letter", "created_at",
              postgresql_where=text("read_at IS NULL AND mail_state <> 'none'")),
    )  # fmt: skip

    id: UUID = Field(primary_key=True)
    event_id: UUID
    person_id: UUID
    is_mailbox: bool
    plan_id: str = Field(sa_type=Text)
    recipients: list[str] = Field(sa_type=ARRAY(Text))
    about: str = Field(sa_type=Text)
    letter: str = Field(sa_type=Text)
    nomination_id: UUID | None = None
    subject: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)
    link: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=Moment)
    read_at: datetime | None = Field(default=None, sa_type=Moment)
    mail_state: str = Field(sa_type=Text)
    mail_detail: str = Field(default="", sa_type=Text)
    mail_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def recipient(self) -> str:
        """The circle under which events name the addressee."""
        return self.recipients[0]

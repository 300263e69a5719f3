"""Suggestions of people who nominate nobody themselves."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, text
from sqlmodel import Field

from services.nomination.models.table import Table
from services.nomination.rules.suggestions import SuggestionStage
from shared.tables import Moment


class Suggestion(Table, table=True):
    """Who did what, told to a unit that has to answer. Personal data; never public."""

    __tablename__ = "suggestion"
    __table_args__ = (
        CheckConstraint("stage IN ('received', 'endorsed', 'declined')", name="suggestion_stage"),
        CheckConstraint(
            "origin IN ('citizen', 'village', 'organisation', 'media', 'council')", name="suggestion_origin"
        ),
        CheckConstraint("(origin = 'citizen') = (from_unit_id IS NULL)", name="suggestion_from_a_unit"),
        CheckConstraint(
            "char_length(name) BETWEEN 2 AND 150 AND char_length(deed) BETWEEN 20 AND 2000", name="suggestion_lengths"
        ),
        CheckConstraint("(stage = 'received') = (answered_on IS NULL)", name="suggestion_answered"),
        CheckConstraint("(stage = 'declined') = (reason <> '')", name="suggestion_reason"),
        CheckConstraint("phone ~ '^(0[2-9][0-9]{8,9})?$'", name="suggestion_phone"),
        ForeignKeyConstraint(
            ["nomination_id"], ["nomination.nomination.id"], name="suggestion_nomination", ondelete="SET NULL"
        ),
        Index("suggestion_code", "code", unique=True),
        Index("suggestion_once", "fingerprint", unique=True),
        Index("suggestion_of_unit", "plan_id", "unit_id", "stage", text("id DESC")),
        Index("suggestion_from_unit", "plan_id", "from_unit_id", text("id DESC")),
        Index("suggestion_nomination", "nomination_id", postgresql_where=text("nomination_id IS NOT NULL")),
    )

    id: UUID = Field(primary_key=True)
    plan_id: str = Field(sa_type=Text)
    unit_id: UUID  # who answers; the commune where nobody knew the village
    origin: str = Field(sa_type=Text)
    from_unit_id: UUID | None = None
    from_person_id: UUID | None = None
    code: str = Field(sa_type=Text)  # opens it, so nobody can guess it
    fingerprint: UUID  # the same told again is the same
    name: str = Field(sa_type=Text)
    deed: str = Field(sa_type=Text)
    giver: str = Field(default="", sa_type=Text)
    phone: str = Field(default="", sa_type=Text)
    received_on: date
    answer_by: date
    received_at: datetime = Field(sa_type=Moment)
    stage: str = Field(default=SuggestionStage.RECEIVED.value, sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    answered_on: date | None = None
    answered_by: UUID | None = None
    nomination_id: UUID | None = None  # what was made of it; none once its draft was thrown away

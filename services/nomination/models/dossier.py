"""One dossier with its sheets, its timeline and what it was asked to add."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from services.nomination.models.table import Table
from services.nomination.rules.stages import Stage
from shared.plan import Plan
from shared.plan.carried import plan_for
from shared.tables import Moment


class Nomination(Table, table=True):
    """One dossier. A draft's content lies on its sheets; from submission on it stands here and no longer changes."""

    __tablename__ = "nomination"
    __table_args__ = (
        CheckConstraint(
            "stage IN ('draft', 'submitted', 'returned', 'withdrawn', 'recognised', 'nurtured', 'declined',"
            " 'published')",
            name="nomination_stage",
        ),
        CheckConstraint("source IN ('village', 'organisation', 'media', 'council')", name="nomination_source"),
        CheckConstraint("version > 0", name="nomination_version"),
        CheckConstraint(
            "(stage = 'draft') = (code IS NULL) AND (stage = 'draft') = (submitted_on IS NULL)"
            " AND (stage = 'draft') = (answer_by IS NULL)",
            name="nomination_code_from_submission_on",
        ),
        CheckConstraint("answer_by >= submitted_on", name="nomination_answer_after_submission"),
        CheckConstraint(
            "stage = 'draft' OR (subject_kind <> '' AND field <> '' AND model_kind <> '' AND movement <> ''"
            " AND char_length(name) BETWEEN 2 AND 150 AND char_length(headline) BETWEEN 5 AND 200"
            " AND char_length(story) BETWEEN 20 AND 5000)",
            name="nomination_complete",
        ),
        CheckConstraint(
            "stage = 'draft' OR (given_by IN ('self', 'representative', 'guardian')"
            " AND proof IN ('spoken', 'signed_paper', 'digital')"
            " AND (publish_name OR publish_story OR publish_photo) AND consent_text <> '')",
            name="nomination_consent",
        ),
        CheckConstraint(
            "cardinality(more_photos) <= 2 AND (more_photos = '{}' OR photo IS NOT NULL)", name="nomination_photos"
        ),
        CheckConstraint("phone ~ '^(0[2-9][0-9]{8,9})?$'", name="nomination_phone"),
        CheckConstraint("happened_on BETWEEN '1945-01-01' AND submitted_on", name="nomination_deed_before_submission"),
        ForeignKeyConstraint(
            ["photo", "plan_id", "unit_id"],
            ["nomination.photo.sha256", "nomination.photo.plan_id", "nomination.photo.unit_id"],
            name="nomination_photo_of_the_unit",
        ),
        Index("nomination_code", "code", unique=True),
        Index("nomination_of_unit", "plan_id", "unit_id", "id"),
        Index("nomination_draft", "unit_id", "id", postgresql_where=text("stage = 'draft'")),
        Index("nomination_waiting", "plan_id", "answer_by", "id", postgresql_where=text("stage = 'submitted'")),
        Index("nomination_sent", "plan_id", text("submitted_on DESC"), text("id DESC")),
        Index("nomination_name", "plan_id", "name_folded"),
        Index("nomination_photo", "photo", postgresql_where=text("photo IS NOT NULL")),
        Index(
            "nomination_more_photos",
            "more_photos",
            postgresql_using="gin",
            postgresql_with={"fastupdate": False},
            postgresql_where=text("more_photos <> '{}'"),
        ),
        Index(
            "nomination_keys",
            "name_keys",
            postgresql_using="gin",
            postgresql_with={"fastupdate": True, "gin_pending_list_limit": 256},
        ),
        Index(
            "nomination_once",
            "fingerprint",
            unique=True,
            postgresql_where=text("stage IN ('submitted', 'returned', 'recognised', 'published')"),
        ),
        ForeignKeyConstraint(
            ["candidate_id"], ["nomination.candidate.id"], name="nomination_candidate", use_alter=True
        ),
        Index("nomination_of_candidate", "candidate_id", "id", postgresql_where=text("candidate_id IS NOT NULL")),
        ForeignKeyConstraint(["movement_id"], ["nomination.movement.id"], name="nomination_movement"),
        Index(
            "nomination_of_movement",
            "movement_id",
            text("submitted_on DESC"),
            text("id DESC"),
            postgresql_where=text("movement_id IS NOT NULL"),
        ),
        Index("nomination_phone", "plan_id", "phone", postgresql_where=text("phone <> ''")),
    )

    id: UUID = Field(primary_key=True)
    plan_id: str = Field(sa_type=Text)
    unit_id: UUID
    person_id: UUID  # who put it forward
    source: str = Field(sa_type=Text)
    stage: str = Field(default=Stage.DRAFT.value, sa_type=Text)
    version: int = Field(default=1, sa_type=Integer)  # counts the changes
    code: str | None = Field(default=None, sa_type=Text)
    subject_kind: str = Field(default="", sa_type=Text)
    name: str = Field(default="", sa_type=Text)  # personal data, as are birth_year and address
    birth_year: int | None = Field(default=None, sa_type=SmallInteger)
    address: str = Field(default="", sa_type=Text)
    field: str = Field(default="", sa_type=Text)
    headline: str = Field(default="", sa_type=Text)
    story: str = Field(default="", sa_type=Text)
    happened_on: date | None = None
    model_kind: str = Field(default="", sa_type=Text)
    movement: str = Field(default="", sa_type=Text)
    areas: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    initiative: bool = False
    direct_worker: bool = False
    photo: str | None = Field(default=None, sa_type=Text)
    given_by: str = Field(default="", sa_type=Text)
    proof: str = Field(default="", sa_type=Text)
    publish_name: bool = False
    publish_story: bool = False
    publish_photo: bool = False
    consent_text: str = Field(default="", sa_type=Text)
    submitted_on: date | None = None
    answer_by: date | None = None
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)
    name_folded: str = Field(default="", sa_type=Text)  # finds the same person again
    search: str = Field(default="", sa_type=Text)  # code, name and headline, folded
    origin: str | None = Field(
        default=None, sa_type=Text
    )  # the plan under which it was sent, once it goes on elsewhere
    held_until: date | None = None  # the commune lets it rest, to that day or longer

    name_keys: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))  # find the nominee however spelt
    fingerprint: UUID | None = None  # what the very same dossier, sent once more, has too

    phone: str = Field(default="", sa_type=Text)  # of the nominee, in digits; personal data
    more_photos: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))  # beside the one that may be published
    agreed: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))  # the uses that everybody agreed to, today

    movement_id: UUID | None = None  # the unit's movement that found the nominee, if one did
    candidate_id: UUID | None = None  # whom the unit had nurtured before it nominated them

    @property
    def photos(self) -> list[str]:
        """All photos, the one that may be published first."""
        return [self.photo, *self.more_photos] if self.photo else []

    @property
    def plan(self) -> Plan:
        """The plan under which it goes on, with the words of its origin."""
        return plan_for(self.plan_id, self.origin)


class DraftSheet(Table, table=True):
    """What was typed on one sheet of a draft, as it was typed."""

    __tablename__ = "draft_sheet"
    __table_args__ = (
        ForeignKeyConstraint(
            ["nomination_id"], ["nomination.nomination.id"], name="draft_sheet_nomination", ondelete="CASCADE"
        ),
        CheckConstraint("sheet IN ('ai', 'viec', 'anh')", name="draft_sheet_known"),
    )

    nomination_id: UUID = Field(primary_key=True)
    sheet: str = Field(primary_key=True, sa_type=Text)
    typed: dict[str, list[str]] = Field(sa_type=JSONB)
    saved_at: datetime = Field(sa_type=Moment)


class Happening(Table, table=True):
    """One entry of a nomination's timeline, heard from another service. Its id is the event's."""

    __tablename__ = "happening"
    __table_args__ = (
        ForeignKeyConstraint(["nomination_id"], ["nomination.nomination.id"], name="happening_nomination"),
        CheckConstraint(
            "kind IN ('opened', 'recognised', 'nurtured', 'declined', 'introduced', 'published', 'unpublished',"
            " 'withdrawn', 'transferred', 'returned', 'resubmitted', 'resumed', 'held', 'released', 'put_forward',"
            " 'tier_recognised', 'tier_declined', 'consent_asked', 'consent_given', 'consent_declined',"
            " 'consent_withdrawn', 'consent_stopped')",
            name="happening_kind",
        ),
        Index("happening_of_nomination", "nomination_id", "happened_at"),
    )

    id: UUID = Field(primary_key=True)
    nomination_id: UUID
    kind: str = Field(sa_type=Text)
    happened_at: datetime = Field(sa_type=Moment)
    detail: str = Field(default="", sa_type=Text)  # the reason, the channel, or the plan under which it goes on
    address: str = Field(default="", sa_type=Text)  # where the story stands


class Supplement(Table, table=True):
    """What the commune asked the unit for, and what the unit added. The dossier itself stays as it was sent."""

    __tablename__ = "supplement"
    __table_args__ = (
        ForeignKeyConstraint(["nomination_id"], ["nomination.nomination.id"], name="supplement_nomination"),
        CheckConstraint("number > 0", name="supplement_number"),
        CheckConstraint("(given_on IS NULL) = (addition = '')", name="supplement_given_says_what"),
    )

    nomination_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    missing: str = Field(sa_type=Text)
    asked_on: date
    due_on: date  # the last day to give it
    addition: str = Field(default="", sa_type=Text)
    given_on: date | None = None

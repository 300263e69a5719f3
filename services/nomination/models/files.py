"""Photos and files of evidence; the files themselves lie under their content address."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from services.nomination.models.table import Table
from shared.tables import Moment


class PhotoRow(Table, table=True):
    """A re-encoded photo and the unit that brought it. The files lie under their content address."""

    __tablename__ = "photo"
    __table_args__ = (
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="photo_address"),
        CheckConstraint("width > 0 AND height > 0", name="photo_size"),
        Index("photo_brought", "plan_id", "brought_at"),
    )

    sha256: str = Field(primary_key=True, sa_type=Text)  # of the largest picture
    plan_id: str = Field(primary_key=True, sa_type=Text)
    unit_id: UUID = Field(primary_key=True)
    width: int = Field(sa_type=Integer)
    height: int = Field(sa_type=Integer)
    widths: list[int] = Field(sa_type=ARRAY(Integer))
    brought_at: datetime = Field(sa_type=Moment)


class GivenUp(Table, table=True):
    """A file that a dossier or a unit has no more: it goes a month after `since`, unless somebody has it too."""

    __tablename__ = "given_up"
    __table_args__ = (
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="given_up_address"),
        Index("given_up_since", "plan_id", "since"),
    )

    sha256: str = Field(primary_key=True, sa_type=Text)
    plan_id: str = Field(primary_key=True, sa_type=Text)
    since: datetime = Field(sa_type=Moment)


class EvidenceRow(Table, table=True):
    """A file of evidence as we made it anew. `number` is the supplement that it came with, 0 for the dossier itself.

    `brought_sha256` and `brought_size` are those of the file as it came, which was not kept.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        ForeignKeyConstraint(
            ["nomination_id"], ["nomination.nomination.id"], name="evidence_nomination", ondelete="CASCADE"
        ),
        CheckConstraint(
            "kind IN ('picture', 'pdf', 'document', 'sheet', 'text', 'sound')", name="evidence_kind_is_known"
        ),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$' AND brought_sha256 ~ '^[0-9a-f]{64}$'", name="evidence_address"),
        CheckConstraint("size > 0 AND brought_size > 0 AND pages > 0 AND number >= 0", name="evidence_size"),
        Index("evidence_once", "nomination_id", "brought_sha256", unique=True),
        Index("evidence_address", "sha256"),
    )

    id: UUID = Field(primary_key=True)
    nomination_id: UUID
    number: int
    name: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    sha256: str = Field(sa_type=Text)
    size: int  # bytes, of what is kept
    pages: int
    has_preview: bool
    excerpt: str = Field(sa_type=Text)
    brought_sha256: str = Field(sa_type=Text)
    brought_size: int
    brought_by: UUID
    brought_by_name: str = Field(sa_type=Text)
    brought_at: datetime = Field(sa_type=Moment)

"""The tables of publish."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, MetaData, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from services.publish.rules.consent import Agreed
from shared.plan import Plan
from shared.plan.carried import plan_for
from shared.succession import EndedPlanRow
from shared.tables import Moment


class Table(SQLModel, registry=registry(metadata=MetaData(schema="publish"))):
    """What every table of this service is."""


class Dossier(Table, table=True):
    """Our copy of a submitted nomination, as it was said; nothing here is asked of another service."""

    nomination_id: UUID = Field(primary_key=True)
    plan_id: str
    code: str
    unit_id: UUID
    subject_kind: str
    model_kind: str
    field: str
    movement: str
    areas: list[str] = Field(sa_type=JSONB)
    initiative: bool
    direct_worker: bool
    headline: str
    story: str
    happened_on: date | None
    photo: str | None
    submitted_on: date
    name: str
    consent_text: str
    publish_name: bool
    publish_story: bool
    publish_photo: bool
    agreed_channels: list[str] = Field(default_factory=list, sa_type=JSONB)  # classes: "portal", "radio", "social", …
    consents_waiting: int = 0  # how many people still have to agree
    recognised_on: date | None = None
    recognised_because: str = ""
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)
    withdrawn_because: str = ""
    origin: str | None = None  # the plan under which it was sent, once it goes on elsewhere
    held_until: date | None = None  # the commune lets it rest, to that day or longer: nothing goes out

    @property
    def plan(self) -> Plan:
        """The plan under which it goes on, with the words of its origin."""
        return plan_for(self.plan_id, self.origin)

    @property
    def agreed(self) -> Agreed:
        return Agreed(
            story=self.publish_story,
            name=self.publish_name,
            photo=self.publish_photo,
            channels=frozenset(self.agreed_channels),
            waiting=self.consents_waiting,
        )


class Story(Table, table=True):
    """A story. Title, sapo and body are the editor's copy; the public reads the revision `public_version`."""

    id: UUID = Field(primary_key=True)
    nomination_id: UUID
    plan_id: str
    commune_id: UUID
    unit_id: UUID
    field: str
    subject_kind: str
    model_kind: str
    direct_worker: bool
    shown_name: str
    photo: str | None  # only when the nominee agreed to it
    stage: str
    slug: str | None = None
    title: str
    sapo: str
    body: str
    version: int = 1
    approved_version: int | None = None
    approved_by: UUID | None = None
    approved_at: datetime | None = Field(default=None, sa_type=Moment)
    checks: list[str] = Field(default_factory=list, sa_type=JSONB)  # the field's checks that the approver confirmed
    public_version: int | None = None  # what the portal shows
    public_at: datetime | None = Field(default=None, sa_type=Moment)  # first day on the portal; orders its lists
    introduced_on: date | None = None  # first publication on any channel
    recognised_on: date | None = None
    folded: str = ""
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)
    withdrawn_because: str = ""
    origin: str | None = None  # the plan of its dossier, once it goes on elsewhere

    __table_args__ = (
        UniqueConstraint("nomination_id", name="story_one_per_nomination"),
        UniqueConstraint("slug", name="story_slug"),
        CheckConstraint("stage IN ('draft', 'approved', 'published', 'withdrawn')", name="story_stage"),
        CheckConstraint("(stage = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="story_withdrawn_has_a_moment"),
        CheckConstraint("(public_version IS NULL) = (public_at IS NULL)", name="story_public_has_a_moment"),
        CheckConstraint("approved_version IS NULL OR slug IS NOT NULL", name="story_approved_has_a_slug"),
        Index("story_desk", "plan_id", "stage", text("updated_at DESC")),
        Index(
            "story_public",
            "commune_id",
            text("public_at DESC"),
            text("id DESC"),
            postgresql_where=text("public_at IS NOT NULL AND stage <> 'withdrawn'"),
        ),
        Index(
            "story_public_everywhere",
            text("public_at DESC"),
            text("id DESC"),
            postgresql_where=text("public_at IS NOT NULL AND stage <> 'withdrawn'"),
        ),
        Index("story_gone", text("withdrawn_at DESC"), postgresql_where=text("withdrawn_at IS NOT NULL")),
    )

    @property
    def plan(self) -> Plan:
        """The plan under which it goes on, with the words of its origin."""
        return plan_for(self.plan_id, self.origin)


class StoryRevision(Table, table=True):
    """A text as it was saved. Rows are never changed."""

    __tablename__ = "story_revision"

    story_id: UUID = Field(primary_key=True, foreign_key="publish.story.id")
    version: int = Field(primary_key=True)
    title: str
    sapo: str
    body: str
    saved_by: UUID | None  # None: drafted by the product
    saved_at: datetime = Field(sa_type=Moment)


class Publication(Table, table=True):
    """One story on one channel, in its newest approved version."""

    story_id: UUID = Field(primary_key=True, foreign_key="publish.story.id")
    channel: str = Field(primary_key=True)
    version: int
    effect_key: str
    state: str
    address: str = ""
    sent_version: int | None = None  # what is out; lags behind `version` while a correction is on its way
    content: str = ""  # content address of the files that are out
    size: int = 0  # bytes of the main file
    detail: str = ""
    announced: bool = False  # story.published was said for this channel
    updated_at: datetime = Field(sa_type=Moment)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)

    __table_args__ = (
        CheckConstraint(
            "state IN ('planned', 'sent', 'unknown', 'failed', 'cancelled', 'removed')", name="publication_state"
        ),
        CheckConstraint("(sent_version IS NULL) = (sent_at IS NULL)", name="publication_sent_has_a_moment"),
        Index("publication_stuck", "state", postgresql_where=text("state IN ('unknown', 'failed')")),
    )


class Activity(Table, table=True):
    """Something the plan asks for and that was done outside the product."""

    id: UUID = Field(primary_key=True)
    plan_id: str
    unit_id: UUID
    kind: str
    clause_id: str
    title: str
    held_on: date
    participants: int
    cost_vnd: int = Field(sa_type=BigInteger)
    recorded_by: UUID
    recorded_at: datetime = Field(sa_type=Moment)

    __table_args__ = (
        CheckConstraint("participants >= 0 AND cost_vnd >= 0", name="activity_counts_up"),
        Index("activity_list", "plan_id", text("held_on DESC"), text("id DESC")),
        Index("activity_unit", "plan_id", "unit_id", text("held_on DESC")),
    )


class Stopping(Table, table=True):
    """A consent that was taken back, until nothing that it covered is out on any channel of ours."""

    withdrawal_id: UUID = Field(primary_key=True)
    nomination_id: UUID
    story_id: UUID | None = Field(default=None, foreign_key="publish.story.id")
    channels: list[str] = Field(default_factory=list, sa_type=JSONB)  # closed to the story by it
    stopped: list[str] = Field(default_factory=list, sa_type=JSONB)  # those of them where it was out
    cannot_recall: list[str] = Field(default_factory=list, sa_type=JSONB)
    still_out: list[str] = Field(default_factory=list, sa_type=JSONB)
    heard_at: datetime = Field(sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)

    __table_args__ = (Index("stopping_open", "story_id", postgresql_where=text("done_at IS NULL")),)


class PlanNotice(Table, table=True):
    """A plan in force, announced on the portal (R97)."""

    __tablename__ = "plan_notice"

    plan_id: str = Field(primary_key=True)
    commune_id: UUID
    title: str
    starts_on: date
    ends_on: date
    announced_at: datetime = Field(sa_type=Moment)


class EndedPlan(EndedPlanRow, Table, table=True):
    """A commune that ended, and who goes on with the work of its units."""

    __tablename__ = "ended_plan"


def metadata() -> Any:
    """Every table, for comparing with the migrated schema."""
    return Table.metadata

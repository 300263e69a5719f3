"""Stories as everybody sees them: what is on the portal, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from services.publish.models import PlanNotice, Publication, Story, StoryRevision
from services.publish.rules.stages import Carried, Stage
from shared.plan import Plan
from shared.plan.carried import plan_for
from shared.text.fold import folded

PER_PAGE = 12
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class PublicStory:
    """A story on the portal, in the text that is out. `audio` and `leaflet` are content addresses, "" without."""

    id: UUID
    nomination_id: UUID
    plan_id: str
    origin: str | None
    unit_id: UUID
    field: str
    subject_kind: str
    model_kind: str
    slug: str
    shown_name: str
    photo: str | None
    title: str
    sapo: str
    body: str
    public_at: datetime
    changed_at: datetime
    recognised_on: date | None
    audio: str
    audio_size: int
    leaflet: str

    @property
    def plan(self) -> Plan:
        """The plan under which it stands, with the words of its origin."""
        return plan_for(self.plan_id, self.origin)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for; None and "" mean everything."""

    commune_id: UUID | None = None
    field: str = ""
    unit_id: UUID | None = None
    words: str = ""


def public_page(session: Session, wanted: Wanted, *, page: int) -> tuple[Sequence[PublicStory], int]:
    """(The stories of one page, newest first; how many there are in all)."""
    total = session.scalar(select(func.count()).select_from(Story).where(*public(wanted))) or 0
    return stories(session, shown(wanted).limit(PER_PAGE).offset((page - 1) * PER_PAGE)), total


def public_after(
    session: Session, wanted: Wanted, *, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[PublicStory]:
    """At most `limit` stories older than `after`, newest first."""
    statement = shown(wanted).limit(limit)
    if after is not None:
        statement = statement.where(tuple_(col(Story.public_at), col(Story.id)) < after)
    return stories(session, statement)


def public_story(session: Session, *, slug: str = "", story_id: UUID | None = None) -> PublicStory | None:
    """The story at an address, or None when it is not, or no longer, on the portal."""
    return next(iter(stories(session, shown(Wanted()).where(is_it(slug, story_id)))), None)


def is_it(slug: str, story_id: UUID | None) -> ColumnElement[bool]:
    return col(Story.slug) == slug if slug else col(Story.id) == story_id


def was_withdrawn(session: Session, *, slug: str = "", story_id: UUID | None = None) -> bool:
    """Whether a story was here and is gone: for good, or from the portal."""
    for_good = and_(col(Story.stage) == Stage.WITHDRAWN, col(Story.approved_version).is_not(None))
    taken_off = and_(
        col(Story.public_at).is_(None),
        exists().where(on_channel(Publication, "portal"), col(Publication.state) == Carried.REMOVED.value),
    )
    return session.scalar(select(col(Story.id)).where(is_it(slug, story_id), or_(for_good, taken_off))) is not None


def file_of(session: Session, slug: str, channel: str) -> Publication | None:
    """The channel's files for the story at an address, wherever else it is published; None when there are none."""
    statement = (
        select(Publication)
        .join(Story, col(Story.id) == col(Publication.story_id))
        .where(col(Story.slug) == slug, col(Story.stage) != Stage.WITHDRAWN)
        .where(col(Publication.channel) == channel, col(Publication.content) != "")
    )
    return session.scalar(statement)


def counts_by(session: Session, wanted: Wanted) -> tuple[Mapping[str, int], Mapping[UUID, int]]:
    """({field: stories}, {unit id: stories}) of a commune, those with none left out."""
    connection = session.connection()
    field, unit_id = col(Story.field), col(Story.unit_id)
    by_field = connection.execute(select(field, func.count()).where(*public(wanted)).group_by(field)).all()
    by_unit = connection.execute(select(unit_id, func.count()).where(*public(wanted)).group_by(unit_id)).all()
    return {name: count for name, count in by_field}, {unit: count for unit, count in by_unit}  # noqa: C416 -- rows


def communes_with_stories(session: Session) -> Sequence[UUID]:
    return session.scalars(select(col(Story.commune_id)).where(*public(Wanted())).distinct()).all()


def others_like(session: Session, story: PublicStory, *, limit: int) -> Sequence[PublicStory]:
    """Newest stories of the same field, without the story itself."""
    others = (col(Story.id) != story.id, col(Story.plan_id) == story.plan_id)
    return stories(session, shown(Wanted(field=story.field)).where(*others).limit(limit))


def plan_notice(session: Session, commune_id: UUID) -> PlanNotice | None:
    """The commune's plan that was put into force last."""
    newest = select(PlanNotice).where(col(PlanNotice.commune_id) == commune_id)
    return session.scalars(newest.order_by(col(PlanNotice.announced_at).desc())).first()


def stories(session: Session, statement: Select[Any]) -> list[PublicStory]:
    return [PublicStory(*row) for row in session.connection().execute(statement)]


def shown(wanted: Wanted) -> Select[Any]:
    """One row of PublicStory's fields, in their order, for each story that is wanted; newest first."""
    portal, radio, leaflet = aliased(Publication), aliased(Publication), aliased(Publication)
    columns = (
        *(col(getattr(Story, name)) for name in STORY_FIELDS),
        *(col(getattr(StoryRevision, name)) for name in TEXT_FIELDS),
        col(Story.public_at),
        func.coalesce(portal.sent_at, col(Story.public_at)),
        col(Story.recognised_on),
        func.coalesce(radio.content, ""),
        func.coalesce(radio.size, 0),
        func.coalesce(leaflet.content, ""),
    )
    text = and_(col(StoryRevision.story_id) == col(Story.id), col(StoryRevision.version) == col(Story.public_version))
    return (
        select(*columns)
        .select_from(Story)
        .join(StoryRevision, text)
        .outerjoin(portal, on_channel(portal, "portal"))
        .outerjoin(radio, on_channel(radio, "radio"))
        .outerjoin(leaflet, on_channel(leaflet, "leaflet"))
        .where(*public(wanted))
        .order_by(col(Story.public_at).desc(), col(Story.id).desc())
    )


def on_channel(row: type[Publication], channel: str) -> ColumnElement[bool]:
    return and_(col(row.story_id) == col(Story.id), col(row.channel) == channel)


def public(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Only what is on the portal and asked for. Every word has to be found; accents do not matter."""
    found = [col(Story.public_at).is_not(None), col(Story.stage) != Stage.WITHDRAWN.value]
    if wanted.commune_id is not None:
        found.append(col(Story.commune_id) == wanted.commune_id)
    if wanted.field:
        found.append(col(Story.field) == wanted.field)
    if wanted.unit_id is not None:
        found.append(col(Story.unit_id) == wanted.unit_id)
    words = folded(wanted.words).split()[:MOST_WORDS]
    return [*found, *(col(Story.folded).contains(word, autoescape=True) for word in words)]


STORY_FIELDS = (
    "id", "nomination_id", "plan_id", "origin", "unit_id", "field", "subject_kind", "model_kind", "slug", "shown_name",
    "photo",
)  # fmt: skip
TEXT_FIELDS = ("title", "sapo", "body")

"""What the Atom feed holds: entries on it, and the places of those that were taken off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from services.publish.models import Publication, Story, StoryRevision
from services.publish.rules.stages import Carried, Stage
from shared.plan import Plan
from shared.plan.carried import plan_for

LONGEST_FEED = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One story in the text that went to the feed. `on_portal`: its page can be linked."""

    id: UUID
    slug: str
    plan_id: str
    origin: str | None
    field: str
    shown_name: str
    title: str
    sapo: str
    body: str
    published_at: datetime
    changed_at: datetime
    on_portal: bool
    audio_size: int  # 0 without audio

    @property
    def plan(self) -> Plan:
        """The plan under which it stands, with the words of its origin."""
        return plan_for(self.plan_id, self.origin)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An entry that was in the feed and is no more (RFC 6721)."""

    id: UUID
    withdrawn_at: datetime


def entries(session: Session, *, commune_id: UUID | None) -> Sequence[Entry]:
    """The newest entries, newest first."""
    atom, radio = aliased(Publication), aliased(Publication)
    that_went = col(StoryRevision.version) == col(atom.sent_version)
    text_that_went = and_(col(StoryRevision.story_id) == col(Story.id), that_went)
    audio = and_(col(radio.story_id) == col(Story.id), col(radio.channel) == "radio", col(radio.content) != "")
    statement = (
        select(Story, atom, StoryRevision, radio)
        .join(atom, and_(col(atom.story_id) == col(Story.id), col(atom.channel) == "atom"))
        .join(StoryRevision, text_that_went)
        .outerjoin(radio, audio)
        .where(col(atom.sent_version).is_not(None), atom.state != Carried.REMOVED, Story.stage != Stage.WITHDRAWN)
        .order_by(col(Story.approved_at).desc(), col(Story.id).desc())
        .limit(LONGEST_FEED)
    )
    if commune_id is not None:
        statement = statement.where(Story.commune_id == commune_id)
    return [entry_of(*row) for row in session.exec(statement).all()]


def entry_of(story: Story, atom: Publication, text: StoryRevision, radio: Publication | None) -> Entry:
    changed = atom.sent_at or story.updated_at
    return Entry(
        id=story.id,
        slug=story.slug or "",
        plan_id=story.plan_id,
        origin=story.origin,
        field=story.field,
        shown_name=story.shown_name,
        title=text.title,
        sapo=text.sapo,
        body=text.body,
        published_at=min(story.public_at or changed, changed),
        changed_at=changed,
        on_portal=story.public_at is not None,
        audio_size=radio.size if radio else 0,
    )


def tombstones(session: Session, *, commune_id: UUID | None) -> Sequence[Tombstone]:
    """The newest withdrawals of stories that had been in the feed."""
    statement = (
        select(Story.id, func.coalesce(Story.withdrawn_at, Publication.updated_at))
        .join(Publication, and_(col(Publication.story_id) == col(Story.id), col(Publication.channel) == "atom"))
        .where(
            or_(col(Story.stage) == Stage.WITHDRAWN, col(Publication.state) == Carried.REMOVED),
            col(Publication.sent_version).is_not(None),
        )
        .order_by(func.coalesce(Story.withdrawn_at, Publication.updated_at).desc())
        .limit(LONGEST_FEED)
    )
    if commune_id is not None:
        statement = statement.where(Story.commune_id == commune_id)
    return [Tombstone(story_id, moment) for story_id, moment in session.exec(statement).all() if moment]

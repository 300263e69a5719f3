"""The JSON API: what programs send, and what they get."""

import base64
import binascii
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.publish.commands.approving import Approval
from services.publish.commands.editing import Text
from services.publish.models import Story
from services.publish.queries.channels import OnChannel
from services.publish.queries.public import PublicStory
from services.publish.rules.limits import LONGEST_BODY, LONGEST_SAPO, LONGEST_TITLE
from services.publish.schemas.boxes import story_text
from services.publish.schemas.words import reason_words
from shared.errors import Invalid

LARGEST_PAGE = 100
Id = Annotated[str, StringConstraints(max_length=80)]


class ApprovalIn(BaseModel):
    """An approval: a text that is left out stays as it stands."""

    model_config = ConfigDict(extra="forbid")

    channels: Annotated[list[Id], Field(max_length=50)]
    checks: Annotated[list[Id], Field(max_length=50)] = Field(default_factory=list)
    title: Annotated[str, StringConstraints(max_length=LONGEST_TITLE)] | None = None
    sapo: Annotated[str, StringConstraints(max_length=LONGEST_SAPO)] | None = None
    body: Annotated[str, StringConstraints(max_length=LONGEST_BODY)] | None = None
    version: Annotated[int, Field(ge=1)] | None = None

    def approval(self, story: Story) -> Approval:
        """What the editor decides about this story. Raises Invalid for a text that cannot be kept."""
        text: Text | None = None
        if (self.title, self.sapo, self.body) != (None, None, None):
            text = story_text(
                title=story.title if self.title is None else self.title,
                sapo=story.sapo if self.sapo is None else self.sapo,
                body=story.body if self.body is None else self.body,
            )
        return Approval(tuple(self.channels), frozenset(self.checks), text, self.version)


class ChannelOut(BaseModel):
    channel: str
    state: str
    address: str
    reason: str
    attempts: int

    @classmethod
    def of(cls, found: OnChannel) -> "ChannelOut":
        return cls(
            channel=found.channel.id,
            state=found.state,
            address=found.address,
            reason=reason_words(found.reason),
            attempts=found.attempts,
        )


class DeskStoryOut(BaseModel):
    """A story as officers see it, whatever its stage."""

    id: UUID
    nomination_id: UUID
    stage: str
    version: int
    approved_version: int | None
    slug: str | None
    title: str
    sapo: str
    body: str
    field: str
    introduced_on: date | None
    updated_at: datetime
    channels: list[ChannelOut]

    @classmethod
    def of(cls, story: Story, channels: Sequence[OnChannel]) -> "DeskStoryOut":
        shown = {name: getattr(story, name) for name in cls.model_fields if name != "channels"}
        return cls(**shown, channels=[ChannelOut.of(found) for found in channels])


class DeskPageOut(BaseModel):
    items: list[DeskStoryOut]


class LinksOut(BaseModel):
    """Addresses below the installation's own; None where there is none."""

    page: str
    audio: str | None
    script: str | None
    leaflet: str | None
    photo: str | None


class StoryOut(BaseModel):
    """A story on the portal."""

    id: UUID
    title: str
    sapo: str
    body: str
    name: str
    unit: str
    commune: str
    field: str
    field_title: str
    subject_kind: str
    model_kind: str
    recognised_on: date | None
    published_at: datetime
    changed_at: datetime
    links: LinksOut

    @classmethod
    def of(cls, story: PublicStory) -> "StoryOut":
        plan = story.plan
        page = f"/guong/{story.slug}"
        return cls(
            id=story.id,
            title=story.title,
            sapo=story.sapo,
            body=story.body,
            name=story.shown_name,
            unit=str(plan.unit_by_id(story.unit_id).name),
            commune=str(plan.unit.name),
            field=story.field,
            field_title=str(plan.field(story.field).title),
            subject_kind=story.subject_kind,
            model_kind=story.model_kind,
            recognised_on=story.recognised_on,
            published_at=story.public_at,
            changed_at=story.changed_at,
            links=LinksOut(
                page=page,
                audio=f"{page}/truyen-thanh.mp3" if story.audio else None,
                script=f"{page}/truyen-thanh.txt" if story.audio else None,
                leaflet=f"{page}/to-roi.pdf" if story.leaflet else None,
                photo=f"/anh/{story.photo}-640.webp" if story.photo else None,
            ),
        )


class PageOut(BaseModel):
    """One page, newest first; `next` is the cursor of the next, None on the last."""

    items: list[StoryOut]
    next: str | None

    @classmethod
    def of(cls, found: Sequence[PublicStory], limit: int) -> "PageOut":
        """`found` has one more than `limit` when there is a next page."""
        shown = found[:limit]
        return cls(
            items=[StoryOut.of(story) for story in shown],
            next=cursor_of(shown[-1]) if len(found) > limit else None,
        )


def cursor_of(story: PublicStory) -> str:
    return base64.urlsafe_b64encode(f"{story.public_at.isoformat()}|{story.id}".encode()).decode()


def place_of(cursor: str) -> tuple[datetime, UUID]:
    """Where a cursor points. Raises Invalid."""
    try:
        moment, _, story_id = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        place = datetime.fromisoformat(moment), UUID(story_id)
    except (binascii.Error, UnicodeError, ValueError) as fault:
        raise Invalid({"after": "cursor.unreadable"}) from fault
    if place[0].tzinfo is None:
        raise Invalid({"after": "cursor.unreadable"})
    return place

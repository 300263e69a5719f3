"""Saves what an editor wrote."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from services.publish.commands.closing import require_going_on
from services.publish.commands.revisions import keep_revision
from services.publish.models import Story
from services.publish.queries.stories import locked_story
from services.publish.rules.stages import require_editable, require_same_version
from shared.access.principal import Principal
from shared.clock import now


@dataclass(frozen=True, slots=True)
class Text:
    """A story's words: cleaned, within their bounds."""

    title: str
    sapo: str
    body: str


def save_text(session: Session, story_id: UUID, text: Text, *, seen_version: int, who: Principal) -> Story:
    """Store the text as the story's next version; the same text again is no new version.

    Raises NotFound, Forbidden, Refused("story.withdrawn" | "commune.ended"), and Conflict when somebody saved in the
    meantime.
    """
    story = locked_story(session, story_id, who)
    require_editable(story.stage)
    if text == text_of(story):
        return story
    require_going_on(session, story.plan_id)
    require_same_version(seen=seen_version, stored=story.version)
    write_text(session, story, text, saved_by=who.person_id)
    return story


def write_text(session: Session, story: Story, text: Text, *, saved_by: UUID) -> None:
    story.title, story.sapo, story.body = text.title, text.sapo, text.body
    story.version += 1
    story.updated_at = now()
    keep_revision(session, story, saved_by=saved_by)


def text_of(story: Story) -> Text:
    return Text(story.title, story.sapo, story.body)

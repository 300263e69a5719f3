"""What a channel needs to know of a story that is about to go out."""

from dataclasses import dataclass

from sqlmodel import Session

from services.publish.models import Dossier, Publication, Story, StoryRevision
from services.publish.queries.stories import dossier_of
from shared.effects.outcome import Effect
from shared.errors import Refused


@dataclass(frozen=True, slots=True)
class Going:
    """A story in the very version that was approved for a channel; `row` is its place on that channel."""

    story: Story
    dossier: Dossier
    text: StoryRevision
    row: Publication


def going(session: Session, effect: Effect) -> Going:
    """Raises Refused("story.newer_version") when another version has been approved for the channel since."""
    story = session.get_one(Story, effect.ref)
    row = session.get(Publication, (story.id, effect.channel))
    if row is None or row.effect_key != effect.key:
        raise Refused("story.newer_version")
    text = session.get_one(StoryRevision, (story.id, row.version))
    return Going(story, dossier_of(session, story.nomination_id), text, row)

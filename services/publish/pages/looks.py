"""Who looks at a story before it is public is noted."""

from uuid import UUID

from sqlmodel import Session

from services.publish.models import Story
from services.publish.queries.stories import dossier_of, story_for
from shared.access.principal import Principal
from shared.audit.looks import opened
from shared.audit.note import note


def looked_at(session: Session, story_id: UUID, who: Principal) -> Story:
    """The story, for a page that shows it. Raises as `story_for`."""
    story = story_for(session, story_id, who)
    code = dossier_of(session, story.nomination_id).code
    note(session, opened(who, "story", story.id, code=code, about=[story.nomination_id]))
    return story

"""Sends a channel again that failed or that nobody can see: a person decided so."""

from uuid import UUID

from sqlmodel import Session

from services.publish.commands.closing import require_going_on
from services.publish.models import Publication
from services.publish.queries.stories import locked_story
from services.publish.rules.stages import Carried, require_again, require_editable
from services.publish.settings import SERVICE
from shared.access.principal import Principal
from shared.clock import now
from shared.effects.decide import send_again
from shared.errors import NotFound, Refused


def try_again(session: Session, story_id: UUID, channel: str, *, who: Principal) -> None:
    """Plan the channel's effect anew. Raises NotFound, Forbidden, and Refused unless the channel is stuck and open."""
    story = locked_story(session, story_id, who)
    require_editable(story.stage)
    require_going_on(session, story.plan_id)
    row = session.get(Publication, (story.id, channel))
    if row is None:
        raise NotFound("thing.unknown")
    require_again(row.state)
    if not send_again(session, service=SERVICE, key=row.effect_key):
        raise Refused("channel.not_stuck")
    row.state, row.detail, row.updated_at = Carried.PLANNED, "", now()

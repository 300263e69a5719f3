"""Stories as the people who work on them see them."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from services.publish.models import Dossier, Publication, Story, StoryRevision
from services.publish.rules.stages import CHANNELS
from services.publish.rules.words import NAMELESS_SLUG
from shared.access.principal import Principal
from shared.access.rights import Action, Thing, decide
from shared.access.sight import EVERYTHING
from shared.database import widened
from shared.errors import Forbidden, NotFound
from shared.plan import Channel, Plan
from shared.plan.questions import active_channels
from shared.text.fold import slug


def carried_channels(plan: Plan) -> tuple[Channel, ...]:
    """The plan's active channels that we can carry a story to, in the plan's order."""
    return tuple(channel for channel in active_channels(plan) if channel.id in CHANNELS)


def story_for(session: Session, story_id: UUID, who: Principal) -> Story:
    """The story. Raises NotFound, for another commune's as for one that is not."""
    return required(session.get(Story, story_id), who)


def locked_story(session: Session, story_id: UUID, who: Principal) -> Story:
    """The story, as it is now, held until the transaction ends. Raises NotFound, Forbidden for a predecessor's."""
    story = required(session.get(Story, story_id, with_for_update=True, populate_existing=True), who)
    if story.plan_id != who.plan_id:
        raise Forbidden("access.other_commune")
    return story


def required(story: Story | None, who: Principal) -> Story:
    if story is None or not decide(who, Action.EDIT_STORY, Thing(story.plan_id, story.unit_id)).allowed:
        raise NotFound("thing.unknown")
    return story


def held_story(session: Session, story_id: UUID) -> Story:
    """The story, held until the transaction ends; for the product's own steps."""
    return session.get_one(Story, story_id, with_for_update=True, populate_existing=True)


def story_of_nomination(session: Session, nomination_id: UUID) -> Story | None:
    return session.exec(select(Story).where(Story.nomination_id == nomination_id)).one_or_none()


def dossier_of(session: Session, nomination_id: UUID) -> Dossier:
    return session.get_one(Dossier, nomination_id)


def publications_of(session: Session, story_id: UUID) -> Sequence[Publication]:
    return session.exec(select(Publication).where(Publication.story_id == story_id)).all()


def revisions_of(session: Session, story_id: UUID) -> Sequence[StoryRevision]:
    """Every saved text, newest first."""
    newest_first = col(StoryRevision.version).desc()
    return session.exec(select(StoryRevision).where(StoryRevision.story_id == story_id).order_by(newest_first)).all()


def slugs_like(session: Session, title: str) -> frozenset[str]:
    """Addresses in use that begin as the title's does. Titles alike wait for each other until the transaction ends."""
    wanted = slug(title) or NAMELESS_SLUG
    session.connection().exec_driver_sql(ONE_AT_A_TIME, (wanted,))
    with widened(session, EVERYTHING, why="an address is unique in the whole installation"):
        taken = session.exec(select(Story.slug).where(col(Story.slug).startswith(wanted, autoescape=True))).all()
    return frozenset(one for one in taken if one)


ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('publish.slug'), hashtext(%s))"

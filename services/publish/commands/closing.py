"""A commune ended: its channels close, and what it had not finished goes on with whoever took over."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlmodel import Session, col

from services.publish.commands.revisions import keep_revision
from services.publish.models import Dossier, EndedPlan, Publication, Story
from services.publish.queries.stories import publications_of, story_of_nomination
from services.publish.rules.stages import CHANNELS, Carried, Stage
from services.publish.settings import SERVICE
from shared.bus.told import Told
from shared.clock import now
from shared.effects.ledger import cancel_effects_under
from shared.errors import Refused
from shared.events.identity import UnitDissolved
from shared.events.nomination import NominationTransferred
from shared.succession import ending_of, keep_ending

CLOSED = "channel.commune_ended"


def close_channels(session: Session, told: Told[UnitDissolved]) -> None:
    """Cancel what was to go out and has not begun; what is out stays. Files are still removed when consent goes."""
    ending = keep_ending(session, EndedPlan, told)
    keys = cancel_effects_under(session, service=SERVICE, plan_id=ending.plan_id, channels=CHANNELS, reason=CLOSED)
    mark_cancelled(session, keys)
    approved = update(Story).where(col(Story.plan_id) == ending.plan_id, col(Story.stage) == Stage.APPROVED)
    session.execute(approved.values(stage=Stage.DRAFT, approved_version=None, approved_by=None, approved_at=None))


def mark_cancelled(session: Session, keys: Sequence[str]) -> None:
    """Show on every story that these effects do not take place."""
    waiting = update(Publication).where(col(Publication.effect_key).in_(keys))
    session.execute(waiting.values(state=Carried.CANCELLED, detail=CLOSED, updated_at=now()))


def carry_on(session: Session, dossier: Dossier, said: NominationTransferred) -> None:
    """Let the dossier go on under the successor's plan, with its story as a draft; a finished one stays where it is."""
    story = story_of_nomination(session, dossier.nomination_id)
    if story is not None:
        session.refresh(story, with_for_update=True)
        if story.stage in {Stage.PUBLISHED, Stage.WITHDRAWN}:
            return
        move_story(session, story, said)
    dossier.origin = dossier.origin or dossier.plan_id
    dossier.plan_id, dossier.unit_id = said.to_plan, said.to_unit_id


def move_story(session: Session, story: Story, said: NominationTransferred) -> None:
    """The successor's editor approves it anew: an approval given for closed channels lets nothing out."""
    keys = cancel_effects_under(
        session, service=SERVICE, plan_id=story.plan_id, channels=CHANNELS, reason=CLOSED, ref=story.id
    )
    mark_cancelled(session, keys)
    if publications_of(session, story.id):
        story.version += 1  # what its channels were given is closed with them: the next approval is an effect anew
        story.updated_at = now()
        keep_revision(session, story, saved_by=None)
    story.origin = story.origin or story.plan_id
    story.plan_id, story.unit_id = said.to_plan, said.to_unit_id
    story.commune_id = story.plan.unit.id
    story.stage, story.updated_at = Stage.DRAFT, now()
    story.approved_version = story.approved_by = story.approved_at = None


def require_going_on(session: Session, plan_id: str, *, refusal: str = "commune.ended") -> None:
    """Raise Refused(refusal), with the day and who goes on, when the plan's commune has ended."""
    ending = ending_of(session, EndedPlan, plan_id)
    if ending:
        raise Refused(
            refusal,
            day=f"{ending.on:%d/%m/%Y}",
            former=ending.former_name,
            successor=ending.successor_name,
        )

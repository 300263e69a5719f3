"""Takes a story back, wherever it went."""

from sqlmodel import Session

from services.publish.models import Dossier, Publication, Story
from services.publish.queries.stories import publications_of, story_of_nomination
from services.publish.rules.stages import BEYOND_RECALL, Carried, Stage
from services.publish.settings import SERVICE
from shared.bus.record import record
from shared.clock import now
from shared.effects.ledger import cancel_effects, plan_effect
from shared.events.publish import StoryWithdrawn
from shared.plan import Plan

REMOVALS = {"radio": "radio_removal", "leaflet": "leaflet_removal"}


def withdraw_story(session: Session, dossier: Dossier, plan: Plan, *, reason: str) -> None:
    """Close the dossier and, if there is one, its story: nothing more goes out, files go, its page says so."""
    if dossier.withdrawn_at is None:
        dossier.withdrawn_at, dossier.withdrawn_because = now(), reason
    story = story_of_nomination(session, dossier.nomination_id)
    if story is not None:
        session.refresh(story, with_for_update=True)
        take_story_back(session, story, plan, reason=reason)


def take_story_back(session: Session, story: Story, plan: Plan, *, reason: str) -> None:
    """Withdraw a story for good; its row is locked. Told again, it changes nothing."""
    if story.stage == Stage.WITHDRAWN:
        return
    story.stage, story.withdrawn_at, story.withdrawn_because = Stage.WITHDRAWN, now(), reason
    story.updated_at = now()
    cancel_effects(session, service=SERVICE, ref=story.id, reason="story.withdrawn")
    out = [row for row in publications_of(session, story.id) if row.sent_version is not None]
    for row in publications_of(session, story.id):
        take_off(session, story, plan, row)
    record(
        session,
        StoryWithdrawn(
            story_id=story.id,
            nomination_id=story.nomination_id,
            reason=reason,
            cannot_recall=sorted(row.channel for row in out if row.channel in BEYOND_RECALL),
        ),
        plan,
    )


def take_off(session: Session, story: Story, plan: Plan, row: Publication, *, because: str = "story.withdrawn") -> None:
    """Mark the channel, and have its files removed."""
    row.state = Carried.REMOVED if row.sent_version is not None else Carried.CANCELLED
    row.detail, row.updated_at = because, now()
    if row.content:
        plan_removal(session, story, plan, channel=row.channel, content=row.content)


def plan_removal(session: Session, story: Story, plan: Plan, *, channel: str, content: str) -> None:
    """Have the files of one content address removed; what was aired or printed stays out."""
    if removal := REMOVALS.get(channel):
        plan_effect(session, service=SERVICE, channel=removal, target=content, ref=story.id, plan=plan)

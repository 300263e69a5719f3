"""Lets a text go to its channels."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session

from services.publish.commands.closing import require_going_on
from services.publish.commands.editing import Text, text_of, write_text
from services.publish.models import Dossier, Publication, Story, StoryRevision
from services.publish.queries.stories import carried_channels, dossier_of, locked_story, publications_of, slugs_like
from services.publish.rules.consent import require_covered, require_everybody, require_nameless, require_story
from services.publish.rules.stages import (
    Carried,
    Stage,
    require_channels,
    require_checks,
    require_editable,
    require_not_held,
    require_same_version,
)
from services.publish.rules.words import slug_among
from services.publish.settings import SERVICE
from shared.access.principal import Principal
from shared.bus.record import record
from shared.clock import now
from shared.effects.decide import send_again
from shared.effects.ledger import plan_effect
from shared.events.publish import StoryApproved
from shared.plan import Plan


@dataclass(frozen=True, slots=True)
class Approval:
    """What an editor decides: where it goes, which checks were made, and a last change of the text (None: as it is)."""

    channels: tuple[str, ...]
    checks: frozenset[str] = field(default_factory=frozenset)
    text: Text | None = None
    seen_version: int | None = None  # None: whatever stands there


def approve(session: Session, story_id: UUID, approval: Approval, *, who: Principal) -> Story:
    """Approve the text and plan one effect for each channel. The same approval again changes nothing.

    Raises NotFound, Forbidden, Refused("commune.ended"), and what `require_approvable` raises.
    """
    story = locked_story(session, story_id, who)
    plan = story.plan
    require_going_on(session, story.plan_id)
    require_approvable(session, story, plan, approval)
    if approval.text is not None and approval.text != text_of(story):
        write_text(session, story, approval.text, saved_by=who.person_id)
    fresh = channels_to_go(session, story, approval.channels)
    if fresh:
        let_go(session, story, plan, channels=fresh, checks=approval.checks, approved_by=who.person_id)
    return story


def require_approvable(session: Session, story: Story, plan: Plan, approval: Approval) -> None:
    """Everything that stands between a text and its channels.

    Raises Refused for a withdrawn or held story, missing consent, a channel that the plan has not open, or a check of
    the field that nobody confirmed; Conflict when somebody saved meanwhile.
    """
    require_editable(story.stage)
    require_channels(approval.channels, active=[channel.id for channel in carried_channels(plan)])
    if approval.seen_version is not None:
        require_same_version(seen=approval.seen_version, stored=story.version)
    gate(dossier_of(session, story.nomination_id), approval.text or text_of(story), approval.channels)
    require_checks(approval.checks, asked=plan.field(story.field).checks)


def gate(dossier: Dossier, text: Text | StoryRevision, channels: Collection[str]) -> None:
    """What is held goes out nowhere, nor anything without consent, channel by channel (Law 91/2025/QH15 art. 16).

    Asked at approval, and again when a channel is served.
    """
    require_not_held(held=dossier.held_until is not None)
    require_everybody(dossier.agreed)
    require_story(dossier.agreed)
    require_covered(dossier.agreed, channels)
    require_nameless(dossier.agreed, name=dossier.name, texts=(text.title, text.sapo, text.body))


def channels_to_go(session: Session, story: Story, chosen: Collection[str]) -> list[str]:
    """Those of the chosen channels that do not have this very version yet or on their way."""
    under_way = {
        publication.channel
        for publication in publications_of(session, story.id)
        if publication.version == story.version and publication.state in {Carried.PLANNED, Carried.SENT}
    }
    return [channel for channel in dict.fromkeys(chosen) if channel not in under_way]


def let_go(
    session: Session, story: Story, plan: Plan, *, channels: list[str], checks: frozenset[str], approved_by: UUID
) -> None:
    if story.slug is None:  # an address never changes once it was given
        story.slug = slug_among(story.title, slugs_like(session, story.title))
    story.stage = story.stage if story.stage == Stage.PUBLISHED else Stage.APPROVED
    story.approved_version, story.approved_by, story.approved_at = story.version, approved_by, now()
    story.checks, story.updated_at = sorted(checks), now()
    for channel in channels:
        plan_channel(session, story, plan, channel)
    record(
        session,
        StoryApproved(
            story_id=story.id,
            nomination_id=story.nomination_id,
            title=story.title,
            slug=story.slug,
            channels=channels,
        ),
        plan,
    )


def plan_channel(session: Session, story: Story, plan: Plan, channel: str) -> None:
    """Plan the effect for the story's version. The version is its target, so a correction is an effect of its own."""
    key = plan_effect(session, service=SERVICE, channel=channel, target=f"v{story.version}", ref=story.id, plan=plan)
    row = session.get(Publication, (story.id, channel)) or Publication(
        story_id=story.id, channel=channel, version=0, effect_key="", state="", updated_at=now()
    )
    if row.effect_key == key:  # it failed before, and approving it again is a person's decision to try again
        send_again(session, service=SERVICE, key=key)
    row.version, row.effect_key, row.state, row.detail, row.updated_at = story.version, key, Carried.PLANNED, "", now()
    session.add(row)

"""What becomes true when a channel's outcome is known."""

from collections.abc import Callable

from sqlmodel import Session

from services.publish.commands.stopping import GONE, finish_stoppings
from services.publish.commands.withdrawing import REMOVALS, plan_removal
from services.publish.models import Publication, Story, StoryRevision
from services.publish.queries.stories import held_story
from services.publish.rules.stages import Carried, Stage
from services.publish.rules.words import shortened
from shared.bus.record import record
from shared.clock import now, today
from shared.effects.outcome import Effect, Failed, Sent, Unknown
from shared.events.publish import RoleModelIntroduced, StoryPublicationFailed, StoryPublished
from shared.plan import Plan
from shared.text.fold import folded


def nothing_to_weigh(_content: str) -> int:
    return 0


def settled(
    session: Session,
    effect: Effect,
    outcome: Sent | Unknown | Failed,
    *,
    size_of: Callable[[str], int] = nothing_to_weigh,
) -> None:
    """Mirror the outcome and say it. The story is held, so that a withdrawal comes wholly before or wholly after."""
    story = held_story(session, effect.ref)
    plan = story.plan  # not the effect's: its commune may have ended while it was on its way
    row = session.get_one(Publication, (story.id, effect.channel))
    overtaken = row.effect_key != effect.key or story.stage == Stage.WITHDRAWN or row.state in GONE
    match outcome:
        case Sent() if overtaken:
            if outcome.external_id != row.content or story.stage == Stage.WITHDRAWN or row.state in GONE:
                plan_removal(session, story, plan, channel=effect.channel, content=outcome.external_id)
        case Sent():
            carry(session, story, row, plan, content=outcome.external_id, size=size_of(outcome.external_id))
        case Unknown() | Failed() if not overtaken:
            stick(session, story, row, plan, outcome)
    if overtaken:
        finish_stoppings(session, story)


def carry(session: Session, story: Story, row: Publication, plan: Plan, *, content: str, size: int) -> None:
    """The channel has the story: show it there, and say so once."""
    with_files = row.channel in REMOVALS
    if with_files and row.content and row.content != content:
        plan_removal(session, story, plan, channel=row.channel, content=row.content)
    row.state, row.sent_version, row.detail = Carried.SENT, row.version, ""
    row.sent_at = row.updated_at = now()
    row.content, row.size = (content, size) if with_files else ("", 0)
    row.address = address_of(story, row.channel)
    text = session.get_one(StoryRevision, (story.id, row.version))
    if row.channel == "portal":
        make_public(story, text, plan)
    story.stage, story.updated_at = Stage.PUBLISHED, now()
    announce(session, story, row, text.title, plan)


def make_public(story: Story, text: StoryRevision, plan: Plan) -> None:
    """Let the portal show this text, and its search find it."""
    story.public_version = text.version
    story.public_at = story.public_at or now()
    unit = str(plan.unit_by_id(story.unit_id).name)
    story.folded = folded(f"{text.title} {text.sapo} {text.body} {story.shown_name} {unit}")


def announce(session: Session, story: Story, row: Publication, title: str, plan: Plan) -> None:
    """Say `story.published` once for each channel, and `role_model.introduced` once for the story."""
    if not row.announced:
        row.announced = True
        record(
            session,
            StoryPublished(
                story_id=story.id,
                nomination_id=story.nomination_id,
                channel=row.channel,
                kind=story.model_kind,
                title=title,
                address=row.address,
                published_on=today(),
            ),
            plan,
        )
    if story.introduced_on is None:
        story.introduced_on = today()
        record(
            session,
            RoleModelIntroduced(
                story_id=story.id,
                nomination_id=story.nomination_id,
                unit_id=story.unit_id,
                field=story.field,
                subject_kind=story.subject_kind,
                model_kind=story.model_kind,
                direct_worker=story.direct_worker,
                title=title,
                introduced_on=story.introduced_on,
            ),
            plan,
        )


def stick(session: Session, story: Story, row: Publication, plan: Plan, outcome: Unknown | Failed) -> None:
    """The channel refused, or nobody can tell: a person has to look."""
    row.state = Carried.UNKNOWN if isinstance(outcome, Unknown) else Carried.FAILED
    row.detail, row.updated_at = shortened(outcome.reason, 500), now()
    record(
        session,
        StoryPublicationFailed(
            story_id=story.id, nomination_id=story.nomination_id, channel=row.channel, reason=row.detail
        ),
        plan,
    )


def settled_removal(session: Session, effect: Effect, _outcome: Sent | Unknown | Failed) -> None:
    """The ledger is the proof that the files are gone; a consent that was taken back waits for it."""
    finish_stoppings(session, held_story(session, effect.ref))


def address_of(story: Story, channel: str) -> str:
    """Where the story is found on the channel, below the installation's public address."""
    match channel:
        case "atom":
            return "/atom.xml"
        case "radio":
            return f"/guong/{story.slug}/truyen-thanh.mp3"
        case "leaflet":
            return f"/guong/{story.slug}/to-roi.pdf"
        case _:
            return f"/guong/{story.slug}"

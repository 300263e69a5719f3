"""A consent was taken back: what it covered goes from every channel of ours, and that is said once it is so."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from services.publish.commands.consents import keep_consent
from services.publish.commands.revisions import keep_revision
from services.publish.commands.withdrawing import REMOVALS, take_off, take_story_back
from services.publish.models import Dossier, Publication, Stopping, Story, StoryRevision
from services.publish.queries.stories import publications_of, story_of_nomination
from services.publish.rules.consent import may_stand
from services.publish.rules.stages import BEYOND_RECALL, Carried, Stage
from services.publish.settings import SERVICE
from shared.bus.record import record
from shared.clock import day_of, now
from shared.effects.decide import effects_of
from shared.effects.ledger import cancel_effects_under
from shared.events.nomination import ConsentWithdrawn
from shared.events.publish import WithdrawalCarriedOut
from shared.plan import Plan

BECAUSE = "Sự đồng ý công khai đã được rút."
TAKEN_BACK = "consent.taken_back"
GONE = frozenset({Carried.CANCELLED, Carried.REMOVED})


@dataclass(frozen=True, slots=True)
class Held:
    """What a story was held to: the channels closed to it, those of them where it was out, those where it stays."""

    closed: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()
    still_out: tuple[str, ...] = ()


def stop(session: Session, said: ConsentWithdrawn) -> None:
    """Take off what is no longer agreed to, channel by channel; told again, it changes nothing. Raises NotYet."""
    if session.get(Stopping, said.withdrawal_id) is not None:
        return
    dossier = keep_consent(session, said)
    story = story_of_nomination(session, dossier.nomination_id)
    held = hold_to_consent(session, dossier)
    stopping = Stopping(
        withdrawal_id=said.withdrawal_id,
        nomination_id=dossier.nomination_id,
        story_id=story.id if story else None,
        channels=list(held.closed),
        stopped=list(held.stopped),
        cannot_recall=[channel for channel in held.stopped if channel in BEYOND_RECALL],
        still_out=list(held.still_out),
        heard_at=now(),
    )
    session.add(stopping)
    session.flush()
    finish(session, stopping, dossier.plan)


def hold_to_consent(session: Session, dossier: Dossier) -> Held:
    """Let the dossier's story stand only where it may; its row is locked.

    A published story that may be told nowhere is withdrawn for good; else its other channels keep it.
    """
    story = story_of_nomination(session, dossier.nomination_id)
    if story is None or story.stage == Stage.WITHDRAWN:
        return Held()
    rows = [row for row in publications_of(session, story.id) if row.state not in GONE]
    closing = [row for row in rows if not stands(session, dossier, row)]
    out = {row.channel for row in rows if row.sent_version is not None}
    closed = {row.channel for row in closing}
    if story.stage == Stage.PUBLISHED and not dossier.agreed.story:
        take_story_back(session, story, story.plan, reason=BECAUSE)
    elif closing:
        close(session, story, closing, still_out=bool(out - closed))
    return Held(tuple(sorted(closed)), tuple(sorted(out & closed)), tuple(sorted(out - closed)))


def stands(session: Session, dossier: Dossier, row: Publication) -> bool:
    text = session.get_one(StoryRevision, (row.story_id, row.sent_version or row.version))
    texts = (text.title, text.sapo, text.body)
    return may_stand(dossier.agreed, channel=row.channel, name=dossier.name, texts=texts)


def close(session: Session, story: Story, closing: Sequence[Publication], *, still_out: bool) -> None:
    """Take the story off these channels. A later approval is a version, and so an effect, anew."""
    channels = [row.channel for row in closing]
    cancel_effects_under(
        session, service=SERVICE, plan_id=story.plan_id, channels=channels, reason=TAKEN_BACK, ref=story.id
    )
    for row in closing:
        take_off(session, story, story.plan, row, because=TAKEN_BACK)
        row.content, row.size = "", 0
    if "portal" in channels:
        story.public_version = story.public_at = None
    story.version += 1
    story.updated_at = now()
    if not still_out:
        story.stage = Stage.DRAFT
        story.approved_version = story.approved_by = story.approved_at = None
    keep_revision(session, story, saved_by=None)


def finish_stoppings(session: Session, story: Story) -> None:
    """Say of every stop of the story that is done by now that it is."""
    waiting = select(Stopping).where(Stopping.story_id == story.id, col(Stopping.done_at).is_(None))
    for stopping in session.exec(waiting.with_for_update()).all():
        finish(session, stopping, story.plan)


def finish(session: Session, stopping: Stopping, plan: Plan) -> None:
    """Say it when neither a removal nor an attempt on one of the channels is under way."""
    if under_way(session, stopping):
        return
    stopping.done_at = now()
    said = WithdrawalCarriedOut(
        withdrawal_id=stopping.withdrawal_id,
        nomination_id=stopping.nomination_id,
        stopped=stopping.stopped,
        cannot_recall=stopping.cannot_recall,
        still_out=stopping.still_out,
        carried_out_on=day_of(stopping.done_at),
    )
    record(session, said, plan)


def under_way(session: Session, stopping: Stopping) -> bool:
    if stopping.story_id is None:
        return False
    concerned = {*stopping.channels, *REMOVALS.values()}
    known = effects_of(session, service=SERVICE, ref=stopping.story_id).values()
    return any(effect.channel in concerned and not effect.settled for effect in known)

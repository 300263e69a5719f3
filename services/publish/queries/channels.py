"""How a story stands on each channel: our mirror, and the effect ledger where it is still at work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from services.publish.models import Publication, Story
from services.publish.queries.stories import carried_channels, publications_of
from services.publish.rules.stages import Carried
from services.publish.settings import SERVICE
from shared.effects.decide import Standing, effects_of
from shared.plan import Channel, Plan


@dataclass(frozen=True, slots=True)
class OnChannel:
    """`state`: "none" where the story was never sent, else Carried or "sending"; `version` is what is meant to go."""

    channel: Channel
    state: str
    version: int
    sent_version: int | None
    address: str
    reason: str
    attempts: int
    changed_at: datetime | None
    next_at: datetime | None

    @property
    def under_way(self) -> bool:
        return self.state in {"planned", "sending", "looking"}

    @property
    def stuck(self) -> bool:
        return self.state in {Carried.FAILED, Carried.UNKNOWN}


def on_channels(session: Session, story: Story, plan: Plan) -> Sequence[OnChannel]:
    """One entry for each channel that we carry, in the plan's order."""
    rows = {row.channel: row for row in publications_of(session, story.id)}
    effects = effects_of(session, service=SERVICE, ref=story.id)
    return [standing(channel, rows.get(channel.id), effects) for channel in carried_channels(plan)]


def standing(channel: Channel, row: Publication | None, effects: Mapping[str, Standing]) -> OnChannel:
    if row is None:
        return OnChannel(channel, "none", 0, None, "", "", 0, None, None)
    effect = effects.get(row.effect_key)
    at_work = row.state == Carried.PLANNED and effect is not None
    return OnChannel(
        channel=channel,
        state=working_state(effect) if at_work and effect else row.state,
        version=row.version,
        sent_version=row.sent_version,
        address=row.address,
        reason=effect.detail if at_work and effect else row.detail,
        attempts=effect.attempts if effect else 0,
        changed_at=row.updated_at,
        next_at=effect.next_at if at_work and effect else None,
    )


def working_state(effect: Standing) -> str:
    """planned, sending, or looking: the ledger tries to see whether an attempt went through."""
    return "looking" if effect.state == "unknown" else "sending" if effect.state == "sending" else "planned"

"""How far a recognised model has climbed, and the next rung (plan II.2.c): pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from services.review.rules.decisions import clean_text
from shared.errors import Invalid, Refused
from shared.plan import Plan
from shared.plan.ladder import Tier, tiers_on

SHORTEST, LONGEST = 5, 1000  # characters of what the upper tier said


UPWARD = "upward"  # the use of a consent: the dossier is handed on to the next tier


class Answer(StrEnum):
    """What an upper tier made of it."""

    RECOGNISED = "recognised"
    DECLINED = "declined"


class Climb(Protocol):
    """One time that a model was put forward."""

    @property
    def rung(self) -> str: ...
    @property
    def to_unit_id(self) -> UUID | None: ...
    @property
    def put_forward_on(self) -> date: ...
    @property
    def answer(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """The tier whose answer is awaited, or the next one that the model may be put forward to; both None at the end."""

    awaited: Tier | None
    following: Tier | None


def standing(plan: Plan, climbs: Sequence[Climb], today: date) -> Standing:
    """Where a recognised model stands on the ladder of a day. Whoever is declined by a tier climbs no further."""
    tiers = tiers_on(plan, today)
    waiting = next((climb for climb in climbs if climb.answer is None), None)
    if waiting:
        return Standing(tier_of(plan, waiting), None)
    if any(climb.answer == Answer.DECLINED for climb in climbs):
        return Standing(None, None)
    reached = {tier.rung.id for climb in climbs if (tier := tier_of(plan, climb))}
    order = [rung.id for rung in plan.ladder] or [tier.rung.id for tier in tiers]
    highest = max((order.index(rung) for rung in reached), default=-1)
    ahead = (tier for tier in tiers if order.index(tier.rung.id) > highest)
    return Standing(None, next(ahead, None))


def may_go_up(agreed: Collection[str], *, waiting: int) -> bool:
    """Whether a dossier may be handed on: as soon as somebody was asked about it, everybody has to agree.

    Before that it is the duty of a state body and needs no consent (Law 91/2025/QH15, Arts. 16, 19).
    """
    return not waiting and UPWARD in agreed


def tier_of(plan: Plan, climb: Climb) -> Tier | None:
    """The rung that was climbed, as it stood on that day; old rows name the unit alone."""
    return next(
        (
            tier
            for tier in tiers_on(plan, climb.put_forward_on)
            if tier.rung.id == climb.rung or (not climb.rung and tier.unit and tier.unit.id == climb.to_unit_id)
        ),
        None,
    )


def require_following(found: Standing) -> Tier:
    """Raise Refused("ladder.awaited" | "ladder.at_the_end") unless there is a rung to be put forward to."""
    if found.awaited:
        raise Refused("ladder.awaited", tier=found.awaited.rung.title.vi)
    if found.following is None:
        raise Refused("ladder.at_the_end")
    return found.following


def checked_answer(raw: str, words: str) -> tuple[Answer, str]:
    """What the upper tier said, as it is kept. Raises Invalid."""
    said = clean_text(words, name="answer_words", longest=LONGEST)
    wrong = {}
    if raw not in set(Answer):
        wrong["answer"] = "answer.missing"
    if len(said) < SHORTEST:
        wrong["answer_words"] = "answer_words.too_short"
    if wrong:
        raise Invalid(wrong)
    return Answer(raw), said

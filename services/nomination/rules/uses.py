"""What may be agreed to, each use by itself: purposes, and the classes of channels (Law 91/2025/QH15, Art. 16)."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from services.nomination.rules.fault import Fault, Faults


class Use(StrEnum):
    """One switch of a consent. None of them follows from another."""

    NAME = "name"  # on lists and in stories
    STORY = "story"
    PHOTO = "photo"
    VOICE = "voice"  # a recording of the person's own voice
    YEARBOOK = "yearbook"
    UPWARD = "upward"  # handed on to the next tier
    PORTAL = "portal"
    RADIO = "radio"
    SOCIAL = "social"
    PRINT = "print"


PURPOSES = (Use.NAME, Use.STORY, Use.PHOTO, Use.VOICE, Use.YEARBOOK, Use.UPWARD)
CHANNELS = (Use.PORTAL, Use.RADIO, Use.SOCIAL, Use.PRINT)
#: Purposes that come true on a channel only; a yearbook and a letter to the next tier are none.
ON_CHANNELS = frozenset({Use.NAME, Use.STORY, Use.PHOTO, Use.VOICE})
#: The channels that the text of the nomination form names; others have to be asked for.
OF_THE_FORM = (Use.PORTAL, Use.RADIO, Use.PRINT)


def in_order(uses: Iterable[str]) -> list[str]:
    """Each known use once, in the order of the form; what is not a use is left out."""
    wanted = set(uses)
    return [use.value for use in Use if use in wanted]


def uses_of_form(*, name: bool, story: bool, photo: bool) -> list[str]:
    """What a consent given in the nomination form covers."""
    ticked = {Use.NAME: name, Use.STORY: story, Use.PHOTO: photo}
    return in_order([*(use for use, agreed in ticked.items() if agreed), *OF_THE_FORM])


def agreed_by_all(words: Iterable[Collection[str]]) -> list[str]:
    """What everybody agreed to who has to; nothing when nobody was asked. Each word holds one person's uses."""
    every = [set(word) for word in words]
    return in_order(set.intersection(*every)) if every else []


def answer_faults(uses: Collection[str]) -> Faults:
    """What is missing for a yes that means something: a purpose, and for what is published a channel."""
    if not set(uses) & set(PURPOSES):
        return {"purposes": Fault("consent.purpose_missing")}
    if set(uses) & ON_CHANNELS and not set(uses) & set(CHANNELS):
        return {"channels": Fault("consent.channel_missing")}
    return {}

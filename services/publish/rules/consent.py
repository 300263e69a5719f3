"""What the nominee agreed to decides what may be shown. Checked at approval and again when a channel is served."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from shared.errors import Refused
from shared.text.fold import folded

#: Before a given name these make it point at one person; longer ones first.
ADDRESS_WORDS: Final = (
    "ong", "ba", "anh", "chi", "em", "co", "chu", "bac", "cau", "mo", "di", "cu", "chau", "thay", "dong chi",
)  # fmt: skip


#: The classes of channels that the text of the nomination form names: what an agreement given there covers.
OF_THE_FORM: Final = ("portal", "radio", "print")
#: {channel: its class, as consent names them}; whatever is not here is a social network.
CLASSES: Final = {"portal": "portal", "atom": "portal", "radio": "radio", "leaflet": "print"}


@dataclass(frozen=True, slots=True)
class Agreed:
    """The consent of a dossier (Law 91/2025/QH15 art. 16: publication only with consent, purpose by purpose).

    `channels` are classes; `waiting` is how many people still have to agree.
    """

    story: bool
    name: bool
    photo: bool
    channels: frozenset[str] = frozenset(OF_THE_FORM)
    waiting: int = 0

    def covers(self, channel: str) -> bool:
        """Whether something may stand on the channel."""
        return class_of(channel) in self.channels


def class_of(channel: str) -> str:
    return CLASSES.get(channel, "social")


def require_everybody(agreed: Agreed) -> None:
    """Raises Refused("consent.waiting", count=…) while somebody who has to agree has not."""
    if agreed.waiting:
        raise Refused("consent.waiting", count=agreed.waiting)


def require_covered(agreed: Agreed, channels: Collection[str]) -> None:
    """Raises Refused("consent.channel_missing", value=channel) for one that was not agreed to."""
    for channel in channels:
        if not agreed.covers(channel):
            raise Refused("consent.channel_missing", value=channel)


def require_story(agreed: Agreed) -> None:
    """Raises Refused("consent.story_missing") when the nominee did not agree that the story be told."""
    if not agreed.story:
        raise Refused("consent.story_missing")


def require_nameless(agreed: Agreed, *, name: str, texts: tuple[str, ...]) -> None:
    """Raises Refused("consent.name_in_text", value=…) when a text names somebody who did not agree to be named."""
    if agreed.name:
        return
    for text in texts:
        if found := named_in(name, text):
            raise Refused("consent.name_in_text", value=found)


def may_stand(agreed: Agreed, *, channel: str, name: str, texts: tuple[str, ...]) -> bool:
    """Whether what is out on a channel may stay there."""
    nameless = agreed.name or not any(named_in(name, text) for text in texts)
    return agreed.story and not agreed.waiting and agreed.covers(channel) and nameless


def named_in(name: str, text: str) -> str:
    """How the text names the person: the full name, or a word of address with the given name; "" when it does not.

    Accents and case do not matter, so that "chi am" is found for Lò Thị Ấm.
    """
    bare, words = folded(text), folded(name).split()
    if not words:
        return ""
    whole = r"\b" + r"\W+".join(map(re.escape, words)) + r"\b"
    addressed = rf"\b(?:{'|'.join(ADDRESS_WORDS)}) {re.escape(words[-1])}\b"
    found = re.search(whole, bare) or re.search(addressed, bare)
    return found[0] if found else ""


def without_name(text: str, *, name: str, instead: str) -> str:
    """The text with the full name replaced wherever it stands, whatever its case."""
    if not name.strip():
        return text
    pattern = r"\s+".join(map(re.escape, name.split()))
    return re.sub(rf"(?<!\w){pattern}(?!\w)", lambda _match: instead, text, flags=re.IGNORECASE)

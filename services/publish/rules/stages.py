"""The stages of a story, and what may be done in each."""

from collections.abc import Collection
from enum import StrEnum

from shared.errors import Conflict, Refused


class Stage(StrEnum):
    """draft → approved → published; from each of them to withdrawn, which is the end."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Carried(StrEnum):
    """How a story stands on one channel, mirrored from the effect ledger."""

    PLANNED = "planned"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REMOVED = "removed"


#: Channels that we know how to carry a story to.
CHANNELS = ("portal", "atom", "radio", "leaflet")

#: Channels whose copies leave our hands: what was aired or printed cannot be called back.
BEYOND_RECALL = frozenset({"radio", "leaflet"})


def require_editable(stage: str) -> None:
    """Raises Refused("story.withdrawn") when the text is closed for good. A published story may be corrected."""
    if stage == Stage.WITHDRAWN:
        raise Refused("story.withdrawn")


def require_not_held(*, held: bool) -> None:
    """Raises Refused("story.held") while the commune lets the dossier rest (Decree 152/2025/NĐ-CP, Art. 4)."""
    if held:
        raise Refused("story.held")


def require_same_version(*, seen: int, stored: int) -> None:
    """Raises Conflict("story.changed_meanwhile") when somebody saved after the editor opened the text."""
    if seen != stored:
        raise Conflict("story.changed_meanwhile", seen=seen, stored=stored)


def require_channels(chosen: Collection[str], *, active: Collection[str]) -> None:
    """Raises Refused unless at least one channel is chosen and every one is active in the plan."""
    if not chosen:
        raise Refused("story.no_channel")
    for channel in chosen:
        if channel not in active:
            raise Refused("story.unknown_channel", value=channel)


def require_checks(confirmed: Collection[str], *, asked: Collection[str]) -> None:
    """Raises Refused("story.check_missing") unless every check that the plan asks for the field was confirmed."""
    for check in asked:
        if check not in confirmed:
            raise Refused("story.check_missing", value=check)


def mix_is_complete(forms: Collection[str]) -> bool:
    """Whether traditional and online channels are both among the forms (rule channel_mix; plan I.2, R10)."""
    return {"traditional", "online"} <= set(forms)


def require_again(state: str) -> None:
    """Raises Refused("channel.not_stuck") unless the channel refused, or nobody could see whether it took the story."""
    if state not in {Carried.FAILED, Carried.UNKNOWN}:
        raise Refused("channel.not_stuck")

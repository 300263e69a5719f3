"""How a story stands on its channels, in the words of the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.publish.models import Story
from services.publish.queries.channels import OnChannel
from services.publish.schemas.words import STATES, reason_words
from shared.web.i18n import _, current_language
from shared.web.parts import Tone


@dataclass(frozen=True, slots=True)
class ChannelLine:
    title: str
    state: str
    tone: Tone
    detail: str
    address: str
    changed_at: datetime | None
    attempts: int
    again_href: str  # "" where nothing has to be decided


def channel_lines(story: Story, found: Sequence[OnChannel]) -> list[ChannelLine]:
    return [line_of(story, each) for each in found]


def line_of(story: Story, found: OnChannel) -> ChannelLine:
    words, tone = STATES[found.state]
    return ChannelLine(
        title=found.channel.title.to(current_language()),
        state=str(words),
        tone=tone,
        detail=detail_of(found),
        address=found.address if found.sent_version is not None and story.withdrawn_at is None else "",
        changed_at=found.changed_at,
        attempts=found.attempts,
        again_href=f"/bien-tap/{story.id}/kenh/{found.channel.id}/gui-lai"
        if found.stuck and story.withdrawn_at is None
        else "",
    )


def detail_of(found: OnChannel) -> str:
    """The reason of a trouble; or that an older text is still out."""
    if found.reason:
        return reason_words(found.reason)
    if found.sent_version is not None and found.sent_version < found.version:
        return _("Bản cũ vẫn đang hiện cho tới khi bản mới đăng xong.")
    return ""

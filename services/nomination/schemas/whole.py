"""The form that a phone keeps: its screens, and the sentences that it says itself."""

from typing import NamedTuple

from shared.web.i18n import _

SAID_ON_THE_PHONE = (
    "unit.missing",
    "name.missing",
    "name.too_short",
    "field.missing",
    "story.missing",
    "story.too_short",
    "consent.missing",
    "consent.not_asked",
    "consent.guardian_needed",
    "consent.purpose_missing",
)


class Screen(NamedTuple):
    """One of the four; the check is filled in by the phone and has no template."""

    name: str
    title: str
    template: str = ""


def screens() -> list[Screen]:
    return [
        Screen("ai", _("Bạn đề cử ai?"), "nomination/_who.html"),
        Screen("viec", _("Việc làm tốt là gì?"), "nomination/_deed.html"),
        Screen("anh", _("Ảnh và sự đồng ý"), "nomination/_consent.html"),
        Screen("kiem-tra", _("Kiểm tra trước khi gửi")),
    ]

"""Stories as the pages show them: cards, pictures, facts."""

from services.publish.queries.public import PublicStory
from services.publish.rules.words import lower_first
from shared.clock import day_of
from shared.web.i18n import _, current_language
from shared.web.parts import Picture, Row, StoryCard

WIDTHS = (320, 640, 1280)


def card_of(story: PublicStory) -> StoryCard:
    plan, language = story.plan, current_language()
    return StoryCard(
        name=story.shown_name,
        title=story.title,
        href=f"/guong/{story.slug}",
        excerpt=story.sapo,
        field=plan.field(story.field).title.to(language),
        unit=plan.unit_by_id(story.unit_id).name.to(language),
        on=day_of(story.public_at),
        picture=picture_of(story.photo, story.shown_name),
    )


def picture_of(photo: str | None, name: str) -> Picture | None:
    """The photo in the widths in which nomination serves it."""
    if photo is None:
        return None
    widths = [(width, f"/anh/{photo}-{width}.webp") for width in WIDTHS]
    return Picture(widths=widths, alt=_("Ảnh: %(name)s", name=name), width=640, height=400)


def facts_of(story: PublicStory) -> list[Row]:
    """What is known about the example, beside its story."""
    plan, language = story.plan, current_language()
    rows = [
        Row(_("Nhân vật"), story.shown_name),
        Row(_("Đơn vị"), f"{plan.unit_by_id(story.unit_id).name.to(language)}, {plan.unit.name.to(language)}"),
        Row(_("Là"), plan.model_kind(story.model_kind).title.to(language)),
        Row(_("Lĩnh vực"), plan.field(story.field).title.to(language)),
    ]
    if story.recognised_on:
        rows.append(Row(_("Ngày công nhận"), f"{story.recognised_on:%d/%m/%Y}"))
    return rows


def within_sentence(name: str) -> str:
    """A unit's name as it stands within a sentence: "xã Bình Lương"; English names keep their capitals."""
    return lower_first(name) if current_language() == "vi" else name

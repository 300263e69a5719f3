"""One story, for everybody: its page, and the page that says it is gone."""

from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

import segno
from fastapi import APIRouter, Depends, Request
from markupsafe import Markup
from sqlmodel import Session
from starlette.responses import Response

from services.publish.models import EndedPlan
from services.publish.pages.cards import card_of, facts_of, picture_of, within_sentence
from services.publish.pages.conditional import fresh_or_304
from services.publish.queries.communes import ref_of
from services.publish.queries.public import PublicStory, others_like, public_story, was_withdrawn
from services.publish.schemas.words import REFUSALS
from shared.access.door import Visitor
from shared.access.session import session_of
from shared.errors import NotFound
from shared.settings import settings
from shared.succession import ending_of
from shared.web.ended import ended_view
from shared.web.i18n import _, current_language
from shared.web.pages import render

router = APIRouter()
SessionDep = Annotated[Session, Depends(session_of("publish"), scope="function")]
OTHERS = 3


@router.get("/guong/{slug}")
def story_page(slug: str, request: Request, visitor: Visitor, session: SessionDep) -> Response:
    found = public_story(session, slug=slug)
    if found is None:
        return gone_or_unknown(request, session, slug)
    ended = ended_view(ending_of(session, EndedPlan, found.plan_id), ref_of)
    others = [card_of(other) for other in others_like(session, found, limit=OTHERS)]
    page = render(request, "publish/story.html", **story_view(found), others=others, preview=False, ended=ended)
    return fresh_or_304(request, page, visitor=visitor, changed_at=found.changed_at)


def gone_or_unknown(request: Request, session: Session, slug: str) -> Response:
    """410 for a story that was taken back. Raises NotFound for one that never was here."""
    if not was_withdrawn(session, slug=slug):
        raise NotFound("thing.unknown")
    said = str(REFUSALS["story.gone"])
    return render(request, "publish/gone.html", status_code=HTTPStatus.GONE, what_happened=said)


def story_view(story: PublicStory) -> dict[str, Any]:
    """All that the story's template knows."""
    plan = story.plan
    address = f"{settings().public_url}/guong/{story.slug}"
    return {
        "story": story,
        "picture": picture_of(story.photo, story.shown_name),
        "photo_address": f"{settings().public_url}/anh/{story.photo}-1280.webp" if story.photo else "",
        "facts": facts_of(story),
        "kind": plan.model_kind(story.model_kind).title.to(current_language()),
        "field": plan.field(story.field).title.to(current_language()),
        "commune": plan.unit.name.to(current_language()),
        "commune_within": within_sentence(plan.unit.name.to(current_language())),
        "address": address,
        "qr": qr(address),
        "facebook": f"https://www.facebook.com/sharer/sharer.php?u={quote(address, safe='')}",
        "mail": plan.unit.email,
    }


def qr(address: str) -> Markup:
    """A QR code as inline SVG; the words beside it say what it is for."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(scale=4, border=2, svgclass="qr", omitsize=True)
    label = Markup('<svg role="img" aria-label="{}" ').format(_("Mã QR dẫn tới bài này"))
    return Markup(drawn.replace("<svg ", str(label), 1))  # noqa: S704 -- segno draws squares; the label is escaped

"""What stories give away: the bulletin to hear, its script, the leaflet to print, the feed."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from services.publish.adapters import bulletins, leaflets
from services.publish.adapters.atom import Feed, FeedEntry, FeedTombstone, atom, last_change
from services.publish.models import Publication
from services.publish.pages.conditional import file_or_304, fresh_or_304, is_unchanged, not_modified
from services.publish.queries import feed
from services.publish.queries.communes import Commune, commune_of, ending_of_commune, ref_of
from services.publish.queries.public import file_of, was_withdrawn
from services.publish.schemas.words import REFUSALS
from shared.access.door import Visitor
from shared.access.session import session_of
from shared.errors import Gone, NotFound
from shared.settings import settings
from shared.succession import Ending
from shared.web.ended import ended_words
from shared.web.i18n import use_language

router = APIRouter()
SessionDep = Annotated[Session, Depends(session_of("publish"), scope="function")]
BOTH = ["GET", "HEAD"]
SUBTITLE = "Người tốt, việc tốt và điển hình tiên tiến"
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # when an empty feed "changed"


@router.api_route("/guong/{slug}/truyen-thanh.mp3", methods=BOTH)
def audio(slug: str, request: Request, _visitor: Visitor, session: SessionDep) -> Response:
    row = published(session, slug, "radio")
    path = bulletins.audio_path(row.content)
    return file_or_304(request, path, content=row.content, media_type="audio/mpeg", changed_at=sent(row))


@router.api_route("/guong/{slug}/truyen-thanh.txt", methods=BOTH)
def script(slug: str, request: Request, _visitor: Visitor, session: SessionDep) -> Response:
    row = published(session, slug, "radio")
    path = bulletins.script_path(row.content)
    return file_or_304(
        request, path, content=f"{row.content}-txt", media_type="text/plain; charset=utf-8", changed_at=sent(row)
    )


@router.api_route("/guong/{slug}/to-roi.pdf", methods=BOTH)
def leaflet(slug: str, request: Request, _visitor: Visitor, session: SessionDep) -> Response:
    row = published(session, slug, "leaflet")
    return file_or_304(
        request,
        leaflets.pdf_path(row.content),
        content=row.content,
        media_type="application/pdf",
        changed_at=sent(row),
        filename=f"{slug}.pdf",
    )


def published(session: Session, slug: str, channel: str) -> Publication:
    """The channel's files. Raises Gone for a story that was taken back, NotFound for one that has none."""
    if row := file_of(session, slug, channel):
        return row
    raise Gone("story.gone") if was_withdrawn(session, slug=slug) else NotFound("thing.unknown")


def sent(row: Publication) -> datetime:
    return row.sent_at or row.updated_at


@router.api_route("/atom.xml", methods=BOTH)
def atom_feed(
    request: Request, _visitor: Visitor, session: SessionDep, xa: Annotated[str, Query(max_length=80)] = ""
) -> Response:
    """The newest stories and withdrawals of one commune (`xa`), or of all."""
    commune = commune_of(xa, None) if xa else None
    made = feed_of(session, commune)
    changed_at = last_change(made)
    response = Response(atom(made), media_type="application/atom+xml")
    answered = fresh_or_304(request, response, changed_at=changed_at)
    return not_modified(response) if is_unchanged(request, changed_at) else answered


def feed_of(session: Session, commune: Commune | None) -> Feed:
    root = settings().public_url
    commune_id = commune.id if commune else None
    query = f"?xa={commune.ref}" if commune else ""
    ending = ending_of_commune(session, commune)
    return Feed(
        key=str(commune_id or "all"),
        title=f"Gương sáng {commune.name}" if commune else "Gương sáng",
        subtitle=SUBTITLE if ending is None else f"{SUBTITLE}. {moved_words(ending, root)}",
        self_address=f"{root}/atom.xml{query}",
        home_address=f"{root}/{query}",
        entries=[entry_of(root, found) for found in feed.entries(session, commune_id=commune_id)],
        tombstones=[
            FeedTombstone(stone.id, stone.withdrawn_at, REFUSALS["story.gone"].message)
            for stone in feed.tombstones(session, commune_id=commune_id)
        ],
        changed_at=EPOCH,
        closed_at=ending.said_at if ending else None,
    )


def moved_words(ending: Ending, root: str) -> str:
    """That nothing new comes, and where to read on."""
    homes = ", ".join(f"{root}/atom.xml?xa={ref_of(plan)}" for plan in ending.successors)
    with use_language("vi"):  # as the rest of the feed
        ended = ended_words(ending)
    return f"{ended} Kênh này không có bài mới; xin theo dõi tiếp ở {homes}"


def entry_of(root: str, found: feed.Entry) -> FeedEntry:
    plan = found.plan
    page = f"{root}/guong/{found.slug}"
    return FeedEntry(
        id=found.id,
        title=found.title,
        summary=found.sapo,
        body=found.body,
        author=str(plan.unit.name),
        category=(found.field, str(plan.field(found.field).title)),
        published_at=found.published_at,
        changed_at=found.changed_at,
        page=page if found.on_portal else "",
        audio=f"{page}/truyen-thanh.mp3" if found.audio_size else "",
        audio_size=found.audio_size,
    )

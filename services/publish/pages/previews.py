"""What a story will look like on each channel, before anybody else sees it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from services.publish.adapters.leaflets import printed
from services.publish.commands.papers import bulletin_of, leaflet_of
from services.publish.models import Story, StoryRevision
from services.publish.pages.looks import looked_at
from services.publish.pages.story import story_view
from services.publish.queries.public import PublicStory
from services.publish.queries.stories import dossier_of, story_for
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.access.session import session_of
from shared.audit.looks import taken_out
from shared.audit.note import note
from shared.clock import now
from shared.speech.pace import reading_seconds
from shared.web.pages import render

router = APIRouter(prefix="/bien-tap")
SessionDep = Annotated[Session, Depends(session_of("publish"), scope="function")]
Editing = Annotated[Principal, may(Action.EDIT_STORY)]


@router.get("/{story_id}/xem/cong")
def portal_preview(story_id: UUID, request: Request, who: Editing, session: SessionDep) -> Response:
    story = looked_at(session, story_id, who)
    shown = as_public(story, now())
    return render(request, "publish/story.html", **story_view(shown), others=[], preview=True, ended=None)


@router.get("/{story_id}/xem/truyen-thanh")
def radio_preview(story_id: UUID, request: Request, who: Editing, session: SessionDep) -> Response:
    """The announcer's script, numbers in words."""
    story = looked_at(session, story_id, who)
    plan, dossier = story.plan, dossier_of(session, story.nomination_id)
    bulletin = bulletin_of(story, present_text(story), dossier, plan)
    minutes, seconds = divmod(reading_seconds(bulletin.script), 60)
    return render(request, "publish/script.html", story=story, script=bulletin.script, minutes=minutes, seconds=seconds)


@router.get("/{story_id}/xem/to-roi.pdf")
def leaflet_preview(story_id: UUID, who: Editing, session: SessionDep) -> Response:
    story = story_for(session, story_id, who)
    code = dossier_of(session, story.nomination_id).code
    note(session, taken_out(who, "leaflet_preview", story.id, code=code, about=[story.nomination_id]))
    paper = printed(leaflet_of(story, present_text(story), story.plan))
    return Response(paper, media_type="application/pdf", headers={"content-disposition": "inline"})


def present_text(story: Story) -> StoryRevision:
    """The text as it stands now, whether or not it was approved."""
    return StoryRevision(
        story_id=story.id,
        version=story.version,
        title=story.title,
        sapo=story.sapo,
        body=story.body,
        saved_by=None,
        saved_at=story.updated_at,
    )


def as_public(story: Story, moment: datetime) -> PublicStory:
    """The story as the portal would show it at that moment."""
    shown = {name: getattr(story, name) for name in PublicStory.__slots__ if hasattr(story, name)}
    taken = shown | {
        "slug": story.slug or "xem-truoc",
        "public_at": story.public_at or moment,
        "changed_at": moment,
        "audio": "",
        "audio_size": 0,
        "leaflet": "",
    }
    return PublicStory(**taken)

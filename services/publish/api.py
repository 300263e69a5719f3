"""Stories for programs: what is public for everybody, drafts and approvals for the commune's editors."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from services.publish.commands.approving import approve
from services.publish.models import Story
from services.publish.queries.channels import on_channels
from services.publish.queries.communes import commune_of
from services.publish.queries.public import Wanted, public_after, public_story, was_withdrawn
from services.publish.queries.stories import dossier_of, story_for, story_of_nomination
from services.publish.schemas.api import (
    LARGEST_PAGE,
    ApprovalIn,
    DeskPageOut,
    DeskStoryOut,
    PageOut,
    StoryOut,
    place_of,
)
from shared.access.door import may, public
from shared.access.principal import Principal
from shared.access.rights import Action, Thing, decide, may_at_all
from shared.access.session import session_of
from shared.audit.looks import opened
from shared.audit.note import note
from shared.bus.record import act_as
from shared.errors import Forbidden, Gone, NotFound, SignInNeeded

router = APIRouter(prefix="/api/v1/stories")
SessionDep = Annotated[Session, Depends(session_of("publish"), scope="function")]
Publishing = Annotated[Principal, may(Action.PUBLISH_STORY)]
Visitor = Annotated[Principal | None, public(more_for=Action.READ_DRAFT_STORY)]


@router.get("", response_model=None)
def stories(
    visitor: Visitor,
    session: SessionDep,
    xa: Annotated[str, Query(max_length=80)] = "",
    field: Annotated[str, Query(max_length=80)] = "",
    q: Annotated[str, Query(max_length=200)] = "",
    nomination_id: UUID | None = None,
    after: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 25,
) -> PageOut | DeskPageOut:
    """The stories on the portal, newest first; with `nomination_id`, the story drafted from it, for officers only."""
    if nomination_id is not None:
        return drafted_from(session, nomination_id, officer(visitor))
    commune = commune_of(xa, visitor)
    wanted = Wanted(commune_id=commune.id if commune else None, field=field, words=q)
    place = place_of(after) if after else None
    return PageOut.of(public_after(session, wanted, after=place, limit=limit + 1), limit)


def officer(visitor: Principal | None) -> Principal:
    """The visitor, who must be an officer of a commune."""
    if visitor is None:
        raise SignInNeeded("access.sign_in_needed")
    if not may_at_all(visitor.role, Action.READ_DRAFT_STORY):
        raise Forbidden("access.role_has_no_right", role=visitor.role.value)
    return visitor


def drafted_from(session: Session, nomination_id: UUID, who: Principal) -> DeskPageOut:
    """One story or none; of another commune's nomination, none."""
    story = story_of_nomination(session, nomination_id)
    if story is None or not on_own_desk(story, who):
        return DeskPageOut(items=[])
    return DeskPageOut(items=[on_desk(session, story, who)])


def on_own_desk(story: Story, who: Principal) -> bool:
    """Whether the visitor sees it in every stage: what is out, everybody sees, but not with what became of it."""
    return decide(who, Action.READ_DRAFT_STORY, Thing(story.plan_id, story.unit_id)).allowed


def on_desk(session: Session, story: Story, who: Principal) -> DeskStoryOut:
    code = dossier_of(session, story.nomination_id).code
    note(session, opened(who, "story", story.id, code=code, about=[story.nomination_id]))
    return DeskStoryOut.of(story, on_channels(session, story, story.plan))


@router.get("/{story_id}", response_model=None)
def story(story_id: UUID, visitor: Visitor, session: SessionDep) -> StoryOut | DeskStoryOut:
    """A story on the portal; officers of its commune see it in every stage."""
    mine = session.get(Story, story_id) if visitor else None
    if visitor and mine and on_own_desk(mine, visitor):
        return on_desk(session, mine, visitor)
    found = public_story(session, story_id=story_id)
    if found is None:
        raise Gone("story.gone") if was_withdrawn(session, story_id=story_id) else NotFound("thing.unknown")
    return StoryOut.of(found)


@router.post("/{story_id}/approval")
def approval(
    story_id: UUID, asked: ApprovalIn, who: Publishing, request: Request, response: Response, session: SessionDep
) -> DeskStoryOut:
    """Approve the story for channels. Sending the same approval again changes nothing."""
    act_as(session, who.person_id, request.state.traceparent)
    decided = asked.approval(story_for(session, story_id, who))
    approved = approve(session, story_id, decided, who=who)
    response.headers["location"] = f"/guong/{approved.slug}"
    session.flush()
    return on_desk(session, approved, who)

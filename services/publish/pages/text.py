"""Writing: the text beside the locked facts, with counters, consent and history."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from services.publish.commands.editing import Text, save_text
from services.publish.commands.papers import bulletin_of
from services.publish.models import Dossier, Story, StoryRevision
from services.publish.pages.looks import looked_at
from services.publish.pages.notices import consent_notes
from services.publish.queries.channels import on_channels
from services.publish.queries.stories import dossier_of, revisions_of
from services.publish.rules.changes import Piece, changes
from services.publish.rules.limits import LONGEST_BODY, LONGEST_SAPO, LONGEST_TITLE
from services.publish.rules.stages import Stage
from services.publish.schemas.boxes import story_text
from services.publish.schemas.words import REFUSALS
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.access.session import session_of
from shared.bus.record import act_as
from shared.errors import Conflict, Invalid, Refused
from shared.plan import Plan
from shared.speech.pace import reading_seconds
from shared.web.i18n import _, current_language
from shared.web.pages import arrived, render
from shared.web.parts import Row
from shared.web.problems import sentence

router = APIRouter(prefix="/bien-tap")
SessionDep = Annotated[Session, Depends(session_of("publish"), scope="function")]
Editing = Annotated[Principal, may(Action.EDIT_STORY)]


@router.get("/{story_id}")
def edit_page(
    story_id: UUID,
    request: Request,
    who: Editing,
    session: SessionDep,
    da: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    story = looked_at(session, story_id, who)
    shown = Text(story.title, story.sapo, story.body)
    return edit_form(request, session, story, shown, saved=da == "luu")


@router.post("/{story_id}")
def save(
    story_id: UUID,
    request: Request,
    who: Editing,
    version: Annotated[int, Form(ge=1)],
    session: SessionDep,
    title: Annotated[str, Form()] = "",
    sapo: Annotated[str, Form()] = "",
    body: Annotated[str, Form()] = "",
    then: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Save, then stay or go on to the channels. What was typed comes back when it cannot be saved."""
    act_as(session, who.person_id, request.state.traceparent)
    try:
        save_text(session, story_id, story_text(title=title, sapo=sapo, body=body), seen_version=version, who=who)
    except Invalid as refused:
        story = looked_at(session, story_id, who)
        return typed_again(request, session, story, Text(title, sapo, body), refused=refused, version=version)
    except Conflict:
        return both(request, session, looked_at(session, story_id, who), Text(title, sapo, body))
    except Refused as refused:
        errors = {"body": sentence(request, refused.key, **refused.details)}
        story = looked_at(session, story_id, who)
        return edit_form(
            request, session, story, Text(title, sapo, body), errors=errors, version=version, status=refused.status
        )
    where = f"/bien-tap/{story_id}/xuat-ban" if then == "xuat-ban" else f"/bien-tap/{story_id}?da=luu"
    return arrived(where, draft=f"story-{story_id}-{version}")


def typed_again(
    request: Request, session: Session, story: Story, typed: Text, *, refused: Invalid, version: int
) -> Response:
    errors = {name: sentence(request, key) for name, key in refused.faults.items()}
    return edit_form(
        request, session, story, typed, errors=errors, version=version, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )


def both(request: Request, session: Session, story: Story, typed: Text) -> Response:
    """Somebody saved first: what was typed stays in the boxes, what was saved stands beside it."""
    others = changes(f"{typed.title} {typed.sapo} {typed.body}", f"{story.title} {story.sapo} {story.body}")
    errors = {"body": str(REFUSALS["story.changed_meanwhile"])}
    return edit_form(request, session, story, typed, errors=errors, others=others, status=HTTPStatus.CONFLICT)


def edit_form(
    request: Request,
    session: Session,
    story: Story,
    shown: Text,
    *,
    errors: dict[str, str] | None = None,
    others: tuple[Piece, ...] = (),
    version: int | None = None,
    saved: bool = False,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    plan, dossier = story.plan, dossier_of(session, story.nomination_id)
    return render(
        request,
        "publish/edit.html",
        status_code=status,
        story=story,
        shown=shown,
        errors=errors or {},
        others=others,
        version=version or story.version,
        saved=saved,
        closed=story.stage == Stage.WITHDRAWN,
        limits={"title": LONGEST_TITLE, "sapo": LONGEST_SAPO, "body": LONGEST_BODY},
        notes=consent_notes(dossier, shown),
        facts=facts_of(dossier, plan),
        told=dossier.story,
        pace=pace_of(story, shown, dossier, plan),
        channels=on_channels(session, story, plan) if story.approved_version else [],
        history=history_of(session, story),
    )


def pace_of(story: Story, shown: Text, dossier: Dossier, plan: Plan) -> str:
    """How long the bulletin takes at the microphone."""
    text = StoryRevision(
        story_id=story.id,
        version=story.version,
        title=shown.title,
        sapo=shown.sapo,
        body=shown.body,
        saved_by=None,
        saved_at=story.updated_at,
    )
    minutes, seconds = divmod(reading_seconds(bulletin_of(story, text, dossier, plan).script), 60)
    return _("%(minutes)s phút %(seconds)s giây", minutes=minutes, seconds=seconds)


def facts_of(dossier: Dossier, plan: Plan) -> list[Row]:
    """The dossier's facts: locked, because the unit answers for them."""
    language = current_language()
    rows = [
        Row(_("Mã hồ sơ"), dossier.code),
        Row(_("Người được nêu gương"), dossier.name),
        Row(_("Đơn vị đề cử"), plan.unit_by_id(dossier.unit_id).name.to(language)),
        Row(_("Đối tượng"), plan.subject_kind(dossier.subject_kind).title.to(language)),
        Row(_("Là"), plan.model_kind(dossier.model_kind).title.to(language)),
        Row(_("Lĩnh vực"), plan.field(dossier.field).title.to(language)),
        Row(_("Việc làm"), dossier.headline),
    ]
    if dossier.happened_on:
        rows.append(Row(_("Ngày làm việc đó"), f"{dossier.happened_on:%d/%m/%Y}"))
    if dossier.recognised_on:
        rows.append(Row(_("Ngày công nhận"), f"{dossier.recognised_on:%d/%m/%Y}"))
    if dossier.recognised_because:
        rows.append(Row(_("Lý do công nhận"), dossier.recognised_because))
    return rows


def history_of(session: Session, story: Story) -> list[dict[str, Any]]:
    """Every saved version, newest first, with what it changed."""
    revisions = revisions_of(session, story.id)
    found = []
    for place, revision in enumerate(revisions):
        before = revisions[place + 1] if place + 1 < len(revisions) else None
        found.append(
            {
                "version": revision.version,
                "saved_at": revision.saved_at,
                "drafted": revision.saved_by is None,
                "pieces": changes(whole(before), whole(revision)) if before else (),
            }
        )
    return found


def whole(revision: StoryRevision) -> str:
    return f"{revision.title}\n\n{revision.sapo}\n\n{revision.body}"

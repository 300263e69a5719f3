"""Publishing: choose channels, confirm, and see what became of it."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.publish.commands.approving import Approval, approve, require_approvable
from services.publish.commands.editing import text_of
from services.publish.commands.trying_again import try_again
from services.publish.models import Story
from services.publish.pages.looks import looked_at
from services.publish.pages.notices import consent_notes
from services.publish.pages.standing import channel_lines
from services.publish.queries.channels import on_channels
from services.publish.queries.stories import carried_channels, dossier_of
from services.publish.rules.stages import BEYOND_RECALL, mix_is_complete
from services.publish.schemas.words import check_words
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.access.session import session_of
from shared.bus.record import act_as
from shared.errors import Refused
from shared.plan import Plan
from shared.plan.questions import channel_forms
from shared.web.i18n import _, current_language, ngettext
from shared.web.pages import render
from shared.web.parts import Choice
from shared.web.problems import sentence

router = APIRouter(prefix="/bien-tap")
SessionDep = Annotated[Session, Depends(session_of("publish"), scope="function")]
Editing = Annotated[Principal, may(Action.EDIT_STORY)]
Publishing = Annotated[Principal, may(Action.PUBLISH_STORY)]
Chosen = Annotated[list[str], Form(max_length=50)]


@router.get("/{story_id}/xuat-ban")
def choose(story_id: UUID, request: Request, who: Publishing, session: SessionDep) -> Response:
    """Which channels: all that the plan has open and the nominee agreed to are ticked beforehand."""
    story = looked_at(session, story_id, who)
    agreed = dossier_of(session, story.nomination_id).agreed
    covered = [channel.id for channel in carried_channels(story.plan) if agreed.covers(channel.id)]
    return choice_page(request, session, story, chosen=covered, checks=story.checks)


@router.post("/{story_id}/xuat-ban")
def confirm_and_publish(
    story_id: UUID,
    request: Request,
    who: Publishing,
    version: Annotated[int, Form(ge=1)],
    session: SessionDep,
    channels: Chosen = [],  # noqa: B006 -- FastAPI copies it; an unticked list is not sent
    checks: Chosen = [],  # noqa: B006 -- likewise
    confirmed: Annotated[str, Form(max_length=5)] = "",
) -> Response:
    """First the question that names the channels, then the deed."""
    act_as(session, who.person_id, request.state.traceparent)
    story = looked_at(session, story_id, who)
    approval = Approval(tuple(channels), frozenset(checks), seen_version=version)
    try:
        require_approvable(session, story, story.plan, approval)
    except Refused as refused:
        errors = {box_of(refused.key): refusal_words(request, refused, story.plan)}
        return choice_page(request, session, story, chosen=channels, checks=checks, errors=errors)
    if not confirmed:
        return question_page(request, story, channels=channels, checks=checks)
    approve(session, story_id, approval, who=who)
    return RedirectResponse(f"/bien-tap/{story_id}/kenh", HTTPStatus.SEE_OTHER)


def box_of(key: str) -> str:
    """The box that a refusal is about."""
    return "checks" if key == "story.check_missing" else "channels"


def refusal_words(request: Request, refused: Refused, plan: Plan) -> str:
    details = refused.details
    if refused.key == "consent.channel_missing":
        details = {"value": plan.channel(str(details["value"])).title.to(current_language())}
    if refused.key == "story.check_missing":
        details = {"value": check_words(str(details["value"]))}
    return sentence(request, refused.key, **details)


def choice_page(
    request: Request,
    session: Session,
    story: Story,
    *,
    chosen: Sequence[str],
    checks: Sequence[str],
    errors: Mapping[str, str] | None = None,
) -> Response:
    plan, language = story.plan, current_language()
    forms = {"traditional": _("Hình thức truyền thống"), "online": _("Hình thức trực tuyến")}
    return render(
        request,
        "publish/choose.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        story=story,
        errors=errors or {},
        notes=consent_notes(dossier_of(session, story.nomination_id), text_of(story)),
        channels=[
            Choice(channel.id, channel.title.to(language), forms[channel.form]) for channel in carried_channels(plan)
        ],
        chosen=chosen,
        asked_checks=[Choice(check, check_words(check)) for check in plan.field(story.field).checks],
        checks=checks,
    )


def question_page(request: Request, story: Story, *, channels: Sequence[str], checks: Sequence[str]) -> Response:
    """The one question before a story goes out, in a sentence."""
    plan, language = story.plan, current_language()
    count = len(channels)
    return render(
        request,
        "publish/confirm.html",
        story=story,
        chosen=channels,
        checks=checks,
        question=ngettext("Đăng bài này lên %(count)s kênh?", "Đăng bài này lên %(count)s kênh?", count),
        names=[plan.channel(channel).title.to(language) for channel in channels],
        mixed=mix_is_complete(channel_forms(plan, channels)),
        for_good=[plan.channel(channel).title.to(language) for channel in channels if channel in BEYOND_RECALL],
    )


@router.get("/{story_id}/kenh")
def standing_page(story_id: UUID, request: Request, who: Editing, session: SessionDep) -> Response:
    """How the story stands on each channel, with the reason where it is stuck."""
    story = looked_at(session, story_id, who)
    found = on_channels(session, story, story.plan)
    return render(
        request,
        "publish/channels.html",
        story=story,
        lines=channel_lines(story, found),
        under_way=any(each.under_way for each in found),
        newer=story.approved_version is not None and story.version > story.approved_version,
    )


@router.post("/{story_id}/kenh/{channel}/gui-lai")
def send_again(story_id: UUID, channel: str, request: Request, who: Publishing, session: SessionDep) -> Response:
    """A person looked and decided: once more."""
    act_as(session, who.person_id, request.state.traceparent)
    try_again(session, story_id, channel, who=who)
    return RedirectResponse(f"/bien-tap/{story_id}/kenh", HTTPStatus.SEE_OTHER)

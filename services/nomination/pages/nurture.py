"""/boi-duong: the candidates whom units nurture, one page for each, and the form to name one."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response, StreamingResponse

from services.nomination.commands.nurture import choose
from services.nomination.models import Candidate, EndedPlan
from services.nomination.pages.posted import Form, Opened, Posted
from services.nomination.queries.nominations import happenings
from services.nomination.queries.nurture import (
    PER_PAGE,
    Asked,
    counts,
    every,
    ids,
    lines,
    measures_of,
    nomination_from,
    trail_of,
    visible_candidate,
)
from services.nomination.rules.fault import Fault, Incomplete
from services.nomination.rules.nurture import Naming, naming_from
from services.nomination.rules.sources import nominating_unit
from services.nomination.rules.typed import one
from services.nomination.schemas.ladder import ladder_of
from services.nomination.schemas.nurture import (
    SLUGS,
    candidate_view,
    candidates_view,
    field_title,
    line_of,
    stage_named,
)
from services.nomination.schemas.refusals import sentences
from services.nomination.schemas.views import choices_of, unit_choices, unit_name
from services.nomination.schemas.worklist import place_typed
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import FOR_ONE_UNIT, Action, may_at_all
from shared.access.sight import sight_of
from shared.audit.looks import all_taken_out, listed, opened
from shared.audit.note import note
from shared.bus.record import act_as
from shared.clock import today
from shared.database import engine_of
from shared.plan import Plan, Unit
from shared.plan.shelf import plan_of, shelf
from shared.succession import ending_of
from shared.web.ended import ended_view
from shared.web.filters import day
from shared.web.i18n import _
from shared.web.pages import arrived, render
from shared.web.spreadsheet import Form as FileForm
from shared.web.spreadsheet import taken_as

router = APIRouter(prefix="/boi-duong")
NAMING = "boi-duong-moi"  # the key of the naming form's draft on the device
Reading = Annotated[Principal, may(Action.READ_NURTURE)]
Nurturing = Annotated[Principal, may(Action.NURTURE)]
LONGEST_SEARCH = 100


@router.get("")
def home(request: Request, who: Reading, session: Opened, nhom: str = "", q: str = "", sau: str = "") -> Response:
    """Who is nurtured, what is due first first."""
    asked = Asked(who, stage_named(nhom), q[:LONGEST_SEARCH])
    found = lines(session, asked, after=place_typed(sau))
    about = [each.id for each in found[:PER_PAGE]]
    note(session, listed(who, "candidates", about=about, filtered=SLUGS[asked.stage], searched=bool(q)))
    return render(
        request,
        "nomination/candidates.html",
        view=candidates_view(found, counts(session, asked), stage=asked.stage, words=asked.words, today=today()),
        words=asked.words,
        ended=ended_view(ending_of(session, EndedPlan, who.plan_id)),
        may_name=may_at_all(who.role, Action.NURTURE),
        shows_units=who.role not in FOR_ONE_UNIT,
    )


@router.get("/danh-sach.{form}")
def take_out(form: FileForm, who: Reading, session: Opened, nhom: str = "", q: str = "") -> StreamingResponse:
    """All of a stage that the search finds. The note of it is committed before the first byte."""
    asked = Asked(who, stage_named(nhom), q[:LONGEST_SEARCH])
    note(session, *all_taken_out(who, "candidates", SLUGS[asked.stage], about=ids(session, asked)))
    return taken_as(form, rows_of(asked), name=SLUGS[asked.stage])


def rows_of(asked: Asked) -> Iterator[list[object]]:
    """The heads, then a row for each candidate."""
    yield [
        _("Nhân tố"),
        _("Đơn vị"),
        _("Lĩnh vực"),
        _("Người kèm"),
        _("Xác định ngày"),
        _("Việc gần nhất đến hạn"),
        _("Tấm gương từ ngày"),
        _("Tình trạng"),
    ]
    sight, now = sight_of(asked.who, Action.READ_NURTURE, shelf().values()), today()
    for candidate in every(engine_of("nomination"), sight, asked):
        line = line_of(candidate, now)
        yield [
            line.name,
            line.unit,
            field_title(candidate.plan, candidate.field),
            line.mentor,
            day(candidate.identified_on),
            day(line.due_on),
            day(candidate.promoted_on),
            line.label,
        ]


@router.get("/moi")
def begin(request: Request, who: Nurturing) -> Response:
    """The form to name a candidate."""
    return naming_page(request, who, Posted({}), {})


@router.post("/moi")
def name(request: Request, who: Nurturing, form: Form, session: Opened) -> Response:
    act_as(session, who.person_id, request.state.traceparent)
    plan = plan_of(who.plan_id)
    try:
        unit, naming = checked_naming(plan, who, form)
        candidate_id = choose(session, who, plan, unit, naming, today=today())
    except Incomplete as incomplete:
        return naming_page(request, who, form, sentences(incomplete.missing))
    return arrived(f"/boi-duong/{candidate_id}", draft=NAMING)


@router.get("/{candidate_id:uuid}")
def show(request: Request, candidate_id: UUID, who: Reading, session: Opened) -> Response:
    """One candidate: what is due, what was done, what can be done next."""
    candidate = visible_candidate(session, who, candidate_id)
    note_look(session, who, candidate)
    nomination = nomination_from(session, candidate)
    heard = happenings(session, nomination.id) if nomination else ()
    ended = ending_of(session, EndedPlan, candidate.plan_id)
    return render(
        request,
        "nomination/candidate.html",
        view=candidate_view(
            candidate,
            measures_of(session, candidate.id),
            trail_of(session, candidate.id),
            nomination,
            may_act=may_at_all(who.role, Action.NURTURE) and ended is None,
        ),
        ladder=ladder_of(candidate.plan, candidate, heard, today()),
        ended=ended_view(ended),
    )


def checked_naming(plan: Plan, who: Principal, form: Posted) -> tuple[Unit, Naming]:
    """In whose name, and whom. Raises Incomplete with every box that is wrong."""
    unit = nominating_unit(plan, who, one(form.typed, "unit"))
    wrong = {"unit": unit} if isinstance(unit, Fault) else {}
    try:
        naming = naming_from(form.typed, plan, today())
    except Incomplete as incomplete:
        raise Incomplete({**wrong, **incomplete.missing}) from incomplete
    if isinstance(unit, Fault):
        raise Incomplete(wrong)
    return unit, naming


def note_look(session: Session, who: Principal, candidate: Candidate) -> None:
    """Whose data are shown: the candidate's, and those of the nomination that they came from."""
    about = [candidate.id, *([candidate.nomination_id] if candidate.nomination_id else [])]
    note(session, opened(who, "candidate", candidate.id, about=about))


def naming_page(request: Request, who: Principal, form: Posted, errors: dict[str, str]) -> Response:
    plan = plan_of(who.plan_id)
    return render(
        request,
        "nomination/candidate_new.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        draft=NAMING,
        form=form,
        errors=errors,
        units=unit_choices(plan, who),
        own_unit=unit_name(plan, who.unit_id),
        subject_kinds=choices_of(plan.subject_kinds),
        fields=choices_of(plan.fields),
        last_day=plan.period.ends_on,
    )

"""What was done for the plan outside the product: the log, its totals, the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.publish.commands.activities import record_activity
from services.publish.models import Activity
from services.publish.queries.activities import PER_PAGE, Asked, Total, activities, totals, years
from services.publish.schemas.boxes import TypedActivity, activity_done
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import FOR_ONE_UNIT, Action, Thing, decide, may_at_all
from shared.access.session import session_of
from shared.bus.record import act_as
from shared.clock import today
from shared.errors import Invalid, Refused
from shared.ids import new_id
from shared.plan import Plan
from shared.plan.shelf import plan_of
from shared.web.i18n import _, current_language
from shared.web.pages import render
from shared.web.parts import Choice
from shared.web.problems import sentence

router = APIRouter(prefix="/hoat-dong")
SessionDep = Annotated[Session, Depends(session_of("publish"), scope="function")]
Reading = Annotated[Principal, may(Action.READ_ACTIVITIES)]
Recording = Annotated[Principal, may(Action.RECORD_ACTIVITY)]
SHORT_CLAUSE = 90


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    kind: str
    unit: str
    clause: str
    held_on: object
    participants: int
    cost_vnd: int


@router.get("")
def log(
    request: Request,
    who: Reading,
    session: SessionDep,
    loai: Annotated[str, Query(max_length=80)] = "",
    nam: Annotated[int | None, Query(ge=1900, le=2200)] = None,
    trang: Annotated[int, Query(ge=1, le=10_000)] = 1,
    da: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """The activities of the plan, an organisation's own only; the latest first, with totals by year and kind."""
    plan = plan_of(who.plan_id)
    asked = Asked(plan.id, own_unit(who), kind=loai, year=nam)
    found, total = activities(session, asked, page=trang)
    sums = totals(session, asked)
    return render(
        request,
        "publish/activities.html",
        lines=[line_of(each, plan) for each in found],
        total=total,
        page=trang,
        pages=-(-total // PER_PAGE),
        page_href=f"/hoat-dong?{urlencode({'loai': loai, 'nam': nam or ''})}&",
        years=year_filters(years(session, asked), chosen=nam, kind=loai),
        kinds=kind_filters(plan, totals(session, Asked(plan.id, own_unit(who), year=nam)), chosen=loai, year=nam),
        sums=[(each, kind_title(plan, each.kind)) for each in sums],
        people=sum(each.participants for each in sums),
        cost=sum(each.cost_vnd for each in sums),
        may_record=may_at_all(who.role, Action.RECORD_ACTIVITY),
        recorded=da == "ghi",
    )


def own_unit(who: Principal) -> UUID | None:
    return who.unit_id if who.role in FOR_ONE_UNIT else None


def line_of(found: Activity, plan: Plan) -> Line:
    return Line(
        title=found.title,
        kind=kind_title(plan, found.kind),
        unit=plan.unit_by_id(found.unit_id).name.to(current_language()),
        clause=plan.clause(found.clause_id).section if found.clause_id else "",
        held_on=found.held_on,
        participants=found.participants,
        cost_vnd=found.cost_vnd,
    )


def kind_title(plan: Plan, kind: str) -> str:
    return plan.activity_kind(kind).title.to(current_language())


def year_filters(found: Sequence[int], *, chosen: int | None, kind: str) -> list[tuple[str, str, bool, int | None]]:
    links: list[tuple[str, str, bool, int | None]] = [(_("Mọi năm"), href(loai=kind), chosen is None, None)]
    return links + [(str(year), href(loai=kind, nam=str(year)), chosen == year, None) for year in found]


def kind_filters(
    plan: Plan, sums: Sequence[Total], *, chosen: str, year: int | None
) -> list[tuple[str, str, bool, int | None]]:
    """One link for each kind that has something, in the plan's order."""
    counts = {kind.id: sum(each.count for each in sums if each.kind == kind.id) for kind in plan.activity_kinds}
    when = str(year) if year else ""
    links: list[tuple[str, str, bool, int | None]] = [(_("Mọi loại"), href(nam=when), not chosen, None)]
    return links + [
        (kind_title(plan, kind), href(loai=kind, nam=when), chosen == kind, count)
        for kind, count in counts.items()
        if count
    ]


def href(**asked: str) -> str:
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/hoat-dong?{query}" if query else "/hoat-dong"


@router.get("/moi")
def form(request: Request, who: Recording) -> Response:
    blank = TypedActivity(new_id(), "", "", who.unit_id, "", f"{today():%d/%m/%Y}", "", "")
    return form_page(request, who, blank, {})


@router.post("/moi")
def record_it(
    request: Request,
    who: Recording,
    id: Annotated[UUID, Form()],  # noqa: A002 -- the form's own name for it
    unit: Annotated[UUID, Form()],
    session: SessionDep,
    kind: Annotated[str, Form(max_length=80)] = "",
    clause: Annotated[str, Form(max_length=80)] = "",
    title: Annotated[str, Form()] = "",
    held_on: Annotated[str, Form(max_length=40)] = "",
    participants: Annotated[str, Form(max_length=40)] = "",
    cost: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Record it; the same form sent twice records it once."""
    act_as(session, who.person_id, request.state.traceparent)
    typed = TypedActivity(id, kind, clause, unit, title, held_on, participants, cost)
    try:
        record_activity(session, activity_done(typed), who=who, today=today())
    except Invalid as refused:
        errors = {name: sentence(request, key) for name, key in refused.faults.items()}
        return form_page(request, who, typed, errors)
    except Refused as refused:
        return form_page(request, who, typed, {}, refusal=sentence(request, refused.key, **refused.details))
    return RedirectResponse("/hoat-dong?da=ghi", HTTPStatus.SEE_OTHER)


def form_page(
    request: Request, who: Principal, typed: TypedActivity, errors: dict[str, str], *, refusal: str = ""
) -> Response:
    """The form; `errors` stand at its fields, a `refusal` on top, and what was typed stays."""
    plan, language = plan_of(who.plan_id), current_language()
    kinds = [Choice(kind.id, kind.title.to(language)) for kind in plan.activity_kinds]
    proved = [clause for clause in plan.clauses if "activity.recorded" in clause.realised_as("event")]
    clauses = [Choice(clause.id, short(f"{clause.section}: {clause.text.to(language)}")) for clause in proved]
    units = [unit for unit in plan.units if decide(who, Action.RECORD_ACTIVITY, Thing(plan.id, unit.id)).allowed]
    return render(
        request,
        "publish/activity.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors or refusal else HTTPStatus.OK,
        typed=typed,
        errors=errors,
        refusal=refusal,
        kinds=[Choice("", _("Chọn một loại")), *kinds],
        clauses=[Choice("", _("Theo loại hoạt động")), *clauses],
        units=[Choice(str(unit.id), unit.name.to(language)) for unit in units],
    )


def short(text: str) -> str:
    return text if len(text) <= SHORT_CLAUSE else f"{text[:SHORT_CLAUSE].rpartition(' ')[0]}…"

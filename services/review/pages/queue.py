"""The list of cases that wait: who waits longest comes first, one link opens the next."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeAlias
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse

from services.review.models import Case
from services.review.pages import words
from services.review.queries.lists import Asked, CaseLine, View, counts, counts_by_field, lines, next_case
from services.review.rules.stages import UNDECIDED, Stage
from shared.access.door import may
from shared.access.principal import Principal, Role
from shared.access.rights import Action
from shared.access.session import session_of
from shared.audit.looks import listed
from shared.audit.note import note
from shared.clock import today
from shared.plan import Plan
from shared.plan.carried import plan_for
from shared.plan.shelf import plan_of
from shared.web.filters import day
from shared.web.i18n import current_language, gettext, ngettext
from shared.web.pages import render
from shared.web.parts import Tone

router = APIRouter()
Reviewer = Annotated[Principal, may(Action.READ_CASE)]
SessionDep = Annotated[Session, Depends(session_of("review"), scope="function")]

LIST = "/xet-duyet"
PAGE_LENGTH = 25
LAST_PAGE = 10_000
LONGEST_SEARCH = 100


#: (label, address, whether it is the present one, how many cases or None): what the macro of filters takes.
FilterLink: TypeAlias = tuple[str, str, bool, int | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """One case in the list, in words."""

    line: CaseLine
    href: str
    unit: str
    facts: str
    sheets: str
    tone: Tone
    status: str
    due: date | None  # the day that is waited for; None once nothing is


@router.get(LIST)
def waiting(
    request: Request, who: Reviewer, session: SessionDep, loc: str = "", q: str = "", trang: str = "", xong: str = ""
) -> HTMLResponse:
    """The list, filtered and searched; `linh-vuc` narrows it to one field."""
    plan = plan_of(who.plan_id)
    field = request.query_params.get("linh-vuc", "")
    known = field if field in {each.id for each in plan.fields} else ""
    asked = Asked(who, plan, today(), words=q[:LONGEST_SEARCH], field=known)
    view = View(loc) if loc in set(View) else first_view(who)
    found = counts(session, asked)
    whole = Asked(who, plan, asked.today)
    totals = found if asked == whole else counts(session, whole)
    pages = max(1, -(-found[view] // PAGE_LENGTH))
    page = min(int(trang), pages) if trang.isdecimal() and 0 < int(trang[:6]) < LAST_PAGE else 1
    rows = lines(session, asked, view, offset=(page - 1) * PAGE_LENGTH, limit=PAGE_LENGTH)
    about = [row.nomination_id for row in rows]
    note(session, listed(who, "cases", about=about, filtered=view.value, searched=bool(q)))
    return render(
        request,
        "review/queue.html",
        alert=alert_of(who, totals),
        urgent=bool(totals[View.OVERDUE] or totals[View.SOON]),
        next_href=next_href(session, whole),
        filters=filter_links(asked, view, found),
        field_filters=field_links(asked, view, counts_by_field(session, whole_of_fields(asked), view)),
        field=plan.field(known).title.to(current_language()) if known else "",
        view=view.value,
        q=asked.words,
        field_id=known,
        rows=[shown(line, plan, today=asked.today) for line in rows],
        empty=empty_words(view, asked),
        today=asked.today,
        page=page,
        pages=pages,
        page_href=address(asked, view) + "&",
        exports=[address(asked, view).replace(LIST, f"{LIST}/danh-sach.{form}", 1) for form in ("csv", "xlsx")],
        done=done_words(session, who, xong),
    )


def first_view(who: Principal) -> View:
    """What a role sees first: its own work; the clerk looks after all."""
    return View.WAITING if who.role is Role.CLERK else View.MINE


def whole_of_fields(asked: Asked) -> Asked:
    return Asked(asked.who, asked.plan, asked.today, words=asked.words)


def next_href(session: Session, asked: Asked) -> str:
    found = next_case(session, asked)
    return f"{LIST}/{found}" if found else ""


def alert_of(who: Principal, found: dict[View, int]) -> list[str]:
    """How much waits for the asker and how urgently, as whole sentences."""
    count = found[View.MINE]
    match who.role:
        case Role.COUNCIL_MEMBER:
            first = ngettext("%(count)s hồ sơ chờ bạn chấm.", "%(count)s hồ sơ chờ bạn chấm.", count)
        case Role.CHAIR:
            first = ngettext("%(count)s hồ sơ chờ bạn quyết định.", "%(count)s hồ sơ chờ bạn quyết định.", count)
        case _:
            first = ngettext("%(count)s hồ sơ chờ xét.", "%(count)s hồ sơ chờ xét.", count)
    soon, late = found[View.SOON], found[View.OVERDUE]
    said = [first]
    if late:
        said.append(ngettext("%(count)s hồ sơ quá hạn trả lời.", "%(count)s hồ sơ quá hạn trả lời.", late))
    if soon:
        said.append(ngettext("%(count)s hồ sơ sắp hết hạn.", "%(count)s hồ sơ sắp hết hạn.", soon))
    return said


def filter_links(asked: Asked, current: View, found: dict[View, int]) -> list[FilterLink]:
    """Every view with its count; the clerk has no "mine", which would be the same as all."""
    views = [view for view in View if not (view is View.MINE and asked.who.role is Role.CLERK)]
    return [(str(words.VIEWS[view]), address(asked, view), view is current, found[view]) for view in views]


def field_links(asked: Asked, view: View, found: dict[str, int]) -> list[FilterLink]:
    """The fields that have a case in this view, in the plan's order, behind the one that lifts the filter."""
    language = current_language()
    every = (gettext("Mọi lĩnh vực"), address(asked, view, field=""), not asked.field, None)
    return [every] + [
        (field.title.to(language), address(asked, view, field=field.id), field.id == asked.field, found[field.id])
        for field in asked.plan.fields
        if field.id in found
    ]


def address(asked: Asked, view: View, *, field: str | None = None) -> str:
    """The list with a filter; search and field stay."""
    parts = {"loc": view.value, "q": asked.words, "linh-vuc": asked.field if field is None else field}
    return f"{LIST}?{urlencode({name: value for name, value in parts.items() if value})}"


def shown(line: CaseLine, plan: Plan, *, today: date) -> Shown:
    language = current_language()
    plan = plan_for(plan.id, line.origin)
    unit, field = plan.unit_by_id(line.unit_id).name.to(language), plan.field(line.field).title.to(language)
    needed = plan.review.members_needed
    tone, status = words.STAGES[line.stage]
    if line.held_until is not None:
        tone, status = words.HELD
    elif line.stage is Stage.RETURNED and line.due_on and line.due_on < today:
        tone, status = words.SUPPLEMENT_LATE
    elif line.stage is Stage.OPEN:
        tone, status = words.ALL_SHEETS_IN if line.sheets >= needed else words.BEING_SCORED
    sheets = gettext("%(count)s trên %(needed)s", count=line.sheets, needed=needed)
    return Shown(
        line=line,
        href=f"{LIST}/{line.id}",
        unit=unit,
        facts=f"{line.code} · {unit} · {field}",
        sheets=gettext("%(sheets)s, có phiếu của bạn", sheets=sheets) if line.mine else sheets,
        tone=tone,
        status=str(status),
        due=due_of(line),
    )


def due_of(line: CaseLine) -> date | None:
    """Until when a held case rests, a unit may supplement, or the commune owes its answer."""
    if line.held_until is not None:
        return line.held_until
    return {Stage.OPEN: line.answer_by, Stage.RETURNED: line.due_on}.get(line.stage)


def empty_words(view: View, asked: Asked) -> str:
    if asked.words:
        return gettext("Không thấy hồ sơ nào có “%(words)s”. Thử ít chữ hơn, hoặc chọn bộ lọc khác.", words=asked.words)
    if view is View.MINE and asked.who.role is Role.CHAIR:
        return str(words.NONE_READY)
    return str(words.NONE.get(view, words.NONE_YET))


def done_words(session: Session, who: Principal, case_id: str) -> str:
    """What the asker has just done to another case, told on the page that follows."""
    try:
        case = session.get(Case, UUID(case_id)) if case_id else None
    except ValueError:
        return ""
    if case is None or case.plan_id != who.plan_id:
        return ""
    return clerks_words(case) if who.role is Role.CLERK else judges_words(case)


def judges_words(case: Case) -> str:
    """What a member or the chair has just done."""
    if case.stage in UNDECIDED:
        return gettext("Đã lưu phiếu chấm hồ sơ %(code)s.", code=case.code)
    return gettext("Đã ghi quyết định về hồ sơ %(code)s: %(stage)s.", code=case.code, stage=words.STAGES[case.stage][1])


def clerks_words(case: Case) -> str:
    """What the clerk has just done."""
    if case.held_until is not None:
        return gettext("Hồ sơ %(code)s tạm dừng đến ngày %(day)s.", code=case.code, day=day(case.held_until))
    if case.stage is Stage.RETURNED:
        return gettext("Đã gửi hồ sơ %(code)s về đơn vị để bổ sung.", code=case.code)
    return gettext("Hồ sơ %(code)s được xét tiếp.", code=case.code)

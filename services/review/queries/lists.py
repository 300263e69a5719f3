"""Cases in lists: filtered, counted, searched without accents, page by page or by cursor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, Select, and_, func, select, true, tuple_
from sqlmodel import Session, col

from services.review.models import Case, Sheet, Supplement
from services.review.rules.stages import Stage
from shared.access.principal import Principal, Role
from shared.access.sight import Sight
from shared.database import transaction
from shared.plan import Plan
from shared.text.fold import folded

SOON_DAYS = 3  # as the deadline chip: from then on it is gold
MOST_WORDS = 8  # of a search
BATCH = 500
MOST_TAKEN_OUT = 20_000


class View(StrEnum):
    """The filters of the list. Values are their names in the page's address."""

    MINE = "viec-cua-toi"
    WAITING = "cho-xet"
    RETURNED = "cho-bo-sung"
    HELD = "tam-dung"
    SOON = "sap-het-han"
    OVERDUE = "qua-han"
    RECOGNISED = "duoc-cong-nhan"
    NURTURE = "boi-duong"
    DECLINED = "khong-cong-nhan"
    WITHDRAWN = "da-rut"


ENDED = {
    View.RECOGNISED: Stage.RECOGNISED,
    View.NURTURE: Stage.NURTURE,
    View.DECLINED: Stage.DECLINED,
    View.WITHDRAWN: Stage.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a list, under which plan, on which day, and what else narrows it down."""

    who: Principal
    plan: Plan
    today: date
    words: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as a list shows it. `sheets` is how many members have scored, `mine` whether the asker has."""

    id: UUID
    nomination_id: UUID
    code: str
    nominee_name: str
    headline: str
    unit_id: UUID
    field: str
    subject_kind: str
    model_kind: str
    submitted_on: date
    answer_by: date
    stage: Stage
    held_until: date | None
    due_on: date | None  # the last day of the newest supplement that the unit was asked for
    decided_on: date | None
    origin: str | None
    sheets: int
    mine: bool


def lines(session: Session, asked: Asked, view: View, *, offset: int, limit: int) -> list[CaseLine]:
    """One page of a view: open cases by the day their answer is due, ended ones latest first."""
    order = (
        (col(Case.answer_by), col(Case.id))
        if view not in ENDED
        else (func.coalesce(col(Case.decided_on), col(Case.taken_back_on)).desc(), col(Case.id).desc())
    )
    wanted = line_query(asked).where(condition(asked, view)).order_by(*order).offset(offset).limit(limit)
    return [CaseLine(**row) for row in session.execute(wanted).mappings()]


def about(session: Session, asked: Asked, view: View) -> Sequence[UUID]:
    """Of which nominations an export tells; bounded by MOST_TAKEN_OUT."""
    wanted = select(col(Case.nomination_id)).where(*scope(asked), condition(asked, view)).limit(MOST_TAKEN_OUT)
    return session.execute(wanted).scalars().all()


def every(engine: Engine, sight: Sight, asked: Asked, view: View) -> Iterator[CaseLine]:
    """All of a view by id. Each batch has a transaction of its own, so that a slow reader holds nothing."""
    after: UUID | None = None
    for _ in range(MOST_TAKEN_OUT // BATCH):
        wanted = line_query(asked).where(condition(asked, view)).order_by(col(Case.id)).limit(BATCH)
        with transaction(engine, sight) as session:
            rows = session.execute(wanted.where(col(Case.id) > after) if after else wanted).mappings()
            batch = [CaseLine(**row) for row in rows]
        yield from batch
        if len(batch) < BATCH:
            return
        after = batch[-1].id


def lines_after(
    session: Session, asked: Asked, stage: Stage | None, *, after: tuple[date, UUID] | None, limit: int
) -> list[CaseLine]:
    """At most `limit` cases of a stage (None: all) by answer_by and id, beginning after the cursor."""
    wanted = line_query(asked).order_by(col(Case.answer_by), col(Case.id)).limit(limit)
    if stage is not None:
        wanted = wanted.where(col(Case.stage) == stage)
    if after is not None:
        wanted = wanted.where(tuple_(col(Case.answer_by), col(Case.id)) > tuple_(*after))
    return [CaseLine(**row) for row in session.execute(wanted).mappings()]


def counts(session: Session, asked: Asked) -> dict[View, int]:
    """{view: how many}, every view present, zeros included; within the search and the field asked for."""
    columns = [func.count().filter(condition(asked, view)).label(view.name) for view in View]
    row = session.execute(select(*columns).where(*scope(asked))).one()
    return dict(zip(View, row, strict=True))


def counts_by_field(session: Session, asked: Asked, view: View) -> dict[str, int]:
    """{field id: how many} of a view, fields without a case left out."""
    wanted = select(col(Case.field), func.count().label("cases")).where(*scope(asked), condition(asked, view))
    return {row.field: row.cases for row in session.execute(wanted.group_by(col(Case.field)))}


def next_case(session: Session, asked: Asked, *, after: Case | None = None) -> UUID | None:
    """The case that waits most urgently for the asker; with `after`, the one that follows it in the list."""
    wanted = select(col(Case.id)).where(*scope(asked), condition(asked, View.MINE))
    if after is not None:
        place = tuple_(col(Case.answer_by), col(Case.id))
        wanted = wanted.where(col(Case.id) != after.id).order_by((place > tuple_(after.answer_by, after.id)).desc())
    return session.execute(wanted.order_by(col(Case.answer_by), col(Case.id)).limit(1)).scalar()


def line_query(asked: Asked) -> Select[Any]:
    """Cases in the asker's scope with the columns of CaseLine."""
    names = (field.name for field in fields(CaseLine) if field.name not in {"sheets", "mine", "due_on"})
    columns = [col(getattr(Case, name)) for name in names]
    counted = (sheets().label("sheets"), scored_by(asked.who).label("mine"), due_on().label("due_on"))
    return select(*columns, *counted).where(*scope(asked))


def scope(asked: Asked) -> list[ColumnElement[bool]]:
    """The asker's own plan, the field, and every word of the search."""
    found = [col(Case.plan_id) == asked.plan.id]
    if asked.field:
        found.append(col(Case.field) == asked.field)
    printable = "".join(letter if letter.isprintable() else " " for letter in asked.words)
    words = folded(printable).split()[:MOST_WORDS]
    return found + [col(Case.folded).contains(word, autoescape=True) for word in words]


def condition(asked: Asked, view: View) -> ColumnElement[bool]:
    """What makes a case belong to a view."""
    if view in ENDED:
        return col(Case.stage) == ENDED[view]
    held = col(Case.held_until).is_not(None)
    if view is View.HELD:
        return held
    if view is View.RETURNED:
        return col(Case.stage) == Stage.RETURNED
    is_open = and_(col(Case.stage) == Stage.OPEN, ~held)
    return and_(is_open, urgency(asked, view))


def urgency(asked: Asked, view: View) -> ColumnElement[bool]:
    """Which of the open cases a view shows."""
    match view:
        case View.MINE:
            return waits_for(asked)
        case View.SOON:
            return col(Case.answer_by).between(asked.today, asked.today + timedelta(days=SOON_DAYS))
        case View.OVERDUE:
            return col(Case.answer_by) < asked.today
        case _:
            return true()


def waits_for(asked: Asked) -> ColumnElement[bool]:
    """Whether an open case waits for the asker: a member's sheet, the chair's decision, the clerk's care."""
    match asked.who.role:
        case Role.COUNCIL_MEMBER:
            return and_(~scored_by(asked.who), not_own(asked.who))
        case Role.CHAIR:
            return and_(sheets() >= asked.plan.review.members_needed, not_own(asked.who))
        case _:
            return true()


def not_own(who: Principal) -> ColumnElement[bool]:
    """Whether somebody else handed the dossier in: their own one the asker may not judge."""
    return col(Case.nominator_id).is_distinct_from(who.person_id)


def sheets() -> ColumnElement[int]:
    """How many members of the case's council have scored it."""
    return select(func.count()).select_from(Sheet).where(*of_its_council()).scalar_subquery()


def due_on() -> ColumnElement[date]:
    """The last day of the newest supplement that a case's unit was asked for."""
    return select(func.max(Supplement.due_on)).where(col(Supplement.case_id) == col(Case.id)).scalar_subquery()


def scored_by(who: Principal) -> ColumnElement[bool]:
    """Whether the asker has scored the case."""
    return select(col(Sheet.case_id)).where(*of_its_council(), col(Sheet.member_id) == who.person_id).exists()


def of_its_council() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The sheets that count for a case."""
    return col(Sheet.case_id) == col(Case.id), col(Sheet.council) == col(Case.plan_id)

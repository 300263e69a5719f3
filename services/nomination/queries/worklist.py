"""The asker's work: what needs them now, what waits for the commune, what was answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, Select, and_, func, or_, tuple_
from sqlmodel import Session, col, select

from services.nomination.models import Nomination, Supplement
from services.nomination.queries.sight import may_see
from services.nomination.rules.stages import Stage
from shared.access.principal import Principal
from shared.access.rights import FOR_ONE_UNIT
from shared.access.sight import Sight
from shared.database import transaction
from shared.text.fold import folded

PER_PAGE = 20
MOST_URGENT = 50
BATCH = 500
MOST_WORDS = 8  # of a search
MOST_TAKEN_OUT = 20_000


class Group(StrEnum):
    """Values are their names in the page's address."""

    NOW = "can-lam"
    WAITING = "cho-tra-loi"
    ANSWERED = "da-tra-loi"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, and the words that narrow it down: code, name and headline, accents or not."""

    who: Principal
    words: str = ""


#: Where a page ended: the day by which its list is ordered, and the nomination's id.
Place = tuple[date, UUID]


def counts(session: Session, asked: Asked) -> Mapping[Group, int]:
    """{group: how many}, every group present; one query."""
    columns = [func.count().filter(condition(asked.who, group)).label(group.name) for group in Group]
    row = session.execute(select(*columns).select_from(Nomination).where(*scope(session, asked))).one()
    return dict(zip(Group, row, strict=True))


def urgent(session: Session, asked: Asked) -> list[tuple[Nomination, date | None]]:
    """What needs the asker now, with the day by which it does: what came back first, then drafts; bounded."""
    due = (
        select(func.max(Supplement.due_on)).where(col(Supplement.nomination_id) == col(Nomination.id)).scalar_subquery()
    )
    wanted = select(Nomination, due).where(*scope(session, asked), condition(asked.who, Group.NOW))
    found = session.exec(wanted.order_by(due.asc().nulls_last(), col(Nomination.id).desc()).limit(MOST_URGENT))
    return [(nomination, day) for nomination, day in found]


def lines(
    session: Session, asked: Asked, group: Group, *, after: Place | None = None, limit: int = PER_PAGE
) -> Sequence[Nomination]:
    """Those of a group behind a place: what waits by the day of its answer, what was answered the latest first."""
    wanted = ordered(select(Nomination).where(*scope(session, asked), condition(asked.who, group)), group, after)
    found: Sequence[Nomination] = session.exec(wanted.limit(limit)).all()
    return found


def ids(session: Session, asked: Asked, group: Group) -> Sequence[UUID]:
    """Of which nominations an export tells; bounded by MOST_TAKEN_OUT."""
    wanted = select(Nomination.id).where(*scope(session, asked), condition(asked.who, group))
    return session.exec(wanted.limit(MOST_TAKEN_OUT)).all()


def every(engine: Engine, sight: Sight, asked: Asked, group: Group) -> Iterator[Nomination]:
    """All of a group. Each batch has a transaction of its own, so that a slow reader holds nothing."""
    after: Place | None = None
    for _ in range(MOST_TAKEN_OUT // BATCH):
        with transaction(engine, sight) as session:
            batch = lines(session, asked, group, after=after, limit=BATCH)
            session.expunge_all()
        yield from batch
        if len(batch) < BATCH:
            return
        after = place_of(batch[-1], group)


def place_of(nomination: Nomination, group: Group) -> Place:
    """The place of a line in its list."""
    day = nomination.answer_by if group is Group.WAITING else nomination.submitted_on
    return day or nomination.created_at.date(), nomination.id


def ordered(wanted: Select[Any], group: Group, after: Place | None) -> Any:
    if group is Group.WAITING:
        place = tuple_(col(Nomination.answer_by), col(Nomination.id))
        wanted = wanted.where(place > tuple_(*after)) if after else wanted
        return wanted.order_by(col(Nomination.answer_by), col(Nomination.id))
    place = tuple_(col(Nomination.submitted_on), col(Nomination.id))
    wanted = wanted.where(place < tuple_(*after)) if after else wanted
    return wanted.order_by(col(Nomination.submitted_on).desc(), col(Nomination.id).desc())


def scope(session: Session, asked: Asked) -> list[ColumnElement[bool]]:
    """What the asker may know of, and every word of the search; a draft is known by its name."""
    found = [may_see(session, asked.who)]
    printable = "".join(letter if letter.isprintable() else " " for letter in asked.words)
    for word in folded(printable).split()[:MOST_WORDS]:
        by_name = col(Nomination.name_folded).contains(word, autoescape=True)
        found.append(or_(col(Nomination.search).contains(word, autoescape=True), by_name))
    return found


def condition(who: Principal, group: Group) -> ColumnElement[bool]:
    """What belongs to a group. A unit supplements what came back; officers wait for it."""
    stage = col(Nomination.stage)
    of_a_unit = who.role in FOR_ONE_UNIT
    match group:
        case Group.NOW if of_a_unit:
            return stage.in_([Stage.DRAFT.value, Stage.RETURNED.value])
        case Group.NOW:
            return and_(stage == Stage.DRAFT.value, col(Nomination.person_id) == who.holder_id)
        case Group.WAITING:
            return stage == Stage.SUBMITTED.value if of_a_unit else stage.in_(["submitted", "returned"])
        case _:
            return stage.not_in([Stage.DRAFT.value, Stage.SUBMITTED.value, Stage.RETURNED.value])

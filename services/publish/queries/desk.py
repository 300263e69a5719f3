"""The editor's desk: which stories wait for what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func, literal_column
from sqlmodel import Session, col, select

from services.publish.models import Publication, Story
from services.publish.rules.stages import Carried, Stage

PER_COLUMN = 6
PER_PAGE = 30


class Pile(StrEnum):
    """The piles on the desk, in the order of the work."""

    TO_WRITE = "cho-viet"
    WRITING = "dang-viet"
    APPROVED = "da-duyet"
    PUBLISHED = "da-dang"
    WITHDRAWN = "da-rut"


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A story on a pile; `stuck` counts the channels on which a person has to look."""

    story: Story
    stuck: int


def pile_of() -> ColumnElement[str]:
    """A draft that nobody touched waits to be written; a touched one is being written."""
    return case(
        (col(Story.stage) == Stage.WITHDRAWN, Pile.WITHDRAWN.value),
        (col(Story.stage) == Stage.PUBLISHED, Pile.PUBLISHED.value),
        (col(Story.stage) == Stage.APPROVED, Pile.APPROVED.value),
        (col(Story.version) > 1, Pile.WRITING.value),
        else_=Pile.TO_WRITE.value,
    )


def pile_counts(session: Session, plan_id: str) -> Mapping[Pile, int]:
    """{pile: how many stories}, every pile present."""
    counts = select(pile_of().label("pile"), func.count()).where(Story.plan_id == plan_id)
    found = dict(session.exec(counts.group_by(literal_column("pile"))).all())
    return {pile: found.get(pile.value, 0) for pile in Pile}


def piles(session: Session, plan_id: str) -> Mapping[Pile, Sequence[OnDesk]]:
    """{pile: its newest stories, at most PER_COLUMN}, every pile present; one query for all."""
    rank = func.row_number().over(partition_by=pile_of(), order_by=(col(Story.updated_at).desc(), col(Story.id)))
    ranked = select(Story.id, pile_of().label("pile"), rank.label("rank")).where(Story.plan_id == plan_id).subquery()
    rows = session.exec(
        select(ranked.c.pile, Story, stuck())
        .join(ranked, ranked.c.id == Story.id)
        .where(ranked.c.rank <= PER_COLUMN)
        .order_by(ranked.c.rank)
    ).all()
    found: dict[Pile, list[OnDesk]] = {pile: [] for pile in Pile}
    for pile, story, count in rows:
        found[Pile(pile)].append(OnDesk(story, count))
    return found


def one_pile(session: Session, plan_id: str, pile: Pile, *, page: int) -> Sequence[OnDesk]:
    """A page of one pile, newest first."""
    statement = (
        select(Story, stuck())
        .where(Story.plan_id == plan_id, pile_of() == pile.value)
        .order_by(col(Story.updated_at).desc(), col(Story.id))
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return [OnDesk(story, count) for story, count in session.exec(statement).all()]


def stuck() -> ColumnElement[int]:
    """How many channels of the story failed or are unknown."""
    return (
        select(func.count())
        .where(
            col(Publication.story_id) == col(Story.id),
            col(Publication.state).in_([Carried.FAILED.value, Carried.UNKNOWN.value]),
        )
        .correlate(Story)
        .scalar_subquery()
    )

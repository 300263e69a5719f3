"""Candidates as their people see them: a unit its own, the commune's officers all of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, func, tuple_
from sqlmodel import Session, and_, col, or_, select

from services.nomination.models import Candidate, MeasureRow, Nomination, TrailRow
from services.nomination.queries.sight import former_places, own_places
from services.nomination.queries.worklist import BATCH, MOST_TAKEN_OUT, MOST_WORDS
from services.nomination.rules.candidacy import CandidateStage
from services.nomination.rules.stages import Stage
from shared.access.principal import Principal
from shared.access.rights import FOR_ONE_UNIT
from shared.access.sight import Sight
from shared.database import transaction
from shared.errors import NotFound
from shared.succession import Place as UnitPlace
from shared.text.fold import folded

PER_PAGE = 20
MOST_MEASURES = 60  # of one candidate
MOST_TRAIL = 300  # entries of one candidate that a page shows

#: Where a page ended: the day by which the list is ordered, and the candidate's id.
Place = tuple[date, UUID]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for which candidates; the words are looked for in name and mentor, accents or not."""

    who: Principal
    stage: CandidateStage = CandidateStage.NURTURED
    words: str = ""


def visible_candidate(session: Session, who: Principal, candidate_id: UUID, *, lock: bool = False) -> Candidate:
    """The candidate, locked if it is to change. Raises NotFound when there is none for the asker."""
    wanted = select(Candidate).where(Candidate.id == candidate_id, may_see_candidate(session, who))
    found = session.exec(wanted.with_for_update() if lock else wanted).one_or_none()
    if found is None:
        raise NotFound("thing.unknown")
    return found


def may_see_candidate(session: Session, who: Principal) -> ColumnElement[bool]:
    if who.role in FOR_ONE_UNIT:
        return at(own_places(session, who))
    own = col(Candidate.plan_id) == who.plan_id
    former = former_places(session, who)
    return or_(own, at(former)) if former else own


def at(places: list[UnitPlace]) -> ColumnElement[bool]:
    units = [(place.plan_id, place.unit_id) for place in places]
    return tuple_(col(Candidate.plan_id), col(Candidate.unit_id)).in_(units)


def counts(session: Session, asked: Asked) -> Mapping[CandidateStage, int]:
    """{stage: how many}, every stage present."""
    wanted = select(Candidate.stage, func.count()).where(*scope(session, asked)).group_by(col(Candidate.stage))
    known = {CandidateStage(stage): count for stage, count in session.exec(wanted)}
    return {stage: known.get(stage, 0) for stage in CandidateStage}


def lines(
    session: Session, asked: Asked, *, after: Place | None = None, limit: int = PER_PAGE + 1
) -> Sequence[Candidate]:
    """Candidates of a stage behind a place, what is due first first."""
    wanted = select(Candidate).where(*scope(session, asked), Candidate.stage == asked.stage.value)
    place = tuple_(col(Candidate.next_due), col(Candidate.id))
    if after:
        wanted = wanted.where(place > tuple_(*after))
    return session.exec(wanted.order_by(col(Candidate.next_due), col(Candidate.id)).limit(limit)).all()


def ids(session: Session, asked: Asked) -> Sequence[UUID]:
    """Of whom an export tells."""
    wanted = select(Candidate.id).where(*scope(session, asked), Candidate.stage == asked.stage.value)
    return session.exec(wanted.limit(MOST_TAKEN_OUT)).all()


def every(engine: Engine, sight: Sight, asked: Asked) -> Iterator[Candidate]:
    """All of a stage. Each batch has a transaction of its own, so that a slow reader holds nothing."""
    after: Place | None = None
    for _ in range(MOST_TAKEN_OUT // BATCH):
        with transaction(engine, sight) as session:
            batch = lines(session, asked, after=after, limit=BATCH)
            session.expunge_all()
        yield from batch
        if len(batch) < BATCH:
            return
        after = (batch[-1].next_due, batch[-1].id)


def scope(session: Session, asked: Asked) -> list[ColumnElement[bool]]:
    found = [may_see_candidate(session, asked.who)]
    printable = "".join(letter if letter.isprintable() else " " for letter in asked.words)
    words = folded(printable).split()[:MOST_WORDS]
    return found + [col(Candidate.search).contains(word, autoescape=True) for word in words]


def measures_of(session: Session, candidate_id: UUID) -> Sequence[MeasureRow]:
    """What is planned, the first due first."""
    wanted = select(MeasureRow).where(MeasureRow.candidate_id == candidate_id)
    return session.exec(wanted.order_by(col(MeasureRow.due_on), col(MeasureRow.id)).limit(MOST_MEASURES)).all()


def open_measures(session: Session, plan_id: str, *, until: date) -> list[tuple[Candidate, MeasureRow]]:
    """The steps that are open for a plan's candidates and due by a day, of which the next word was not said yet."""
    wanted = (
        select(Candidate, MeasureRow)
        .join(MeasureRow, col(MeasureRow.candidate_id) == col(Candidate.id))
        .where(
            Candidate.plan_id == plan_id,
            Candidate.stage == CandidateStage.NURTURED.value,
            col(Candidate.next_due) <= until,
            col(MeasureRow.due_on) <= until,
            col(MeasureRow.done_on).is_(None),
            col(MeasureRow.overdue_on).is_(None),
        )
    )
    found = session.exec(wanted.order_by(col(MeasureRow.due_on), col(MeasureRow.id)).with_for_update(of=MeasureRow))
    return [(candidate, measure) for candidate, measure in found]


def measure_in(session: Session, candidate_id: UUID, measure_id: UUID) -> MeasureRow:
    """A step of that candidate. Raises NotFound."""
    found = session.get(MeasureRow, measure_id)
    if found is None or found.candidate_id != candidate_id:
        raise NotFound("thing.unknown")
    return found


def trail_of(session: Session, candidate_id: UUID) -> Sequence[TrailRow]:
    """What was done, oldest first; of a longer trail the newest MOST_TRAIL. On its day, the beginning comes first."""
    begins = col(TrailRow.kind).in_(["chosen", "identified"])
    newest = (col(TrailRow.happened_on).desc(), begins, col(TrailRow.noted_at).desc(), col(TrailRow.id).desc())
    found = session.exec(
        select(TrailRow).where(TrailRow.candidate_id == candidate_id).order_by(*newest).limit(MOST_TRAIL)
    ).all()
    return found[::-1]


def nomination_from(session: Session, candidate: Candidate) -> Nomination | None:
    """The nomination that was made of a candidate last, a draft or one that was sent; withdrawn ones are over."""
    wanted = select(Nomination).where(
        and_(Nomination.candidate_id == candidate.id, col(Nomination.stage) != Stage.WITHDRAWN.value)
    )
    return session.exec(wanted.order_by(col(Nomination.id).desc()).limit(1)).first()


def candidate_behind(session: Session, nomination: Nomination) -> Candidate | None:
    """Whom the unit had nurtured before it nominated them."""
    return session.get(Candidate, nomination.candidate_id) if nomination.candidate_id else None

"""Pairs of nominations that look alike, and everything that was said of one nominee over the years."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, text, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from services.nomination.models import Nomination, Pairing
from services.nomination.queries.sight import former_plans
from services.nomination.rules.same_person import Level
from services.nomination.rules.verdicts import Verdict
from shared.access.principal import Principal
from shared.errors import NotFound

PER_PAGE = 20
MOST_OF_ONE = 50  # nominations of one nominee


@dataclass(frozen=True, slots=True)
class Pair:
    """A pairing with both its nominations."""

    pairing: Pairing
    earlier: Nomination
    later: Nomination


#: Where a page of the list ended.
PlaceInList = tuple[UUID, UUID]


def listed_pairs(
    session: Session, who: Principal, verdict: Verdict, *, after: PlaceInList | None = None, limit: int = PER_PAGE
) -> list[Pair]:
    """Pairs with this verdict, those of the newest nominations first. A household and its head are no question."""
    plans = (who.plan_id, *former_plans(session, who.plan_id))
    place = tuple_(col(Pairing.later_id), col(Pairing.earlier_id))
    conditions = [
        col(Pairing.plan_id).in_(plans),
        col(Pairing.verdict) == verdict.value,
        col(Pairing.level) != Level.RELATED.value,
        *([place < tuple_(*after)] if after else []),
    ]
    return pairs(session, *conditions, limit=limit)


def pairs_of(session: Session, nomination_id: UUID) -> list[Pair]:
    """All pairs of one nomination that the asker may see both sides of; those told apart are left out."""
    mine = or_(col(Pairing.earlier_id) == nomination_id, col(Pairing.later_id) == nomination_id)
    return pairs(session, mine, col(Pairing.verdict) != Verdict.DIFFERENT.value, limit=MOST_OF_ONE)


def pair_of(session: Session, one_id: UUID, other_id: UUID, *, lock: bool = False) -> Pair:
    """The pair of two nominations, in whatever order, its row locked if it is to change. Raises NotFound."""
    if lock:
        session.exec(
            select(Pairing.level)
            .where(Pairing.earlier_id == min(one_id, other_id), Pairing.later_id == max(one_id, other_id))
            .with_for_update()
        ).first()
    both = [col(Pairing.earlier_id) == min(one_id, other_id), col(Pairing.later_id) == max(one_id, other_id)]
    found = pairs(session, *both, limit=1)
    if not found:
        raise NotFound("thing.unknown")
    return found[0]


def pairs(session: Session, *conditions: object, limit: int) -> list[Pair]:
    earlier, later = aliased(Nomination), aliased(Nomination)
    wanted = (
        select(Pairing, earlier, later)
        .join(earlier, earlier.id == col(Pairing.earlier_id))  # type: ignore[arg-type]  # an alias's column
        .join(later, later.id == col(Pairing.later_id))  # type: ignore[arg-type]  # as above
        .where(*conditions)  # type: ignore[arg-type]  # conditions, all of them
        .order_by(col(Pairing.later_id).desc(), col(Pairing.earlier_id).desc())
        .limit(limit)
    )
    return [Pair(*row) for row in session.exec(wanted)]


def one_nominee(session: Session, nomination_id: UUID) -> Sequence[Nomination]:
    """The nomination and all that people said are about the same nominee, as far as the asker may see; oldest first."""
    ids = session.execute(JOINED, {"id": nomination_id, "most": MOST_OF_ONE}).scalars().all()
    wanted = select(Nomination).where(col(Nomination.id).in_(ids))
    return session.exec(wanted.order_by(col(Nomination.submitted_on), col(Nomination.id))).all()


#: Whoever is the same as the same is the same: along the pairs, in either direction.
JOINED = text("""
    WITH RECURSIVE joined (id) AS (
        SELECT CAST(:id AS uuid)
        UNION
        SELECT CASE WHEN pairing.earlier_id = joined.id THEN pairing.later_id ELSE pairing.earlier_id END
        FROM joined JOIN nomination.pairing
            ON pairing.verdict = 'same' AND joined.id IN (pairing.earlier_id, pairing.later_id)
    )
    SELECT id FROM joined LIMIT :most
""")

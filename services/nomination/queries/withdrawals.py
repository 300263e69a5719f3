"""Consents that were taken back and of which something is still owed."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import tuple_
from sqlmodel import Session, col, func, select

from services.nomination.models import ConsentParty, ConsentWithdrawal, Happening, Nomination
from services.nomination.queries.sight import may_see
from services.nomination.rules.clocks import LONGEST_NOTICE
from shared.access.principal import Principal
from shared.errors import NotFound

PER_PAGE = 20

#: Where a page ended: the nearest last day of its last line, and the request's id.
Place = tuple[date, UUID]
Line = tuple[ConsentWithdrawal, Nomination, ConsentParty]


def open_withdrawals(session: Session, who: Principal, *, after: Place | None = None) -> Sequence[Line]:
    """What is owed, the nearest last day first; one more than a page where there is a next one."""
    wanted = (
        select(ConsentWithdrawal, Nomination, ConsentParty)
        .join(Nomination, col(Nomination.id) == col(ConsentWithdrawal.nomination_id))
        .join(ConsentParty, col(ConsentParty.id) == col(ConsentWithdrawal.party_id))
        .where(col(ConsentWithdrawal.next_due).is_not(None), may_see(session, who))
    )
    place = tuple_(col(ConsentWithdrawal.next_due), col(ConsentWithdrawal.id))
    wanted = wanted.where(place > tuple_(*after)) if after else wanted
    found: Sequence[Line] = session.exec(wanted.order_by(place).limit(PER_PAGE + 1)).all()
    return found


def count_open(session: Session, who: Principal) -> int:
    """How many requests are open, as far as the asker may know of them."""
    wanted = (
        select(func.count())
        .select_from(ConsentWithdrawal)
        .join(Nomination, col(Nomination.id) == col(ConsentWithdrawal.nomination_id))
        .where(col(ConsentWithdrawal.next_due).is_not(None), may_see(session, who))
    )
    return session.exec(wanted).one()


def withdrawal_for(session: Session, who: Principal, withdrawal_id: UUID, *, lock: bool = False) -> Line:
    """One request with what it is about; the request is locked if it is to change. Raises NotFound."""
    wanted = (
        select(ConsentWithdrawal, Nomination, ConsentParty)
        .join(Nomination, col(Nomination.id) == col(ConsentWithdrawal.nomination_id))
        .join(ConsentParty, col(ConsentParty.id) == col(ConsentWithdrawal.party_id))
        .where(ConsentWithdrawal.id == withdrawal_id, may_see(session, who))
    )
    found = session.exec(wanted.with_for_update(of=ConsentWithdrawal) if lock else wanted).one_or_none()
    if found is None:
        raise NotFound("thing.unknown")
    return found


def withdrawals_of(session: Session, nomination_id: UUID) -> Sequence[ConsentWithdrawal]:
    """Every request about a dossier, the newest first; bounded by what people have said of it."""
    wanted = select(ConsentWithdrawal).where(ConsentWithdrawal.nomination_id == nomination_id)
    return session.exec(wanted.order_by(col(ConsentWithdrawal.id).desc())).all()


def last_of_party(session: Session, party_id: UUID, nomination_id: UUID) -> ConsentWithdrawal | None:
    """What somebody took back last."""
    found = withdrawals_of(session, nomination_id)
    return next((each for each in found if each.party_id == party_id), None)


def near_their_day(session: Session, plan_id: str, today: date) -> Sequence[tuple[ConsentWithdrawal, Nomination]]:
    """Open requests under a plan of which something is due soon or overdue, locked."""
    wanted = (
        select(ConsentWithdrawal, Nomination)
        .join(Nomination, col(Nomination.id) == col(ConsentWithdrawal.nomination_id))
        .where(Nomination.plan_id == plan_id, col(ConsentWithdrawal.next_due) <= today + timedelta(LONGEST_NOTICE))
    )
    ordered = wanted.order_by(col(ConsentWithdrawal.next_due), col(ConsentWithdrawal.id))
    return session.exec(ordered.with_for_update(of=ConsentWithdrawal)).all()


def went_up(session: Session, nomination_id: UUID) -> bool:
    """Whether the dossier was handed on to an upper tier, which then has a copy."""
    wanted = select(Happening.id).where(Happening.nomination_id == nomination_id, Happening.kind == "put_forward")
    return session.exec(wanted.limit(1)).first() is not None

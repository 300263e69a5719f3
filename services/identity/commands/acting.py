"""Let somebody act in the office of another, and take it back. Leave is the same with another reason."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from services.identity.models.acting import Delegation
from services.identity.models.people import Office
from services.identity.queries.accounts import HeldOffice, office_in_force, offices_of
from services.identity.queries.acting import Lending, lending, today_in_vietnam
from services.identity.rules.accounts import text_of
from services.identity.rules.offices import LONGEST_NOTE, Reason, check_days, check_delegable
from shared.bus.record import record
from shared.errors import NotFound, Refused
from shared.events.identity import OfficeDelegated, OfficeDelegationRevoked
from shared.plan.shelf import plan_of


def delegate(
    session: Session,
    *,
    office_id: UUID,
    delegate_id: UUID,
    first_day: date,
    last_day: date,
    reason: Reason,
    note: str,
    granted_by: UUID,
) -> UUID:
    """Let the delegate act in the office from the first day to the last, both included; said as `office.delegated`.

    Raises NotFound("office.unknown") for one that is not in force, and Refused("delegation.…") for a role or days that
    cannot be lent, for somebody who does not serve under the same plan, and for days that they have already.
    """
    session.execute(select(col(Office.id)).where(col(Office.id) == office_id).with_for_update())  # one at a time
    held = office_in_force(session, office_id)
    if held is None:
        raise NotFound("office.unknown")
    check_delegable(held.office.role)
    check_days(first=first_day, last=last_day, today=today_in_vietnam(session))
    check_delegate(session, held, delegate_id)
    check_free(session, held, delegate_id, first_day=first_day, last_day=last_day)
    lent = Delegation(
        office_id=held.id,
        delegate_id=delegate_id,
        reason=reason.value,
        first_day=first_day,
        last_day=last_day,
        note=text_of(note, longest=LONGEST_NOTE),
        granted_by=granted_by,
    )
    session.add(lent)
    session.flush()
    record(session, delegated(lent, held), plan_of(held.office.plan_id))
    return lent.id


def delegated(lent: Delegation, held: HeldOffice) -> OfficeDelegated:
    return OfficeDelegated(
        person_id=held.person_id,
        delegation_id=lent.id,
        delegate_id=lent.delegate_id,
        role=held.office.role,
        unit_id=held.office.unit_id,
        reason=lent.reason,
        first_day=lent.first_day,
        last_day=lent.last_day,
    )


def check_delegate(session: Session, held: HeldOffice, delegate_id: UUID) -> None:
    """Raise Refused unless somebody else is meant, who serves under the plan and does not hold the same office."""
    if delegate_id == held.person_id:
        raise Refused("delegation.to_oneself")
    own = [one.office for one in offices_of(session, delegate_id)]
    if held.office in own:
        raise Refused("delegation.holds_it_already")
    if all(office.plan_id != held.office.plan_id for office in own):
        raise Refused("delegation.not_of_the_commune")


def check_free(session: Session, held: HeldOffice, delegate_id: UUID, *, first_day: date, last_day: date) -> None:
    """Raise Refused when the delegate may act in the office on one of these days anyhow."""
    overlapping = select(col(Delegation.id)).where(
        col(Delegation.office_id) == held.id,
        col(Delegation.delegate_id) == delegate_id,
        col(Delegation.revoked_at).is_(None),
        col(Delegation.first_day) <= last_day,
        col(Delegation.last_day) >= first_day,
    )
    if session.execute(overlapping.limit(1)).first() is not None:
        raise Refused("delegation.twice")


def revoke(session: Session, delegation_id: UUID) -> Lending:
    """Take an office back before its last day; said as `office.delegation_revoked`. Takes effect within two seconds.

    Raises NotFound("delegation.unknown") for one that is over or was taken back.
    """
    lent = lending(session, delegation_id)
    taken = session.execute(
        update(Delegation)
        .where(col(Delegation.id) == delegation_id, col(Delegation.revoked_at).is_(None))
        .values(revoked_at=func.now())
        .returning(col(Delegation.id))
    ).first()
    if lent is None or taken is None:
        raise NotFound("delegation.unknown")
    said = OfficeDelegationRevoked(
        person_id=lent.held.person_id,
        delegation_id=lent.id,
        delegate_id=lent.delegate_id,
        role=lent.held.office.role,
        unit_id=lent.held.office.unit_id,
    )
    record(session, said, plan_of(lent.held.office.plan_id))
    return lent

"""Questions about approval links. Reads only."""

from uuid import UUID

from sqlmodel import Session

from services.identity.queries.accounts import HeldOffice, offices_in
from shared.access.principal import Role
from shared.access.reach import Errand

#: Who may be sent for what.
ERRANDS: dict[Role, Errand] = {Role.COUNCIL_MEMBER: Errand.SCORE, Role.CHAIR: Errand.DECIDE}


def council_of(session: Session, plan_id: str) -> tuple[HeldOffice, ...]:
    """The offices of the plan's council and chair, in whose name a link may be made."""
    return tuple(held for held in offices_in(session, (plan_id,)) if held.office.role in ERRANDS)


def one_of_council(session: Session, plan_id: str, office_id: UUID) -> HeldOffice | None:
    return next((held for held in council_of(session, plan_id) if held.id == office_id), None)

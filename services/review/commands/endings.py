"""A commune that has ended takes no further step."""

from sqlmodel import Session

from services.review.models import Case
from services.review.queries.cases import ending_of_commune
from shared.errors import Refused


def require_going_on(session: Session, case: Case, refusal: str) -> None:
    """Raise Refused(refusal), with the day and who goes on, when the commune that has the case has ended."""
    ending = ending_of_commune(session, case.plan_id)
    if ending:
        raise Refused(
            refusal,
            day=f"{ending.on:%d/%m/%Y}",
            former=ending.former_name,
            successor=ending.successor_name,
        )

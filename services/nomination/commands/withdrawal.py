"""A unit takes its dossier back, or the nominee the consent."""

from uuid import UUID

from sqlmodel import Session

from services.nomination.commands.candidates import take_back
from services.nomination.models import Happening, Nomination
from services.nomination.queries.nominations import visible
from services.nomination.rules.fault import Fault, Incomplete
from services.nomination.rules.stages import Stage, Step, after
from shared.access.principal import Principal
from shared.bus.record import record
from shared.clock import day_of, now
from shared.events.nomination import NominationWithdrawn
from shared.text.clean import Unclean, cleaned

SHORTEST_REASON, LONGEST_REASON = 5, 500  # characters


def withdraw(session: Session, who: Principal, nomination_id: UUID, reason: str) -> Nomination:
    """Take a nomination back, at any stage after sending; twice is once. Under an ended plan too: consent goes first.

    Raises NotFound, Refused("nomination.not_sent") for a draft, Incomplete without a reason.
    """
    nomination = visible(session, who, nomination_id, lock=True)
    if nomination.stage == Stage.WITHDRAWN:
        return nomination
    stage = after(Stage(nomination.stage), Step.WITHDRAW)
    words = checked_reason(reason)
    moment = now()
    nomination.stage = stage.value
    nomination.held_until = None
    nomination.changed_at = moment
    nomination.version += 1
    event = NominationWithdrawn(
        nomination_id=nomination.id, code=nomination.code or "", unit_id=nomination.unit_id, reason=words
    )
    event_id = record(session, event, nomination.plan)
    take_back(session, nomination, why=words, on=day_of(moment))
    session.add(Happening(id=event_id, nomination_id=nomination.id, kind="withdrawn", happened_at=moment, detail=words))
    return nomination


def checked_reason(reason: str) -> str:
    """The reason as the commune reads it. Raises Incomplete."""
    try:
        words = cleaned(reason, longest=LONGEST_REASON, lines=True)
    except Unclean as refused:
        raise Incomplete({"reason": Fault(refused.key, refused.details)}) from refused
    if len(words) < SHORTEST_REASON:
        raise Incomplete({"reason": Fault("reason.missing", {"shortest": SHORTEST_REASON})})
    return words

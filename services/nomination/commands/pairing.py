"""Nominees who look alike: the product suggests, people say whether they are one, and may take that back."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from services.nomination.models import Nomination, Pairing
from services.nomination.queries.kin import found_alike
from services.nomination.queries.pairings import Pair, pair_of
from services.nomination.rules.verdicts import Verdict, require_new
from shared.access.principal import Principal
from shared.bus.record import record
from shared.clock import now
from shared.events.event import Event
from shared.events.nomination import NomineeMerged, NomineeReconsidered, NomineeSeparated


def suggest(session: Session, nomination: Nomination) -> None:
    """Remember which others may be about the same nominee. What was suggested or decided before stays as it is."""
    rows = [
        {
            "earlier_id": min(nomination.id, found.nomination.id),
            "later_id": max(nomination.id, found.nomination.id),
            "plan_id": nomination.plan_id,
            "level": found.likeness.level.value,
            "reasons": [reason.value for reason in found.likeness.reasons],
            "same_deed": found.same_deed,
            "found_at": now(),
            "verdict": Verdict.OPEN.value,
            "decided_by_name": "",
        }
        for found in found_alike(session, nomination)
    ]
    if rows:
        session.execute(insert(Pairing).on_conflict_do_nothing(), rows)


def judge(session: Session, who: Principal, one_id: UUID, other_id: UUID, verdict: Verdict) -> Pair:
    """Say that both are one nominee or two, or take that back; said twice, it is said once.

    Raises NotFound where the product suggested nothing or the asker may not see both, Refused("pairing.decided") for
    one verdict over another.
    """
    pair = pair_of(session, one_id, other_id, lock=True)
    pairing = pair.pairing
    before = Verdict(pairing.verdict)
    if before is verdict:
        return pair
    require_new(before, verdict)
    pairing.verdict = verdict.value
    pairing.decided_by, pairing.decided_by_name, pairing.decided_at = who.person_id, who.name, now()
    record(session, said_of(pair, verdict), pair.later.plan)
    return pair


def said_of(pair: Pair, verdict: Verdict) -> Event:
    """The fact, about the later nomination."""
    told = {
        "nomination_id": pair.later.id,
        "other_id": pair.earlier.id,
        "code": pair.later.code or "",
        "other_code": pair.earlier.code or "",
        "unit_id": pair.later.unit_id,
    }
    match verdict:
        case Verdict.SAME:
            found = {"level": pair.pairing.level, "reasons": pair.pairing.reasons, "same_deed": pair.pairing.same_deed}
            return NomineeMerged(**told, **found)
        case Verdict.DIFFERENT:
            return NomineeSeparated(**told)
        case Verdict.OPEN:
            return NomineeReconsidered(**told)

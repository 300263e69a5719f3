"""A sheet filled in by hand, keyed in with its scan: one transaction, and the paper stays as the proof."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from services.nomination.commands.drafts import save_sheet, start_draft, submit
from services.nomination.commands.evidence import bring
from services.nomination.models import Nomination
from services.nomination.rules.complete import draft_faults
from services.nomination.rules.consent import Proof
from services.nomination.rules.typed import Sheet, Typed
from shared.access.principal import Principal
from shared.evidence.evidence import Evidence
from shared.plan import Plan


def key_in(
    session: Session,
    who: Principal,
    nomination_id: UUID,
    *,
    plan: Plan,
    typed: Typed,
    scan: Sequence[Evidence],
    today: date,
) -> bool:
    """Hand the sheet in with its scan; whether it went. What is not complete stays as a draft, scan and all.

    `nomination_id` comes with the form, so that a form sent twice is one nomination. The proof of consent is the
    signature on the paper. Raises Refused as `start_draft` and `submit` do, Refused("evidence.too_many").
    """
    if known := session.get(Nomination, nomination_id):  # in the asker's sight only
        return known.code is not None
    start_draft(session, who, plan, today, draft_id=nomination_id)
    session.flush()
    everything = {**typed, "proof": [Proof.SIGNED_PAPER.value]}
    for sheet in Sheet:
        everything = {**everything, **save_sheet(session, who, nomination_id, sheet, everything)}
    for page in scan:
        bring(session, who, nomination_id, page)
    if draft_faults(plan, who, everything, today):
        return False
    submit(session, who, nomination_id, plan, today)
    return True

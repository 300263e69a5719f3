"""A candidate is ready: a nomination is made of them, with the whole trail as evidence (plan II.2.c)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from services.nomination.commands.drafts import save_sheet, start_draft
from services.nomination.commands.evidence import bring
from services.nomination.commands.transfer import hold_plan
from services.nomination.models import Nomination, TrailRow
from services.nomination.queries.nurture import nomination_from, visible_candidate
from services.nomination.rules.candidacy import CandidateStage, Deed, after_deed
from services.nomination.rules.dossier import STORY_LENGTH
from services.nomination.rules.sources import usual_village
from services.nomination.rules.stages import Stage
from services.nomination.rules.typed import Sheet
from shared.access.principal import Principal, Role
from shared.evidence.evidence import Evidence
from shared.plan import Plan


def make_nomination(
    session: Session,
    who: Principal,
    plan: Plan,
    candidate_id: UUID,
    trail: Sequence[TrailRow],
    paper: Evidence,
    *,
    today: date,
) -> UUID:
    """A draft with what is known of the candidate, and the paper among its evidence; asked twice, it is one draft.

    Consent is asked of the nominee as for any nomination. Raises NotFound, Refused("nurture.graduated" |
    "nurture.stopped" | "nomination.closed" | "nomination.commune_ended").
    """
    hold_plan(session, plan.id)
    candidate = visible_candidate(session, who, candidate_id, lock=True)
    after_deed(CandidateStage(candidate.stage), Deed.NOMINATE)
    known = nomination_from(session, candidate)
    if known and known.stage == Stage.DRAFT:
        return known.id
    draft_id = start_draft(session, who, plan, today)
    session.flush()
    session.get_one(Nomination, draft_id).candidate_id = candidate.id
    village = usual_village(plan, who)
    save_sheet(
        session,
        who,
        draft_id,
        Sheet.WHO,
        {
            "unit": [plan.unit_by_id(candidate.unit_id).key] if who.role is Role.CLERK else [],
            "name": [candidate.name],
            "subject_kind": [candidate.subject_kind],
            "address": [village.vi] if village else [],
        },
    )
    story = story_of(candidate.why, trail)
    save_sheet(session, who, draft_id, Sheet.DEED, {"story": [story], "field": [candidate.field]})
    bring(session, who, draft_id, paper)
    return draft_id


def story_of(why: str, trail: Sequence[TrailRow]) -> str:
    """Why they are promising and what they achieved: a beginning for whoever writes the story."""
    told = [why, *(each.detail for each in trail if each.kind in {Deed.MILESTONE, Deed.PROMOTE})]
    sentences = (text if text.endswith((".", "!", "?", "…")) else f"{text}." for text in told)
    return "\n".join(sentences)[: STORY_LENGTH.stop - 1]

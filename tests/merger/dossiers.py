"""Nominations at every stage, handed in by nomination's own commands."""

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from services.nomination.commands.filing import filing
from services.nomination.commands.intake import Intake, Sent, hand_in
from services.nomination.rules.dossier import Dossier
from shared.access.principal import Principal
from shared.database import engine_of, transaction
from shared.events.review import CaseDeclined, CaseRecognised, CaseSentToNurture
from shared.ids import new_id
from shared.plan import Plan
from tests.merger.conftest import STORY, say, somebody

SENT_ON = date(2025, 6, 27)
FIRST_DEED, DAYS = date(2020, 1, 1), count()  # each dossier tells of another day, or it would be the same once more


def dossier(plan: Plan, **changes: Any) -> Dossier:
    facts: dict[str, Any] = {
        "subject_kind": plan.subject_kinds[0].id,
        "name": "Lò Thị Ấm",
        "birth_year": 1966,
        "address": "Thôn 1",
        "field": plan.fields[-1].id,
        "headline": "Hiến đất làm đường thôn",
        "story": STORY,
        "model_kind": plan.model_kinds[0].id,
        "movement": plan.movements[0].id,
        "areas": (plan.achievement_areas[0].id,),
        "direct_worker": True,
        "given_by": "self",
        "proof": "spoken",
        "publish_name": True,
        "publish_story": True,
    }
    return Dossier(**(facts | changes))


def handed_in(plan: Plan, *, who: Principal | None = None, key: str = "", **changes: Any) -> UUID:
    """The id of a nomination of the plan's first village, sent on SENT_ON."""
    who = who or somebody(plan)
    nomination_id = new_id()
    unit = plan.unit_by_id(who.unit_id)
    told = dossier(plan, **({"happened_on": FIRST_DEED + timedelta(days=next(DAYS))} | changes))
    filed = filing(nomination_id=nomination_id, plan=plan, unit=unit, dossier=told, today=SENT_ON)
    sent = Sent(who.person_id, key or str(nomination_id), b"\0" * 32)
    with transaction(engine_of("nomination")) as session:
        hand_in(session, Intake(filing=filed, who=who, sent=sent, traceparent=None))
    return nomination_id


DECISIONS = {"recognised": CaseRecognised, "nurtured": CaseSentToNurture, "declined": CaseDeclined}


def decision(plan: Plan, nomination_id: UUID, outcome: str) -> Any:
    """What the chair of the plan decided."""
    return DECISIONS[outcome](
        case_id=new_id(),
        nomination_id=nomination_id,
        code="DC-2025-0001",
        unit_id=somebody(plan).unit_id,
        field=plan.fields[-1].id,
        subject_kind=plan.subject_kinds[0].id,
        model_kind=plan.model_kinds[0].id,
        decided_on=date(2025, 6, 30),
        reason="Việc làm thiết thực.",
    )


def decided(plan: Plan, outcome: str, **changes: Any) -> UUID:
    """A nomination that was handed in and decided; the decision waits to be heard."""
    nomination_id = handed_in(plan, **changes)
    say(plan, decision(plan, nomination_id, outcome))
    return nomination_id

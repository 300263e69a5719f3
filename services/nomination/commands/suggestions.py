"""Suggestions: taken in from anybody, answered by the unit that they are for."""

import secrets
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from services.nomination.commands.drafts import save_sheet, start_draft
from services.nomination.commands.transfer import require_going_on
from services.nomination.models import Attempt, Suggestion
from services.nomination.queries.suggestions import suggestion_of
from services.nomination.rules.dossier import require_open
from services.nomination.rules.sources import source_of
from services.nomination.rules.suggestions import KEPT, Origin, SuggestionStage, Told, require_unanswered
from services.nomination.rules.typed import Sheet
from shared.access.principal import Principal, Role
from shared.bus.record import record
from shared.clock import now
from shared.errors import Refused
from shared.events.nomination import SuggestionDeclined, SuggestionEndorsed, SuggestionPassed, SuggestionReceived
from shared.holidays import holidays_from
from shared.ids import new_id
from shared.network import network_of
from shared.plan import Plan
from shared.plan.questions import answer_by
from shared.plan.shelf import plan_of
from shared.text.fold import folded
from shared.tries import Bounds, reserve_try

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read as another
CODE_LETTERS = 8
BOUNDS = Bounds(per_account=200, per_network=10, window=timedelta(hours=1))


def receive(session: Session, plan: Plan, told: Told, today: date, *, by: Principal | None = None) -> Suggestion:
    """Keep what was told; told again, word for word, it is the same. The unit answers as soon as for a dossier.

    `by` is who speaks for a unit; None for a citizen. Raises Refused("nomination.closed" | "nomination.commune_ended").
    """
    require_going_on(session, plan)
    require_open(plan, today)
    origin = Origin(source_of(plan.unit_by_id(by.unit_id).kind).value) if by else Origin.CITIZEN
    row: dict[str, Any] = {
        "id": new_id(),
        "plan_id": plan.id,
        "unit_id": told.unit.id,
        "origin": origin.value,
        "from_unit_id": by.unit_id if by else None,
        "from_person_id": by.person_id if by else None,
        "code": fresh_code(),
        "fingerprint": fingerprint_of(plan, told, by),
        "name": told.name,
        "deed": told.deed,
        "giver": told.giver,
        "phone": told.phone,
        "received_on": today,
        "answer_by": answer_by(plan, submitted_on=today, holidays=holidays_from(today.year)),
        "received_at": now(),
        "stage": SuggestionStage.RECEIVED.value,
        "reason": "",
    }
    kept = session.execute(insert(Suggestion).values(row).on_conflict_do_nothing().returning(col(Suggestion.id)))
    if kept.scalar() is not None:
        facts = ("unit_id", "origin", "from_unit_id", "received_on", "answer_by")
        record(session, SuggestionReceived(suggestion_id=row["id"], **{name: row[name] for name in facts}), plan)
    return session.exec(select(Suggestion).where(Suggestion.fingerprint == row["fingerprint"])).one()


def receive_from_anybody(session: Session, plan: Plan, told: Told, today: date, *, address: str | None) -> Suggestion:
    """As `receive`, for a citizen.

    Raises Refused("suggestion.too_many") too, with the `minutes` to wait, after ten from one network or two hundred
    for one commune within an hour.
    """
    reserve_try(
        session,
        Attempt,
        account=f"suggestions:{plan.id}",
        network=f"suggestions:{network_of(address)}",
        bounds=BOUNDS,
        refusal="suggestion.too_many",
    )
    return receive(session, plan, told, today)


def lead(session: Session, who: Principal, plan: Plan, told: Told, today: date) -> UUID | None:
    """What a unit tells another one of, as `receive`; of what it tells itself, the draft that it goes on with."""
    suggestion = receive(session, plan, told, today, by=who)
    return endorse(session, who, suggestion.id, today) if suggestion.unit_id == who.unit_id else None


def endorse(session: Session, who: Principal, suggestion_id: UUID, today: date) -> UUID:
    """The draft that the unit goes on with; endorsed twice, it is one. A draft that was thrown away is begun anew.

    Raises NotFound, Refused("suggestion.answered") for a declined one, and as `start_draft`.
    """
    suggestion = suggestion_of(session, who, suggestion_id, lock=True)
    if suggestion.nomination_id is not None:
        return suggestion.nomination_id
    if suggestion.stage == SuggestionStage.DECLINED:
        raise Refused("suggestion.answered")
    plan = plan_of(suggestion.plan_id)
    draft_id = start_draft(session, who, plan, today)
    session.flush()
    unit = plan.unit_by_id(suggestion.unit_id)
    where = {"address": [unit.name.vi]} if unit.id != plan.unit.id else {}
    named = {"unit": [unit.key]} if who.role is Role.CLERK else {}
    save_sheet(session, who, draft_id, Sheet.WHO, {"name": [suggestion.name]} | where | named)
    save_sheet(session, who, draft_id, Sheet.DEED, {"story": [suggestion.deed]})
    if suggestion.stage == SuggestionStage.RECEIVED:
        record(session, endorsed(suggestion, draft_id, today), plan)
    suggestion.stage, suggestion.answered_on = SuggestionStage.ENDORSED.value, suggestion.answered_on or today
    suggestion.answered_by, suggestion.nomination_id = who.person_id, draft_id
    return draft_id


def decline(session: Session, who: Principal, suggestion_id: UUID, *, reason: str, today: date) -> None:
    """Not taken up, with the reason; twice is once. Raises NotFound, Refused("suggestion.answered")."""
    suggestion = suggestion_of(session, who, suggestion_id, lock=True)
    if suggestion.stage == SuggestionStage.DECLINED:
        return
    require_unanswered(SuggestionStage(suggestion.stage))
    suggestion.stage, suggestion.reason = SuggestionStage.DECLINED.value, reason
    suggestion.answered_on, suggestion.answered_by = today, who.person_id
    said = SuggestionDeclined(
        suggestion_id=suggestion.id, unit_id=suggestion.unit_id, origin=suggestion.origin, declined_on=today
    )
    record(session, said, plan_of(suggestion.plan_id))


def pass_on(session: Session, who: Principal, suggestion_id: UUID, *, to_unit: UUID, today: date) -> None:
    """Another unit answers; its day is counted from today. To the same unit it changes nothing.

    Raises NotFound, Refused("suggestion.answered").
    """
    suggestion = suggestion_of(session, who, suggestion_id, lock=True)
    if suggestion.unit_id == to_unit:
        return
    require_unanswered(SuggestionStage(suggestion.stage))
    plan, before = plan_of(suggestion.plan_id), suggestion.unit_id
    suggestion.unit_id = plan.unit_by_id(to_unit).id
    suggestion.answer_by = answer_by(plan, submitted_on=today, holidays=holidays_from(today.year))
    said = SuggestionPassed(
        suggestion_id=suggestion.id,
        from_unit_id=before,
        unit_id=to_unit,
        origin=suggestion.origin,
        passed_on=today,
        answer_by=suggestion.answer_by,
    )
    record(session, said, plan)


def forget_suggestions(session: Session, day: date) -> None:
    """Of what was answered more than KEPT ago: a declined one goes, of an endorsed one only who told it."""
    old = col(Suggestion.answered_on) < day - KEPT
    session.execute(delete(Suggestion).where(old, col(Suggestion.stage) == SuggestionStage.DECLINED))
    named = (col(Suggestion.giver) != "") | (col(Suggestion.phone) != "")
    session.execute(update(Suggestion).where(old, named).values(giver="", phone=""))


def endorsed(suggestion: Suggestion, draft_id: UUID, today: date) -> SuggestionEndorsed:
    return SuggestionEndorsed(
        suggestion_id=suggestion.id,
        nomination_id=draft_id,
        unit_id=suggestion.unit_id,
        origin=suggestion.origin,
        endorsed_on=today,
    )


def fresh_code() -> str:
    """A code that nobody can guess: "GY-7K2M-9QXA"."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
    return f"GY-{letters[:4]}-{letters[4:]}"


def fingerprint_of(plan: Plan, told: Told, by: Principal | None) -> UUID:
    who = str(by.person_id) if by else f"{folded(told.giver)} {told.phone}"
    parts = (plan.id, str(told.unit.id), folded(told.name), folded(told.deed), who)
    return UUID(bytes=sha256("\x1f".join(parts).encode()).digest()[:16])

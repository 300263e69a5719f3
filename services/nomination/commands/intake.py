"""The hot path: complete dossiers from programs, checked before they come here.

Requests that arrive together share a transaction (`shared.group_commit`). What each of them hands in is gathered and
written just before the commit: three statements whatever their number, as events are (`shared.bus.record`).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Session as OrmSession
from sqlmodel import Session

from services.nomination.commands.filing import Filing, columns_of, event_of, fingerprint_of
from services.nomination.commands.first_words import first_words, write_first_words
from services.nomination.commands.movements import open_movement, say_found
from services.nomination.commands.photos import attach_photos
from services.nomination.commands.sent_before import sent_before
from services.nomination.commands.transfer import require_going_on
from services.nomination.models import Idempotency, Nomination
from services.nomination.rules.dossier import code_of
from shared.access.principal import Principal
from shared.access.sight import EVERYTHING
from shared.bus.record import act_as, record
from shared.clock import now, set_to
from shared.database import widened
from shared.events.nomination import NominationImported
from shared.idempotency import known_answer

ROUTE = "POST /api/v1/nominations"
HANDED_IN = "nomination.handed_in"


@dataclass(frozen=True, slots=True)
class Sent:
    """By what a request is known when it is sent again."""

    person_id: UUID
    key: str
    body_sha256: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A filing and the request that brought it."""

    filing: Filing
    who: Principal
    sent: Sent
    traceparent: str | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the nominating unit gets: `answer_by` is the last day for the commune's answer."""

    nomination_id: UUID
    code: str
    answer_by: date


@dataclass(slots=True)
class Pending:
    """A dossier that is written when its session commits; then `receipt` is there, unless the key was used before.

    `at` is the moment of the caller's clock: the commit happens elsewhere, where a clock that was set is not known.
    """

    intake: Intake
    at: datetime
    receipt: Receipt | None = None


def hand_in(session: Session, intake: Intake) -> Pending:
    """Hand a complete dossier to the commune when the session commits.

    Raises Incomplete when the photo is not the asker's, or the movement not open in the commune.
    """
    filed = intake.filing
    launched = open_movement(session, filed.plan, filed.dossier.movement, filed.submitted_on)
    intake = replace(intake, filing=replace(filed, launched=launched))
    attach_photos(session, intake.who, filed.dossier.photos, unit_id=filed.unit.id)
    pending = Pending(intake, now())
    session.info.setdefault(HANDED_IN, []).append(pending)
    return pending


def first_receipt(session: Session, sent: Sent) -> Receipt | None:
    """What the first request with this key was answered; None when there was none.

    Raises Refused("idempotency.other_body") when that was a different request.
    """
    known = known_answer(
        session, Idempotency, person_id=sent.person_id, key=sent.key, route=ROUTE, body_sha256=sent.body_sha256
    )
    if known is None:
        return None
    with widened(session, EVERYTHING, why="whoever sent the dossier has its receipt, wherever it has moved since"):
        nomination = session.get_one(Nomination, UUID(known["nomination_id"]))
    assert nomination.code is not None  # noqa: S101 -- what was submitted has a code: nomination_code_from_submission_on
    assert nomination.answer_by is not None  # noqa: S101 -- and a day for the answer
    return Receipt(nomination.id, nomination.code, nomination.answer_by)


@sqlalchemy_event.listens_for(OrmSession, "before_commit", insert=True)  # before the bus writes what was said
def file_all(session: OrmSession) -> None:
    """Write what was handed in; of requests with one key, the first wins.

    Raises Refused("nomination.commune_ended") when one of the fresh ones is for a commune that has ended,
    ("nomination.sent_before") when its unit has sent the very same dossier and it is open or recognised.
    """
    handed_in: list[Pending] = session.info.pop(HANDED_IN, [])
    if not handed_in:
        return
    connection = session.connection()
    numbers = {row.nomination_id: row.number for row in connection.exec_driver_sql(CLAIM, claims_of(handed_in))}
    fresh = [pending for pending in handed_in if pending.intake.filing.nomination_id in numbers]
    for plan in {pending.intake.filing.plan for pending in fresh}:
        require_going_on(session, plan)  # type: ignore[arg-type]  # sqlmodel's Session adds nothing that is used here
    rows, words = [], []
    for pending in fresh:
        filed = pending.intake.filing
        code = code_of(numbers[filed.nomination_id], year=filed.submitted_on.year)
        rows.append(row_of(pending, code))
        words.append(first_words(filed, pending.intake.who, pending.at))
        act_as(session, pending.intake.who.person_id, pending.intake.traceparent)  # type: ignore[arg-type]  # sqlmodel's Session adds nothing that is used here
        with set_to(pending.at):
            if filed.import_id:
                say_imported(session, filed, filed.import_id)  # type: ignore[arg-type]  # as above
            record(session, event_of(filed, code), filed.plan)  # type: ignore[arg-type]  # as above
            if filed.launched:
                say_found(session, filed.plan, filed.launched, nomination_id=filed.nomination_id, unit_id=filed.unit.id)  # type: ignore[arg-type]  # as above
        pending.receipt = Receipt(filed.nomination_id, code, filed.answer_by)
    filed_ids = set(connection.exec_driver_sql(FILE, (json.dumps(rows, default=str, ensure_ascii=False),)).scalars())
    for pending in fresh:
        if pending.intake.filing.nomination_id not in filed_ids:
            raise sent_before(session, fingerprint_of(pending.intake.filing))  # type: ignore[arg-type]  # as above
    write_first_words(connection, words)


def say_imported(session: Session, filed: Filing, import_id: UUID) -> None:
    """Before the dossier itself is told of, so that whoever hears of it knows that it is one of many."""
    imported = NominationImported(nomination_id=filed.nomination_id, import_id=import_id, unit_id=filed.unit.id)
    record(session, imported, filed.plan)


@sqlalchemy_event.listens_for(OrmSession, "after_rollback")
def forget_all(session: OrmSession) -> None:
    """What a rolled-back transaction was to write was never handed in."""
    session.info.pop(HANDED_IN, None)


def claims_of(handed_in: Sequence[Pending]) -> tuple[Any, ...]:
    """One list per column of the claim on an idempotency key."""
    intakes = [pending.intake for pending in handed_in]
    return (
        ROUTE,
        now(),
        [intake.sent.person_id for intake in intakes],
        [intake.sent.key for intake in intakes],
        [intake.sent.body_sha256 for intake in intakes],
        [intake.filing.nomination_id for intake in intakes],
    )


def row_of(pending: Pending, code: str) -> dict[str, Any]:
    """A whole row of the nomination table."""
    intake = pending.intake
    return columns_of(intake.filing, code) | {
        "id": intake.filing.nomination_id,
        "plan_id": intake.filing.plan.id,
        "person_id": intake.who.person_id,
        "version": 1,
        "created_at": pending.at,
        "changed_at": pending.at,
    }


# In the order of the keys, so that transactions that meet wait for each other in one order.
CLAIM = """
    INSERT INTO nomination.idempotency (route, created_at, person_id, key, body_sha256, answer)
    SELECT %s, %s, person_id, key, body, jsonb_build_object('nomination_id', nomination_id)
    FROM unnest(%s::uuid[], %s::text[], %s::bytea[], %s::uuid[]) AS asked (person_id, key, body, nomination_id)
    ORDER BY person_id, key
    ON CONFLICT DO NOTHING
    RETURNING (answer ->> 'nomination_id')::uuid AS nomination_id, nextval('nomination.code_number') AS number
"""
FILE = """
    INSERT INTO nomination.nomination
    SELECT * FROM json_populate_recordset(NULL::nomination.nomination, %s::json)
    ON CONFLICT (fingerprint) WHERE stage IN ('submitted', 'returned', 'recognised', 'published') DO NOTHING
    RETURNING id
"""

"""The hot path: a complete dossier from a program, checked before it comes here, in one statement."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlmodel import Session

from services.nomination.commands.filing import Filing, columns_of, event_of
from services.nomination.commands.photos import attach_photo
from services.nomination.models import Idempotency, Nomination
from services.nomination.rules.dossier import code_of
from shared.access.principal import Principal
from shared.bus.record import act_as, record
from shared.clock import now
from shared.idempotency import known_answer

ROUTE = "POST /api/v1/nominations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A filing and the request that brought it."""

    filing: Filing
    who: Principal
    key: str
    body_sha256: bytes
    traceparent: str | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the nominating unit gets: `answer_by` is the last day for the commune's answer."""

    nomination_id: UUID
    code: str
    answer_by: date


def submit_complete(session: Session, intake: Intake) -> Receipt:
    """Hand a complete dossier to the commune; the same request again gets the same receipt and no second event.

    Raises Refused("idempotency.other_body") when the key was used for something else, Incomplete when the photo is
    not the asker's.
    """
    filed = intake.filing
    if filed.dossier.photo:
        attach_photo(session, intake.who, filed.dossier.photo, unit_id=filed.unit.id)
    number = session.connection().exec_driver_sql(CLAIM_KEY, claim_of(intake)).scalar()
    if number is None:
        return first_receipt(session, intake)
    code = code_of(number, year=filed.submitted_on.year)
    moment = now()
    row = columns_of(filed, code) | {
        "id": filed.nomination_id,
        "plan_id": filed.plan.id,
        "person_id": intake.who.person_id,
        "version": 1,
        "created_at": moment,
        "changed_at": moment,
    }
    session.connection().exec_driver_sql(FILE, row)
    act_as(session, intake.who.person_id, intake.traceparent)
    record(session, event_of(filed, code), filed.plan)
    return Receipt(filed.nomination_id, code, filed.answer_by)


def claim_of(intake: Intake) -> dict[str, Any]:
    """The row that makes this request the first with its key."""
    return {
        "person_id": intake.who.person_id,
        "key": intake.key,
        "route": ROUTE,
        "body_sha256": intake.body_sha256,
        "answer": Jsonb({"nomination_id": str(intake.filing.nomination_id)}),
        "created_at": now(),
    }


def first_receipt(session: Session, intake: Intake) -> Receipt:
    """What the first request with this key was answered."""
    known = known_answer(
        session,
        Idempotency,
        person_id=intake.who.person_id,
        key=intake.key,
        route=ROUTE,
        body_sha256=intake.body_sha256,
    )
    nomination = session.get_one(Nomination, UUID((known or {})["nomination_id"]))
    assert nomination.code is not None  # noqa: S101 -- what was submitted has a code: nomination_code_from_submission_on
    assert nomination.answer_by is not None  # noqa: S101 -- and a day for the answer
    return Receipt(nomination.id, nomination.code, nomination.answer_by)


CLAIM_KEY = """
    WITH claimed AS (
        INSERT INTO nomination.idempotency (person_id, key, route, body_sha256, answer, created_at)
        VALUES (%(person_id)s, %(key)s, %(route)s, %(body_sha256)s, %(answer)s, %(created_at)s)
        ON CONFLICT DO NOTHING
        RETURNING true
    )
    SELECT nextval('nomination.code_number') FROM claimed
"""
FILLED = (
    "id", "plan_id", "unit_id", "person_id", "source", "stage", "version", "code", "subject_kind", "name",
    "birth_year", "address", "field", "headline", "story", "happened_on", "model_kind", "movement", "areas",
    "initiative", "direct_worker", "photo", "given_by", "proof", "publish_name", "publish_story", "publish_photo",
    "consent_text", "submitted_on", "answer_by", "created_at", "changed_at", "name_folded", "search",
)  # fmt: skip
FILE = f"""
    INSERT INTO nomination.nomination ({", ".join(FILLED)})
    VALUES ({", ".join(f"%({column})s" for column in FILLED)})
"""  # noqa: S608 -- column names of our own

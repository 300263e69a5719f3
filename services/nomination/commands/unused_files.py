"""Files that nobody needs any more, given up with a draft or brought and never sent: they stay for a month, then go.

Personal data are kept no longer than what they were taken for (Law 91/2025/QH15).
"""

from datetime import date, datetime, time
from uuid import UUID

from sqlmodel import Session

from services.nomination.adapters import evidence_store, photo_store
from services.nomination.rules.unused import kept_since
from shared.clock import VIETNAM, now

MOST_A_DAY = 1000  # of a commune, and of either sort


def hold_files(session: Session) -> None:
    """Until the transaction ends no file is deleted: it may be about to keep one that is there already."""
    session.connection().exec_driver_sql("SELECT pg_advisory_xact_lock_shared(hashtext('nomination.files'))")


def give_up(session: Session, nomination_id: UUID, evidence_id: UUID | None = None) -> None:
    """Note that one file of a dossier's evidence, or all of it, is about to be taken away."""
    session.connection().exec_driver_sql(GIVE_UP, (now(), nomination_id, evidence_id, evidence_id))


def forget_unused_files(session: Session, plan_id: str, day: date) -> None:
    """Let go what a commune's people gave up, or never sent, more than a month before `day`.

    A photo's row goes one day and its file with what is due on the next: a row that comes back with a transaction that
    failed still has its file.
    """
    connection = session.connection()
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('nomination.files'))")
    asked = (plan_id, datetime.combine(kept_since(day), time.min, VIETNAM), MOST_A_DAY)
    due = set(connection.exec_driver_sql(FORGET, asked).scalars())
    for address in due - set(connection.exec_driver_sql(STILL_KEPT, (list(due),) * 3).scalars()):
        photo_store.remove(address)
        evidence_store.remove(address)
    connection.exec_driver_sql(GIVE_UP_PHOTOS, asked)


GIVE_UP = """
    INSERT INTO nomination.given_up (sha256, plan_id, since)
    SELECT DISTINCT evidence.sha256, plan_id, %s::timestamptz
    FROM nomination.evidence JOIN nomination.nomination ON nomination.id = nomination_id
    WHERE nomination_id = %s AND (%s::uuid IS NULL OR evidence.id = %s)
    ON CONFLICT (sha256, plan_id) DO UPDATE SET since = excluded.since
"""
FORGET = """
    DELETE FROM nomination.given_up WHERE (sha256, plan_id) IN (
        SELECT sha256, plan_id FROM nomination.given_up WHERE plan_id = %s AND since < %s ORDER BY since LIMIT %s
    ) RETURNING sha256
"""
# What a unit has brought too, is evidence of another dossier too, or is the paper of somebody's consent.
STILL_KEPT = """
    SELECT sha256 FROM nomination.photo WHERE sha256 = ANY(%s)
    UNION SELECT sha256 FROM nomination.evidence WHERE sha256 = ANY(%s)
    UNION SELECT scan FROM nomination.consent WHERE scan <> '' AND scan = ANY(%s)
"""
# What no dossier shows and no draft names.
GIVE_UP_PHOTOS = """
    WITH gone AS (
        DELETE FROM nomination.photo WHERE (sha256, plan_id, unit_id) IN (
            SELECT sha256, plan_id, unit_id FROM nomination.photo AS brought
            WHERE plan_id = %s AND brought_at < %s
              AND NOT EXISTS (SELECT 1 FROM nomination.nomination AS shown WHERE shown.photo = brought.sha256)
              AND NOT EXISTS (SELECT 1 FROM nomination.nomination AS shown
                              WHERE shown.more_photos <> '{}' AND shown.more_photos @> ARRAY[brought.sha256])
              AND sha256 NOT IN (SELECT jsonb_array_elements_text(typed -> 'photo') FROM nomination.draft_sheet
                                 WHERE typed ? 'photo')
            ORDER BY brought_at LIMIT %s
        ) RETURNING sha256, plan_id, brought_at
    )
    INSERT INTO nomination.given_up (sha256, plan_id, since)
    SELECT sha256, plan_id, min(brought_at) FROM gone GROUP BY sha256, plan_id ON CONFLICT DO NOTHING
"""

"""How the workers get on: what waits for each, and when it last finished something."""

from dataclasses import dataclass

from sqlalchemy import Engine

from shared.database import transaction


@dataclass(frozen=True, slots=True)
class WorkerProgress:
    """How one worker gets on.

    `due` counts deliveries that were handed to the worker and that it could finish: those that failed, or that wait
    behind an earlier event of their subject, do not speak against it. `idle_s` is None when it never finished any.
    """

    service: str
    due: int
    idle_s: float | None


def worker_progress(engine: Engine) -> list[WorkerProgress]:
    """Every service that has deliveries, by name."""
    with transaction(engine) as session:
        rows = session.connection().exec_driver_sql(PROGRESS).all()
    return [WorkerProgress(row.hearer, row.due, None if row.idle_s is None else float(row.idle_s)) for row in rows]


PROGRESS = """
    SELECT hearer, count(*) AS due, (
        SELECT extract(epoch FROM clock_timestamp() - max(done.done_at)) FROM bus.delivery AS done
        WHERE done.hearer = open.hearer AND done.state = 'done'
    ) AS idle_s
    FROM bus.delivery AS open
    WHERE state = 'pending' AND send_count > 0 AND last_error IS NULL AND NOT EXISTS (
        SELECT 1 FROM bus.delivery AS earlier
        WHERE earlier.hearer = open.hearer AND earlier.subject = open.subject AND earlier.state <> 'done'
          AND earlier.subjectversion < open.subjectversion
    )
    GROUP BY hearer ORDER BY hearer
"""

"""The housekeeper: seals both logs, announces days, clears away what is done. `python -m shared.bus.housekeeper`."""

import signal
import threading
import time

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from shared.audit.trail import TRAIL
from shared.bus.days import announce_days
from shared.bus.seal import EVENTS
from shared.clock import today
from shared.database import owner_engine, transaction
from shared.plan.shelf import shelf
from shared.seal.chain import seal
from shared.seal.heads import publish_heads
from shared.settings import settings

log = structlog.get_logger()
SEAL_EVERY_S = 1.0
DAYS_EVERY_S = 30.0
CLEAR_EVERY_S = 3600.0


def run() -> None:
    """Keep house until SIGTERM."""
    stopping = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopping.set())
    due = {"days": 0.0, "clear": 0.0}
    while not stopping.is_set():
        try:
            sealed = keep_house(owner_engine(), due)
        except OperationalError as error:
            log.warning("housekeeper.database_away", error=str(error.orig).strip()[:200])
            sealed = False
        if not sealed:
            stopping.wait(SEAL_EVERY_S)


def keep_house(engine: Engine, due: dict[str, float]) -> bool:
    """One round; whether there was something to seal."""
    if heads := [*seal(engine, EVENTS), *seal(engine, TRAIL)]:
        publish_heads(heads, settings().var_dir / "chain")
    moment = time.monotonic()
    if moment >= due["days"]:
        announce_days(engine, shelf().values(), today())
        due["days"] = moment + DAYS_EVERY_S
    if moment >= due["clear"]:
        clear_done(engine)
        due["clear"] = moment + CLEAR_EVERY_S
    return bool(heads)


def clear_done(engine: Engine) -> int:
    """Delete deliveries done more than 90 days ago, in small bites; parked ones stay. How many went."""
    cleared = 0
    while True:
        with transaction(engine) as session:
            bite = session.connection().exec_driver_sql(CLEAR).rowcount
        cleared += bite
        if bite == 0:
            return cleared


CLEAR = """
    DELETE FROM bus.delivery WHERE (hearer, event_id) IN (
        SELECT hearer, event_id FROM bus.delivery
        WHERE state = 'done' AND done_at < now() - interval '90 days' LIMIT 5000
    )
"""


if __name__ == "__main__":
    run()

"""Makes the database ready, once, before services start."""

import logging
from datetime import datetime, time

from gateway.demo.nurture import load_candidates
from gateway.demo.sample import load_sample
from services.identity import main as identity
from shared.bus.broker import SERVICES
from shared.clock import VIETNAM, set_to, today
from shared.logs import log_to_stderr
from shared.migrations.upgrade import upgrade
from shared.plan.shelf import shelf

MORNING = time(8, 0)


def migrate() -> None:
    """Bring every schema up to date."""
    log_to_stderr(logging.WARNING)
    upgrade(*SERVICES)


def prepare(with_sample: bool) -> None:
    """Migrate, put every plan on the shelf into force with its sample people, and load what the sample tells."""
    migrate()
    present = today()
    for plan in shelf().values():
        with set_to(datetime.combine(plan.period.starts_on, MORNING, VIETNAM)):
            identity.activate(plan, today=present)
            identity.enroll_sample_people(plan)
    if with_sample:
        load_sample()
        load_candidates()

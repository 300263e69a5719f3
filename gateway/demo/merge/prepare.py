"""Makes the database ready for the merger: both communes in force, with sample people and nominations."""

import asyncio
from datetime import datetime

from gateway.demo.merge.calendar import FORMERS, SINCE
from gateway.demo.prepare import MORNING, migrate
from gateway.demo.sample import load, shares
from services.identity import main as identity
from shared.clock import VIETNAM, set_to, today
from shared.plan.shelf import plan_of


def prepare() -> None:
    """Migrate, put the two communes' plans into force, load their sample. The new plan comes with the merger."""
    migrate()
    present, plans = today(), [plan_of(plan_id) for plan_id in FORMERS]
    for plan in plans:
        with set_to(datetime.combine(plan.period.starts_on, MORNING, VIETNAM)):
            identity.activate(plan, today=present)
            identity.enroll_sample_people(plan)
    asyncio.run(load(dict(shares(plans, since=SINCE)), known={}))

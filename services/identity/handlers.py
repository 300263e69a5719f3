"""What identity hears: that a day began, on which offices may have ended."""

from sqlmodel import Session

from services.identity.commands.leaving import say_endings
from shared.bus.ear import Ear
from shared.bus.told import Told
from shared.events.clock import DayBegan

ear = Ear("identity")


@ear.on(DayBegan)
def say_what_ended(session: Session, told: Told[DayBegan]) -> None:
    """Offices live by the database's clock, which tells better than a demonstration's day which of them have ended."""
    say_endings(session, plan_id=told.plan_id)

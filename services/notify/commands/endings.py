"""A commune ended: its people, the successors' officers and the tier above are told, each once."""

from sqlmodel import Session

from services.notify.commands.telling import deliver
from services.notify.models import EndedPlan
from services.notify.queries.people import people_of
from services.notify.rules.addressing import addressees
from services.notify.rules.matter import Matter
from services.notify.rules.tellings import NOMINATING, TELLINGS
from shared.bus.told import Told
from shared.events.identity import UnitDissolved
from shared.plan import Plan
from shared.succession import Ending, keep_ending


def tell_of_ending(session: Session, told: Told[UnitDissolved]) -> None:
    """Everybody under the ended plan; under the successors' plans those who take over, not those who nominate there."""
    ending = keep_ending(session, EndedPlan, told)
    for plan in (ending.plan, *ending.successors):
        tell_under(session, told, plan, ending)


def tell_under(session: Session, told: Told[UnitDissolved], plan: Plan, ending: Ending) -> None:
    tellings = [
        telling for telling in TELLINGS[UnitDissolved.NAME] if plan.id == ending.plan_id or telling.to not in NOMINATING
    ]
    matter = Matter(told.data, plan)
    reached = addressees(matter, tellings, people_of(session, plan.id), actor_id=told.actor_id)
    deliver(session, matter, reached, event_id=told.id, at=told.time)

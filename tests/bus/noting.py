"""A worker whose handlers leave a row for each time they are called, so that nothing heard twice stays hidden.

`celery -A tests.bus.noting:worker worker -Q report,report.effects`
"""

from sqlalchemy import text
from sqlmodel import Session

from shared.bus.ear import Ear
from shared.bus.told import Told
from shared.bus.worker import worker_of
from shared.effects.outcome import Effect, Outcome, Sent, Unknown
from shared.effects.performer import Performer
from shared.events.review import CaseOpened

HEARER = "report"
SLOWLY = "slow"  # an event with such a code takes 5 ms
LETTERS = "letters"

ear = Ear(HEARER)


@ear.on(CaseOpened)
def note(session: Session, told: Told[CaseOpened]) -> None:
    connection = session.connection()
    if told.data.code.startswith(SLOWLY):
        connection.execute(text("SELECT pg_sleep(0.005)"))
    connection.execute(
        text("INSERT INTO public.heard (event_id, code) VALUES (:id, :code)"), {"id": told.id, "code": told.data.code}
    )


def prepare(_session: Session, effect: Effect) -> str:
    return effect.target


def send(effect: Effect, target: str) -> Outcome:
    """To the target "deaf" a letter goes out and no answer ever comes."""
    leave_outside(effect.key, "sent")
    if target == "deaf":
        leave_outside(effect.key, "waiting", for_ever=True)
    return Sent(effect.key)


def look_up(effect: Effect, _target: str) -> Outcome:
    leave_outside(effect.key, "looked up")
    return Unknown("cannot be seen")


def settled(_session: Session, _effect: Effect, _outcome: Outcome) -> None:
    """Nobody is told."""


def leave_outside(key: str, what: str, *, for_ever: bool = False) -> None:
    """The outside world is a table that no transaction of the ledger covers."""
    from shared.database import engine_of, transaction  # noqa: PLC0415 -- after the settings are there

    with transaction(engine_of(HEARER)) as session:
        session.execute(text("INSERT INTO public.outside (key, what) VALUES (:key, :what)"), {"key": key, "what": what})
    if for_ever:
        with transaction(engine_of(HEARER)) as session:
            session.execute(text("SELECT pg_sleep(600)"))


PERFORMERS = {LETTERS: Performer(prepare=prepare, send=send, look_up=look_up, settled=settled)}
worker = worker_of(ear, PERFORMERS)

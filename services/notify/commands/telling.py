"""Tell people of an event: each once, at once in the inbox, and by mail through the effect ledger."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlmodel import Session

from services.notify.adapters.letters import Letter, write
from services.notify.models import Activation, EndedPlan, Imported, MailState, Message
from services.notify.queries.people import activation_of, dossier_of, hold_enrolment, people_of
from services.notify.queries.sent import mailed_lately
from services.notify.rules.addressing import Addressee, addressees
from services.notify.rules.matter import Matter
from services.notify.rules.tellings import CLOCK, DAILY_LETTERS, TELLINGS, TOLD_AS_ONE, Mail
from services.notify.settings import INBOX, MAIL, MAILED_WITHIN, QUIET_FOR, SERVICE
from shared.bus.record import record
from shared.bus.told import Told
from shared.clock import day_of, now
from shared.effects.ledger import plan_effect
from shared.events.event import Event
from shared.events.notify import MessageSent, UnitReminded
from shared.plan import Plan
from shared.succession import ending_of

QUIET = "notify.quiet"


def tell(session: Session, told: Told[Event]) -> None:
    """Tell everybody whom the plan and the table of letters name. Raises NotYet before the dossier is known."""
    if told.data.NAME in CLOCK and ending_of(session, EndedPlan, told.plan_id):
        return  # nobody is reminded any more of what an ended commune owed
    nomination_id = getattr(told.data, "nomination_id", None)
    if told.data.NAME in TOLD_AS_ONE and session.get(Imported, nomination_id) is not None:
        return
    dossier = dossier_of(session, nomination_id) if nomination_id else None
    matter = Matter(told.data, dossier.plan_under(told.plan_id) if dossier else told.plan, dossier)
    keep_open_lines(session, matter.plan)
    people = people_of(session, told.plan_id)
    reached = addressees(matter, TELLINGS[told.data.NAME], people, actor_id=told.actor_id)
    fresh = deliver(session, matter, reached, event_id=told.id, at=told.time)
    remind(session, matter, [one for one in reached if one.place.id in fresh and one.telling.reminds], told)


def deliver(
    session: Session, matter: Matter, reached: Sequence[Addressee], *, event_id: UUID, at: datetime
) -> set[UUID]:
    """Put the letters into inboxes and plan their mails; the people who had not been told of this event before."""
    if not reached:
        return set()
    letters = {name: write(name, matter) for name in {one.telling.letter for one in reached}}
    rows = [row_of(matter, one, letters[one.telling.letter], event_id=event_id, at=at) for one in reached]
    for row, one in zip(rows, reached, strict=True):
        row["mail_state"] = MailState.PLANNED if goes_by_mail(session, matter.plan, one, at) else MailState.NONE
    fresh = add_messages(session, rows)
    for row in rows:
        if row["person_id"] in fresh:
            say(session, matter, row)
    return fresh


def add_messages(session: Session, rows: Sequence[Mapping[str, Any]]) -> set[UUID]:
    """Insert those that are not there yet, in one statement whatever their number; whom they are for."""
    as_json = json.dumps(rows, ensure_ascii=False, default=str)
    return set(session.connection().exec_driver_sql(ADD_MESSAGES, (as_json,)).scalars())


def row_of(matter: Matter, one: Addressee, letter: Letter, *, event_id: UUID, at: datetime) -> dict[str, Any]:
    """A message as a row, but for the state of its mail."""
    return {
        "id": message_id(event_id, one.place.id),
        "event_id": event_id,
        "person_id": one.place.id,
        "is_mailbox": one.place.is_mailbox,
        "plan_id": matter.plan.id,
        "recipients": list(one.recipients),
        "about": matter.said.NAME,
        "letter": one.telling.letter,
        "nomination_id": matter.dossier.nomination_id if matter.dossier else None,
        "subject": letter.subject,
        "body": letter.body,
        "link": one.telling.link.format(**matter.said.model_dump()),
        "created_at": at,
    }


def message_id(event_id: UUID, person_id: UUID) -> UUID:
    """The id of what a person is told of an event: the same however often the event is heard."""
    return uuid5(event_id, str(person_id))


def goes_by_mail(session: Session, plan: Plan, one: Addressee, at: datetime) -> bool:
    """Whether a letter is mailed as well: there is an address, the matter is fresh, and the day's mail has not gone.

    A unit's mailbox has nothing but the mail, so its letters always go.
    """
    if one.place.is_mailbox:
        return True
    if not one.place.has_email or one.telling.mail is Mail.NONE or now() - at > MAILED_WITHIN:
        return False
    if one.telling.mail is Mail.EACH:
        return True
    quiet: dict[str, set[tuple[UUID, str]]] = session.info.setdefault(QUIET, {})
    if plan.id not in quiet:
        quiet[plan.id] = mailed_lately(session, plan.id, DAILY_LETTERS, since=at - QUIET_FOR)
    first = (one.place.id, one.telling.letter) not in quiet[plan.id]
    quiet[plan.id].add((one.place.id, one.telling.letter))
    return first


def say(session: Session, matter: Matter, row: dict[str, Any]) -> None:
    """Record that a letter is in the inbox, for every circle it reaches; plan its mail."""
    if not row["is_mailbox"]:
        for recipient in row["recipients"]:
            say_in_inbox(session, matter.plan, row, recipient)
    if row["mail_state"] is MailState.PLANNED:
        target = str(row["person_id"])
        plan_effect(session, service=SERVICE, channel=MAIL, target=target, ref=row["id"], plan=matter.plan)


def say_in_inbox(session: Session, plan: Plan, row: dict[str, Any], recipient: str) -> None:
    sent = MessageSent(
        message_id=row["id"],
        nomination_id=row["nomination_id"],
        recipient=recipient,
        channel=INBOX,
        about=row["about"],
    )
    record(session, sent, plan)


def remind(session: Session, matter: Matter, reminded: Sequence[Addressee], told: Told[Event]) -> None:
    """Record one reminder for each unit that has been reminded through its people."""
    people = people_of(session, matter.plan.id)
    for unit_id in people.units_of({one.place.id for one in reminded}):
        reminder = UnitReminded(
            reminder_id=uuid5(told.id, str(unit_id)),
            unit_id=unit_id,
            about=matter.said.NAME,
            reminded_on=day_of(told.time),
        )
        record(session, reminder, matter.plan)


def keep_open_lines(session: Session, plan: Plan) -> None:
    """Once the plan's work has begun, its officer keeps the plan's letter for each line in which nobody is enrolled."""
    activation = activation_of(session, plan.id)
    if activation and activation.open_lines:
        hold_enrolment(session)
        session.refresh(activation)
        keep_lines(session, plan, activation, activation.open_lines)


def keep_lines(session: Session, plan: Plan, activation: Activation, lines: Iterable[str]) -> None:
    """Let the keeper's own copy of the plan's letter stand for these lines too. Does nothing before there is one."""
    keeper = people_of(session, plan.id).keeper()
    message = session.get(Message, message_id(activation.event_id, keeper.id)) if keeper else None
    if message:
        stand_for(session, plan, activation, message, lines)


def stand_for(session: Session, plan: Plan, activation: Activation, message: Message, lines: Iterable[str]) -> None:
    """Record that a letter already delivered reaches further lines as well."""
    for line in [line for line in lines if line not in message.recipients]:
        message.recipients = [*message.recipients, line]
        say_in_inbox(session, plan, message.model_dump(), line)
    activation.open_lines = [line for line in activation.open_lines if line not in message.recipients]


#: A statement of its own making: SQLAlchemy would compile one anew for each number of rows, at ten times the cost.
ADD_MESSAGES = """
    INSERT INTO notify.message (id, event_id, person_id, is_mailbox, plan_id, recipients, about, letter, nomination_id,
                                subject, body, link, created_at, mail_state, mail_detail)
    SELECT id, event_id, person_id, is_mailbox, plan_id, recipients, about, letter, nomination_id,
           subject, body, link, created_at, mail_state, ''
    FROM jsonb_to_recordset(%s::jsonb) AS row (
        id uuid, event_id uuid, person_id uuid, is_mailbox boolean, plan_id text, recipients text[], about text,
        letter text, nomination_id uuid, subject text, body text, link text, created_at timestamptz, mail_state text)
    ON CONFLICT DO NOTHING RETURNING person_id
"""

"""The mail channel of the effect ledger: what to send, what became of it, and a person's decision to send again."""

from typing import Any
from uuid import UUID

from sqlmodel import Session

from services.notify.adapters.mail import Mail, Written, compose
from services.notify.adapters.smtp import hand_over
from services.notify.models import MailState, Message
from services.notify.queries.people import contact_of
from services.notify.queries.sent import sent_message
from services.notify.settings import MAIL, SERVICE
from shared.access.principal import Principal
from shared.bus.record import record
from shared.clock import now
from shared.effects.decide import send_again
from shared.effects.ledger import effect_key
from shared.effects.outcome import Effect, Failed, Outcome, Sent, Unknown
from shared.effects.performer import Performer
from shared.errors import Conflict, Refused
from shared.events.notify import MessageFailed, MessageSent
from shared.plan import Plan, UnknownInPlan
from shared.settings import settings


def prepare(session: Session, effect: Effect) -> Mail:
    """The mail of a message. Raises Refused("mail.no_address" | "mail.address_unusable")."""
    message = session.get_one(Message, effect.ref)
    name, address = reach(session, message, effect.plan)
    if not address:
        raise Refused("mail.no_address")
    home = settings().public_url
    return compose(
        Written(
            key=effect.key,
            sender=settings().mail_from,
            commune=effect.plan.unit.name.vi,
            name=name,
            address=address,
            subject=message.subject,
            body=message.body,
            link=home + message.link,
            inbox=f"{home}/thong-bao",
            at=now(),
        )
    )


def reach(session: Session, message: Message, plan: Plan) -> tuple[str, str]:
    """(name, address) of the addressee as known now; the address is "" when there is none any more."""
    if message.is_mailbox:
        try:
            unit = plan.unit_by_id(message.person_id)
        except UnknownInPlan:
            return "", ""
        return unit.name.vi, unit.email or ""
    contact = contact_of(session, person_id=message.person_id, plan_id=plan.id)
    return (contact.name, contact.email) if contact else ("", "")


def send(effect: Effect, mail: Mail) -> Outcome:
    return hand_over(mail, attempts=effect.attempts)


def look_up(_effect: Effect, _mail: Any) -> Outcome:
    """SMTP has no way to ask: only a person can find out."""
    return Unknown("no answer after the text went out")


def settled(session: Session, effect: Effect, outcome: Sent | Unknown | Failed) -> None:
    """Mirror the outcome in the message, and say it."""
    message = session.get_one(Message, effect.ref)
    message.mail_at = now()
    match outcome:
        case Sent():
            message.mail_state, message.mail_detail = MailState.SENT.value, ""
            say_sent(session, message, effect.plan)
        case Unknown() | Failed():
            state = MailState.UNKNOWN if isinstance(outcome, Unknown) else MailState.FAILED
            message.mail_state, message.mail_detail = state.value, outcome.reason
            record(session, MessageFailed(**facts(message), channel=MAIL, reason=outcome.reason), effect.plan)


def say_sent(session: Session, message: Message, plan: Plan) -> None:
    """Once; for a unit's mailbox, whose mail is all there is, for every line that it stands for."""
    for recipient in message.recipients if message.is_mailbox else message.recipients[:1]:
        record(session, MessageSent(**facts(message) | {"recipient": recipient}, channel=MAIL), plan)


def facts(message: Message) -> dict[str, Any]:
    return {
        "message_id": message.id,
        "nomination_id": message.nomination_id,
        "recipient": message.recipient,
        "about": message.about,
    }


def mail_again(session: Session, who: Principal, message_id: UUID, *, not_arrived: bool) -> Message:
    """Have a mail that failed or is unknown sent again, because an official decided so.

    Raises Refused("mail.ask_first") for an unknown one unless the official says that it has not arrived,
    Conflict("mail.not_stuck") when there is nothing to decide, NotFound for a message of another plan.
    """
    message = sent_message(session, who, message_id)
    if message.mail_state == MailState.UNKNOWN and not not_arrived:
        raise Refused("mail.ask_first")
    key = effect_key(SERVICE, MAIL, str(message.person_id), message.id)
    if not send_again(session, service=SERVICE, key=key):
        raise Conflict("mail.not_stuck")
    message.mail_state, message.mail_detail, message.mail_at = MailState.PLANNED.value, "", None
    return message


PERFORMERS = {MAIL: Performer(prepare=prepare, send=send, look_up=look_up, settled=settled)}

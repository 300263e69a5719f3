"""Links for a new password: handed over by whoever made them, or mailed to the person past the maker.

A handed-over secret is random. A mailed one follows by a key from the letter's id, at the moment of sending: it stands
in no table, no event and no message of the bus, and a letter that is tried again is the same letter.
"""

from base64 import urlsafe_b64encode
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert
from sqlmodel import Session, col, select

from services.identity.adapters.passwords import hash_of
from services.identity.adapters.sealing import keyed
from services.identity.adapters.secret_mail import SecretMail, send_secret
from services.identity.commands.getting_in import note_account
from services.identity.commands.sessions import end_sessions
from services.identity.commands.sign_in import store
from services.identity.models.acting import PasswordLink
from services.identity.models.people import Person
from services.identity.queries.accounts import account_of_person
from services.identity.rules.accounts import check_new_password
from shared.access.secret import hashed, new_secret
from shared.audit.entry import NOBODY, Action, Actor
from shared.effects.ledger import plan_effect
from shared.effects.outcome import Effect, Failed, Outcome, Sent, Unknown
from shared.effects.performer import Performer
from shared.errors import Gone, Refused
from shared.ids import new_id
from shared.plan.shelf import plan_of
from shared.settings import settings
from shared.web.filters import moment
from shared.web.i18n import _

SERVICE, CHANNEL = "identity", "password_link"
ADDRESS = "/dat-mat-khau"
LINK_LASTS = timedelta(days=3)


def make_password_link(session: Session, person_id: UUID, *, by: Actor) -> str:
    """The address of a fresh link, shown this once; an earlier one of the person is worth nothing from now on."""
    secret = new_secret()
    replace_link(session, person_id, secret=secret, letter=None, by=by)
    note_account(session, Action.PASSWORD_LINK_MADE, person_id, by=by)
    return address_of(secret)


def mail_password_link(session: Session, person_id: UUID, *, by: Actor) -> None:
    """Have a fresh link mailed to the person; nobody else sees it. An earlier one is worth nothing from now on.

    Raises Refused("password_link.no_address") for somebody without an e-mail.
    """
    if session.get_one(Person, person_id).email is None:
        raise Refused("password_link.no_address")
    letter = new_id()
    replace_link(session, person_id, secret=secret_of(letter), letter=letter, by=by)
    note_account(session, Action.PASSWORD_LINK_MAILED, person_id, by=by)
    plan_effect(session, service=SERVICE, channel=CHANNEL, target=str(person_id), ref=letter, plan=plan_of(by.plan_id))


def replace_link(session: Session, person_id: UUID, *, secret: str, letter: UUID | None, by: Actor) -> None:
    session.execute(delete(PasswordLink).where(col(PasswordLink.person_id) == person_id))
    session.execute(
        insert(PasswordLink).values(
            digest=hashed(secret),
            person_id=person_id,
            letter=letter,
            made_by=by.person_id,
            expires_at=func.now() + LINK_LASTS,
        )
    )


def secret_of(letter: UUID) -> str:
    """The secret that a letter brings: 256 bits that only the installation's key gives."""
    return urlsafe_b64encode(keyed("link", purpose=CHANNEL, owner=str(letter))).decode().rstrip("=")


def address_of(secret: str) -> str:
    return f"{settings().public_url}{ADDRESS}/{secret}"


def person_of_link(session: Session, secret: str, *, lock: bool = False) -> Person:
    """Whose password the link sets. Raises Gone("password_link.over") for one that was used, replaced or is too old."""
    wanted = select(PasswordLink).where(
        PasswordLink.digest == hashed(secret), col(PasswordLink.expires_at) > func.now()
    )
    link = session.exec(wanted.with_for_update() if lock else wanted).one_or_none()
    if link is None:
        raise Gone("password_link.over")
    return session.get_one(Person, link.person_id)


def use_password_link(session: Session, secret: str, *, password: str) -> None:
    """Set the password, once, and sign the person out everywhere. Raises Gone, and Refused("password.…")."""
    person = person_of_link(session, secret, lock=True)
    account = account_of_person(session, person.id)
    check_new_password(password, email=(account.email if account else None) or "")
    session.execute(delete(PasswordLink).where(col(PasswordLink.person_id) == person.id))
    store(session, person.id, hash_of(password))
    end_sessions(session, person.id)
    note_account(session, Action.PASSWORD_RESET, person.id, by=NOBODY)


def prepare(session: Session, effect: Effect) -> SecretMail:
    """The letter. Raises Refused when its link was used, replaced or is over, or the address is gone."""
    link = session.exec(
        select(PasswordLink).where(PasswordLink.letter == effect.ref, col(PasswordLink.expires_at) > func.now())
    ).one_or_none()
    if link is None:
        raise Refused("password_link.over")
    person = session.get_one(Person, link.person_id)
    if person.email is None:
        raise Refused("password_link.no_address")
    return SecretMail(
        key=effect.key,
        address=person.email,
        subject=_("Đường dẫn đặt mật khẩu Gương Sáng"),
        body=_(
            "Kính gửi %(name)s,\n\nHãy mở đường dẫn này để đặt mật khẩu:\n\n%(link)s\n\nDùng được một lần, đến "
            "%(until)s. Mật khẩu cũ vẫn dùng được cho đến lúc đó. Không chuyển thư này cho ai. Nếu bạn không nhờ ai "
            "gửi, hãy báo Văn phòng xã.",
            name=person.name,
            link=address_of(secret_of(effect.ref)),
            until=moment(link.expires_at),
        ),
    )


def send(effect: Effect, mail: SecretMail) -> Outcome:
    return send_secret(mail, attempts=effect.attempts)


def look_up(_effect: Effect, _mail: SecretMail) -> Outcome:
    """SMTP has no way to ask. A new letter brings a new link."""
    return Unknown("no answer after the text went out")


def settled(_session: Session, _effect: Effect, _outcome: Sent | Unknown | Failed) -> None:
    """Nothing follows: the person's page shows how the letter stands, and another one can be sent from there."""


PERFORMERS = {CHANNEL: Performer(prepare=prepare, send=send, look_up=look_up, settled=settled)}

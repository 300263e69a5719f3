"""Sign in with e-mail and password, and change the password.

Both check a password between two transactions: Argon2 takes tens of milliseconds, and nobody should wait for a lock or
a connection meanwhile. A try is counted before it is made, so that neither a crash nor parallel tries escape the count.
"""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from services.identity.adapters import passwords
from services.identity.commands.attempts import reserve_attempt, succeed
from services.identity.commands.getting_in import note_account, note_failure
from services.identity.commands.second_factor import (
    confirm_authenticator,
    has_authenticator,
    is_demanded,
    require_second_factor,
)
from services.identity.commands.sessions import How, SignedIn, end_sessions, open_session, renew_session
from services.identity.models.signing_in import Credential
from services.identity.queries.accounts import Account, account_of_email, account_of_person
from services.identity.rules.accounts import LONGEST_PASSWORD, check_new_password, email_of
from shared.audit.entry import Action
from shared.database import transaction
from shared.errors import NotFound, Refused
from shared.network import network_of


@dataclass(frozen=True, slots=True)
class PasswordGiven:
    """The first of two steps is done. `mark` is another one as soon as the password is.

    `enrolled`: there is an authenticator whose code can be asked for; otherwise one must be set up first.
    """

    person_id: UUID
    mark: str
    enrolled: bool


def sign_in(
    engine: Engine, *, email: str, password: str, address: str | None, instead_of: str | None = None
) -> SignedIn | PasswordGiven:
    """A new session for the person with this e-mail and password, in their oldest office; or the first step to it.

    `address` is where the request comes from; `instead_of` the secret that the browser carried until now.
    Raises Refused: "email.…" for one that cannot be any, "sign_in.wrong" with the same words and after the same time
    whether the account exists or not, "sign_in.too_many_tries" with `minutes`, "sign_in.no_office".
    """
    email, network = email_of(email), network_of(address)
    try:
        return signed_in(engine, email=email, password=password, network=network, instead_of=instead_of)
    except Refused as refusal:
        note_failure(engine, email=email, why=refusal.key, network=network)
        raise


def signed_in(
    engine: Engine, *, email: str, password: str, network: str, instead_of: str | None
) -> SignedIn | PasswordGiven:
    """As `sign_in`, which notes what is refused here."""
    with transaction(engine) as session:
        attempt_id = reserve_attempt(session, account=email, network=network)
        account = account_of_email(session, email)
    stored = account.hash if account else None
    if not fits(stored, password) or account is None:
        raise Refused("sign_in.wrong")
    fresh = passwords.hash_of(password) if stored and passwords.is_outdated(stored) else None
    with transaction(engine) as session:
        require_unchanged(session, account)
        succeed(session, attempt_id)
        if fresh:
            store(session, account.person_id, fresh)
        enrolled = has_authenticator(session, account.person_id)
        if enrolled or is_demanded(session, account.person_id):
            return PasswordGiven(account.person_id, mark_of(fresh or str(stored)), enrolled)
        return open_session(session, account.person_id, instead_of=instead_of)


def finish_sign_in(
    engine: Engine, given: PasswordGiven, *, code: str, address: str | None, instead_of: str | None = None
) -> SignedIn:
    """The second step: a session, for a code of the authenticator or a recovery code.

    Raises Refused: "totp.wrong", "sign_in.too_many_tries", "sign_in.no_office"; "sign_in.step_over" when the password
    has been changed since the first step.
    """
    require_second_factor(engine, person_id=given.person_id, code=code, address=address)
    return open_with_second_factor(engine, given, instead_of=instead_of)


def finish_with_new_authenticator(
    engine: Engine, given: PasswordGiven, *, code: str, address: str | None, instead_of: str | None = None
) -> tuple[SignedIn, tuple[str, ...]]:
    """The second step where an authenticator had to be set up first: (a session, ten recovery codes)."""
    with transaction(engine) as session:
        require_same_password(session, given)
    codes = confirm_authenticator(engine, person_id=given.person_id, code=code, address=address)
    return open_with_second_factor(engine, given, instead_of=instead_of), codes


def open_with_second_factor(engine: Engine, given: PasswordGiven, *, instead_of: str | None) -> SignedIn:
    with transaction(engine) as session:
        require_same_password(session, given)
        return open_session(session, given.person_id, how=How(second_factor=True), instead_of=instead_of)


def require_same_password(session: Session, given: PasswordGiven) -> None:
    """Raise Refused("sign_in.step_over") if the password was changed since the first step."""
    account = account_of_person(session, given.person_id)
    if account is None or account.hash is None or mark_of(account.hash) != given.mark:
        raise Refused("sign_in.step_over")


def mark_of(stored: str) -> str:
    """What the first step remembers of the password's hash: enough to see that it is another one."""
    return hashlib.sha256(stored.encode()).hexdigest()[:16]


def change_password(
    engine: Engine, *, person_id: UUID, current: str, new: str, address: str | None, secret: str
) -> SignedIn:
    """Store a new password and sign the person out everywhere but here, where the session goes on under a new secret.

    `secret` is that of the present session. Raises SignInNeeded when it has ended, and Refused:
    "password.wrong_current", "password.…" for an unusable new one, "sign_in.too_many_tries".
    """
    with transaction(engine) as session:
        account = account_of_person(session, person_id)
        if account is None or account.hash is None or account.email is None:
            raise Refused("password.none")
    check_new_password(new, email=account.email)
    network = network_of(address)
    try:
        return changed_password(engine, account, current=current, new=new, network=network, secret=secret)
    except Refused as refusal:
        note_failure(engine, email=account.email, why=refusal.key, network=network)
        raise


def changed_password(
    engine: Engine, account: Account, *, current: str, new: str, network: str, secret: str
) -> SignedIn:
    """As `change_password`, which notes what is refused here."""
    with transaction(engine) as session:
        attempt_id = reserve_attempt(session, account=str(account.email), network=network)
    if not fits(account.hash, current):
        raise Refused("password.wrong_current")
    fresh = passwords.hash_of(new)
    with transaction(engine) as session:
        require_unchanged(session, account)
        succeed(session, attempt_id)
        store(session, account.person_id, fresh)
        note_account(session, Action.PASSWORD_CHANGED, account.person_id, by=None)
        return renew_session(session, person_id=account.person_id, secret=secret)


def set_password(session: Session, *, email: str, password: str) -> None:
    """Give somebody a new password who has lost theirs, and sign them out everywhere. For administrators.

    Raises NotFound("person.unknown") and Refused("password.…").
    """
    email = email_of(email)
    check_new_password(password, email=email)
    account = account_of_email(session, email)
    if account is None:
        raise NotFound("person.unknown", value=email)
    store(session, account.person_id, passwords.hash_of(password))
    end_sessions(session, account.person_id)
    note_account(session, Action.PASSWORD_RESET, account.person_id)


def fits(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one. An overlong one is cut, which costs the same and is never right."""
    if len(password) > 2 * LONGEST_PASSWORD:  # decomposed letters count twice
        passwords.is_right(None, password[:LONGEST_PASSWORD])
        return False
    return passwords.is_right(stored, password)


def require_unchanged(session: Session, account: Account) -> None:
    """Somebody may have changed the password while this one was verified: then it opens nothing."""
    stored = session.execute(
        select(Credential.hash).where(col(Credential.person_id) == account.person_id).with_for_update()
    ).scalar_one_or_none()
    if stored != account.hash:
        raise Refused("sign_in.wrong")


def store(session: Session, person_id: UUID, hash_: str) -> None:
    statement = insert(Credential).values(person_id=person_id, hash=hash_)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["person_id"], set_={"hash": statement.excluded.hash, "changed_at": func.now()}
        )
    )

"""Sign in with e-mail and password, and change the password.

Both check a password between two transactions: Argon2 takes tens of milliseconds, and nobody should wait for a lock or
a connection meanwhile. A try is counted before it is made, so that neither a crash nor parallel tries escape the count.
"""

from uuid import UUID

from sqlalchemy import Engine, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from services.identity import adapters
from services.identity.commands.attempts import reserve_attempt, succeed
from services.identity.commands.getting_in import note_failure, note_rights
from services.identity.commands.sessions import SignedIn, end_sessions, open_session, renew_session
from services.identity.models.signing_in import Credential
from services.identity.queries.accounts import Account, account_of_email, account_of_person, offices_of
from services.identity.rules.accounts import LONGEST_PASSWORD, check_new_password, email_of, network_of
from shared.audit.entry import Action, Thing
from shared.database import transaction
from shared.errors import NotFound, Refused


def sign_in(
    engine: Engine, *, email: str, password: str, address: str | None, instead_of: str | None = None
) -> SignedIn:
    """A new session for the person with this e-mail and password, in their oldest office.

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


def signed_in(engine: Engine, *, email: str, password: str, network: str, instead_of: str | None) -> SignedIn:
    """As `sign_in`, which notes what is refused here."""
    with transaction(engine) as session:
        attempt_id = reserve_attempt(session, email=email, network=network)
        account = account_of_email(session, email)
    stored = account.hash if account else None
    if not fits(stored, password) or account is None:
        raise Refused("sign_in.wrong")
    fresh = adapters.hash_of(password) if stored and adapters.is_outdated(stored) else None
    with transaction(engine) as session:
        require_unchanged(session, account)
        succeed(session, attempt_id)
        if fresh:
            store(session, account.person_id, fresh)
        return open_session(session, account.person_id, instead_of=instead_of)


def change_password(
    engine: Engine, *, person_id: UUID, current: str, new: str, address: str | None, secret: str
) -> SignedIn:
    """Store a new password and sign the person out everywhere but here, where the session goes on under a new secret.

    `secret` is that of the present session. Raises SignInNeeded when it has ended, and Refused:
    "password.wrong_current", "password.…" for an unusable new one, "sign_in.too_many_tries".
    """
    with transaction(engine) as session:
        account = account_of_person(session, person_id)
        if account is None or account.hash is None:
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
        attempt_id = reserve_attempt(session, email=account.email, network=network)
    if not fits(account.hash, current):
        raise Refused("password.wrong_current")
    fresh = adapters.hash_of(new)
    with transaction(engine) as session:
        require_unchanged(session, account)
        succeed(session, attempt_id)
        store(session, account.person_id, fresh)
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
    store(session, account.person_id, adapters.hash_of(password))
    end_sessions(session, account.person_id)
    note_reset(session, account.person_id)


def note_reset(session: Session, person_id: UUID) -> None:
    """Once, in the commune of the person's oldest office."""
    account = Thing("account", str(person_id))
    for held in offices_of(session, person_id)[:1]:
        note_rights(session, Action.PASSWORD_RESET, account, held)


def fits(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one. An overlong one is cut, which costs the same and is never right."""
    if len(password) > 2 * LONGEST_PASSWORD:  # decomposed letters count twice
        adapters.is_right(None, password[:LONGEST_PASSWORD])
        return False
    return adapters.is_right(stored, password)


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

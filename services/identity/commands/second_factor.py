"""An authenticator beside the password: set up, confirmed, asked for, given up; and the codes for a lost phone."""

import hmac
import secrets
from uuid import UUID

import pyotp
from sqlalchemy import Engine, delete, func, insert, text, update
from sqlmodel import Session, col

from services.identity.adapters.sealing import keyed, sealed, unsealed
from services.identity.commands.attempts import reserve_attempt, succeed
from services.identity.commands.getting_in import note_account, note_failure_with
from services.identity.models.second_factor import RecoveryCode, Totp
from services.identity.queries.accounts import offices_of
from services.identity.rules.codes import (
    IN_NEED_OF_TOTP,
    LONGEST_CODE,
    RECOVERY_CODES,
    RECOVERY_LENGTH,
    RECOVERY_LETTERS,
    STEP_S,
    STEPS_AROUND,
    digits_of,
    letters_of,
    shown_code,
)
from services.identity.settings import sign_in_settings
from shared.audit.entry import COMMAND_LINE, Action, Actor, Thing
from shared.database import transaction
from shared.errors import Refused
from shared.network import network_of

TOTP, RECOVERY = "totp", "recovery"


def new_authenticator(session: Session, person_id: UUID) -> str:
    """A fresh secret (base32) for the person's app. It counts once `confirm_authenticator` has seen a code of it.

    One that was drawn before and never confirmed is worth nothing any more. Raises Refused("totp.there_already").
    """
    row = session.get(Totp, person_id, with_for_update=True)
    if row is not None and row.confirmed_at is not None:
        raise Refused("totp.there_already")
    secret = pyotp.random_base32()
    content = sealed(secret, purpose=TOTP, owner=str(person_id))
    if row is None:
        session.add(Totp(person_id=person_id, sealed=content))
    else:
        row.sealed = content
    session.flush()
    return secret


def waiting_secret(session: Session, person_id: UUID) -> str | None:
    """The secret that waits to be confirmed, for the page that shows it once more after a wrong code."""
    row = session.get(Totp, person_id)
    return opened(row) if row is not None and row.confirmed_at is None else None


def confirm_authenticator(engine: Engine, *, person_id: UUID, code: str, address: str | None) -> tuple[str, ...]:
    """From now on the authenticator is asked for. Gives ten recovery codes, shown this once.

    Raises Refused: "totp.wrong", "totp.not_begun", "totp.there_already", "sign_in.too_many_tries".
    """
    try:
        return confirmed(engine, person_id=person_id, code=code, address=address)
    except Refused as refusal:
        note_wrong_code(engine, person_id, why=refusal.key, address=address)
        raise


def confirmed(engine: Engine, *, person_id: UUID, code: str, address: str | None) -> tuple[str, ...]:
    """As `confirm_authenticator`, which notes what is refused here."""
    attempt_id = reserve(engine, person_id, address)
    with transaction(engine) as session:
        row = session.get(Totp, person_id, with_for_update=True)
        if row is None:
            raise Refused("totp.not_begun")
        if row.confirmed_at is not None:
            raise Refused("totp.there_already")
        take_step(session, row, code)
        session.execute(update(Totp).where(col(Totp.person_id) == person_id).values(confirmed_at=func.now()))
        succeed(session, attempt_id)
        note_account(session, Action.SECOND_FACTOR_ADDED, person_id, by=None)
        return draw_recovery_codes(session, person_id)


def require_second_factor(engine: Engine, *, person_id: UUID, code: str, address: str | None) -> None:
    """Take a code of the authenticator, or a recovery code. Either is accepted once.

    Raises Refused: "totp.wrong", "totp.not_begun", "sign_in.too_many_tries".
    """
    try:
        take_code(engine, person_id=person_id, code=code, address=address)
    except Refused as refusal:
        note_wrong_code(engine, person_id, why=refusal.key, address=address)
        raise


def take_code(engine: Engine, *, person_id: UUID, code: str, address: str | None) -> None:
    """As `require_second_factor`, which notes what is refused here."""
    attempt_id = reserve(engine, person_id, address)
    with transaction(engine) as session:
        row = session.get(Totp, person_id, with_for_update=True)
        if row is None or row.confirmed_at is None:
            raise Refused("totp.not_begun")
        if len(code) > LONGEST_CODE:
            raise Refused("totp.wrong")
        if not takes_recovery_code(session, person_id, code):
            take_step(session, row, code)
        succeed(session, attempt_id)


def redraw_recovery_codes(engine: Engine, *, person_id: UUID, code: str, address: str | None) -> tuple[str, ...]:
    """Ten new recovery codes, shown this once; the old ones are worth nothing. Raises as `require_second_factor`."""
    require_second_factor(engine, person_id=person_id, code=code, address=address)
    with transaction(engine) as session:
        note_account(session, Action.RECOVERY_CODES_DRAWN, person_id, by=None)
        return draw_recovery_codes(session, person_id)


def give_up_authenticator(engine: Engine, *, person_id: UUID, code: str, address: str | None) -> None:
    """The password alone is asked for from now on.

    Raises as `require_second_factor`, and Refused("totp.needed_for_role") where the installation demands it.
    """
    with transaction(engine) as session:
        if is_demanded(session, person_id):
            raise Refused("totp.needed_for_role")
    require_second_factor(engine, person_id=person_id, code=code, address=address)
    with transaction(engine) as session:
        forget_authenticator(session, person_id, by=None)


def forget_authenticator(session: Session, person_id: UUID, *, by: Actor | None = COMMAND_LINE) -> None:
    """Drop the authenticator and its recovery codes, if there are any. For administrators, when a phone is lost.

    `by` None: the person does it.
    """
    dropped = session.execute(delete(Totp).where(col(Totp.person_id) == person_id).returning(col(Totp.person_id)))
    if dropped.first() is not None:
        note_account(session, Action.SECOND_FACTOR_REMOVED, person_id, by=by)


def note_wrong_code(engine: Engine, person_id: UUID, *, why: str, address: str | None) -> None:
    thing = Thing("account", str(person_id))
    note_failure_with(engine, thing, person_id=person_id, why=why, network=network_of(address))


def is_demanded(session: Session, person_id: UUID) -> bool:
    """Whether the installation demands a second factor for one of the person's offices."""
    return sign_in_settings().require_totp and any(
        held.office.role in IN_NEED_OF_TOTP for held in offices_of(session, person_id)
    )


def has_authenticator(session: Session, person_id: UUID) -> bool:
    row = session.get(Totp, person_id)
    return row is not None and row.confirmed_at is not None


def reserve(engine: Engine, person_id: UUID, address: str | None) -> int:
    """Count the try as failed before it is made."""
    with transaction(engine) as session:
        return reserve_attempt(session, account=f"totp:{person_id}", network=network_of(address))


def take_step(session: Session, row: Totp, code: str) -> None:
    """Accept the code of the present step or a neighbour, if it is newer than any accepted. Raises "totp.wrong"."""
    now_s = session.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one()
    generator, typed = pyotp.TOTP(opened(row)), digits_of(code).encode("utf-8", "surrogatepass")
    for around in STEPS_AROUND:
        step = int(now_s) // STEP_S + around
        if hmac.compare_digest(generator.generate_otp(step).encode(), typed) and step > row.last_step:
            row.last_step = step
            session.flush()
            return
    raise Refused("totp.wrong")


def takes_recovery_code(session: Session, person_id: UUID, code: str) -> bool:
    """Whether it is a recovery code that has not been used. It is used now."""
    used = session.execute(
        update(RecoveryCode)
        .where(
            col(RecoveryCode.person_id) == person_id,
            col(RecoveryCode.digest) == digest_of(person_id, letters_of(code)),
            col(RecoveryCode.used_at).is_(None),
        )
        .values(used_at=func.now())
        .returning(col(RecoveryCode.person_id))
    )
    return used.first() is not None


def draw_recovery_codes(session: Session, person_id: UUID) -> tuple[str, ...]:
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.person_id) == person_id))
    codes = tuple(
        "".join(secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)
    )
    rows = [{"person_id": person_id, "digest": digest_of(person_id, code)} for code in codes]
    session.execute(insert(RecoveryCode), rows)
    return tuple(shown_code(code) for code in codes)


def digest_of(person_id: UUID, code: str) -> bytes:
    return keyed(code, purpose=RECOVERY, owner=str(person_id))


def opened(row: Totp) -> str:
    return unsealed(row.sealed, purpose=TOTP, owner=str(row.person_id))

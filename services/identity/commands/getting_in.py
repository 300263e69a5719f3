"""What getting in, changing offices and handing out rights leave in the audit trail."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from services.identity.models.people import Person
from services.identity.queries.accounts import HeldOffice, account_of_email, offices_of
from services.identity.rules.accounts import account_digest
from shared.audit.entry import COMMAND_LINE, INSTALLATION, NOBODY, Action, Actor, Entry, Thing
from shared.audit.looks import commune_of
from shared.audit.note import note
from shared.database import transaction

#: {why a sign-in was refused: what that is}; other refusals are slips of the pen and are not kept.
FAILURES = {
    "sign_in.wrong": Action.SIGN_IN_FAILED,
    "sign_in.no_office": Action.SIGN_IN_FAILED,
    "password.wrong_current": Action.SIGN_IN_FAILED,
    "sign_in.too_many_tries": Action.SIGN_IN_BLOCKED,
    "pin.wrong": Action.SIGN_IN_FAILED,
    "card.wrong_start_code": Action.SIGN_IN_FAILED,
    "card.unusable": Action.SIGN_IN_FAILED,
    "card.locked": Action.SIGN_IN_BLOCKED,
    "totp.wrong": Action.SIGN_IN_FAILED,
    "provider.not_linked": Action.SIGN_IN_FAILED,
    "approval.wrong_code": Action.SIGN_IN_FAILED,
    "approval.used": Action.SIGN_IN_FAILED,
    "approval.over": Action.SIGN_IN_FAILED,
    "approval.other_person": Action.SIGN_IN_FAILED,
    "approval.dead": Action.SIGN_IN_BLOCKED,
}


def by_holder(held: HeldOffice) -> Actor:
    """Somebody who acts in an office of theirs."""
    office = held.office
    return Actor(held.person_id, held.name, office.role.value, office.unit_id, office.plan_id)


def acting_in(session: Session, person_id: UUID, held: HeldOffice) -> Actor:
    """Somebody who acts in an office of theirs, or in one that its holder has lent them."""
    if person_id == held.person_id:
        return by_holder(held)
    name = session.get_one(Person, person_id).name
    return replace(by_holder(held), person_id=person_id, name=name, on_behalf_of=held.person_id)


def note_own(
    session: Session, action: Action, held: HeldOffice, *, person_id: UUID | None = None, **detail: str | int | bool
) -> None:
    """Note what somebody does with their own account, in an office of theirs.

    `person_id` is who it is where they act in the office of another.
    """
    own = person_id or held.person_id
    note_rights(session, action, Thing("account", str(own)), held, by=acting_in(session, own, held), **detail)


def note_rights(
    session: Session,
    action: Action,
    thing: Thing,
    held: HeldOffice,
    *,
    by: Actor = COMMAND_LINE,
    **detail: str | int | bool,
) -> None:
    """Note that somebody's rights changed: those that go with the office `held`."""
    commune = commune_of(held.office.plan_id)
    note(
        session,
        Entry(action=action, actor=by, thing=thing, unit_id=commune, subjects=(held.person_id,), detail=detail),
    )


def note_account(
    session: Session,
    action: Action,
    person_id: UUID,
    *,
    by: Actor | None = COMMAND_LINE,
    **detail: str | int | bool,
) -> None:
    """Note what happens to somebody's account, in the commune of their oldest office; `by` None: they do it themselves.

    For somebody who holds no office it is noted for the installation.
    """
    held = next(iter(offices_of(session, person_id)), None)
    own = by_holder(held) if held else Actor(person_id, session.get_one(Person, person_id).name, "", None, "")
    entry = Entry(
        action=action,
        actor=by or own,
        thing=Thing("account", str(person_id)),
        unit_id=commune_of(held.office.plan_id) if held else INSTALLATION,
        subjects=(person_id,),
        detail=detail,
    )
    note(session, entry)


def note_failure(engine: Engine, *, email: str, why: str, network: str) -> None:
    """Note a sign-in that failed, in a transaction of its own; `why` is the refusal's key.

    The e-mail is kept as a digest: people type passwords into the wrong box. A known and an unknown account take the
    same two questions, so that the time of the answer tells nobody which it was.
    """
    if why not in FAILURES:
        return
    with transaction(engine) as session:
        account = account_of_email(session, email)
        thing = Thing("account", account_digest(email))
        note(session, failure(session, thing, account.person_id if account else None, why=why, network=network))


def note_failure_with(engine: Engine, thing: Thing, *, person_id: UUID | None, why: str, network: str) -> None:
    """As `note_failure`, for a card, a code or a link; `person_id` is whose it is, None for nobody's."""
    if why in FAILURES:
        with transaction(engine) as session:
            note(session, failure(session, thing, person_id, why=why, network=network))


def failure(session: Session, thing: Thing, person_id: UUID | None, *, why: str, network: str) -> Entry:
    offices = offices_of(session, person_id or INSTALLATION)
    return Entry(
        action=FAILURES[why],
        actor=NOBODY,
        thing=thing,
        unit_id=commune_of(offices[0].office.plan_id) if offices else INSTALLATION,
        subjects=(person_id,) if person_id else (),
        detail={"why": why, "network": network},
    )

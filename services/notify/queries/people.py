"""Whom notify knows: people in their offices, dossiers, plans in force. Read once per transaction."""

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from services.notify.models import Activation, Contact, Dossier
from services.notify.rules.matter import DossierCopy
from services.notify.rules.people import Holder, People
from services.notify.settings import ENROLMENT_ARRIVES_WITHIN
from shared.bus.ear import NotYet
from shared.bus.told import Told
from shared.clock import now

PEOPLE, DOSSIERS, ACTIVATIONS = "notify.people", "notify.dossiers", "notify.activations"
ENROLMENT_LOCK = 4_117_203  # any number does


def people_of(session: Session, plan_id: str) -> People:
    """Everybody enrolled under the plan, in the order of their enrolment; kept for the rest of the transaction."""
    known: dict[str, People] = session.info.setdefault(PEOPLE, {})
    if plan_id not in known:
        rows = session.exec(
            select(Contact.person_id, Contact.role, Contact.unit_id, Contact.email)
            .where(Contact.plan_id == plan_id, col(Contact.left_on).is_(None))
            .order_by(col(Contact.person_id))
        )
        known[plan_id] = People(tuple(Holder(person, role, unit, bool(email)) for person, role, unit, email in rows))
    return known[plan_id]


def forget_people(session: Session) -> None:
    """Somebody's office has changed: read again."""
    session.info.pop(PEOPLE, None)


def require_enrolled(session: Session, told: Told[Any], person_id: UUID | None) -> None:
    """Raise NotYet while the enrolment of whoever is written to is on its way: without an address, no mail goes."""
    if person_id is None or now() - told.time > ENROLMENT_ARRIVES_WITHIN:
        return
    if not people_of(session, told.plan_id).knows(person_id):
        raise NotYet(f"enrolment of {person_id}")


def dossier_of(session: Session, nomination_id: UUID) -> DossierCopy:
    """What is remembered of a nomination. Raises NotYet while its submission is still on the way."""
    known: dict[UUID, DossierCopy] = session.info.setdefault(DOSSIERS, {})
    if nomination_id not in known:
        row = session.get(Dossier, nomination_id)
        if row is None:
            raise NotYet(f"nomination {nomination_id}")
        known[nomination_id] = copy_of(row)
    return known[nomination_id]


def copy_of(row: Dossier) -> DossierCopy:
    return DossierCopy(row.nomination_id, row.code, row.unit_id, row.nominator_id, row.nominee, row.plan_id, row.origin)


def remember_dossier(session: Session, dossier: DossierCopy) -> None:
    """Later events of this transaction need not read it."""
    session.info.setdefault(DOSSIERS, {})[dossier.nomination_id] = dossier


def forget_dossiers(session: Session) -> None:
    """Somebody else is the nominator now: read again."""
    session.info.pop(DOSSIERS, None)


def activation_of(session: Session, plan_id: str) -> Activation | None:
    """The plan's row if it is in force here; read once per transaction."""
    known: dict[str, Activation] = session.info.setdefault(ACTIVATIONS, {})  # the session forgets what nobody holds
    found = known.get(plan_id) or session.get(Activation, plan_id)
    if found:
        known[plan_id] = found
    return found


def hold_enrolment(session: Session) -> None:
    """Let enrolments and activations wait for each other, so that neither overlooks the other."""
    session.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ENROLMENT_LOCK})


def contact_of(session: Session, *, person_id: UUID, plan_id: str) -> Contact | None:
    """How to reach a person: as known under this plan, or under another."""
    return session.exec(
        select(Contact)
        .where(Contact.person_id == person_id)
        .order_by((col(Contact.plan_id) == plan_id).desc(), col(Contact.plan_id))
        .limit(1)
    ).first()

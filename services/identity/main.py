"""The front door of identity: its web application, its worker, and what the command line may ask of it."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from uuid import UUID

from celery import Celery

from services.identity import api, pages
from services.identity.commands import (
    approvals,
    cards,
    password_links,
    plans,
    reading,
    sample,
    second_factor,
    sign_in,
    tokens,
    unit_import,
)
from services.identity.commands.cards import IssuedCard
from services.identity.commands.people import enroll
from services.identity.commands.sample import SamplePerson, SampleSession
from services.identity.commands.sessions import sign_in_as_sample
from services.identity.commands.tokens import IssuedToken
from services.identity.handlers import ear
from services.identity.queries.accounts import account_of_email, sample_offices
from services.identity.queries.cards import nominator_called
from services.identity.queries.trail import every, newest
from services.identity.rules.accounts import email_of
from services.identity.rules.unit_import import Difference, Examination
from services.identity.rules.unit_rows import RowFault
from services.identity.schemas.refusals import REFUSALS
from services.identity.schemas.trail_csv import csv_of
from services.identity.schemas.trail_words import sentence_of
from services.identity.schemas.unit_refusals import UNIT_REFUSALS
from shared.access.principal import Office, Role
from shared.access.reach import Scope
from shared.audit.entry import Action
from shared.clock import today as today_in_vietnam
from shared.database import engine_of, transaction
from shared.errors import NotFound, Refusal
from shared.plan import Plan
from shared.service import Service
from shared.web.app import create_app

web = create_app(
    "identity",
    [api.router, pages.router],
    refusals=REFUSALS | UNIT_REFUSALS,
    body_limits={"/don-vi/nhap": unit_import.MOST_BYTES + 64 * 1024},
)
service = Service(
    name="identity",
    paths=(
        "/dang-nhap",
        "/dang-xuat",
        "/doi-vai",
        "/uy-quyen",
        "/tai-khoan",
        "/dat-mat-khau",
        "/chon-vai",
        "/the",
        "/the-thon",
        "/duyet",
        "/lien-ket-duyet",
        "/don-vi",
        "/quan-tri",
        "/api/v1/me",
        "/api/v1/units",
    ),
    web=web,
    ear=ear,
    performers=approvals.PERFORMERS | password_links.PERFORMERS,
)


def __getattr__(name: str) -> Celery:
    """`worker` is made when it is asked for: a web process has none, and one process has only one."""
    if name == "worker":
        return service.worker()
    raise AttributeError(name)


def activate(plan: Plan, *, today: date | None = None) -> None:
    """Put a plan into force, or bring a changed plan file up to date; see `commands.plans.activate_plan`.

    Days are announced from `today` on, which is the present day in Vietnam unless given. Safe to call again.
    """
    with transaction(engine_of("identity")) as session:
        plans.activate_plan(session, plan, today or today_in_vietnam())


def enroll_person(
    plan: Plan, *, name: str, email: str | None, role: Role, unit: str, password: str | None = None
) -> UUID:
    """The id of the person who now holds `role` for the unit with this key; see `commands.people.enroll`."""
    with transaction(engine_of("identity")) as session:
        return enroll(session, plan, name=name, email=email, role=role, unit=unit, password=password)


def enroll_sample_people(plan: Plan) -> tuple[SamplePerson, ...]:
    """The made-up people of a demonstration, one for each role and unit; see `commands.sample`."""
    with transaction(engine_of("identity")) as session:
        return sample.enroll_sample_people(session, plan)


def open_sample_sessions(plan: Plan) -> tuple[SampleSession, ...]:
    """A session for every made-up person of the plan, as the role chooser of a demonstration would open it."""
    with transaction(engine_of("identity")) as session:
        return tuple(
            SampleSession(held.name, held.office, sign_in_as_sample(session, held.id).secret)
            for held in sample_offices(session, plan.id)
        )


def issue_api_token(
    plan: Plan,
    *,
    email: str,
    role: Role,
    unit: str,
    name: str,
    days: int = 365,
    scopes: AbstractSet[Scope] = frozenset(Scope),
) -> IssuedToken:
    """A token in the name of a person who holds `role` for the unit, good for 1 to 365 days and for `scopes`.

    Any role and any number: whoever sits at the command line may do more than that. See `commands.tokens`.
    """
    office = Office(role, plan.unit_by_key(unit).id, plan.id)
    with transaction(engine_of("identity")) as session:
        account = account_of_email(session, email_of(email))
        if account is None:
            raise NotFound("person.unknown", value=email)
        return tokens.issue_token(
            session, person_id=account.person_id, office=office, name=name, days=days, scopes=scopes
        )


def reset_password(*, email: str, password: str) -> None:
    """Give a new password to somebody who has lost theirs; signs them out everywhere."""
    with transaction(engine_of("identity")) as session:
        sign_in.set_password(session, email=email, password=password)


def examine_units(table: bytes) -> Examination:
    """A list of units (CSV) compared with the registry; nothing is written."""
    with transaction(engine_of("identity")) as session:
        return unit_import.examined(session, table)


def import_units(table: bytes) -> dict[Difference, int]:
    """Take over a list of units, all of it or nothing; see `commands.unit_import`."""
    with transaction(engine_of("identity")) as session:
        return unit_import.import_units(session, table)


def words_of(fault: RowFault | Refusal) -> str:
    """What was wrong and what to do, for the command line."""
    return str(web.state.refusals.get(fault.key, fault.key)) % dict(fault.details)


def issue_card(plan: Plan, *, who: str) -> IssuedCard:
    """A new card for the nominator of the plan with this e-mail or name; an older one is worthless at once.

    Raises NotFound("person.unknown"), and Refused("person.several") where several have the name.
    """
    with transaction(engine_of("identity")) as session:
        return cards.issue_card(session, person_id=nominator_called(session, plan.id, who))


def forget_authenticator(*, email: str) -> None:
    """Let somebody who has lost phone and recovery codes sign in with the password alone again."""
    with transaction(engine_of("identity")) as session:
        account = account_of_email(session, email_of(email))
        if account is None:
            raise NotFound("person.unknown", value=email)
        second_factor.forget_authenticator(session, account.person_id)


def trail_in_words(*, person: str = "", about: str = "", since: datetime | None = None, limit: int = 50) -> list[str]:
    """Entries of the audit trail, newest first, as sentences; see `commands.reading`. Recorded."""
    with transaction(engine_of("identity")) as session:
        wanted = reading.wanted_at_command_line(session, Action.LISTED, person=person, about=about, since=since)
        return [sentence_of(line) for line in newest(session, wanted, limit=limit)]


def trail_as_csv(*, person: str = "", about: str = "", since: datetime | None = None) -> Iterator[str]:
    """All of it as lines of CSV, streamed; recorded and committed before the first."""
    with transaction(engine_of("identity")) as session:
        wanted = reading.wanted_at_command_line(session, Action.TAKEN_OUT, person=person, about=about, since=since)
    return csv_of(every(engine_of("identity"), wanted))

"""The front door of identity: its web application, its worker, and what the command line may ask of it."""

from datetime import date
from uuid import UUID

from celery import Celery

from services.identity import api, pages
from services.identity.commands import plans, sample, sign_in, tokens
from services.identity.commands.people import enroll
from services.identity.commands.sample import SamplePerson, SampleSession
from services.identity.commands.sessions import sign_in_as_sample
from services.identity.commands.tokens import IssuedToken
from services.identity.handlers import ear
from services.identity.queries.accounts import account_of_email, sample_offices
from services.identity.rules.accounts import email_of
from services.identity.schemas.refusals import REFUSALS
from shared.access.principal import Office, Role
from shared.clock import today as today_in_vietnam
from shared.database import engine_of, transaction
from shared.errors import NotFound
from shared.plan import Plan
from shared.service import Service
from shared.web.app import create_app

web = create_app("identity", [api.router, pages.router], refusals=REFUSALS)
service = Service(
    name="identity",
    paths=("/dang-nhap", "/dang-xuat", "/doi-vai", "/tai-khoan", "/chon-vai", "/quan-tri", "/api/v1/me"),
    web=web,
    ear=ear,
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


def enroll_person(plan: Plan, *, name: str, email: str, role: Role, unit: str, password: str | None = None) -> UUID:
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


def issue_api_token(plan: Plan, *, email: str, role: Role, unit: str, name: str, days: int = 365) -> IssuedToken:
    """A token in the name of a person who holds `role` for the unit, good for 1 to 365 days.

    Any role and any number: whoever sits at the command line may do more than that. See `commands.tokens`.
    """
    office = Office(role, plan.unit_by_key(unit).id, plan.id)
    with transaction(engine_of("identity")) as session:
        account = account_of_email(session, email_of(email))
        if account is None:
            raise NotFound("person.unknown", value=email)
        return tokens.issue_token(session, person_id=account.person_id, office=office, name=name, days=days)


def reset_password(*, email: str, password: str) -> None:
    """Give a new password to somebody who has lost theirs; signs them out everywhere."""
    with transaction(engine_of("identity")) as session:
        sign_in.set_password(session, email=email, password=password)

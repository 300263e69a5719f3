"""`guongsang migrate | activate | user`: setting an installation up."""

import sys
from typing import Annotated

import typer

from gateway.cli.addresses import use_running_installation
from shared.access.principal import Role
from shared.bus.broker import SERVICES
from shared.errors import Refusal
from shared.migrations.upgrade import upgrade
from shared.plan import UnknownInPlan
from shared.plan.shelf import plan_of
from shared.settings import settings

NO_EMAIL = "-"
users = typer.Typer(help="People who may sign in.", no_args_is_help=True)


def migrate() -> None:
    """Bring every schema and role up to date."""
    use_running_installation()
    upgrade(*SERVICES)
    sys.stdout.write("every schema is up to date\n")


def activate(plan_id: Annotated[str, typer.Argument(help="The plan's id, as its file says.")]) -> None:
    """Put a plan into force: its units are registered, everybody named in it is told."""
    from services.identity import main as identity  # noqa: PLC0415 -- the run forks from here: services load in children

    use_running_installation()
    try:
        identity.activate(plan_of(plan_id))
    except UnknownInPlan as error:
        raise fail(str(error)) from error
    sys.stdout.write(f"{plan_id} is in force\n")


@users.callback()
def group() -> None:
    """People who may sign in."""


@users.command("add")
def add_user(
    plan_id: Annotated[str, typer.Argument(help="The plan's id.")],
    email: Annotated[str, typer.Argument(help="To sign in with; - for somebody who gets a card instead.")],
    name: Annotated[str, typer.Option("--name", prompt=True)],
    role: Annotated[Role, typer.Option("--role", prompt=True)],
    unit: Annotated[str, typer.Option("--unit", prompt=True, help="The unit's key in the plan.")],
    password: Annotated[str, typer.Option("--password", help="Asked for unless given; none without an e-mail.")] = "",
) -> None:
    """Let somebody sign in and act in a role for a unit."""
    from services.identity import main as identity  # noqa: PLC0415 -- the run forks from here: services load in children

    use_running_installation()
    address = None if email == NO_EMAIL else email
    if address and not password:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        identity.enroll_person(
            plan_of(plan_id), name=name, email=address, role=role, unit=unit, password=password or None
        )
    except (UnknownInPlan, Refusal) as error:
        raise fail(str(error)) from error
    sys.stdout.write(f"{address or name} may act as {role} for {unit}\n")


@users.command("card")
def give_card(
    plan_id: Annotated[str, typer.Argument(help="The plan's id.")],
    who: Annotated[str, typer.Argument(help="E-mail or name of somebody who nominates.")],
) -> None:
    """Issue a card; an older one is worthless at once. Prints its address and its start code, this once."""
    from services.identity import main as identity  # noqa: PLC0415 -- as above

    use_running_installation()
    try:
        issued = identity.issue_card(plan_of(plan_id), who=who)
    except (UnknownInPlan, Refusal) as error:
        raise fail(str(error)) from error
    sys.stdout.write(f"{settings().public_url}/the/{issued.secret}\nstart code {issued.start_code}\n")


@users.command("forget-authenticator")
def forget_authenticator(
    email: Annotated[str, typer.Argument(help="Of somebody who has lost phone and recovery codes.")],
) -> None:
    """Let somebody sign in with the password alone again."""
    from services.identity import main as identity  # noqa: PLC0415 -- as above

    use_running_installation()
    try:
        identity.forget_authenticator(email=email)
    except Refusal as error:
        raise fail(str(error)) from error
    sys.stdout.write(f"{email} signs in with the password alone\n")


def fail(message: str) -> typer.Exit:
    """The message on standard error, and an exit with 1."""
    sys.stderr.write(f"{message}\n")
    return typer.Exit(1)

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
    email: Annotated[str, typer.Argument(help="To sign in with.")],
    name: Annotated[str, typer.Option("--name", prompt=True)],
    role: Annotated[Role, typer.Option("--role", prompt=True)],
    unit: Annotated[str, typer.Option("--unit", prompt=True, help="The unit's key in the plan.")],
    password: Annotated[str, typer.Option("--password", prompt=True, hide_input=True, confirmation_prompt=True)],
) -> None:
    """Let somebody sign in and act in a role for a unit."""
    from services.identity import main as identity  # noqa: PLC0415 -- the run forks from here: services load in children

    use_running_installation()
    try:
        identity.enroll_person(plan_of(plan_id), name=name, email=email, role=role, unit=unit, password=password)
    except (UnknownInPlan, Refusal) as error:
        raise fail(str(error)) from error
    sys.stdout.write(f"{email} may act as {role} for {unit}\n")


def fail(message: str) -> typer.Exit:
    """The message on standard error, and an exit with 1."""
    sys.stderr.write(f"{message}\n")
    return typer.Exit(1)

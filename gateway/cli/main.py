"""The command `guongsang` and its groups."""

import typer

from gateway.cli import audit, chain, events, installation, plans, run, units

app = typer.Typer(
    name="guongsang",
    help="Gương Sáng: carries an official plan from paper to people.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(plans.app, name="plan")
app.add_typer(events.app, name="events")
app.add_typer(chain.app, name="chain")
app.add_typer(audit.app, name="audit")
app.add_typer(installation.users, name="user")
app.add_typer(units.app, name="units")
app.command("demo")(run.demo)
app.command("start")(run.start_installation)
app.command("status")(run.status)
app.command("stop")(run.stop)
app.command("migrate")(installation.migrate)
app.command("activate")(installation.activate)

"""`guongsang units`: lists of units."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from gateway.cli.addresses import use_running_installation
from gateway.cli.installation import fail
from shared.errors import Refusal

app = typer.Typer(help="Units through time.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Units through time."""


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A list of units (CSV in UTF-8).", exists=True, dir_okay=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what it would change.")] = False,
) -> None:
    """Take over a list of units: all of it, or, with one bad row, nothing. Exits 1 with every bad row named."""
    from services.identity import main as identity  # noqa: PLC0415 -- the run forks from here: services load in children

    use_running_installation()
    table = file.read_bytes()
    try:
        found = identity.examine_units(table)
        for fault in found.faults:
            sys.stdout.write(f"{file}:{fault.number}: {identity.words_of(fault)}\n")
        if found.faults:
            raise typer.Exit(1)
        for outcome in found.outcomes:
            if dry_run and outcome.difference != "same":
                detail = f" ({outcome.detail})" if outcome.detail else ""
                sys.stdout.write(f"{file}:{outcome.number}: {outcome.difference} {outcome.name}{detail}\n")
        counts = found.counts if dry_run else identity.import_units(table)
    except Refusal as refusal:
        raise fail(identity.words_of(refusal)) from refusal
    sys.stdout.write(", ".join(f"{count} {difference}" for difference, count in counts.items()) + "\n")

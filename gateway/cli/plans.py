"""`guongsang plan`: check a plan file before it is put into force."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from gateway.product import known
from shared.plan import check, describe

app = typer.Typer(help="Official plans as data.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Official plans as data."""


@app.command("check")
def check_file(
    file: Annotated[Path, typer.Argument(help="A plan file (YAML).")],
    english: Annotated[bool, typer.Option("--english", help="Faults in English.")] = False,
) -> None:
    """Report every fault of a plan file: file, line, what is wrong, what to write instead. Exits 1 if there is one."""
    faults = check(file, known=known())
    for fault in faults:
        sys.stdout.write(f"{describe(fault, 'en' if english else 'vi')}\n")
    if faults:
        raise typer.Exit(1)
    sys.stdout.write(f"{file}: {'no faults' if english else 'không có lỗi'}\n")

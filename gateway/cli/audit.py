"""`guongsang audit`: who looked at what; whether anybody tampered with the record of it."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from gateway.cli.addresses import use_running_installation
from shared.audit.trail import TRAIL
from shared.database import owner_engine
from shared.seal.chain import verify
from shared.seal.heads import published_heads
from shared.settings import settings

app = typer.Typer(help="The audit trail.", no_args_is_help=True)
Person = Annotated[str, typer.Option("--person", help="Who did it: a name, part of it, or an e-mail.")]
Object = Annotated[str, typer.Option("--object", help="About what: a dossier's code, a whole name, or an e-mail.")]
Since = Annotated[datetime | None, typer.Option("--since", help="First moment, inclusive (UTC).")]


@app.callback()
def group() -> None:
    """The audit trail."""
    use_running_installation()


@app.command("verify")
def verify_trail() -> None:
    """Recompute every commune's chain and hold it against the published heads. Exits 1 when something was changed."""
    published = published_heads(settings().var_dir / "chain", TRAIL.name)
    breaks = verify(owner_engine(), TRAIL, published)
    for found in breaks:
        sys.stdout.write(f"commune {found.unit_id}, seal {found.number}: {found.what}\n")
    if breaks:
        raise typer.Exit(1)
    sys.stdout.write(f"every chain of the audit trail holds, and so do {len(published)} published heads\n")


@app.command()
def show(
    person: Person = "",
    object_: Object = "",
    since: Since = None,
    lines: Annotated[int, typer.Option("-n", min=1, max=10_000, help="How many entries.")] = 50,
) -> None:
    """The newest entries, newest first, as sentences. Looking is itself recorded."""
    from services.identity import main as identity  # noqa: PLC0415 -- the run forks from here: services load in children

    for said in identity.trail_in_words(person=person, about=object_, since=aware(since), limit=lines):
        sys.stdout.write(f"{said}\n")


@app.command()
def export(person: Person = "", object_: Object = "", since: Since = None) -> None:
    """Every entry as CSV on standard output. Taking it out is itself recorded."""
    from services.identity import main as identity  # noqa: PLC0415 -- as above

    for line in identity.trail_as_csv(person=person, about=object_, since=aware(since)):
        sys.stdout.write(line)


def aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None

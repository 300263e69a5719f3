"""`guongsang chain`: whether anybody tampered with the event log."""

import sys

import typer

from gateway.cli.addresses import use_running_installation
from shared.bus.seal import EVENTS
from shared.database import owner_engine
from shared.seal.chain import verify
from shared.seal.heads import published_heads
from shared.settings import settings

app = typer.Typer(help="The hash chain over all events.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The hash chain over all events."""
    use_running_installation()


@app.command("verify")
def verify_chain() -> None:
    """Recompute every commune's chain and hold it against the published heads. Exits 1 when something was changed."""
    published = published_heads(settings().var_dir / "chain", EVENTS.name)
    breaks = verify(owner_engine(), EVENTS, published)
    for found in breaks:
        sys.stdout.write(f"commune {found.unit_id}, seal {found.number}: {found.what}\n")
    if breaks:
        raise typer.Exit(1)
    sys.stdout.write(f"every chain holds, and so do {len(published)} published heads\n")

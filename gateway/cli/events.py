"""`guongsang events`: what was said, what waits, what is parked; and have it said again."""

import json
import sys
import time
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import typer

from gateway.cli.addresses import use_running_installation
from shared.bus import inspect
from shared.bus.envelope import cloudevent
from shared.clock import now
from shared.database import owner_engine

app = typer.Typer(help="The event log and its deliveries.", no_args_is_help=True)
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]
Hearer = Annotated[str | None, typer.Option("--hearer", help="One service only.")]
POLL_S = 0.5


@app.callback()
def group() -> None:
    """The event log and its deliveries."""
    use_running_installation()


@app.command()
def tail(
    lines: Annotated[int, typer.Option("-n", min=1, max=10_000, help="How many events.")] = 20,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on as events are said.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="CloudEvents, one per line.")] = False,
) -> None:
    """The newest events, oldest first."""
    rows = inspect.recent_events(owner_engine(), after=None, limit=lines)
    while True:
        for row in rows:
            say(json.dumps(cloudevent(row), ensure_ascii=False) if as_json else one_line(row))
        if not follow:
            return
        last = rows[-1].id if rows else None
        time.sleep(POLL_S)
        rows = inspect.recent_events(owner_engine(), after=last, limit=1000)


@app.command()
def show(event_id: UUID) -> None:
    """One event as a CloudEvent, and how far each hearer is with it."""
    found = inspect.one_event(owner_engine(), event_id)
    if found is None:
        say(f"no event {event_id}")
        raise typer.Exit(1)
    row, deliveries = found
    say(json.dumps(cloudevent(row), ensure_ascii=False, indent=1))
    for delivery in deliveries:
        error = f"  {delivery.last_error}" if delivery.last_error else ""
        counts = f"sent {delivery.send_count}, started {delivery.started_count}"
        say(f"{delivery.hearer:12} {delivery.state:8} {counts}{error}")


@app.command()
def backlog() -> None:
    """For every hearer: pending, parked, and the age of the oldest."""
    for one in inspect.backlogs(owner_engine()):
        say(f"{one.hearer:12} pending {one.pending:6}  parked {one.parked:4}  oldest {one.oldest_s:8.1f} s")


@app.command()
def parked(hearer: Hearer = None) -> None:
    """Events that failed five times and wait for a person."""
    rows = inspect.parked(owner_engine(), hearer)
    for row in rows:
        say(f"{row.event_id}  {row.hearer:12} {row.type}  {row.subject}\n    {row.last_error}")
    say(f"{len(rows)} parked")


@app.command()
def requeue(
    event_ids: Annotated[list[UUID] | None, typer.Argument(help="Parked events; all if none is named.")] = None,
    hearer: Hearer = None,
    dry_run: DryRun = False,
) -> None:
    """Let parked events start anew, after the cause was mended."""
    rows = inspect.requeue(owner_engine(), hearer=hearer, event_ids=event_ids or None, dry_run=dry_run)
    for row in rows:
        say(f"{row.event_id}  {row.hearer}  {row.subject}")
    say(f"{len(rows)} {'would be ' if dry_run else ''}requeued")


@app.command()
def replay(
    hearer: Annotated[str, typer.Argument(help="A service that rebuilds its rows, such as report.")],
    since: Annotated[datetime, typer.Option("--since", help="First moment, inclusive (UTC).")],
    until: Annotated[
        datetime | None, typer.Option("--until", help="Last moment, exclusive (UTC); now if not given.")
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="Event names, such as case.opened; all if none.")
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Have a service hear events again."""
    try:
        counts = inspect.replay(
            owner_engine(),
            hearer=hearer,
            since=since.replace(tzinfo=UTC),
            until=(until or now()).replace(tzinfo=UTC),
            names=name or [],
            dry_run=dry_run,
        )
    except ValueError as error:
        say(str(error))
        raise typer.Exit(1) from error
    for full_type, count in counts.items():
        say(f"{count:8}  {full_type}")
    say(f"{sum(counts.values())} {'would be ' if dry_run else ''}heard again by {hearer}")


def one_line(row: Any) -> str:
    """time, step, type, subject."""
    name = row.type.removeprefix("vn.guongsang.")
    return f"{row.time:%Y-%m-%d %H:%M:%S}  {row.id}  {row.planstep:10} {name:34} {row.subject}"


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()

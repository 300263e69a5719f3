"""`python -m tests.imports --rows 5000 --faults 200 --kills 3`: an import through the running product.

A table with planted faults is brought by a program to a house with real engines, web processes, relays and workers;
meanwhile the worker is killed with SIGKILL. Exits 1 unless every fault is reported with its row and its cure, every
other row is in once, and the second time adds nothing.
"""

import argparse
import json
import sys
import threading
import time
from typing import Any

import httpx

from gateway.demo.people import actors, program_of
from shared.access.principal import Role
from shared.database import owner_engine
from shared.plan.shelf import shelf
from tests.chaos.run import House, TooLateError, house, until
from tests.nomination.tables import as_csv, as_workbook, planted

WITHIN_S = 600.0
WORKER = "worker-nomination"


def main(*, rows: int, faults: int, kills: int, workbook: bool) -> int:
    people, plan = planted(rows, faults)
    table = as_workbook(people) if workbook else as_csv(people)
    print(f"{rows} rows, {faults} faults, {len(table):,} bytes of {'XLSX' if workbook else 'CSV'}, {kills} kills")
    with house() as opened:
        office = actors(next(iter(shelf().values())), [Role.ORGANISATION], origin="")[Role.ORGANISATION][0]
        program = program_of(next(iter(shelf().values())), office)
        with httpx.Client(base_url=f"http://127.0.0.1:{opened.port}", headers=program.headers, timeout=60) as client:
            first = through(client, table, opened, kills=kills)
            reported = all_faults(client, first["links"]["faults"])
            second = through(client, table, opened, kills=0)
        until(lambda: not waiting(), within_s=WITHIN_S, what="everything said to be heard")
        counted, told = submitted(), letters()
    missed = [
        number
        for number, (_box, _value, column, cure) in plan.items()
        if not any(one["column"] == column and cure in one["detail"] for one in reported.get(number, []))
    ]
    checks = {
        f"{len(reported)} rows reported, {faults} planted": set(reported) == set(plan),
        f"{len(missed)} of them without their column and cure": not missed,
        f"{first['added']} added": first["added"] == rows - faults,
        f"{second['added']} added the second time, {second['known']} known": second["added"] == 0
        and second["known"] == rows - faults,
        f"{counted[0]} nominations, {counted[1]} events": counted == (rows - faults, rows - faults),
        f"{told} letters to whoever brought it": told == 1,
    }
    for said, holds in checks.items():
        print(f"{'ok   ' if holds else 'WRONG'} {said}")
    return int(not all(checks.values()))


def through(client: httpx.Client, table: bytes, opened: House, *, kills: int) -> dict[str, Any]:
    """Bring the table, confirm it, wait; the import as it ended."""
    began = time.monotonic()
    answer = client.post("/api/v1/imports", content=table)
    assert answer.status_code == httpx.codes.ACCEPTED, answer.text
    links = answer.json()["links"]
    print(f"brought in {time.monotonic() - began:.1f} s")
    run = followed(client, links["self"], {"examined", "done"}, began)
    if run["good"] == 0:
        return run
    began = time.monotonic()
    assert client.post(links["confirm"]).status_code == httpx.codes.ACCEPTED
    killer = threading.Thread(target=kill_worker, args=(opened, kills), daemon=True)
    killer.start()
    run = followed(client, links["self"], {"done"}, began)
    killer.join()
    return run


def followed(client: httpx.Client, address: str, ends: set[str], began: float) -> dict[str, Any]:
    """Ask until the import stands at one of these stages; prints the progress that it saw."""
    run: dict[str, Any] = {}
    seen: list[int] = []

    def ended() -> bool:
        run.update(client.get(address).json())
        if not seen or seen[-1] != run["done"]:
            seen.append(run["done"])
        return run["stage"] in ends

    until(ended, within_s=WITHIN_S, what=json.dumps(run), every_s=0.1)
    counts = {name: run[name] for name in ("good", "faulty", "known", "added")}
    print(f"{run['stage']} after {time.monotonic() - began:.1f} s, {counts}; progress: {seen}", flush=True)
    return run


def kill_worker(opened: House, kills: int) -> None:
    """SIGKILL the worker, each time after it has come back and worked a little."""
    for _ in range(kills):
        time.sleep(0.7)
        try:
            took_s = until(lambda: opened.kill(WORKER), within_s=60, what="the worker to kill", every_s=0.05)
        except TooLateError as late:
            print(late)
            return
        print(f"kill -9 of {WORKER} (waited {took_s:.1f} s for it)", flush=True)


def all_faults(client: httpx.Client, address: str) -> dict[int, list[dict[str, Any]]]:
    """{row: its faults}, page by page."""
    found: dict[int, list[dict[str, Any]]] = {}
    after: int | None = 0
    while after is not None:
        page = client.get(address, params={"after": after}).json()
        for one in page["items"]:
            found.setdefault(one["row"], []).append(one)
        after = page["next"]
    return found


def waiting() -> bool:
    """Whether something that was said is still to be heard."""
    with owner_engine().connect() as connection:
        found = connection.exec_driver_sql("SELECT EXISTS (SELECT 1 FROM bus.delivery WHERE state = 'pending')")
        return bool(found.scalar())


def letters() -> int:
    """How many messages the nominator of the table has of it."""
    with owner_engine().connect() as connection:
        return int(
            connection.exec_driver_sql(
                "SELECT count(*) FROM notify.message WHERE recipients[1] = 'nominator'"
            ).scalar_one()
        )


def submitted() -> tuple[int, int]:
    """(nominations, events that say so) in the house's database."""
    with owner_engine().connect() as connection:
        row = connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM nomination.nomination),"
            " (SELECT count(DISTINCT subject) FROM bus.event WHERE type = 'vn.guongsang.nomination.submitted.v1')"
        ).one()
    return row[0], row[1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--faults", type=int, default=200)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--xlsx", action="store_true", help="as a workbook instead of CSV")
    given = parser.parse_args()
    sys.exit(main(rows=given.rows, faults=given.faults, kills=given.kills, workbook=given.xlsx))

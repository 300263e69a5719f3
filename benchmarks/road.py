"""Milliseconds from submission to publication over three hops of the whole embedded run, at three rates.

People take no time here. Counted is what they would wait for: from sending the nomination until the case is open, from
sending the chair's decision until the story is drafted, from sending the editor's approval until the story is published
on the portal. "Until" is when the event can be read in the database by another process; the driver looks every 2 ms.
The sheet of the one council member goes in between and is load, not time. Each nomination is about somebody else: a
province's last day, not one person put forward a thousand times.
"""

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from statistics import quantiles
from typing import Any
from uuid import UUID

import psycopg
import uvloop

from benchmarks.client import Connection, request
from benchmarks.figure import Figure, Size
from gateway.demo.drive import dossier
from gateway.demo.people import actors, program_of
from shared.access.principal import Role
from shared.events.event import Event
from shared.events.publish import StoryDrafted, StoryPublished
from shared.events.review import CaseOpened
from shared.plan import Plan
from shared.plan.shelf import shelf
from shared.settings import settings
from tests.chaos.run import House
from tests.nomination.made_up_names import made_up

STEADY, LIVELY, BUSY = 5.0, 15.0, 50.0  # nominations a second
GOAL_P50_MS, GOAL_P99_MS = 100, 400  # when busy
WARM = 25  # nominations that are not counted: they load what is loaded late
LEAST = 5  # nominations at any rate
LOOK_S = 0.002
AGAIN_S = 0.05  # after a 503
PATIENCE_S = 300.0
ARRIVED = "SELECT correlationid, type, subject FROM bus.event WHERE correlationid = ANY(%s) AND type = ANY(%s)"


def measure(size: Size, opened: House) -> list[Figure]:
    """At a village's pace, at that of many communes, and at that of a whole province on its last day."""
    driver = Driver.of(opened)
    travel(driver, count=min(WARM, size.nominations), rate=STEADY)
    return [
        *travelled(driver, size, rate=STEADY, goals=(None, None)),
        *travelled(driver, size, rate=LIVELY, goals=(None, None)),
        *travelled(driver, size, rate=BUSY, goals=(GOAL_P50_MS, GOAL_P99_MS)),
    ]


def travelled(driver: "Driver", size: Size, *, rate: float, goals: tuple[float | None, float | None]) -> list[Figure]:
    """p50 and p99 of the whole road while nominations come at this rate, and how many a second came through."""
    runs, seconds = [], []
    for _ in range(max(1, size.repetitions // 2)):
        began = time.perf_counter()
        runs.append(travel(driver, count=max(LEAST, min(size.nominations, round(rate * size.seconds))), rate=rate))
        seconds.append(time.perf_counter() - began)
    halves, tails = zip(*(percentiles([sum(hops) for hops in run]) for run in runs), strict=True)
    hops = [percentiles([hops[number] for run in runs for hops in run])[0] for number in range(3)]
    print(f"p50 of each hop at {rate:.0f}/s: {' + '.join(f'{hop:.0f}' for hop in hops)} ms; {driver.sent_again} x 503")
    name = f"submit to published at {rate:.0f}/s, three hops"
    through = [len(run) / second for run, second in zip(runs, seconds, strict=True)]
    return [
        Figure(f"{name}, p50", "ms", halves, (), goals[0], True),
        Figure(f"{name}, p99", "ms", tails, (), goals[1], True),
        Figure(f"came through, of {rate:.0f}/s", "1/s", through),
    ]


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """(p50, p99) of the values."""
    cuts = quantiles(values, n=100, method="inclusive")
    return cuts[49], cuts[98]


@dataclass(slots=True)
class Driver:
    """Who acts in the plan, and where."""

    port: int
    plan: Plan
    headers: dict[Role, dict[str, str]]
    names: Iterator[str]
    idle: list[Connection] = field(default_factory=list)
    waiting: dict[tuple[UUID, str], asyncio.Future[str]] = field(default_factory=dict)
    sent_again: int = 0

    @classmethod
    def of(cls, opened: House) -> "Driver":
        plan = next(iter(shelf().values()))
        roles = (Role.ORGANISATION, Role.COUNCIL_MEMBER, Role.CHAIR, Role.EDITOR)
        people = actors(plan, roles, origin=f"http://127.0.0.1:{opened.port}")
        headers = {role: program_of(plan, people[role][0]).headers for role in roles}
        return cls(opened.port, plan, headers, (one.name for one in made_up(1, twice=0)))

    async def call(self, role: Role, method: str, path: str, body: dict[str, Any], **more: str) -> Any:
        """The JSON of an answer; sent again while the house says that it is too busy. Raises AssertionError."""
        connection = self.idle.pop() if self.idle else await Connection.to(self.port)
        whole = request(method, path, headers=self.headers[role] | more, body=json.dumps(body).encode())
        while True:
            status, content = await connection.send(whole)
            if status != HTTPStatus.SERVICE_UNAVAILABLE:
                break
            self.sent_again += 1
            await asyncio.sleep(AGAIN_S)
        self.idle.append(connection)
        assert status < HTTPStatus.BAD_REQUEST, (path, status, content)
        return json.loads(content)

    async def arrival(self, nomination_id: UUID, event: type[Event]) -> str:
        """The id of the event's subject, as soon as the event is there."""
        future: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.waiting[nomination_id, event.TYPE] = future
        return (await asyncio.wait_for(future, PATIENCE_S)).partition("/")[2]

    async def look(self) -> None:
        """Tell those who wait what has arrived, for ever."""
        async with await psycopg.AsyncConnection.connect(settings().database_url, autocommit=True) as database:
            while True:
                if self.waiting:
                    nominations, types = ([*set(part)] for part in zip(*self.waiting, strict=True))
                    for nomination_id, kind, subject in await (
                        await database.execute(ARRIVED, (nominations, types))
                    ).fetchall():
                        if future := self.waiting.pop((nomination_id, kind), None):
                            future.set_result(subject)
                await asyncio.sleep(LOOK_S)


def travel(driver: Driver, *, count: int, rate: float) -> list[tuple[float, float, float]]:
    """Send `count` nominations all the way, `rate` a second; the milliseconds of each one's hops."""
    return uvloop.run(all_the_way(driver, count=count, rate=rate))


async def all_the_way(driver: Driver, *, count: int, rate: float) -> list[tuple[float, float, float]]:
    driver.idle.clear()
    looking = asyncio.create_task(driver.look())
    began = time.perf_counter()

    async def one(number: int) -> tuple[float, float, float]:
        await asyncio.sleep(began + number / rate - time.perf_counter())
        return await the_way(driver, f"{began}-{number}")

    try:
        return await asyncio.gather(*map(one, range(count)))
    finally:
        looking.cancel()
        for connection in driver.idle:
            connection.close()


async def the_way(driver: Driver, key: str) -> tuple[float, float, float]:
    """One nomination's three hops, in milliseconds."""
    plan = driver.plan
    nominee = {"name": next(driver.names), "birth_year": None, "address": ""}
    whole = dossier(plan, "") | {"photo": None, "nominee": nominee, "headline": f"Việc tốt mẫu số {key}"}
    sent = time.perf_counter()
    path = "/api/v1/nominations"
    receipt = await driver.call(Role.ORGANISATION, "POST", path, whole, **{"Idempotency-Key": key})
    nomination_id = UUID(receipt["id"])
    case_id = await driver.arrival(nomination_id, CaseOpened)
    opened = time.perf_counter()

    measures = [*(criterion.id for criterion in plan.criteria), whole["field"]]
    sheet = {"scores": dict.fromkeys(measures, plan.review.maximum)}
    await driver.call(Role.COUNCIL_MEMBER, "PUT", f"/api/v1/cases/{case_id}/scores", sheet)

    decided = time.perf_counter()
    decision = {"outcome": "recognised", "reason": "Việc làm thiết thực, bền bỉ."}
    await driver.call(Role.CHAIR, "POST", f"/api/v1/cases/{case_id}/decision", decision)
    story_id = await driver.arrival(nomination_id, StoryDrafted)
    drafted = time.perf_counter()

    approval = {"channels": ["portal"], "checks": list(plan.field(whole["field"]).checks)}
    await driver.call(Role.EDITOR, "POST", f"/api/v1/stories/{story_id}/approval", approval)
    await driver.arrival(nomination_id, StoryPublished)
    published = time.perf_counter()
    return (opened - sent) * 1000, (drafted - decided) * 1000, (published - drafted) * 1000

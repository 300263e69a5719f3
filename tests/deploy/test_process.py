"""What containers run, and their health checks: real workers on the tests' engines."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from starlette.responses import PlainTextResponse

from deploy.health import PATIENCE, judge
from deploy.process import HEALTH, Watched
from shared.bus.broker import celery_app, queues_of
from shared.bus.progress import WorkerProgress
from shared.database import owner_engine
from shared.ids import new_id

ROOT = Path(__file__).parents[2]
NOON = datetime(2025, 5, 20, 5, tzinfo=UTC)
Start = Callable[..., "subprocess.Popen[bytes]"]


def until(condition: Callable[[], object], *, within_s: float = 40.0) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"not true after {within_s} s"
        time.sleep(0.05)


@pytest.fixture
def start(database: object, tmp_path: Path) -> Iterator[Start]:
    """Run a module as review's container would; what was started is ended with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(module: str, *arguments: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=os.environ | {"GUONGSANG_SERVICE": "review", "TMPDIR": str(tmp_path)},
            start_new_session=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, 9)
        process.wait()


@pytest.fixture
def worker(start: Start, tmp_path: Path) -> "subprocess.Popen[bytes]":
    """A worker of review that answers."""
    process = start("deploy.process", "worker", "--processes", "1")
    until(lambda: any(name.startswith("review@") for name in queues_served()))
    assert (tmp_path / "guongsang-worker.pid").read_text() == f"{process.pid}\n"
    return process


def queues_served() -> dict[str, set[str]]:
    """{worker: the queues that it takes from}, as the workers say."""
    answers = celery_app().control.inspect(timeout=0.5).active_queues() or {}
    return {name: {queue["name"] for queue in queues} for name, queues in answers.items()}


def test_a_worker_serves_both_queues_of_its_service(worker: "subprocess.Popen[bytes]") -> None:
    def served() -> list[set[str]]:
        return [queues for name, queues in queues_served().items() if name.startswith("review@")]

    until(lambda: served() == [set(queues_of("review"))])  # a busy worker may answer late


def test_a_worker_that_gets_on_is_well(worker: "subprocess.Popen[bytes]", start: Start) -> None:
    assert start("deploy.health", "worker").wait() == 0
    assert worker.poll() is None


def test_a_worker_that_has_work_and_does_nothing_is_ended(
    worker: "subprocess.Popen[bytes]", start: Start, tmp_path: Path
) -> None:
    hand_out_work("review")
    assert start("deploy.health", "worker").wait() == 0  # it may still come to it
    since = datetime.fromisoformat((tmp_path / "guongsang-waiting-since").read_text())
    (tmp_path / "guongsang-waiting-since").write_text((since - PATIENCE).isoformat())
    assert start("deploy.health", "worker").wait() == 1
    assert worker.wait(timeout=10) == -9


def hand_out_work(hearer: str, *, sent: int = 1) -> None:
    """A delivery that was sent to the worker's queue so many times and never arrived."""
    with owner_engine().begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO bus.delivery (hearer, event_id, subject, subjectversion, next_at, send_count) "
            "VALUES (%s, %s, 'case/1', 1, now(), %s)",
            (hearer, new_id(), sent),
        )


def test_a_relay_sends_what_is_due_for_its_service(start: Start) -> None:
    hand_out_work("review", sent=0)
    start("deploy.process", "relay", "--linger", "0.01")
    until(lambda: times_sent("review") == [1])


def times_sent(hearer: str) -> list[int]:
    with owner_engine().connect() as connection:
        rows = connection.exec_driver_sql("SELECT send_count FROM bus.delivery WHERE hearer = %s", (hearer,))
        return list(rows.scalars())


def progress(*, due: int, idle_s: float | None) -> WorkerProgress:
    return WorkerProgress("review", due, idle_s)


def test_work_that_was_just_handed_out_is_no_sign_of_illness_however_long_it_was_quiet_before() -> None:
    found = judge(progress(due=1, idle_s=36_000), waiting_since=None, at=NOON)
    assert not found.stuck
    assert found.waiting_since == NOON


def test_a_worker_that_finished_something_meanwhile_is_well() -> None:
    found = judge(progress(due=100, idle_s=1), waiting_since=NOON - timedelta(hours=1), at=NOON)
    assert not found.stuck


def test_a_worker_that_never_finished_anything_is_stuck_after_the_time_allowed() -> None:
    since = NOON - PATIENCE
    assert judge(progress(due=1, idle_s=None), waiting_since=since, at=NOON).stuck
    assert not judge(progress(due=1, idle_s=None), waiting_since=since + timedelta(seconds=1), at=NOON).stuck


@pytest.mark.parametrize("found", [None, WorkerProgress("review", 0, 9_999)])
def test_the_wait_is_forgotten_when_nothing_is_left_to_do(found: WorkerProgress | None) -> None:
    assert judge(found, waiting_since=NOON - timedelta(hours=1), at=NOON).waiting_since is None


def test_a_web_process_says_that_it_answers_and_leaves_the_rest_to_the_service() -> None:
    app = Watched(PlainTextResponse("the service", status_code=404))
    assert answer(app, HEALTH).text == "ok"
    assert answer(app, f"{HEALTH}/x").text == "the service"


def answer(app: Watched, path: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://web") as client:
            return await client.get(path)

    with ThreadPoolExecutor(1) as beside:  # a browser of another test may keep this thread's loop running
        return beside.submit(lambda: asyncio.run(ask())).result()


def test_an_image_without_the_service_says_so(start: Start) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deploy.process", "web"],
        cwd=ROOT,
        env=os.environ | {"GUONGSANG_SERVICE": "harbour"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "'harbour'" in done.stderr

import http.client
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.supervisor import logs
from gateway.supervisor.arbiter import PATIENCE, STOP_WITHIN_S
from gateway.supervisor.instance import read_processes, running
from gateway.supervisor.life import Life
from gateway.supervisor.ports import remembered
from gateway.supervisor.spec import ProcessSpec, Tier
from shared.clock import now
from tests.gateway.conftest import Run, alive, until

Start = Callable[[str, Path], Run]
DEAF_ARE_WAITED_FOR_S = STOP_WITHIN_S * PATIENCE[Tier.WORKER]


def ask(var: Path) -> http.client.HTTPConnection:
    """A question to the web process, sent off."""
    connection = http.client.HTTPConnection("127.0.0.1", remembered(var)["web"], timeout=10)
    connection.request("GET", "/")
    return connection


def answer(asked: http.client.HTTPConnection) -> int:
    """The pid of the web process that answers."""
    pid = int(asked.getresponse().read())
    asked.close()
    return pid


def test_a_run_says_who_it_is_where_it_is_and_when_it_is_ready(start: Start, var: Path) -> None:
    run = start("plain", var).ready()

    instance = running(var)

    assert instance is not None
    assert (instance.pid, instance.address, instance.ready) == (run.process.pid, "http://127.0.0.1:8000/", True)
    assert set(read_processes(var)) == {"web", "sleeper", "family"}
    assert all(alive(pid) for pid in run.pids())
    run.stop()
    assert running(var) is None


def test_a_second_start_says_that_it_is_already_running_and_where(start: Start, var: Path) -> None:
    first = start("plain", var).ready()
    pids = first.pids()

    second = start("plain", var)
    second.process.wait(20)

    assert second.process.returncode == 3
    assert f"already running at http://127.0.0.1:8000/ (process {first.process.pid})" in second.words()
    assert first.pids() == pids
    assert all(alive(pid) for pid in pids)


def test_a_killed_child_is_back_at_once(start: Start, var: Path) -> None:
    run = start("plain", var).ready()
    began = time.monotonic()

    state = run.back("web", run.kill("web"))

    assert time.monotonic() - began < 1.0
    assert state.restarts == 1
    assert run.state("sleeper").restarts == 0


def test_who_comes_while_the_web_process_is_gone_is_answered_by_the_next(start: Start, var: Path) -> None:
    run = start("plain", var).ready()
    before = answer(ask(var))
    os.kill(run.process.pid, signal.SIGSTOP)  # so that it is gone for as long as we need
    killed = run.kill("web")
    until(lambda: not alive(killed))

    asked = ask(var)
    os.kill(run.process.pid, signal.SIGCONT)

    assert before == killed != answer(asked) == run.back("web", killed).pid


def test_what_a_killed_child_has_started_is_ended_with_it(start: Start, var: Path) -> None:
    run = start("plain", var).ready()
    until((var / "grandchildren").exists)
    until(lambda: len((var / "grandchildren").read_text().split()) == 2)
    grandchildren = [int(pid) for pid in (var / "grandchildren").read_text().split()]
    assert all(alive(pid) for pid in grandchildren)

    run.back("family", run.kill("family"))

    until(lambda: not any(alive(pid) for pid in grandchildren), within_s=2)


def test_no_zombie_stays(start: Start, var: Path) -> None:
    run = start("plain", var).ready()
    killed = [run.kill(name) for name in ("web", "sleeper", "family")]

    for name, pid in zip(("web", "sleeper", "family"), killed, strict=True):
        run.back(name, pid)

    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in killed), within_s=2)


def test_kill_9_of_the_supervisor_takes_everything_with_it_and_a_new_start_works(start: Start, var: Path) -> None:
    run = start("plain", var).ready()
    until((var / "grandchildren").exists)
    until(lambda: len((var / "grandchildren").read_text().split()) == 2)
    pids, port = run.pids(), remembered(var)["web"]
    in_group, in_own_session = map(int, (var / "grandchildren").read_text().split())

    os.kill(run.process.pid, signal.SIGKILL)
    run.process.wait()

    until(lambda: not any(alive(pid) for pid in pids), within_s=2)
    assert running(var) is None
    again = start("plain", var).ready()
    assert remembered(var)["web"] == port
    assert answer(ask(var)) == again.pid("web")
    assert not alive(in_group)  # the kernel did not end it; the new start did
    os.kill(in_own_session, signal.SIGKILL)  # nobody knows of it; engines find theirs by their folder


def test_sigterm_ends_workers_first_then_servers_then_engines(start: Start, var: Path) -> None:
    run = start("ordered", var).ready()

    seconds = run.stop()

    assert (var / "order").read_text().split() == ["worker", "server", "engine"]
    assert run.process.returncode == 0
    assert seconds < DEAF_ARE_WAITED_FOR_S


def test_sigterm_ends_a_child_that_does_not_listen_within_ten_seconds(start: Start, var: Path) -> None:
    run = start("with_deaf", var).ready()
    pids = run.pids()

    seconds = run.stop()

    assert seconds < 10
    assert (var / "order").read_text().split() == ["worker", "server", "engine"]
    assert not any(alive(pid) for pid in pids)


def test_a_second_signal_ends_everything_at_once(start: Start, var: Path) -> None:
    run = start("with_deaf", var).ready()
    pids = run.pids()
    began = time.monotonic()
    run.process.send_signal(signal.SIGTERM)
    until((var / "order").exists, within_s=60)

    until(lambda: time.monotonic() - began > 0.6)  # signals closer together count as one
    run.process.send_signal(signal.SIGTERM)
    run.process.wait(10)

    assert time.monotonic() - began < DEAF_ARE_WAITED_FOR_S
    assert not any(alive(pid) for pid in pids)


def test_a_child_writes_to_its_own_log(start: Start, var: Path) -> None:
    start("plain", var).ready()

    until(lambda: (var / "log/sleeper.log").read_text() == "started\n")


def test_a_log_keeps_to_its_bound_while_its_writer_goes_on(tmp_path: Path) -> None:
    descriptor = logs.open_log(tmp_path, "chatty")
    os.write(descriptor, b"old\n" * 100)

    logs.rotate(tmp_path, most_bytes=100)
    os.write(descriptor, b"new\n")

    assert (tmp_path / "chatty.log").read_text() == "new\n"
    assert (tmp_path / "chatty.log.1").read_text() == "old\n" * 100
    assert logs.tail(tmp_path, "chatty") == "new"
    os.close(descriptor)


def test_a_one_shot_runs_once_and_its_exit_code_can_be_the_runs(start: Start, var: Path) -> None:
    run = start("one_shot", var)

    run.process.wait(20)

    assert run.process.returncode == 7
    assert {name: state.restarts for name, state in read_processes(var).items()} == {"first": 0, "last": 0}


def test_a_start_that_cannot_succeed_ends_and_shows_why(start: Start, var: Path) -> None:
    run = start("hopeless", var)

    run.process.wait(20)

    words = run.words()
    assert run.process.returncode == 1
    assert "migrate failed 5 times" in words
    assert "no such table: bread" in words


def test_a_hung_worker_is_ended_by_the_watchdog_and_a_busy_one_is_not(start: Start, var: Path) -> None:
    run = start("watched", var).ready()
    until(lambda: (var / "done-ant").exists() and (var / "done-bee").exists())
    hung = run.pid("ant")

    os.kill(hung, signal.SIGSTOP)

    assert run.back("ant", hung).restarts == 1
    assert (run.state("bee").restarts, run.state("dog").restarts) == (0, 0)
    assert "ant has work and finished nothing for 1.0 s: killed" in (var / "log/dog.log").read_text()


def test_only_dying_at_once_again_and_again_makes_a_child_wait() -> None:
    life = Life(ProcessSpec(name="any", run=lambda: None))

    def die_after(seconds: float, *, code: int = 1) -> float:
        life.begin(1, mark=None, at=0.0, moment=now())
        return life.end(code, at=seconds)

    assert [die_after(0.1) for _ in range(6)] == [0.0, 0.5, 1.0, 2.0, 5.0, 5.0]
    assert die_after(3.0) == 0.0  # in the middle of its life
    assert die_after(0.1, code=-signal.SIGKILL) == 0.0  # not of itself
    assert die_after(0.1) == 5.0
    assert die_after(31.0) == 0.0
    assert [die_after(0.1) for _ in range(2)] == [0.0, 0.5]


def test_forked_children_share_what_was_loaded_before(start: Start, var: Path) -> None:
    run = start("shared_memory", var).ready()
    until(lambda: all(run.state(f"worker-{number}").pid for number in range(6)))

    def kilobytes(pid: int, kind: str) -> int:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:"))

    pids = [run.process.pid, *run.pids()]
    resident = sum(kilobytes(pid, "Rss") for pid in pids)
    proportional = sum(kilobytes(pid, "Pss") for pid in pids)

    print(json.dumps({"processes": len(pids), "rss_mb": resident // 1024, "pss_mb": proportional // 1024}))
    assert proportional < resident / 3


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to make a folder that is another user's")
def test_a_folder_of_another_user_is_refused_with_whose_it_is(open_var: Path) -> None:
    open_var.mkdir(mode=0o755)
    pid = os.fork()
    if pid == 0:
        os.setuid(12_345)
        try:
            from gateway.supervisor.instance import NotOursError, hold  # noqa: PLC0415 -- in the child only

            hold(open_var)
        except NotOursError as error:
            os._exit(0 if "belongs to user number 0, this is user number 12345" in str(error) else 2)
        os._exit(1)

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0

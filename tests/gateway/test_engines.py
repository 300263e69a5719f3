import os
import pwd
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from redis import Redis
from redis.exceptions import NoPermissionError

from gateway.engines import postgresql, valkey
from gateway.engines.account import Account, Kind, choose
from gateway.engines.embedded import Addresses, EnginesDidNotStartError, addresses, started
from gateway.supervisor.instance import running
from gateway.supervisor.ports import remembered
from tests.gateway.conftest import ROOT, Run, alive, until

Start = Callable[[str, Path], Run]
ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become another user")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose engines have run once: making a cluster is most of the time of a first start."""
    folder = tmp_path_factory.mktemp("made") / "var"
    with started(folder):
        pass
    return folder


@pytest.fixture
def var(made: Path, tmp_path: Path) -> Path:
    """A folder of the test's own whose engines have run once."""
    subprocess.run(["cp", "--archive", made, tmp_path / "var"], check=True)
    return (tmp_path / "var").resolve()


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    return (tmp_path / "var").resolve()


def one_row(url: str, question: str) -> tuple[object, ...] | None:
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchone()


def write_down(found: Addresses, word: str) -> None:
    with psycopg.connect(found.database_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS word (word text)")
        connection.execute("INSERT INTO word VALUES (%s)", (word,))
    Redis.from_url(found.redis_url).rpush("words", word)


def words(found: Addresses) -> tuple[object, list[bytes | str]]:
    row = one_row(found.database_url, "SELECT array_agg(word ORDER BY word) FROM word")
    assert row is not None
    kept = Redis.from_url(found.redis_url).lrange("words", 0, -1)
    assert isinstance(kept, list)
    return row[0], kept


def test_both_engines_answer_and_are_set_to_keep_what_they_are_told(fresh: Path) -> None:
    with started(fresh) as found:
        settings = one_row(
            found.database_url,
            "SELECT current_setting('fsync'), current_setting('synchronous_commit'), current_setting('shared_buffers'),"
            " current_setting('max_connections'), current_setting('server_encoding'), lower('ĐIỂN HÌNH')",
        )
        broker = Redis.from_url(found.redis_admin_url, decode_responses=True)
        names = ("appendonly", "appendfsync", "maxmemory", "maxmemory-policy", "bind", "protected-mode")
        broker_settings = [broker.config_get(name)[name] for name in names]

    assert settings == ("on", "on", "32MB", "200", "UTF8", "điển hình")
    assert broker_settings == ["yes", "everysec", "268435456", "noeviction", "127.0.0.1", "yes"]
    assert "ready to accept connections" in (fresh / "log/postgresql.log").read_text()
    assert "Ready to accept connections" in (fresh / "log/valkey.log").read_text()


def test_without_the_password_nobody_gets_in(var: Path) -> None:
    with started(var) as found:
        port = remembered(var)["postgresql"]
        for host in ("127.0.0.1", *([str(var / "run/postgresql")] if found.database_socket_url else [])):
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                psycopg.connect(host=host, port=port, user="guongsang", password="guess", dbname="guongsang")
        assert found.database_socket_url is None or one_row(found.database_socket_url, "SELECT 1") == (1,)

    assert [oct(path.stat().st_mode & 0o777) for path in (var / "secrets").iterdir()] == ["0o600"] * 5


def test_the_brokers_user_cannot_wipe_list_or_reconfigure(var: Path) -> None:
    with started(var) as found:
        broker = Redis.from_url(found.redis_url)
        broker.set("bread", "1")
        for forbidden in (broker.flushall, broker.flushdb, broker.keys, broker.config_get, broker.shutdown):
            with pytest.raises(NoPermissionError):
                forbidden()
        assert broker.get("bread") == b"1"


def test_the_owner_can_make_roles_schemas_extensions_and_databases(var: Path) -> None:
    with started(var) as found, psycopg.connect(found.database_url, autocommit=True) as connection:
        connection.execute("CREATE ROLE guongsang_review LOGIN PASSWORD 'x'")
        connection.execute("ALTER ROLE guongsang_review SET search_path = review")
        connection.execute("CREATE SCHEMA review AUTHORIZATION guongsang_review")
        connection.execute("CREATE EXTENSION unaccent")
        connection.execute("CREATE DATABASE another")
        superuser = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()

    assert superuser == (False,)


def test_a_restart_keeps_data_ports_and_passwords(var: Path) -> None:
    with started(var) as first:
        write_down(first, "kept")

    with started(var) as second:
        assert second == first
        assert words(second) == (["kept"], [b"kept"])


def test_a_port_that_another_program_has_taken_meanwhile_is_given_up(var: Path) -> None:
    with started(var) as first:
        write_down(first, "kept")
    port = remembered(var)["postgresql"]

    with postgresql_port_taken(port), started(var) as second:
        assert remembered(var)["postgresql"] != port
        assert words(second) == (["kept"], [b"kept"])


def postgresql_port_taken(port: int) -> socket.socket:
    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    taken.bind(("127.0.0.1", port))
    taken.listen()
    return taken


def test_engines_killed_with_9_come_back_with_their_data(start: Start, var: Path) -> None:
    run = start("engines", var).ready()
    found = addresses(var)
    write_down(found, "a")

    for name in ("postgresql", "valkey", "postgresql"):
        run.back(name, run.kill(name))

    write_down(found, "b")
    assert words(found) == (["a", "b"], [b"a", b"b"])


def test_a_client_in_the_middle_of_a_query_does_not_hold_up_the_recovery(start: Start, var: Path) -> None:
    run = start("engines", var).ready()
    busy = psycopg.connect(addresses(var).database_url)
    backend = busy.info.backend_pid
    busy.pgconn.send_query(b"SELECT pg_sleep(60)")

    run.back("postgresql", run.kill("postgresql"))

    assert not alive(backend)
    busy.close()


def test_kill_9_of_the_supervisor_and_of_postgresql_together_is_recovered_by_a_new_start(
    start: Start, var: Path
) -> None:
    run = start("engines", var).ready()
    found = addresses(var)
    write_down(found, "kept")
    pids = run.pids()
    os.kill(run.process.pid, signal.SIGSTOP)

    for pid in (*pids, run.process.pid):
        os.kill(pid, signal.SIGKILL)
    run.process.wait()

    start("engines", var).ready()
    assert addresses(var) == found
    assert words(found) == (["kept"], [b"kept"])


def test_no_process_of_a_killed_postgresql_works_on_the_data_when_the_next_one_starts(start: Start, var: Path) -> None:
    run = start("engines", var).ready()
    busy = psycopg.connect(addresses(var).database_url)
    backend = busy.info.backend_pid
    os.kill(backend, signal.SIGSTOP)  # it will not notice that its parent is gone
    os.kill(run.process.pid, signal.SIGSTOP)
    for pid in (*run.pids(), run.process.pid):
        os.kill(pid, signal.SIGKILL)
    run.process.wait()
    assert alive(backend)

    start("engines", var).ready()

    assert not alive(backend)
    busy.close()


def test_kill_9_of_the_supervisor_ends_the_engines_and_a_new_start_at_once_works(start: Start, var: Path) -> None:
    run = start("engines", var).ready()
    found = addresses(var)
    write_down(found, "kept")
    pids = run.pids()

    os.kill(run.process.pid, signal.SIGKILL)
    run.process.wait()
    start("engines", var).ready()

    assert not any(alive(pid) for pid in pids)
    assert addresses(var) == found
    assert words(found) == (["kept"], [b"kept"])


def test_a_stale_pid_file_that_names_a_living_process_does_not_stop_the_start(var: Path) -> None:
    with started(var) as found:
        write_down(found, "kept")
    stale = var / "postgresql/postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{var / 'postgresql'}\n1700000000\n5432\n\n127.0.0.1\n")

    with started(var) as found:
        assert words(found) == (["kept"], [b"kept"])


def test_a_data_folder_that_was_half_made_is_made_anew(fresh: Path) -> None:
    half = fresh / "postgresql.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    with started(fresh) as found:
        assert one_row(found.database_url, "SELECT 1") == (1,)

    assert not half.exists()


def test_a_command_log_cut_off_at_its_end_is_read_up_to_there(var: Path) -> None:
    with started(var) as found:
        write_down(found, "kept")
        Redis.from_url(found.redis_url).rpush("words", "lost")
    path = next((var / "valkey/appendonlydir").glob("*.incr.aof"))
    os.truncate(path, path.stat().st_size - 3)

    with started(var) as found:
        assert words(found) == (["kept"], [b"kept"])


def test_a_command_log_broken_in_the_middle_is_set_aside(var: Path) -> None:
    with started(var) as found:
        write_down(found, "kept")
    path = next((var / "valkey/appendonlydir").glob("*.incr.aof"))
    path.write_bytes(b"rubbish\r\n" + path.read_bytes())

    with started(var) as found:
        assert Redis.from_url(found.redis_url).ping()
        write_down(found, "new")

    kept = next((var / "valkey").glob("appendonlydir.broken-*"))
    assert (kept / path.name).read_bytes().startswith(b"rubbish")


def test_lost_passwords_are_made_anew(var: Path) -> None:
    with started(var) as before:
        write_down(before, "kept")
    for path in (var / "secrets").iterdir():
        path.unlink()

    with started(var) as after:
        assert after.database_url != before.database_url
        assert words(after) == (["kept"], [b"kept"])
        assert one_row(after.database_admin_url, "SELECT 1") == (1,)


def test_a_second_start_on_the_same_folder_is_refused(var: Path) -> None:
    with (
        started(var),
        pytest.raises(EnginesDidNotStartError, match="already running"),
        started(var),
    ):
        pass


def test_the_engines_end_when_the_program_that_asked_for_them_is_killed(var: Path) -> None:
    asker = (
        "import sys, time; from pathlib import Path; from gateway.engines.embedded import started\n"
        "with started(Path(sys.argv[1])): print('up', flush=True); time.sleep(600)"
    )
    process = subprocess.Popen([sys.executable, "-c", asker, str(var)], stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == b"up\n"
        postmaster = int((var / "postgresql/postmaster.pid").read_text().split()[0])

        process.kill()
        process.wait()

    until(lambda: not alive(postmaster))


@ROOT_ONLY
def test_root_runs_them_as_nobody_where_nobody_may_pass(open_var: Path) -> None:
    with started(open_var) as found:
        assert one_row(found.database_url, "SELECT 1") == (1,)
        assert Redis.from_url(found.redis_url).ping()
        postmaster = (open_var / "postgresql/postmaster.pid").read_text().split()[0]

        assert Path(f"/proc/{postmaster}").stat().st_uid == 65534
        assert chosen(open_var).kind is Kind.OTHER


@ROOT_ONLY
def test_root_runs_them_in_a_user_namespace_where_nobody_may_not_pass(open_var: Path) -> None:
    open_var.parent.chmod(0o700)
    with started(open_var) as found:
        assert one_row(found.database_url, "SELECT 1") == (1,)
        assert Redis.from_url(found.redis_url).ping()

    assert chosen(open_var) == Account(Kind.NAMESPACE, 0, 0)
    open_var.parent.chmod(0o755)
    with started(open_var) as found:  # the folder has been opened since: the data change hands
        assert one_row(found.database_url, "SELECT 1") == (1,)
    assert (open_var / "postgresql").stat().st_uid == 65534


@ROOT_ONLY
def test_root_runs_them_as_the_owner_of_the_folder_where_only_he_may_pass(open_var: Path) -> None:
    owner = pwd.getpwnam("daemon")
    os.chown(open_var.parent, owner.pw_uid, owner.pw_gid)
    open_var.parent.chmod(0o700)

    with started(open_var) as found:
        assert one_row(found.database_url, "SELECT 1") == (1,)

    assert chosen(open_var) == Account(Kind.OTHER, owner.pw_uid, owner.pw_gid)


@ROOT_ONLY
@pytest.mark.parametrize("uid", [pytest.param(1, id="with a name"), pytest.param(12_345, id="without a name")])
def test_an_ordinary_user_runs_them_as_himself(open_var: Path, uid: int) -> None:
    os.chown(open_var.parent, uid, uid)
    as_user = str(Path(__file__).with_name("as_user.py"))
    run = subprocess.Popen(
        [sys.executable, as_user, str(uid), str(open_var)], env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    try:
        until(lambda: run.poll() is not None or ready(open_var))
        found = addresses(open_var)
        write_down(found, "kept")
        postmaster = int((open_var / "postgresql/postmaster.pid").read_text().split()[0])

        assert [Path(f"/proc/{pid}").stat().st_uid for pid in (run.pid, postmaster)] == [uid, uid]
        os.kill(postmaster, signal.SIGKILL)
        until(lambda: not alive(postmaster) and postgres_answers(found))
        assert words(found) == (["kept"], [b"kept"])
    finally:
        run.terminate()
        assert run.wait(15) == 0


def postgres_answers(found: Addresses) -> bool:
    try:
        return one_row(found.database_url, "SELECT 1") == (1,)
    except psycopg.OperationalError:
        return False


def ready(var: Path) -> bool:
    instance = running(var)
    return instance is not None and instance.ready


def chosen(var: Path) -> Account:
    return choose(var=var, programs=(postgresql.program("postgres"), valkey.program()))

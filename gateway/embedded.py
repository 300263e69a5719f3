"""The embedded run: engines, services, relays, workers and a mail catcher, as processes under one supervisor."""

import os
import secrets
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.error import URLError

from gateway.engines.embedded import Engines
from gateway.engines.embedded import prepare as prepare_engines
from gateway.engines.passwords import write_private
from gateway.mailcatcher.process import MailCatcher
from gateway.mailcatcher.process import prepare as prepare_mail
from gateway.supervisor.arbiter import supervise
from gateway.supervisor.instance import Hold, hold
from gateway.supervisor.ports import LOOPBACK, listen
from gateway.supervisor.preload import preload
from gateway.supervisor.spec import ProcessSpec, Tier, imported
from shared.bus.broker import SERVICES
from shared.clock import VIETNAM
from shared.settings import settings

PREFERRED_PORT = 8000
#: One for every two processors, which engines and workers need as well; each takes some 90 MB, so four at most.
WEB_PROCESSES = min(4, max(1, (os.cpu_count() or 1) // 2))
PREPARE_WITHIN_S = 900.0  # migrations of a large database, or sample data on a slow machine
#: Loaded once before forking, so that the children share them.
PRELOADED = (
    "aiosmtpd.smtp",
    "alembic",
    "argon2",
    "babel",
    "babel.dates",
    "babel.messages.pofile",
    "celery.app.amqp",
    "celery.apps.worker",
    "celery.concurrency.solo",
    "celery.worker.consumer",
    "cryptography.hazmat.primitives.ciphers.aead",
    "email.contentmanager",
    "email.mime.text",
    "email.policy",
    "fastapi",
    "httptools",
    "itsdangerous",
    "jinja2",
    "jinja2.ext",
    "jinja2.sandbox",
    "kombu.transport.redis",
    "lameenc",
    "psycopg",
    "pydantic.v1",
    "pyotp",
    "rapidfuzz.distance",
    "rapidfuzz.fuzz",
    "redis",
    "segno",
    "smtplib",
    "sqlmodel",
    "starlette_compress",
    "structlog",
    "typst",
    "uvicorn",
    "uvloop",
    "wave",
    "xml.etree.ElementTree",
    "yaml",
    "zstandard",
)


@dataclass(frozen=True, slots=True)
class Run:
    """What is to be run: a prepared var/, its addresses and its processes."""

    var: Path
    address: str
    processes: tuple[ProcessSpec, ...]


def start(
    var: Path,
    *,
    prepare: Callable[[], None],
    on_ready: Callable[[Run], None],
    demo: bool,
    today: datetime | None = None,
    drive: Callable[[], None] | None = None,
) -> int:
    """Run everything on one var/ until told to stop; the run's exit code.

    `prepare` runs once, in a process of its own, when the database answers: migrations, plans, sample data. `drive`,
    if given, runs when all is healthy, and its end ends the run. `today` sets the product's clock.
    Raises AlreadyRunningError, StartFailedError.
    """
    with hold(var.resolve()) as held:
        run = embedded_run(held, prepare=prepare, demo=demo, today=today, drive=drive)
        held.say(address=run.address)
        preload(PRELOADED)
        return supervise(run.processes, held=held, on_ready=lambda: on_ready(run), start_within_s=PREPARE_WITHIN_S)


def embedded_run(
    held: Hold,
    *,
    prepare: Callable[[], None],
    demo: bool,
    today: datetime | None,
    drive: Callable[[], None] | None,
) -> Run:
    """Choose ports and passwords, set the environment of all children, and list them."""
    engines = engines_of(held.var)
    mail = prepare_mail(held.var)
    listening = listen(held.var, "web", preferred=PREFERRED_PORT)
    address = f"http://{LOOPBACK}:{listening.getsockname()[1]}"
    set_environment(held.var, engines=engines, mail=mail, address=address, demo=demo, today=today)
    engine_names = tuple(spec.name for spec in engines.processes) if engines else ()
    ready = (*engine_names, "prepare")
    web = tuple(
        ProcessSpec(
            name=f"web-{number}",
            run=imported("gateway.processes.web:run", listening),
            after=ready,
            healthy=lambda: answers(f"{address}/healthz"),
            sockets=(listening,),
        )
        for number in range(1, WEB_PROCESSES + 1)
    )
    processes = (
        *(engines.processes if engines else ()),
        mail.process,
        ProcessSpec(
            name="prepare", run=prepare, after=engine_names, once=True, healthy_within_s=PREPARE_WITHIN_S, in_front=True
        ),
        *web,
        *bus_processes(held.var, ready),
    )
    if drive:
        everything = tuple(spec.name for spec in processes)
        processes += (ProcessSpec(name="drive", run=drive, after=everything, once=True, ends_run=True, in_front=True),)
    return Run(held.var, address, processes)


def engines_of(var: Path) -> Engines | None:
    """The engines to start; None where settings point to engines of one's own."""
    if settings().database_url and settings().redis_url:
        return None
    return prepare_engines(var)


def bus_processes(var: Path, ready: Sequence[str]) -> tuple[ProcessSpec, ...]:
    """A relay and a worker for each service, the housekeeper, and the watchdog over the workers."""
    after = tuple(ready)
    relays = (
        ProcessSpec(name=f"relay-{name}", run=imported("gateway.processes.relay:run", name), after=after)
        for name in SERVICES
    )
    workers = (
        ProcessSpec(
            name=f"worker-{name}",
            run=imported("gateway.processes.worker:run", name, "solo"),
            after=after,
            tier=Tier.WORKER,
        )
        for name in SERVICES
    )
    return (
        *relays,
        *workers,
        ProcessSpec(name="housekeeper", run=imported("gateway.processes.housekeeper:run"), after=after),
        ProcessSpec(name="watchdog", run=imported("gateway.processes.watchdog:run", var), after=after),
    )


def set_environment(
    var: Path, *, engines: Engines | None, mail: MailCatcher, address: str, demo: bool, today: datetime | None
) -> None:
    """Put the run's settings into the environment, which every child inherits."""
    values = {
        "VAR_DIR": str(var),
        "PUBLIC_URL": address,
        "SECRET": settings().secret.get_secret_value() or kept_secret(var),
        "DEMO": "1" if demo else "0",
        "CLOCK_OFFSET_S": str(offset_to(today)),
    }
    if engines:
        values |= {"DATABASE_URL": engines.database_url, "REDIS_URL": engines.redis_url}
    if demo or "GUONGSANG_SMTP_HOST" not in os.environ:
        values |= {"SMTP_HOST": mail.host, "SMTP_PORT": str(mail.port), "MAIL_FROM": "guongsang@mau.example"}
    os.environ.update({f"GUONGSANG_{name}": value for name, value in values.items()})
    settings.cache_clear()


def kept_secret(var: Path) -> str:
    """The installation's secret, made at the first start."""
    path = var / "secrets" / "installation"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="utf-8").strip()


def offset_to(today: datetime | None) -> float:
    """Seconds from the machine's clock to the wanted moment."""
    return round((today - datetime.now(VIETNAM)).total_seconds()) if today else 0.0


def answers(url: str) -> bool:
    """Whether a web process answers."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 -- our own address
            return bool(response.status == 200)  # noqa: PLR2004 -- HTTP's "OK"
    except (URLError, OSError):
        return False

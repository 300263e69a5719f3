"""Fixtures of all tests: real engines, one database per test worker, emptied between tests."""

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from anyio.from_thread import start_blocking_portal
from playwright.sync_api import Browser, sync_playwright
from psycopg import sql
from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from shared.access import door
from shared.bus.broker import SERVICES, celery_app, redis_client
from shared.database import engine_of, owner_engine
from shared.logs import log_to_stderr
from shared.settings import settings
from tests.worlds import Rows, emptied

#: Slow machines are no fault: hypothesis looks at results only.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")

ROOT = Path(__file__).parents[1]
#: Debian's Chromium; without a window, where the package for that is there, it costs a third less.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def pytest_configure() -> None:
    """Logs as every process of the product writes them: structlog's own way would draw each error for 20 seconds."""
    log_to_stderr()


@pytest.fixture(scope="session", autouse=True)
def _one_loop() -> Iterator[None]:
    """All test clients answer on one event loop, instead of one that is made for each request."""
    with start_blocking_portal() as portal:
        TestClient.portal = portal
        yield
        TestClient.portal = None


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """(owner's database URL of the server, Redis URL): given by the environment, or started for this session."""
    given = os.environ.get("GUONGSANG_TEST_DATABASE_URL"), os.environ.get("GUONGSANG_TEST_REDIS_URL")
    if all(given):
        yield given  # type: ignore[misc]  # both are there
        return
    from gateway.engines.embedded import started  # noqa: PLC0415 -- only where no engines are given

    with started(tmp_path_factory.mktemp("engines")) as found:
        yield found.database_admin_url, found.redis_url


@pytest.fixture(scope="session")
def installation(engines: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A fresh database with every schema, and settings that point to it."""
    from shared.migrations.upgrade import upgrade  # noqa: PLC0415 -- reads settings that are set here

    server, redis_url = engines
    name = f"test_{WORKER}_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    base, _, _ = server.rpartition("/")
    values = {
        "GUONGSANG_DATABASE_URL": f"{base}/{name}",
        "GUONGSANG_REDIS_URL": redis_url,
        "GUONGSANG_SECRET": "for tests only, not a secret",
        "GUONGSANG_PLANS_DIR": str(ROOT / "plans"),
        "GUONGSANG_VAR_DIR": str(tmp_path_factory.mktemp("var")),
    }
    with pytest.MonkeyPatch.context() as patch:
        for key, value in values.items():
            patch.setenv(key, value)
        forget()
        upgrade(*SERVICES)
        yield
        for engine in (owner_engine(), *(engine_of(service) for service in SERVICES)):
            engine.dispose()
    forget()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def database(installation: None) -> Engine:
    """The owner's engine on an installation whose tables are empty, and whose doors remember nobody."""
    door._remembered.clear()
    return emptied(owner_engine())


@pytest.fixture
def rows(database: Engine) -> Rows:
    """Runs SQL as the owner and gives its rows."""

    def run(query: str, **values: object) -> list[tuple[Any, ...]]:
        with database.begin() as connection:
            result = connection.execute(text(query), values)
            return [tuple(row) for row in result] if result.returns_rows else []

    return run


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, one per test process: Playwright allows no second one beside it."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield opened
        opened.close()


def forget() -> None:
    """Drop what this process has cached of the settings."""
    for cached in (settings, engine_of, owner_engine, celery_app, redis_client):
        cached.cache_clear()

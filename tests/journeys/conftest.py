"""One run of the whole product for all journeys, and a browser."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from shared.plan import Plan, load

from .house import ROOT, house
from .window import PATIENCE_MS, Window, window

Open = Callable[..., AbstractContextManager[Window]]
HERE = Path(__file__).parent
expect.set_options(timeout=PATIENCE_MS)


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker walks all journeys, so that one run serves them."""
    for item in items:
        if item.path.is_relative_to(HERE) and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load(ROOT / "plans/binh-luong-2023-2025.yaml")


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the run keeps its files, and finds what is said to it by the command line."""
    return tmp_path_factory.mktemp("journeys") / "var"


@pytest.fixture(scope="session")
def address(var: Path) -> Iterator[str]:
    with house(var) as found:
        yield found


@pytest.fixture(scope="session")
def walk(chromium: Browser, address: str, plan: Plan) -> Open:
    """Opens a window: `with walk() as window`; keyword arguments are those of a browser context."""

    def opened(**how: object) -> AbstractContextManager[Window]:
        return window(chromium, address, plan, **how)

    return opened

"""The world of the matrix: made once, asked many times."""

from collections.abc import Iterator

import pytest

from shared.access import door
from shared.database import owner_engine
from tests.authorisation.world import World, built, plans
from tests.worlds import emptied


@pytest.fixture(scope="package")
def world(installation: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with plans(tmp_path_factory.mktemp("plans")):
        door._remembered.clear()
        yield built(emptied(owner_engine()))
        door._remembered.clear()

from pathlib import Path

import pytest

from shared.plan import Plan, load

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def plans_dir() -> Path:
    return ROOT / "plans"


@pytest.fixture(scope="session")
def fixtures_dir() -> Path:
    return Path(__file__).parent / "fixtures"


@pytest.fixture(scope="session")
def binh_luong(plans_dir: Path) -> Plan:
    return load(plans_dir / "binh-luong-2023-2025.yaml")


@pytest.fixture(scope="session")
def suoi_mo(fixtures_dir: Path) -> Plan:
    return load(fixtures_dir / "suoi-mo-2026-2030.yaml")

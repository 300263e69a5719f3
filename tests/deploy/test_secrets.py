"""deploy/make_secrets.py: what it makes, that the product can use it, and that a second run changes nothing."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from deploy import make_secrets
from gateway.engines.valkey import RIGHTS
from shared.bus.broker import SERVICES
from shared.settings import role_password, service_database_url, settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which secrets were made."""
    make(tmp_path / "secrets")
    return tmp_path / "secrets"


@pytest.fixture(autouse=True)
def fresh_settings() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


def make(folder: Path) -> str:
    program = [sys.executable, "-I", str(ROOT / "deploy" / "make_secrets.py")]
    return subprocess.run(
        program, env={"GUONGSANG_SECRETS": str(folder)}, capture_output=True, text=True, check=True
    ).stdout


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_every_secret_of_the_compose_file_is_made(folder: Path) -> None:
    declared = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["secrets"]
    assert set(declared) <= set(contents(folder))
    for name, secret in declared.items():
        assert secret["file"] == f"${{GUONGSANG_SECRETS:-./deploy/secrets}}/{name}"


def test_a_second_run_changes_nothing(folder: Path) -> None:
    before = contents(folder)
    assert make(folder).endswith("nothing to make\n")
    assert contents(folder) == before


def test_two_installations_have_no_secret_in_common(folder: Path, tmp_path: Path) -> None:
    make(tmp_path / "other")
    ours, theirs = contents(folder), contents(tmp_path / "other")
    given = {"smtp_password", "oidc_client_secret"}  # empty until somebody writes them
    assert {name for name in ours if ours[name] == theirs[name]} == given


def test_a_secret_that_was_put_there_stays_and_what_follows_from_it_is_made_anew(folder: Path) -> None:
    (folder / "redis").unlink()
    (folder / "redis").write_text("of-our-own\n", encoding="utf-8")
    assert make(folder).endswith("made redis_url, redis_users\n")
    assert contents(folder)["redis_url"] == "redis://guongsang:of-our-own@redis:6379/0"
    assert hashlib.sha256(b"of-our-own").hexdigest() in contents(folder)["redis_users"]


def test_containers_can_read_them_and_other_people_of_the_machine_cannot(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o444}


@pytest.mark.parametrize("service", SERVICES)
def test_a_services_password_is_the_one_that_the_migration_gives_its_role(
    service: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GUONGSANG_ROLE_PASSWORD", raising=False)
    monkeypatch.setenv("GUONGSANG_SECRET", contents(folder)["installation"])
    assert role_password(service) == contents(folder)[f"role_{service}"]


def test_a_service_finds_its_way_with_an_address_without_password(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    password = contents(folder)["role_review"]
    monkeypatch.setenv("GUONGSANG_DATABASE_URL", "postgresql://postgres:5432/guongsang")
    monkeypatch.setenv("GUONGSANG_ROLE_PASSWORD", password)
    monkeypatch.delenv("GUONGSANG_SECRET", raising=False)
    parts = urlsplit(service_database_url("review"))
    assert (parts.username, parts.password) == ("guongsang_review", password)
    assert (parts.hostname, parts.port, parts.path) == ("postgres", 5432, "/guongsang")


def test_the_brokers_user_may_do_what_the_embedded_one_may() -> None:
    assert make_secrets.REDIS_RIGHTS == RIGHTS


def test_services_are_found_by_their_folders() -> None:
    assert make_secrets.services() == sorted(SERVICES)

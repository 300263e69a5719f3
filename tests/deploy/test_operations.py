"""docs/operations.md against what it speaks of."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr
from typer.main import get_command

from gateway.cli.main import app
from services.identity.settings import SignInSettings
from shared.settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
TABLE = PAGE.split("<!-- settings:")[1].split("<!-- end of settings -->")[0]
CELLS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in TABLE.splitlines() if "`GUONGSANG_" in line]
ROWS = {name.strip("`"): (default, compose) for name, default, compose, _ in CELLS}
HANDED_ON = set(COMPOSE["x-settings"])
SECRETS = {
    secret["target"].upper()
    for container in COMPOSE["services"].values()
    for secret in container.get("secrets", [])
    if isinstance(secret, dict)
}


def written(value: object) -> str:
    """A default as the table writes it."""
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{text}`" if text else ""


def test_every_setting_stands_in_the_table_with_its_default() -> None:
    fields = Settings.model_fields | SignInSettings.model_fields
    expected = {f"GUONGSANG_{name.upper()}": written(field.default) for name, field in fields.items()}
    assert {name: default for name, (default, _) in ROWS.items()} == expected


@pytest.mark.parametrize("name", ROWS)
def test_the_table_says_which_settings_compose_hands_on(name: str) -> None:
    compose = ROWS[name][1]
    set_by_dockerfile = name in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    if compose == "yes":
        assert name in HANDED_ON
    elif compose == "secret":
        assert name in SECRETS
    elif compose == "set":
        assert set_by_dockerfile or name in COMPOSE["x-service-settings"]
    else:
        assert name not in HANDED_ON | SECRETS
        assert not set_by_dockerfile


def test_every_variable_that_compose_reads_is_described() -> None:
    read = set(re.findall(r"\$\{(\w+)", COMPOSE_TEXT + (ROOT / "deploy/tls.yml").read_text(encoding="utf-8")))
    assert not {name for name in read if f"`{name}`" not in PAGE}


def test_every_secret_is_described() -> None:
    secrets = PAGE.split("## Secrets")[1].split("## ")[0]
    for name in COMPOSE["secrets"]:
        assert f"`{name}`" in secrets or (name.startswith("role_") and "`role_<service>`" in secrets), name


def test_every_command_of_the_page_is_there() -> None:
    commands = set(re.findall(r"run --rm admin ([a-z]+(?: [a-z]+)?)", PAGE))
    assert commands
    for line in commands:
        command: Any = get_command(app)
        for word in line.split():
            if not hasattr(command, "commands"):
                break  # the rest are arguments
            assert word in command.commands, line
            command = command.commands[word]


def test_every_container_that_the_page_names_is_in_the_compose_file() -> None:
    named = set(re.findall(r"\b((?:web|worker|relay)-[a-z]+)\b", PAGE)) | {"proxy", "housekeeper", "migrate", "admin"}
    assert named <= set(COMPOSE["services"])

"""Finds the installation that a command is about: the environment's, or the one that runs on var/."""

import os
import sys

import typer

from gateway.engines.embedded import addresses
from shared.settings import settings


def use_running_installation() -> None:
    """Let this process talk to the database that GUONGSANG_DATABASE_URL names, or to the embedded one."""
    if settings().database_url:
        return
    try:
        found = addresses(settings().var_dir.resolve())
    except FileNotFoundError:
        sys.stderr.write(
            f"{settings().var_dir}: nothing was started here. Start it with `guongsang start`, "
            "or set GUONGSANG_DATABASE_URL and GUONGSANG_REDIS_URL.\n"
        )
        raise typer.Exit(1) from None
    secret = settings().var_dir / "secrets" / "installation"
    os.environ["GUONGSANG_DATABASE_URL"] = found.database_url
    os.environ["GUONGSANG_REDIS_URL"] = found.redis_url
    os.environ["GUONGSANG_SECRET"] = secret.read_text(encoding="utf-8").strip()
    settings.cache_clear()

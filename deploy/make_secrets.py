#!/usr/bin/env python3
"""Makes the secrets of an installation in containers, once: `make secrets`.

Each is a file below deploy/secrets (or $GUONGSANG_SECRETS), and each container gets those that it needs and no others.
What is there already stays as it is, so a second run changes nothing, and a secret of one's own can be put there first.
Needs Python 3.8 or newer and nothing else, since it runs on the server itself.
"""

from __future__ import annotations  # for servers whose Python is older than the product's

import hashlib
import hmac
import os
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("GUONGSANG_SECRETS", ROOT / "deploy" / "secrets"))
#: Drawn by lot at the first run. All others follow from them.
DRAWN = ("installation", "postgres_owner", "postgres_superuser", "redis")
#: Given by other people, so empty until somebody writes them.
GIVEN = ("smtp_password", "oidc_client_secret")
#: What Celery, kombu and a look at queue lengths need; not FLUSHALL, FLUSHDB, CONFIG, DEBUG, KEYS and the like.
REDIS_RIGHTS = "~* &* +@all -@admin -@dangerous +info"


def main() -> None:
    """Make what is not there, and say what was made."""
    FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    FOLDER.chmod(0o700)
    made = [name for name in (*DRAWN, *GIVEN) if not (FOLDER / name).exists()]
    for name in made:
        write(name, secrets.token_urlsafe(32) if name in DRAWN else "")
    for name, text in derived({name: read(name) for name in DRAWN}).items():
        if not (FOLDER / name).exists() or read(name) != text.strip():
            write(name, text)
            made.append(name)
    sys.stdout.write(f"{FOLDER}: {'made ' + ', '.join(made) if made else 'nothing to make'}\n")


def derived(drawn: dict[str, str]) -> dict[str, str]:
    """{name: text} of the secrets that follow from those drawn: addresses with passwords, Redis's users, roles."""
    redis_hash = hashlib.sha256(drawn["redis"].encode()).hexdigest()
    return {
        "database_url": f"postgresql://guongsang:{drawn['postgres_owner']}@postgres:5432/guongsang",
        "redis_url": f"redis://guongsang:{drawn['redis']}@redis:6379/0",
        "redis_users": (
            "user default off\n"
            f"user guongsang on #{redis_hash} {REDIS_RIGHTS}\n"
            "user health on nopass resetkeys resetchannels -@all +ping\n"
        ),
        "sign_in_key": derived_key(drawn["installation"], "sign-in"),
        **{f"role_{service}": role_password(drawn["installation"], service) for service in services()},
    }


def services() -> list[str]:
    """Every service has migrations, and so a role in the database."""
    return sorted(path.parent.name for path in (ROOT / "services").glob("*/migrations"))


def role_password(installation: str, service: str) -> str:
    """As shared.settings derives it: the migration knows all of them from the one secret, a service its own only."""
    return derived_key(installation, f"role:{service}")


def derived_key(installation: str, purpose: str) -> str:
    """As shared.settings derives it, in hexadecimal digits."""
    return hmac.new(installation.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8").strip()


def write(name: str, text: str) -> None:
    """Readable for the users of the containers; the folder lets nobody else of this machine in."""
    path = FOLDER / name
    beside = path.with_name(f".{name}.new")
    beside.unlink(missing_ok=True)
    beside.write_text(text, encoding="utf-8")
    beside.chmod(0o444)
    beside.replace(path)


if __name__ == "__main__":
    main()

"""Settings of an installation, from the environment or from files of secrets. Every name begins with GUONGSANG_."""

import hashlib
import hmac
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRETS = Path("/run/secrets")  # where container engines put them: one file each, named like the variable


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="GUONGSANG_", secrets_dir=SECRETS if SECRETS.is_dir() else None, extra="ignore"
    )

    #: PostgreSQL, as the role that owns the database: migrations run as it, services never do.
    database_url: str = ""
    #: Redis or Valkey: the broker. It only wakes workers; nothing lives there.
    redis_url: str = ""
    #: From which the passwords of the services' database roles and the keys of signatures are derived.
    secret: SecretStr = SecretStr("")
    #: The password of this process's own database role, where it must not know the secret (containers).
    role_password: SecretStr = SecretStr("")
    #: Folder of official plans that this installation carries out (*.yaml, subfolders included).
    plans_dir: Path = Path("plans")
    #: Files of the product: photos, audio, leaflets, logs.
    var_dir: Path = Path("var")
    #: The address that people open, without a trailing slash.
    public_url: str = "http://127.0.0.1:8000"
    #: How many files of evidence a dossier may have, all supplements included.
    evidence_most_files: int = 10
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_starttls: bool = False
    mail_from: str = "guongsang@localhost"
    #: Seconds by which the product's clock differs from the machine's: only for demonstrations of a past plan.
    clock_offset_s: float = 0.0
    #: Sample data are loaded: pages carry a strip, and the role chooser opens.
    demo: bool = False

    @property
    def secure(self) -> bool:
        """Whether people come over HTTPS, so that cookies may be bound to it."""
        return self.public_url.startswith("https://")


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()


def derived_key(purpose: str) -> bytes:
    """32 bytes for one purpose, from the installation's secret (HMAC-SHA256)."""
    secret = settings().secret.get_secret_value()
    if not secret:
        raise RuntimeError("GUONGSANG_SECRET is empty: set it to 32 random characters or more")
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()


def role_of(service: str) -> str:
    """The PostgreSQL role under which a service works."""
    return f"guongsang_{service}"


def role_password(service: str) -> str:
    """The password of a service's role: given to this process, or derived, so that no list has to be kept."""
    if given := settings().role_password.get_secret_value():
        return given
    return derived_key(f"role:{service}").hex()


def service_database_url(service: str) -> str:
    """The database address with the service's own role in the place of the owner's."""
    parts = urlsplit(settings().database_url)
    address = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{role_of(service)}:{quote(role_password(service))}@{address}"))

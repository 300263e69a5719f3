"""What an installation may set for publishing. Names begin with GUONGSANG_PUBLISH_."""

from functools import cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

SERVICE = "publish"


class PublishSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="GUONGSANG_PUBLISH_", extra="ignore")

    #: Days after its approval in which the station may air a bulletin; then it must not be replayed.
    bulletin_valid_days: int = Field(default=60, ge=1, le=366)


@cache
def publish_settings() -> PublishSettings:
    """Read once per process."""
    return PublishSettings()

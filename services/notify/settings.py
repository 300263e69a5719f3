"""What an installation may set for telling people. Names begin with GUONGSANG_NOTIFY_."""

from datetime import timedelta
from functools import cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

SERVICE = "notify"
MAIL = "mail"  # the channel's name in the effect ledger and in events
INBOX = "inbox"

#: Something that happened longer ago is read in the inbox and not mailed any more: imports and replays write no mail.
MAILED_WITHIN = timedelta(days=7)
#: Whoever acts was enrolled before, but their enrolment may arrive later than what they did. So long it is waited for.
ENROLMENT_ARRIVES_WITHIN = timedelta(minutes=10)
#: Of letters that come many a day, one is mailed within this time while it lies unread.
QUIET_FOR = timedelta(days=1)


class NotifySettings(BaseSettings):
    """Seconds. A whole letter has to be through within the 60 seconds that the ledger gives an effect."""

    model_config = SettingsConfigDict(env_prefix="GUONGSANG_NOTIFY_", extra="ignore")

    #: How long the mail server may take for any answer but the last.
    mail_step_s: float = Field(default=5.0, gt=0, le=8)
    #: How long it may take to accept a letter that it has received.
    mail_accept_s: float = Field(default=20.0, gt=0, le=25)
    #: How long an open connection is kept for the next letter.
    mail_idle_s: float = Field(default=5.0, ge=0, le=60)
    #: How long a server that did not answer is left alone.
    mail_rest_s: float = Field(default=5.0, ge=0, le=300)


@cache
def notify_settings() -> NotifySettings:
    """Read once per process."""
    return NotifySettings()

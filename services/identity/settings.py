"""Settings of signing in, from the environment or from files of secrets. Every name begins with GUONGSANG_."""

import hashlib
import hmac
from functools import cache

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.settings import SECRETS, derived_key


class SignInSettings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="GUONGSANG_", secrets_dir=SECRETS if SECRETS.is_dir() else None, extra="ignore"
    )

    #: Chairs, editors, clerks and administrators need an authenticator's code besides their password.
    require_totp: bool = False
    #: From which the keys of sealed secrets and signed tickets are derived, where this process must not know the
    #: installation's secret (containers).
    sign_in_key: SecretStr = SecretStr("")
    #: A provider of OpenID Connect, by the issuer that its discovery document names; empty: there is none.
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    #: What the provider is called on the button: "Tài khoản công vụ tỉnh".
    oidc_label: str = "OpenID Connect"
    #: Whether an e-mail that the provider has verified is enough to find the person, without a link made before.
    oidc_trust_email: bool = False

    @property
    def has_provider(self) -> bool:
        return bool(self.oidc_issuer and self.oidc_client_id)


@cache
def sign_in_settings() -> SignInSettings:
    """The settings of this process, read once."""
    return SignInSettings()


def key_for(purpose: str) -> bytes:
    """32 bytes for one purpose of signing in (HMAC-SHA256)."""
    given = sign_in_settings().sign_in_key.get_secret_value()
    root = given or derived_key("sign-in").hex()
    return hmac.new(root.encode(), purpose.encode(), hashlib.sha256).digest()

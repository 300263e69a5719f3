"""How every service that mails introduces itself to the installation's mail server."""

import smtplib
import ssl

from shared.settings import settings


def greet(server: smtplib.SMTP) -> None:
    """Introduce ourselves; encrypt and sign in where the installation says so. Raises OSError."""
    server.ehlo_or_helo_if_needed()
    if settings().smtp_starttls:
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    if settings().smtp_user:
        server.login(settings().smtp_user, settings().smtp_password.get_secret_value())

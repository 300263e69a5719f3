"""Mails a code or a link to the one person whom it is for. The secret stands in this mail and nowhere else."""

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

from shared.effects.outcome import Failed, Later, Outcome, Sent, Unknown
from shared.settings import settings
from shared.smtp import greet

ANSWERS_WITHIN_S = 20.0
#: Seconds until the next try; a secret is of use for some days at most, so a mail server is not waited for longer.
TRY_AGAIN_S = (10.0, 60.0, 300.0, 900.0)
TRANSIENT = range(400, 500)


@dataclass(frozen=True, slots=True)
class SecretMail:
    """`key` is the effect's: its Message-ID is made from it and stays the same however often it is tried."""

    key: str
    address: str
    subject: str
    body: str


def send_secret(mail: SecretMail, *, attempts: int) -> Outcome:
    """Give the mail to the server. Before the text goes out nothing is done; afterwards only the answer counts."""
    if attempts > len(TRY_AGAIN_S):
        return Failed("the mail server has not taken it")
    later = TRY_AGAIN_S[attempts - 1]
    try:
        with smtplib.SMTP(settings().smtp_host, settings().smtp_port, timeout=ANSWERS_WITHIN_S) as server:
            greet(server)
            message = written(mail)
            try:
                server.send_message(message)
            except smtplib.SMTPRecipientsRefused:
                return Failed("the address was refused")
            except smtplib.SMTPResponseException as refusal:
                return Later(later, str(refusal.smtp_code)) if refusal.smtp_code in TRANSIENT else Failed("refused")
            except OSError:
                return Unknown("lost while the text went out")
            return Sent(str(message["Message-ID"]))
    except OSError as error:  # all of smtplib's errors, DNS, time-outs and TLS among them
        return Later(later, type(error).__name__)


def written(mail: SecretMail) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    sender = settings().mail_from
    message["From"], message["To"], message["Subject"] = sender, mail.address, mail.subject
    message["Message-ID"] = f"<{mail.key}@{sender.rpartition('@')[2] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834
    message.set_content(mail.body)
    return message

"""A message as a mail: headers that identify it for good, a text part and a simple HTML part."""

from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from shared.errors import Refused
from shared.web.filters import paragraphs

HERE = Path(__file__).parents[1] / "templates" / "notify"


@dataclass(frozen=True, slots=True)
class Written:
    """All that a mail says. `link` and `inbox` are whole addresses; `at` is the moment in its Date header."""

    key: str  # of the effect: its Message-ID is made from it and stays the same however often it is tried
    sender: str
    commune: str
    name: str
    address: str
    subject: str
    body: str
    link: str
    inbox: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail ready for the wire, with CRLF line ends and 7-bit encodings."""

    message_id: str
    sender: str
    address: str
    content: bytes


def compose(written: Written) -> Mail:
    """The mail. Raises Refused("mail.address_unusable") when the address cannot stand in one."""
    view = {"m": written, "paragraphs": paragraphs}
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = Address(f"Gương Sáng {written.commune}", addr_spec=written.sender)
        mail["To"] = Address(written.name, addr_spec=written.address)
        mail["Subject"] = written.subject
        mail["Date"] = format_datetime(written.at)
        mail["Message-ID"] = message_id(written.key, written.sender)
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
        mail.set_content(templates().get_template("mail.txt").render(view), cte="quoted-printable")
        mail.add_alternative(templates().get_template("mail.html").render(view), subtype="html", cte="quoted-printable")
        written.address.encode("ascii")
        content = mail.as_bytes()
    except (ValueError, MessageError) as error:
        raise Refused("mail.address_unusable") from error
    return Mail(mail["Message-ID"], written.sender, written.address, content)


def message_id(key: str, sender: str) -> str:
    """`<effect key@host of the sender>`: by it a receiver can tell a repeated mail, and so can we."""
    return f"<{key}@{sender.rpartition('@')[2] or 'localhost'}>"


@cache
def templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

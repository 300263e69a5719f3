"""A message as a mail: headers that identify it for good, a text part and a simple HTML part."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import Compat32
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from shared.errors import Refused
from shared.web.filters import paragraphs

HERE = Path(__file__).parents[1] / "templates" / "notify"
#: The newer policies fold Vietnamese headers a hundred times slower (measured on Python 3.11).
ON_THE_WIRE = Compat32(linesep="\r\n", mangle_from_=False)
USABLE = re.compile(r"[!-~]+@[!-~]+")  # visible ASCII: others need SMTPUTF8, which small servers lack


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
    """A mail ready for the wire, with CRLF line ends, in ASCII."""

    message_id: str
    sender: str
    address: str
    content: bytes


def compose(written: Written) -> Mail:
    """The mail. Raises Refused("mail.address_unusable") when the address cannot stand in one."""
    if not USABLE.fullmatch(written.address):
        raise Refused("mail.address_unusable")
    view = {"m": written, "paragraphs": paragraphs}
    mail: Any = MIMEMultipart("alternative", policy=ON_THE_WIRE)  # its type knows no Header as a value
    mail["From"] = mailbox("From", f"Gương Sáng {written.commune}", written.sender)
    mail["To"] = mailbox("To", written.name, written.address)
    mail["Subject"] = Header(one_line(written.subject), "utf-8", header_name="Subject")
    mail["Date"] = format_datetime(written.at)
    mail["Message-ID"] = message_id(written.key, written.sender)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    for kind, template in (("plain", "mail.txt"), ("html", "mail.html")):
        text = "\r\n".join(templates().get_template(template).render(view).splitlines())
        mail.attach(MIMEText(f"{text}\r\n", kind, "utf-8", policy=ON_THE_WIRE))
    return Mail(message_id(written.key, written.sender), written.sender, written.address, mail.as_bytes())


def mailbox(header: str, name: str, address: str) -> Header:
    """`=?utf-8?…?= <address>`: the name is always encoded, so nothing in it can mean anything."""
    value = Header(header_name=header)
    value.append(one_line(name), "utf-8")
    value.append(f"<{address}>", "us-ascii")
    return value


def one_line(text: str) -> str:
    return " ".join(text.split())


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

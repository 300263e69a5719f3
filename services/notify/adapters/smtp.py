"""The mail server. One connection carries many letters; what happened to each is never guessed.

Before the text has been sent, a lost connection means that nothing was done. Afterwards only the answer counts.
"""

import re
import smtplib
import threading
import time
from functools import partial

from services.notify.adapters.mail import Mail
from services.notify.rules.outcomes import ACCEPTED, GO_AHEAD, refusal_of, wait_s, without_addresses
from services.notify.settings import notify_settings
from shared.effects.outcome import Later, Outcome, Sent, Unknown
from shared.settings import settings
from shared.smtp import greet

_LEADING_DOT = re.compile(rb"(?m)^\.")


class _Line(threading.local):
    """A thread's connection, and until when a server that did not answer is left alone (monotonic seconds)."""

    open: smtplib.SMTP | None = None
    to: tuple[str, int] = ("", 0)
    used_at: float = 0.0
    resting_until: float = 0.0


_line = _Line()


def hand_over(mail: Mail, *, attempts: int) -> Outcome:
    """Give one mail to the server, and say what became of it.

    Sent: accepted. Later: certainly not taken. Failed: refused for good. Unknown: the connection was lost, or the
    server fell silent, after the text had gone out.
    """
    if time.monotonic() < _line.resting_until:
        return Later(wait_s(attempts), "mail server away, left alone for a moment")
    try:
        server = connection()
    except OSError as error:  # all of smtplib's errors, DNS, time-outs and TLS among them
        rest()
        return Later(wait_s(attempts), without_addresses(f"no connection: {error!r}"))
    outcome = offer(server, mail, attempts=attempts)
    if not isinstance(outcome, Sent):
        hang_up()
    return outcome


def offer(server: smtplib.SMTP, mail: Mail, *, attempts: int) -> Outcome:
    """The dialogue of one letter (RFC 5321 §3.3)."""
    steps = (
        (ACCEPTED, partial(server.mail, mail.sender)),
        (ACCEPTED, partial(server.rcpt, mail.address)),
        (GO_AHEAD, partial(server.docmd, "DATA")),
    )
    try:
        for wanted, say in steps:
            code, reply = say()
            if code // 100 != wanted // 100:
                return refusal_of(code, reply, attempts=attempts)
    except OSError as error:
        rest()
        return Later(wait_s(attempts), without_addresses(f"lost before the text: {error!r}"))
    try:
        server.send(_LEADING_DOT.sub(b"..", mail.content) + b".\r\n")
        code, reply = last_answer(server)
    except OSError as error:
        rest()
        return Unknown(without_addresses(f"lost after the text: {error!r}"))
    if code // 100 != ACCEPTED // 100:
        return refusal_of(code, reply, attempts=attempts)
    _line.used_at = time.monotonic()
    return Sent(mail.message_id)


def last_answer(server: smtplib.SMTP) -> tuple[int, bytes]:
    """The answer to the whole letter; the server may take its time, for it may look for viruses. Raises OSError."""
    if server.sock is None:
        raise smtplib.SMTPServerDisconnected("closed")
    server.sock.settimeout(notify_settings().mail_accept_s)
    answer = server.getreply()
    server.sock.settimeout(notify_settings().mail_step_s)
    return answer


def connection() -> smtplib.SMTP:
    """The open connection if it is fresh and answers, or a new one. Raises OSError."""
    to = (settings().smtp_host, settings().smtp_port)
    kept = _line.open
    if kept and _line.to == to and time.monotonic() - _line.used_at < notify_settings().mail_idle_s and answers(kept):
        return kept
    hang_up()
    server = smtplib.SMTP(*to, timeout=notify_settings().mail_step_s)
    try:
        greet(server)
    except OSError:
        server.close()
        raise
    _line.open, _line.to = server, to
    return server


def answers(server: smtplib.SMTP) -> bool:
    try:
        code, _ = server.noop()
    except OSError:
        return False
    return code == ACCEPTED


def hang_up() -> None:
    """Close the connection without ceremony: a half-said dialogue must not meet the next letter."""
    if _line.open:
        _line.open.close()
    _line.open = None


def rest() -> None:
    """Leave the server alone, so that the letters behind this one do not each wait for it to stay silent."""
    hang_up()
    _line.resting_until = time.monotonic() + notify_settings().mail_rest_s

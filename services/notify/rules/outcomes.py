"""What a mail server's answer means, and how long to wait before the next try."""

import re

from shared.effects.outcome import Failed, Later, Outcome

PERMANENT = 500
ACCEPTED = 250
GO_AHEAD = 354
LONGEST_WAIT_S = 3600.0
LONGEST_REASON = 300
_ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>]+>?")


def wait_s(attempts: int) -> float:
    """Seconds before the next try: 5, 10, 20, … up to an hour; the ledger's 50 tries last about two days."""
    return float(min(LONGEST_WAIT_S, 5 * 2 ** min(attempts - 1, 12)))


def refusal_of(code: int, reply: bytes, *, attempts: int) -> Outcome:
    """A letter that the server refused before or after its text: 4xx is for now, 5xx for good (RFC 5321 §4.2.1)."""
    reason = said(code, reply)
    return Failed(reason) if code >= PERMANENT else Later(wait_s(attempts), reason)


def said(code: int, reply: bytes) -> str:
    """The answer in one line, without anybody's address: reasons are kept in events."""
    return without_addresses(f"{code} {reply.decode('utf-8', 'replace')}")


def without_addresses(text: str) -> str:
    """The text in one line, addresses replaced by "…"."""
    return _ADDRESS.sub("…", " ".join(text.split()))[:LONGEST_REASON]

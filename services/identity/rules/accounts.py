"""What holds for e-mails, passwords, sessions, attempts and return addresses. Plain values in, plain values out."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from shared.access.principal import Role
from shared.errors import Refused
from shared.text.clean import Unclean, cleaned

LONGEST_EMAIL = 254  # RFC 5321: a path of 256 octets, less the angle brackets
LONGEST_NAME = 200
LONGEST_TOKEN_NAME = 80
LONGEST_RETURN_PATH = 500
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 128
TOKEN_DAYS = (90, 180, 365)  # what a person may choose
LONGEST_TOKEN_DAYS = 365
MOST_TOKENS = 10  # living ones, per office, that its holder may have

#: Failed or unfinished sign-ins that are let through within TRIES_WINDOW; the next one is refused unread.
TRIES_PER_ACCOUNT = 10
TRIES_PER_NETWORK = 100
TRIES_WINDOW = timedelta(minutes=15)

NOMINATING = frozenset({Role.NOMINATOR, Role.ORGANISATION})
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
GUESSED_FIRST = frozenset(
    {"1234567890", "0123456789", "0987654321", "12345678910", "123456789a", "password123", "password1234", "qwertyuiop",
     "matkhau123", "matkhau1234", "matkhau12345", "anhyeuem123", "vietnam123", "vietnam2024", "vietnam2025"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lives: unused (`idle`), and at most after the password was given (`lifetime`)."""

    idle: timedelta
    lifetime: timedelta


#: Whoever decides or publishes: half an hour unused, one working day in all.
OFFICIAL = Limits(idle=timedelta(minutes=30), lifetime=timedelta(hours=12))
#: Whoever only nominates, on a phone of their own, some times a year: a quarter, so that nobody is kept from it.
ON_OWN_PHONE = Limits(idle=timedelta(days=90), lifetime=timedelta(days=90))

#: Whoever came by an approval link, for one case.
ON_AN_ERRAND = Limits(idle=timedelta(minutes=30), lifetime=timedelta(minutes=30))


def limits_of(role: Role) -> Limits:
    """The limits of a session whose present office has this role."""
    return ON_OWN_PHONE if role in NOMINATING else OFFICIAL


def email_of(raw: str) -> str:
    """The e-mail as it is compared: NFC, lower case. Raises Refused with the key of what is wrong with it."""
    email = text_of(raw, longest=LONGEST_EMAIL).lower()
    if not email:
        raise Refused("email.missing")
    if not EMAIL.fullmatch(email):
        raise Refused("email.malformed", value=email)
    return email


def account_digest(email: str) -> str:
    """What stands for an e-mail in the audit trail: finds the tries at an account without saying whose it is."""
    return hashlib.sha256(email.encode()).hexdigest()


def text_of(raw: str, *, longest: int) -> str:
    """One clean line. Raises Refused("text.…")."""
    try:
        return cleaned(raw, longest=longest)
    except Unclean as fault:
        raise Refused(fault.key, **fault.details) from fault


def composed(password: str) -> str:
    """The password with each letter in one code point: phones and computers type Vietnamese marks differently."""
    return unicodedata.normalize("NFC", password)


def check_new_password(password: str, *, email: str) -> None:
    """Raise Refused("password.…") for one that is too short, too long, unreadable, or among the first guesses."""
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in password):
        raise Refused("text.control_character")
    if len(composed(password)) < SHORTEST_PASSWORD:
        raise Refused("password.too_short", shortest=SHORTEST_PASSWORD)
    if len(composed(password)) > LONGEST_PASSWORD:
        raise Refused("password.too_long", longest=LONGEST_PASSWORD)
    folded = password.lower()
    if folded in GUESSED_FIRST or len(set(folded)) < 4 or folded in {email, email.partition("@")[0]}:  # noqa: PLR2004 -- "aaaaaaaaaa", "1212121212"
        raise Refused("password.easily_guessed")


def own_path(asked: str) -> str:
    """The address to go to after signing in if it is one of ours, or else "" (somebody's trap, or nothing asked).

    Browsers read a backslash as a slash and skip tabs and line ends: a slash, a tab and a slash lead away.
    """
    if not asked.startswith("/") or asked.startswith("//") or len(asked) > LONGEST_RETURN_PATH:
        return ""
    if "\\" in asked or any(ord(letter) <= 0x20 or ord(letter) == 0x7F for letter in asked):  # noqa: PLR2004 -- blanks and controls
        return ""
    try:
        parts = urlsplit(asked)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else asked

"""Argon2id, outside our own code: slow on purpose, and hungry, so only a few run at a time."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from services.identity.rules.accounts import composed

#: OWASP's first recommendation: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_quick_hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
#: Without a bound, a burst of sign-ins would take 19 MiB for each thread of the web server.
_at_once = BoundedSemaphore(4)


def hash_of(password: str) -> str:
    """The password's Argon2id hash, with a salt of its own."""
    with _at_once:
        return _hasher.hash(encoded(password))


def quick_hash_of(known: str) -> str:
    """The hash of what everybody knows, as a sample's PIN: cheap to make, since it keeps nobody out."""
    return _quick_hasher.hash(encoded(known))


def is_right(stored: str | None, password: str) -> bool:
    """Whether the password fits the stored hash. Without one (nobody has that account): no, after the same time."""
    with _at_once:
        try:
            return _hasher.verify(stored or NOBODYS_HASH, encoded(password)) and stored is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with other settings than today's."""
    return _hasher.check_needs_rehash(stored)


def encoded(password: str) -> bytes:
    """UTF-8 of the composed password; a lone surrogate, which no keyboard sends, stays what it is."""
    return composed(password).encode("utf-8", "surrogatepass")


#: What is verified for an unknown account, made with the settings above: it takes exactly as long.
NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$x+DlAjeahSQoSEEn//xC6w$iX4xgfl5DM4sOKW4Lv0vrXRnoBuqNViqk8yAu5dfJ5c"

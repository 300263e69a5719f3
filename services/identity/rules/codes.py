"""What holds for authenticators, recovery codes and approval links."""

from datetime import timedelta

from shared.access.principal import Role

STEP_S = 30  # RFC 6238
STEPS_AROUND = (0, -1, 1)  # clocks differ, and typing takes time
RECOVERY_CODES = 10
RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
RECOVERY_LENGTH = 10  # 49 bits
LONGEST_CODE = 40

#: Those who decide, publish, or give others their rights.
IN_NEED_OF_TOTP = frozenset({Role.CHAIR, Role.EDITOR, Role.CLERK, Role.ADMIN})

LINK_LIFETIME = timedelta(hours=24)
MOST_WRONG_CODES = 5


def digits_of(typed: str) -> str:
    """A code as it was meant: people copy it with blanks between the groups."""
    return "".join(typed.split())


def letters_of(typed: str) -> str:
    """A recovery code as it was meant: without blanks and hyphens, in small letters."""
    return "".join(typed.split()).replace("-", "").lower()


def shown_code(code: str) -> str:
    """A recovery code in two groups, as people copy it."""
    return f"{code[: len(code) // 2]}-{code[len(code) // 2 :]}"

"""One entry of the audit trail, as whoever writes it says it: ids, codes and offices, no text about anybody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

#: The chain of what belongs to no commune: somebody unknown tried to sign in, an administrator read everything.
INSTALLATION = UUID(int=0)
MOST_SUBJECTS = 200
LONGEST_ID, LONGEST_CODE = 100, 40


class Action(StrEnum):
    """What somebody did."""

    OPENED = "opened"  # looked at one thing
    LISTED = "listed"  # looked at a list
    TAKEN_OUT = "taken_out"  # a paper or a file that leaves the product
    ANSWER_ASKED = "answer_asked"  # a citizen wants to know who looked
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_IN_BLOCKED = "sign_in_blocked"  # too many tries: refused unread
    SIGNED_OUT = "signed_out"
    OFFICE_SWITCHED = "office_switched"
    OFFICE_GIVEN = "office_given"
    OFFICE_ENDED = "office_ended"  # or will, on the day in the detail
    OFFICE_KEPT = "office_kept"  # an end that lay ahead was taken back
    OFFICE_LENT = "office_lent"
    OFFICE_TAKEN_BACK = "office_taken_back"
    CONTACT_CORRECTED = "contact_corrected"
    CARD_ISSUED = "card_issued"
    CARD_REVOKED = "card_revoked"
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    RECOVERY_CODES_DRAWN = "recovery_codes_drawn"
    PROVIDER_LINKED = "provider_linked"
    PROVIDER_UNLINKED = "provider_unlinked"
    APPROVAL_LINK_MADE = "approval_link_made"
    UNITS_CHANGED = "units_changed"  # confirmed; the events say when it took effect and what it moved
    UNIT_CHANGE_CANCELLED = "unit_change_cancelled"
    UNITS_IMPORTED = "units_imported"
    TOKEN_ISSUED = "token_issued"  # noqa: S105 -- a word, no secret
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 -- likewise
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 -- likewise
    PASSWORD_RESET = "password_reset"  # noqa: S105 -- likewise
    PASSWORD_LINK_MADE = "password_link_made"  # noqa: S105 -- likewise
    PASSWORD_LINK_MAILED = "password_link_mailed"  # noqa: S105 -- likewise


#: Said again by the same person in the same office about the same thing within REPEATED_MINUTES, it is the same entry.
REPEATABLE = frozenset({Action.OPENED, Action.LISTED, Action.SIGN_IN_BLOCKED})
REPEATED_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which office. `on_behalf_of` is whom the office is exercised for, if for somebody else."""

    person_id: UUID | None
    name: str
    role: str
    unit_id: UUID | None
    plan_id: str
    by_token: bool = False
    on_behalf_of: UUID | None = None


#: Nobody is signed in yet.
NOBODY = Actor(None, "", "", None, "")
#: Whoever sits at the machine; the operating system knows who.
COMMAND_LINE = Actor(None, "", "command_line", None, "")


@dataclass(frozen=True, slots=True)
class Thing:
    """What it is about: its kind, its id, and the code printed on it if there is one. Never a person's name."""

    kind: str
    id: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`subjects` are those whose personal data were shown, by the ids of their nominations or accounts.

    `unit_id` is the commune whose data they are: its chain takes the entry. `detail` says what else matters, in a few
    short values.
    """

    action: Action
    actor: Actor
    thing: Thing
    unit_id: UUID
    subjects: tuple[UUID, ...] = ()
    detail: Mapping[str, str | int | bool] = field(default_factory=dict)

"""Who may act for another and for how long, how an office ends, and who may arrange it."""

from datetime import date, timedelta
from enum import StrEnum

from shared.access.principal import Role
from shared.errors import Forbidden, Refused

LONGEST_DELEGATION = 90  # days, both ends counted
FARTHEST_DAY = timedelta(days=366)  # how far ahead a delegation or an ending may begin
LONGEST_NOTE = 300

#: {role: why nobody else may act in it}. A score is a member's own judgement, as a ballot is (Decree 152/2025/NĐ-CP has
#: absent members give a written opinion, not send somebody); the keys of the house are not lent.
NOT_DELEGABLE = {
    Role.COUNCIL_MEMBER: "delegation.score_is_personal",
    Role.ADMIN: "delegation.keys_are_not_lent",
}
#: What a commune cannot work without.
NEEDED = frozenset({Role.CLERK, Role.CHAIR})
#: Whose offices a commune's clerk looks after; the clerk's equals and superiors are an administrator's.
LOOKED_AFTER_BY_CLERK = frozenset({Role.NOMINATOR, Role.ORGANISATION, Role.COUNCIL_MEMBER})


class Reason(StrEnum):
    """Why somebody acts for another."""

    DELEGATION = "delegation"
    LEAVE = "leave"


class Farewell(StrEnum):
    """Why an office ends."""

    TRANSFER = "transfer"
    RETIREMENT = "retirement"
    OTHER = "other"


def check_delegable(role: Role) -> None:
    """Raise Refused("delegation.…") for a role in which nobody else may act."""
    if role in NOT_DELEGABLE:
        raise Refused(NOT_DELEGABLE[role])


def check_days(*, first: date, last: date, today: date) -> None:
    """Raise Refused("delegation.…") unless the days lie ahead, in order, and are LONGEST_DELEGATION at most."""
    if first < today:
        raise Refused("delegation.in_the_past", today=f"{today:%d/%m/%Y}")
    if first > today + FARTHEST_DAY:
        raise Refused("day.too_far", value=f"{first:%d/%m/%Y}")
    if last < first:
        raise Refused("delegation.ends_before_it_begins", first=f"{first:%d/%m/%Y}")
    days = (last - first).days + 1
    if days > LONGEST_DELEGATION:
        raise Refused("delegation.too_long", days=days, most=LONGEST_DELEGATION)


def check_end(*, on: date, today: date) -> None:
    """Raise Refused unless the first day without the office is today or within a year."""
    if on < today:
        raise Refused("ending.in_the_past", today=f"{today:%d/%m/%Y}")
    if on > today + FARTHEST_DAY:
        raise Refused("day.too_far", value=f"{on:%d/%m/%Y}")


def check_may_manage(asker: Role, role: Role, *, same_plan: bool) -> None:
    """Raise Forbidden unless the asker may give, end and hand over an office of this role.

    An administrator looks after the whole installation, a clerk after those who nominate and score in their commune.
    """
    if asker is Role.ADMIN or (asker is Role.CLERK and same_plan and role in LOOKED_AFTER_BY_CLERK):
        return
    raise Forbidden("people.not_yours_to_manage")


def check_may_record_leave(asker: Role, role: Role, *, same_plan: bool) -> None:
    """Raise Forbidden unless the asker may enter somebody's days of absence: those who manage them, and the chair."""
    if asker is Role.CHAIR and same_plan and role is not Role.ADMIN:
        return
    check_may_manage(asker, role, same_plan=same_plan)

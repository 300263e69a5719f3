"""Who has to agree before anything about a nominee is published (Law 91/2025/QH15, Arts. 16 and 24)."""

from collections.abc import Iterable
from enum import StrEnum

from services.nomination.rules.consent import CHILD_UNTIL, GivenBy
from services.nomination.rules.fault import Fault, Faults
from shared.errors import Refused

OWN_WORD_FROM = 7  # years: from then on a child agrees as well as the parent (Art. 24)
MOST_PARTIES = 30  # of one dossier
NAME_LENGTH = range(2, 151)  # characters
LONGEST_RELATION = 100
BODIES = frozenset({"collective", "household"})  # kinds of subjects that are more than one person


class Capacity(StrEnum):
    """As whom somebody agrees."""

    SELF = "self"
    REPRESENTATIVE = "representative"  # of somebody who cannot, an heir included
    GUARDIAN = "guardian"
    CHILD = "child"  # seven or older: for themself, beside the guardian
    HEAD = "head"  # for a collective or household as a whole
    MEMBER = "member"  # an adult of a household, or somebody named of a collective: for themself


#: Who may be added to a dossier that was sent; the others stand in the dossier itself.
ADDED = (Capacity.MEMBER, Capacity.GUARDIAN, Capacity.CHILD, Capacity.REPRESENTATIVE)


class State(StrEnum):
    """How somebody's word stands."""

    WAITING = "waiting"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


def first_capacity(*, given_by: str, subject_kind: str) -> Capacity:
    """As whom the one agreed who is meant in the nomination form."""
    if subject_kind in BODIES and given_by == GivenBy.SELF:
        return Capacity.HEAD
    return Capacity(given_by)


def own_word_needed(*, given_by: str, birth_year: int | None, on_year: int) -> bool:
    """Whether a child has to agree beside the guardian. Only the year of birth is known, so the doubt protects."""
    if given_by != GivenBy.GUARDIAN:
        return False
    return birth_year is None or OWN_WORD_FROM <= on_year - birth_year <= CHILD_UNTIL


def party_faults(*, name: str, capacity: str, relation: str) -> Faults:
    """What is missing to ask one more person. A guardian or representative says in what relation they stand."""
    faults: Faults = {}
    if len(name) not in NAME_LENGTH:
        faults["name"] = Fault("name.missing" if not name else "name.too_short", {"length": len(name)})
    if capacity not in ADDED:
        faults["capacity"] = Fault("party.capacity_missing")
    if capacity in {Capacity.GUARDIAN, Capacity.REPRESENTATIVE} and not relation:
        faults["relation"] = Fault("party.relation_missing")
    return faults


def require_room(known: int) -> None:
    """Raises Refused("party.too_many") when the dossier has as many people as it may."""
    if known >= MOST_PARTIES:
        raise Refused("party.too_many", most=MOST_PARTIES)


def waiting(states: Iterable[str]) -> int:
    """How many have not agreed, or no longer do."""
    return sum(state != State.AGREED for state in states)

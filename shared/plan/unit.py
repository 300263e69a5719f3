"""Units: the commune, its villages and bodies, and the tiers above it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid5

from shared.plan.text import Text

#: The root of all unit ids. It never changes: ids made from it are in databases and in published feeds.
UNIT_IDS = UUID("6f0d2c1e-5a37-5c0b-9d4e-2b8a7f41c3d6")

UNIT_KINDS = (
    "province",
    "district",
    "commune",
    "ward",
    "township",
    "special_zone",
    "village",
    "neighbourhood",
    "office",
    "organisation",
    "health_station",
    "police",
    "school",
    "media",
    "council",
    "party_committee",
    "peoples_council",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that acts or is told under a plan.

    `key` is its name within the plan file; `id` is the same wherever and whenever the file is read. An official
    `code` means something only together with its `code_list` ("gso/2023"): codes are given again to other units.
    `formerly` says where it stood before it moved here ("gso/2023/01234/village-1"): it is the same unit, with the same
    id, under a new parent.
    """

    id: UUID
    key: str
    name: Text
    kind: str
    code: str | None = None
    code_list: str | None = None
    parent: str | None = None
    formerly: str | None = None
    email: str | None = None


def coded_unit_id(*, code_list: str, code: str) -> UUID:
    """The id of a unit with an official code: the same in every plan that names it."""
    return uuid5(UNIT_IDS, f"{code_list}/{code}")


def local_unit_id(within: UUID, key: str) -> UUID:
    """The id of a unit without a code (a village, a school): from its nearest coded parent and its key."""
    return uuid5(within, key)


def former_unit_id(formerly: str) -> UUID:
    """The id that a unit had and keeps, from "code list/code" or "code list/code/key"."""
    issuer, edition, code, *key = formerly.split("/")
    anchor = coded_unit_id(code_list=f"{issuer}/{edition}", code=code)
    return local_unit_id(anchor, key[0]) if key else anchor


def unit_ids(units: dict[str, tuple[str | None, str | None, str | None, str | None]]) -> Callable[[str], UUID]:
    """Gives each unit's id by its key, from {key: (code list, code, parent key, formerly)}.

    Every chain of parents must end at a coded unit without turning in a circle; `references` has seen to that.
    """

    def unit_id(key: str) -> UUID:
        if former := units[key][3]:
            return former_unit_id(former)
        within, coded = key, units[key]
        while coded[1] is None:
            within = str(coded[2])
            coded = units[within]
        anchor = coded_unit_id(code_list=str(coded[0]), code=str(coded[1]))
        return anchor if within == key else local_unit_id(anchor, key)

    return unit_id

"""Whether two nominations may be about the same person, household or collective, and what speaks for it.

It only suggests; people decide. A wrong merger would take from somebody what another one has done.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from rapidfuzz.distance import OSA

from services.nomination.rules.names import COLLECTIVE, HOUSEHOLD, Name
from shared.text.fold import folded

INDIVIDUAL = "individual"
ONE_OFF = 1  # years: by the lunar year, or as age is counted at home
SHORTEST_SLIP = 3  # letters: of shorter words, one letter more or less makes another name


class Level(StrEnum):
    """How likely it is. RELATED is no identity: a household and the person who heads it."""

    VERY_LIKELY = "very_likely"
    POSSIBLE = "possible"
    RELATED = "related"


class Reason(StrEnum):
    """What two nominations have in common, or how their names differ. In the order in which they are shown."""

    SAME_NAME = "same_name"
    WITHOUT_MARKS = "without_marks"
    OTHER_ORDER = "other_order"
    WITHOUT_MIDDLE = "without_middle"
    OTHER_MARKS = "other_marks"
    ONE_LETTER = "one_letter"
    HEAD_OF_HOUSEHOLD = "head_of_household"
    SAME_PHONE = "same_phone"
    SAME_YEAR = "same_year"
    YEAR_ONE_OFF = "year_one_off"
    YEAR_UNKNOWN = "year_unknown"
    SAME_PLACE = "same_place"
    OTHER_PLACE = "other_place"


#: Ways in which the same name may be spelt; the others may be another name.
SAME = frozenset({Reason.SAME_NAME, Reason.WITHOUT_MARKS, Reason.OTHER_ORDER})
YEARS = frozenset({Reason.SAME_YEAR, Reason.YEAR_ONE_OFF, Reason.YEAR_UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What of a nomination tells who it is about. `unit_id` is the unit that goes on for the nominating one today.

    `village` says that the unit is where people live: then the nominee lives there.
    """

    name: Name
    subject_kind: str = INDIVIDUAL
    birth_year: int | None = None
    phone: str = ""
    address: str = ""
    unit_id: UUID | None = None
    village: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    level: Level
    reasons: tuple[Reason, ...]


def likeness(one: Described, other: Described) -> Likeness | None:
    """How likely both are about the same, with the reasons; None where nothing speaks for it."""
    if COLLECTIVE in {one.subject_kind, other.subject_kind}:
        return collectives(one, other)
    first, second = one.name, other.name
    spelling = spelling_of(first, second)
    if spelling is None or {first.sex, second.sex} == {"man", "woman"}:
        return None
    reasons = (spelling, *phones(one, other), *years(one, other), *places(one, other))
    if first.of_household != second.of_household:
        return related(reasons)
    level = level_of(frozenset(reasons))
    return Likeness(level, reasons) if level else None


def level_of(found: frozenset[Reason]) -> Level | None:
    """What the reasons amount to. Years that differ by more than one speak against it unless the telephone is one."""
    same, near, elsewhere = found & SAME, Reason.SAME_PLACE in found, Reason.OTHER_PLACE in found
    if Reason.SAME_PHONE in found:
        return Level.VERY_LIKELY if found & YEARS else Level.POSSIBLE
    if Reason.SAME_YEAR in found:
        if same:
            return Level.VERY_LIKELY if near else Level.POSSIBLE
        return Level.POSSIBLE if near or (Reason.WITHOUT_MIDDLE in found and not elsewhere) else None
    if Reason.YEAR_ONE_OFF in found:
        return Level.POSSIBLE if (same and not elsewhere) or (near and Reason.WITHOUT_MIDDLE in found) else None
    if Reason.YEAR_UNKNOWN in found:
        return Level.POSSIBLE if near and (same or Reason.WITHOUT_MIDDLE in found) else None
    return None


def related(reasons: tuple[Reason, ...]) -> Likeness | None:
    """A household and a person of its head's name, where nothing says that it is another one."""
    found = frozenset(reasons)
    if not found & SAME or (Reason.OTHER_PLACE in found and Reason.SAME_PHONE not in found):
        return None
    return Likeness(Level.RELATED, (Reason.HEAD_OF_HOUSEHOLD, *reasons))


def collectives(one: Described, other: Described) -> Likeness | None:
    """Collectives have one name, letter for letter but for marks and blanks: "Tổ 3" is not "Tổ 4"."""
    if one.subject_kind != other.subject_kind or one.name.words != other.name.words:
        return None
    where = places(one, other)
    level = Level.VERY_LIKELY if Reason.SAME_PLACE in where else Level.POSSIBLE
    return Likeness(level, (Reason.SAME_NAME, *phones(one, other), *where))


def spelling_of(one: Name, other: Name) -> Reason | None:
    """How two names differ; None for names of different people."""
    if one.words == other.words:
        if one.spelt == other.spelt:
            return Reason.SAME_NAME
        return Reason.OTHER_MARKS if one.marked and other.marked else Reason.WITHOUT_MARKS
    if turned(one, other):
        return Reason.OTHER_ORDER
    if shortened(one, other):
        return Reason.WITHOUT_MIDDLE
    return Reason.ONE_LETTER if slipped(one, other) else None


def turned(one: Name, other: Name) -> bool:
    """The western way round: the given name first, the rest as it was or turned as well."""
    words, others = (one.spelt, other.spelt) if one.marked and other.marked else (one.words, other.words)
    return others in {words[-1:] + words[:-1], words[1:] + words[:1], words[::-1]}


def shortened(one: Name, other: Name) -> bool:
    """Family and given name alone, or some of the middle names left out; neither has a middle name of its own."""
    shorter, longer = sorted((one, other), key=lambda each: len(each.words))
    if len(shorter.words) in {1, len(longer.words)}:
        return False
    both_marked = shorter.marked and longer.marked
    few, many = (shorter.spelt, longer.spelt) if both_marked else (shorter.words, longer.words)
    return (few[0], few[-1]) == (many[0], many[-1]) and set(few) <= set(many)


def slipped(one: Name, other: Name) -> bool:
    """One letter of one word is wrong, missing, too many, or two are turned round."""
    if len(one.words) != len(other.words):
        return False
    differing = [pair for pair in zip(one.words, other.words, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1:
        return False
    first, second = differing[0]
    return max(len(first), len(second)) >= SHORTEST_SLIP and OSA.distance(first, second) == 1


def phones(one: Described, other: Described) -> tuple[Reason, ...]:
    return (Reason.SAME_PHONE,) if one.phone and one.phone == other.phone else ()


def years(one: Described, other: Described) -> tuple[Reason, ...]:
    if HOUSEHOLD in {one.subject_kind, other.subject_kind} or None in {one.birth_year, other.birth_year}:
        return (Reason.YEAR_UNKNOWN,)
    apart = abs((one.birth_year or 0) - (other.birth_year or 0))
    if apart > ONE_OFF:
        return ()
    return (Reason.YEAR_ONE_OFF if apart else Reason.SAME_YEAR,)


def places(one: Described, other: Described) -> tuple[Reason, ...]:
    """Whether both live in one village, as far as that is known: by the address, or by the village that nominates."""
    if one.village and other.village:
        return (Reason.SAME_PLACE if one.unit_id == other.unit_id else Reason.OTHER_PLACE,)
    if one.address and other.address:
        return (Reason.SAME_PLACE if folded(one.address) == folded(other.address) else Reason.OTHER_PLACE,)
    return ()


#: The likeliest first.
ORDER = tuple(Level)

"""Whether two nominations tell of one achievement, and which is the very same dossier once more.

The law does not commend one achievement twice (Law 06/2022/QH15; Decree 152/2025/NĐ-CP, Art. 4). What is alike is
pointed out; refused is only a dossier that its own unit has sent before, word for word.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from rapidfuzz import fuzz

from shared.text.fold import folded

ALIKE, VERY_ALIKE = 75, 90  # of 100: how many of the words are the same, whatever their order
FAR_APART = 31  # days between two deeds that are told in like words, year after year
LONGEST_COMPARED = 1500  # characters of a story: its beginning tells what was done


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What was done, as a nomination tells it."""

    field: str
    headline: str
    story: str
    happened_on: date | None


def same_deed(one: Deed, other: Deed) -> bool:
    """Whether both may tell of one achievement: in like words, on days that do not speak against it."""
    headlines = fuzz.token_set_ratio(folded(one.headline), folded(other.headline))
    days = {one.happened_on, other.happened_on} - {None}
    if len(days) == 1 and None not in {one.happened_on, other.happened_on} and one.field == other.field:
        return headlines >= ALIKE or stories(one, other) >= ALIKE
    if one.happened_on and other.happened_on and abs((one.happened_on - other.happened_on).days) > FAR_APART:
        return False
    return headlines >= VERY_ALIKE or stories(one, other) >= VERY_ALIKE


def stories(one: Deed, other: Deed) -> float:
    first, second = (folded(deed.story[:LONGEST_COMPARED]) for deed in (one, other))
    return fuzz.token_sort_ratio(first, second)


def fingerprint(*, unit_id: UUID, name: str, headline: str, happened_on: date | None) -> UUID:
    """What the very same dossier has in common with itself: unit, name and headline as folded, and the day."""
    told = (str(unit_id), folded(name), folded(headline), happened_on.isoformat() if happened_on else "")
    return UUID(bytes=sha256("\x1f".join(told).encode()).digest()[:16])

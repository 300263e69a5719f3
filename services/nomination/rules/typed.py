"""What was typed on the sheets of the form: kept as it is, read as a dossier as far as it can be read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from services.nomination.rules.dossier import ADDRESS_LONGEST, HEADLINE_LENGTH, NAME_LENGTH, STORY_LENGTH, Dossier
from services.nomination.rules.fault import Fault, Faults
from services.nomination.rules.phone import NotAPhone, parsed_phone
from shared.text.clean import Unclean, cleaned
from shared.text.dates import NotADay, parsed_day

#: {name of a box: what was typed or ticked in it}
Typed: TypeAlias = Mapping[str, Sequence[str]]

LONGEST_KEPT = 20_000  # characters of one box; nobody types more by hand
UNREADABLE = "\ufffd"  # what a decoder puts for bytes that are no UTF-8
SENTENCE = re.compile(r"(.+?[.!?…])(?:\s|$)", re.DOTALL)
YEAR = re.compile(r"\d{4}")


class Sheet(StrEnum):
    """One short page of the form; the value is its address."""

    WHO = "ai"
    DEED = "viec"
    CONSENT = "anh"


BOXES: Mapping[Sheet, tuple[str, ...]] = {
    Sheet.WHO: ("unit", "name", "address", "birth_year", "phone", "subject_kind"),
    Sheet.DEED: (
        "story", "field", "happened_on", "headline", "model_kind", "movement", "direct_worker", "initiative", "areas",
    ),
    Sheet.CONSENT: ("photo", "given_by", "publish", "proof"),
}  # fmt: skip
SHEET_OF: Mapping[str, Sheet] = {box: sheet for sheet, boxes in BOXES.items() for box in boxes}


@dataclass(frozen=True, slots=True)
class Reading:
    """The dossier that the sheets make, and what on them could not be read."""

    dossier: Dossier
    faults: Faults


def next_sheet(sheet: Sheet) -> Sheet | None:
    """The sheet after this one; None after the last."""
    order = tuple(Sheet)
    place = order.index(sheet) + 1
    return order[place] if place < len(order) else None


def kept(sheet: Sheet, posted: Typed) -> dict[str, list[str]]:
    """What of a posted sheet is kept: its own boxes, each bounded, without characters that no database takes."""
    return {box: [storable(value) for value in posted[box][:50]] for box in BOXES[sheet] if posted.get(box)}


def whole(posted: Typed) -> dict[str, list[str]]:
    """What of a form with all sheets is kept; photos come as files, never as names."""
    return {box: values for sheet in Sheet for box, values in kept(sheet, posted).items() if box != "photo"}


def storable(value: str) -> str:
    """The value as it was typed; NUL and lone surrogates become the mark for the unreadable."""
    text = value[:LONGEST_KEPT].replace("\x00", UNREADABLE)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def read(typed: Typed) -> Reading:
    """Everything typed, as a dossier. A headline left empty is the story's first sentence."""
    faults: Faults = {}
    story = text_in(typed, "story", STORY_LENGTH.stop - 1, faults, lines=True)
    headline = text_in(typed, "headline", HEADLINE_LENGTH.stop - 1, faults)
    publish = typed.get("publish", ())
    photos = tuple(address for address in typed.get("photo", ()) if address)
    dossier = Dossier(
        subject_kind=one(typed, "subject_kind"),
        name=text_in(typed, "name", NAME_LENGTH.stop - 1, faults),
        birth_year=year_in(typed, "birth_year", faults),
        phone=phone_in(typed, "phone", faults),
        address=text_in(typed, "address", ADDRESS_LONGEST, faults),
        field=one(typed, "field"),
        headline=headline or ("" if "headline" in faults else headline_from(story)),
        story=story,
        happened_on=day_in(typed, "happened_on", faults),
        model_kind=one(typed, "model_kind"),
        movement=one(typed, "movement"),
        areas=tuple(dict.fromkeys(typed.get("areas", ()))),
        initiative=bool(one(typed, "initiative")),
        direct_worker=bool(one(typed, "direct_worker")),
        photo=photos[0] if photos else None,
        more_photos=photos[1:],
        given_by=one(typed, "given_by"),
        proof=one(typed, "proof"),
        publish_name="name" in publish,
        publish_story="story" in publish,
        publish_photo="photo" in publish,
    )
    return Reading(dossier, faults)


def one(typed: Typed, box: str) -> str:
    values = typed.get(box, ())
    return values[0].strip() if values else ""


def text_in(typed: Typed, box: str, longest: int, faults: Faults, *, lines: bool = False) -> str:
    """The cleaned text of a box; "" with a fault when it cannot be kept."""
    raw = typed[box][0] if typed.get(box) else ""
    if UNREADABLE in raw:
        faults[box] = Fault("text.not_utf8")
        return ""
    try:
        return cleaned(raw, longest=longest, lines=lines)
    except Unclean as refused:
        faults[box] = Fault(refused.key, refused.details)
        return ""


def year_in(typed: Typed, box: str, faults: Faults) -> int | None:
    raw = one(typed, box)
    if raw and not (YEAR.fullmatch(raw) and raw.isascii()):
        faults[box] = Fault("birth_year.not_a_year", {"value": raw[:40]})
    return int(raw) if raw and box not in faults else None


def phone_in(typed: Typed, box: str, faults: Faults) -> str:
    raw = one(typed, box)
    try:
        return parsed_phone(raw)
    except NotAPhone:
        faults[box] = Fault("phone.not_a_number", {"value": raw[:40]})
        return ""


def day_in(typed: Typed, box: str, faults: Faults) -> date | None:
    raw = one(typed, box)
    if not raw:
        return None
    try:
        return parsed_day(raw)
    except NotADay as refused:
        faults[box] = Fault(refused.key, {"value": raw[:40]})
        return None


def headline_from(story: str) -> str:
    """The story's first sentence without its full stop, cut at a word where it is long."""
    found = SENTENCE.match(story)
    sentence = " ".join((found[1] if found else story).split()).rstrip(".… ")
    longest = HEADLINE_LENGTH.stop - 1
    return sentence if len(sentence) <= longest else sentence[: longest - 1].rpartition(" ")[0] + "…"

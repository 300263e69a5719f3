"""A dossier as it is put together, and what has to be right before the commune gets it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from services.nomination.rules.consent import consent_faults, may_be_child
from services.nomination.rules.fault import Fault, Faults
from shared.errors import Refused
from shared.plan import Plan, Text

NAME_LENGTH = range(2, 151)  # characters; the last is 150
HEADLINE_LENGTH = range(5, 201)
STORY_LENGTH = range(20, 5001)
ADDRESS_LONGEST = 200
MOST_PHOTOS = 3
EARLIEST_BIRTH_YEAR = 1900
EARLIEST_DEED = date(1945, 1, 1)  # emulation begins with the Republic


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What the unit tells about the nominee and the deed. Empty values are still missing."""

    subject_kind: str = ""
    name: str = ""
    birth_year: int | None = None
    phone: str = ""  # of the nominee, in digits; stays with this service
    address: str = ""
    field: str = ""
    headline: str = ""
    story: str = ""
    happened_on: date | None = None
    model_kind: str = ""
    movement: str = ""  # of the plan's list, or the id of a unit's
    areas: tuple[str, ...] = ()
    initiative: bool = False
    direct_worker: bool = False
    photo: str | None = None  # content address of the re-encoded photo
    more_photos: tuple[str, ...] = ()  # for the commune's eyes; the first alone may go out
    given_by: str = ""
    proof: str = ""
    publish_name: bool = False
    publish_story: bool = False
    publish_photo: bool = False

    @property
    def photos(self) -> tuple[str, ...]:
        """All photos, the one that may be published first."""
        return (self.photo, *self.more_photos) if self.photo else ()

    @property
    def purposes(self) -> int:
        """How many uses the nominee agreed to."""
        return self.publish_name + self.publish_story + self.publish_photo


class _Titled(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> Text: ...


def faults_of(dossier: Dossier, plan: Plan, today: date) -> Faults:
    """Everything that keeps the dossier from being sent today; {} when it is complete."""
    child = may_be_child(dossier.birth_year, on_year=today.year)
    return {
        **choice_faults(dossier, plan),
        **text_faults(dossier),
        **time_faults(dossier, today),
        **photo_faults(dossier),
        **consent_faults(given_by=dossier.given_by, proof=dossier.proof, purposes=dossier.purposes, child=child),
    }


def choice_faults(dossier: Dossier, plan: Plan) -> Faults:
    """Choices that the plan does not have, each with those that it has.

    Whether a unit's movement is open is asked when the dossier is handed in.
    """
    faults: Faults = {}
    single: tuple[tuple[str, str, Iterable[_Titled]], ...] = (
        ("subject_kind", dossier.subject_kind, plan.subject_kinds),
        ("field", dossier.field, plan.fields),
        ("model_kind", dossier.model_kind, plan.model_kinds),
        ("movement", dossier.movement, plan.movements),
    )
    for name, value, choices in single:
        if name == "movement" and launched_id(value):
            continue
        if all(choice.id != value for choice in choices):
            faults[name] = unknown(name, value, choices)
    for area in dossier.areas:
        if all(choice.id != area for choice in plan.achievement_areas):
            faults["areas"] = unknown("areas", area, plan.achievement_areas)
    return faults


def launched_id(choice: str) -> UUID | None:
    """The id of a unit's movement; None for a choice of the plan's list, whose ids are words."""
    try:
        return UUID(choice)
    except ValueError:
        return None


def unknown(name: str, value: str, choices: Iterable[_Titled]) -> Fault:
    """That nothing was chosen, or something that the plan does not have."""
    if not value:
        return Fault(f"{name}.missing")
    return Fault("choice.unknown", {"value": value[:80], "choices": ", ".join(choice.id for choice in choices)})


def text_faults(dossier: Dossier) -> Faults:
    faults: Faults = {}
    for name, value, length in (
        ("name", dossier.name, NAME_LENGTH),
        ("headline", dossier.headline, HEADLINE_LENGTH),
        ("story", dossier.story, STORY_LENGTH),
    ):
        if not value:
            faults[name] = Fault(f"{name}.missing")
        elif len(value) < length.start:
            faults[name] = Fault(f"{name}.too_short", {"length": len(value), "shortest": length.start})
    if not any(letter.isalpha() for letter in dossier.name) and "name" not in faults:
        faults["name"] = Fault("name.no_letters", {"value": dossier.name})
    return faults


def photo_faults(dossier: Dossier) -> Faults:
    if len(dossier.photos) > MOST_PHOTOS:
        return {"photo": Fault("photo.too_many", {"count": len(dossier.photos), "most": MOST_PHOTOS})}
    return {}


def time_faults(dossier: Dossier, today: date) -> Faults:
    faults: Faults = {}
    year, deed = dossier.birth_year, dossier.happened_on
    if year is not None and not EARLIEST_BIRTH_YEAR <= year <= today.year:
        faults["birth_year"] = Fault(
            "birth_year.out_of_range", {"value": year, "earliest": EARLIEST_BIRTH_YEAR, "latest": today.year}
        )
    if deed is not None and deed > today:
        faults["happened_on"] = Fault(
            "happened_on.in_future", {"value": f"{deed:%d/%m/%Y}", "today": f"{today:%d/%m/%Y}"}
        )
    elif deed is not None and deed < EARLIEST_DEED:
        faults["happened_on"] = Fault(
            "happened_on.too_early", {"value": f"{deed:%d/%m/%Y}", "earliest": EARLIEST_DEED.year}
        )
    return faults


def require_open(plan: Plan, today: date) -> None:
    """Raise Refused("nomination.closed") unless the plan takes nominations on that day."""
    if not plan.period.contains(today):
        raise Refused(
            "nomination.closed",
            value=f"{today:%d/%m/%Y}",
            first=f"{plan.period.starts_on:%d/%m/%Y}",
            last=f"{plan.period.ends_on:%d/%m/%Y}",
        )


CODE = re.compile(r"DC-[0-9]{4}-[0-9]{4,12}")


def code_of(number: int, *, year: int) -> str:
    """What the receipt shows and people read aloud: "DC-2025-0147" (đề cử)."""
    return f"DC-{year}-{number:04d}"

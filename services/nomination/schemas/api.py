"""The JSON API: what programs send, and what they get."""

import json
from datetime import date
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from services.nomination.rules.dossier import (
    ADDRESS_LONGEST,
    HEADLINE_LENGTH,
    MOST_PHOTOS,
    NAME_LENGTH,
    STORY_LENGTH,
    Dossier,
    choice_faults,
)
from services.nomination.rules.fault import Faults
from services.nomination.rules.phone import LONGEST_PHONE, NotAPhone, parsed_phone
from services.nomination.schemas.api_examples import NOMINATION, PHOTO, RECEIPT, SHOWN
from shared.errors import Invalid
from shared.plan import Plan
from shared.text.clean import Unclean, cleaned, decoded

T = TypeVar("T", bound=BaseModel)


def clean(longest: int, *, lines: bool = False) -> BeforeValidator:
    """Text in NFC without control characters, or a fault that says what is wrong with it."""

    def check(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if len(value) > 4 * longest:  # far too long, decomposed letters allowed for: not worth a closer look
            raise too_long(len(value), longest)
        try:
            return cleaned(value, longest=longest, lines=lines)
        except Unclean as refused:
            raise PydanticCustomError(refused.key, refused.key, dict(refused.details)) from refused

    return BeforeValidator(check)


def as_phone(value: Any) -> Any:
    """The number in digits, or a fault that says what is wrong with it."""
    if not isinstance(value, str):
        return value
    try:
        return parsed_phone(value[:LONGEST_PHONE])
    except NotAPhone as refused:
        raise PydanticCustomError(
            "phone.not_a_number", "phone.not_a_number", {"value": value[:LONGEST_PHONE]}
        ) from refused


def too_long(length: int, longest: int) -> PydanticCustomError:
    return PydanticCustomError("text.too_long", "text.too_long", {"length": length, "longest": longest})


Name = Annotated[str, clean(NAME_LENGTH.stop - 1)]
Phone = Annotated[str, BeforeValidator(as_phone)]
Address = Annotated[str, clean(ADDRESS_LONGEST)]
Headline = Annotated[str, clean(HEADLINE_LENGTH.stop - 1)]
Story = Annotated[str, clean(STORY_LENGTH.stop - 1, lines=True)]
Reason = Annotated[str, StringConstraints(max_length=2000)]
Photo = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Id = Annotated[str, StringConstraints(max_length=80)]


class Strict(BaseModel):
    """Unknown fields are refused, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid")


class NomineeIn(Strict):
    """The person, collective or household put forward."""

    name: Name
    birth_year: Annotated[int, Field(ge=0, le=9999)] | None = None
    address: Address = ""
    phone: Phone = ""


class ConsentIn(Strict):
    """What the nominee agreed to. Nothing is agreed by default."""

    given_by: Literal["self", "representative", "guardian"]
    proof: Literal["spoken", "signed_paper", "digital"]
    publish_name: bool
    publish_story: bool
    publish_photo: bool = False


class NominationIn(Strict):
    """A complete dossier. Ids are those of the plan; `unit` is named by the commune's clerk only."""

    model_config = ConfigDict(json_schema_extra={"examples": [NOMINATION]})

    nominee: NomineeIn
    consent: ConsentIn
    subject_kind: Id
    model_kind: Id
    field: Id
    movement: Id
    headline: Headline
    story: Story
    happened_on: date | None = None
    areas: Annotated[list[Id], Field(max_length=50)] = Field(default_factory=list)
    initiative: bool = False
    direct_worker: bool = False
    photo: Photo | None = None
    more_photos: Annotated[list[Photo], Field(max_length=MOST_PHOTOS - 1)] = Field(default_factory=list)
    unit: Id = ""

    def dossier(self) -> Dossier:
        return Dossier(
            subject_kind=self.subject_kind,
            name=self.nominee.name,
            birth_year=self.nominee.birth_year,
            address=self.nominee.address,
            phone=self.nominee.phone,
            field=self.field,
            headline=self.headline,
            story=self.story,
            happened_on=self.happened_on,
            model_kind=self.model_kind,
            movement=self.movement,
            areas=tuple(dict.fromkeys(self.areas)),
            initiative=self.initiative,
            direct_worker=self.direct_worker,
            photo=self.photo,
            more_photos=tuple(dict.fromkeys(self.more_photos)),
            given_by=self.consent.given_by,
            proof=self.consent.proof,
            publish_name=self.consent.publish_name,
            publish_story=self.consent.publish_story,
            publish_photo=self.consent.publish_photo,
        )


class WithdrawalIn(Strict):
    """Why it is taken back; the commune reads it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Gia đình xin rút, chưa muốn đăng."}]})

    reason: Reason


class AdditionIn(Strict):
    """What is added to a dossier that came back."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"addition": "Có xác nhận của thôn ngày 20/3/2025."}]})

    addition: Annotated[str, Field(max_length=20_000)]


class Links(BaseModel):
    """Addresses below the installation's own."""

    self: str
    page: str
    look_up: str


class ReceiptOut(BaseModel):
    """The commune has the dossier and answers by the end of `answer_by`."""

    model_config = ConfigDict(json_schema_extra={"examples": [RECEIPT]})

    id: UUID
    code: str
    answer_by: date
    links: Links


class HappeningOut(BaseModel):
    kind: str
    at: str
    detail: str
    address: str


class NominationOut(ReceiptOut):
    """A nomination as its own unit and the commune's officers see it."""

    model_config = ConfigDict(json_schema_extra={"examples": [SHOWN]})

    stage: str
    unit: str
    source: str
    nominee: str
    headline: str
    submitted_on: date
    happenings: list[HappeningOut]


class PhotoOut(BaseModel):
    """`photo` is what a nomination names; sizes are in pixels, `links` leads from a width to its picture."""

    model_config = ConfigDict(json_schema_extra={"examples": [PHOTO]})

    photo: str
    width: int
    height: int
    links: dict[str, str]


def unknown_choices(body: bytes, plan: Plan) -> list[dict[str, Any]]:
    """Entries for the choices in a faulty body that the plan does not have."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return []
    named = ("subject_kind", "field", "model_kind", "movement")
    chosen = {name: raw[name] for name in named if isinstance(raw, dict) and isinstance(raw.get(name), str)}
    faults = choice_faults(Dossier(**chosen), plan)
    return [
        {"type": faults[name].key, "loc": ("body", name), "ctx": faults[name].details}
        for name in chosen
        if name in faults
    ]


#: {field of the dossier: where it stands in the JSON}
PLACES = {
    "name": "nominee.name",
    "birth_year": "nominee.birth_year",
    "address": "nominee.address",
    "phone": "nominee.phone",
    "given_by": "consent.given_by",
    "proof": "consent.proof",
    "publish": "consent.publish_story",
}


def placed(faults: Faults) -> Faults:
    """The faults under the names that the JSON has for the fields."""
    return {PLACES.get(name, name): fault for name, fault in faults.items()}


def parsed(shape: type[T], body: bytes) -> T:
    """The body as one of the shapes above.

    Raises RequestValidationError with one entry for each wrong field, Invalid for a body that is no UTF-8.
    """
    try:
        return shape.model_validate_json(decoded(body))
    except Unclean as refused:
        raise Invalid({"body": refused.key}) from refused
    except ValidationError as wrong:
        raise RequestValidationError(entries_of(wrong)) from wrong


def entries_of(wrong: ValidationError) -> list[dict[str, Any]]:
    """Pydantic's entries; a consent that is not there gets a sentence of its own."""
    entries = []
    for entry in wrong.errors(include_url=False, include_input=False):
        kind = "consent.missing" if entry["type"] == "missing" and entry["loc"][0] == "consent" else entry["type"]
        entries.append({**entry, "type": kind, "loc": ("body", *entry["loc"])})
    return entries


def links_of(nomination_id: UUID, code: str) -> Links:
    return Links(
        self=f"/api/v1/nominations/{nomination_id}", page=f"/de-cu/{nomination_id}", look_up=f"/tra-cuu/{code}"
    )

"""The lists a plan names: who can be a role model, in what, by which measure, told through which channel."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from shared.plan.text import Text

ChannelForm: TypeAlias = Literal["traditional", "online"]
Purpose: TypeAlias = Literal["report", "action", "information"]


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """Who can be put forward: an individual, a collective, a household."""

    id: str
    title: Text
    clause: str


@dataclass(frozen=True, slots=True)
class ModelKind:
    """What is put forward: a role model, a good deed, a new model, a new factor."""

    id: str
    title: Text
    clause: str


@dataclass(frozen=True, slots=True)
class AchievementArea:
    """In what the achievement lies (production, study, combat readiness, …). Not the same list as the fields."""

    id: str
    title: Text
    clause: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field with its own criterion.

    `checks` names rules that apply before publication; `priority` is the flag of a nomination that goes first.
    """

    id: str
    clause: str
    title: Text
    text: Text
    checks: tuple[str, ...] = ()
    priority: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A general criterion, the same for every field."""

    id: str
    clause: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Movement:
    """An emulation movement through which role models are found."""

    id: str
    title: Text
    clause: str


@dataclass(frozen=True, slots=True)
class ActivityKind:
    """A kind of work that is done outside the product and recorded in it."""

    id: str
    title: Text
    clause: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to the people. Only an `active` one is carried by the product; the others are named by the plan."""

    id: str
    clause: str
    title: Text
    form: ChannelForm
    active: bool


@dataclass(frozen=True, slots=True)
class Recipient:
    """A line of "Nơi nhận". `units` are keys; `roles` add the people who hold them."""

    id: str
    clause: str
    title: Text
    purpose: Purpose
    units: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A circle of people that clauses speak of and that is no line of "Nơi nhận": "nhân dân", "các thôn"."""

    id: str
    title: Text
    units: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the product under the title that this plan gives it."""

    id: str
    title: Text
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed the plan, and as what."""

    name: str
    title: Text


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """How the council judges. The average is advice; the chair decides.

    Scores are whole points from `minimum` to `maximum`, both allowed. With `field_is_scored` the field's own
    criterion is scored beside the general ones.

    A dossier goes back for a supplement `supplements_at_most` times: where the plan is silent once, as several
    provinces have it. The clerk proposes `supplement_within_working_days` for it. A case is held `held_at_most_days`
    at a time.
    """

    clause: str
    minimum: int
    maximum: int
    field_is_scored: bool
    members_needed: int
    recognise_from: Decimal
    answer_within_working_days: int
    supplements_at_most: int = 1
    supplement_within_working_days: int = 5
    held_at_most_days: int = 90

"""What people typed on the page of a case: score sheets and decisions, kept as typed until they are right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from services.review.pages.words import PHRASES
from services.review.rules.scores import Measure
from services.review.rules.stages import Outcome

POINTS = "diem-"  # the field of a criterion is POINTS + its id
MOST_DIGITS = 6
LONGEST_TYPED = 8000  # characters of one field; more is cut, and far over what is kept


async def typed_form(request: Request) -> Mapping[str, Sequence[str]]:
    """{field: values} of the form, files left out."""
    form = await request.form(max_files=0, max_fields=200)
    return {name: [value[:LONGEST_TYPED] for value in form.getlist(name) if isinstance(value, str)] for name in form}


Typed = Annotated[Mapping[str, Sequence[str]], Depends(typed_form)]


def one(typed: Mapping[str, Sequence[str]], name: str) -> str:
    values = typed.get(name) or [""]
    return values[0]


@dataclass(frozen=True, slots=True)
class ScoreForm:
    """A sheet as it stands in the form; `errors` is {field name: sentence}."""

    values: Mapping[str, str]  # {criterion id: as typed}
    note: str
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def points(self) -> dict[str, int]:
        """The numbers among what was typed; anything else counts as not given."""
        return {name: int(value) for name, value in self.values.items() if is_number(value)}


def is_number(value: str) -> bool:
    bare = value.removeprefix("-")
    return bare.isascii() and bare.isdigit() and len(bare) <= MOST_DIGITS


def score_form(typed: Mapping[str, Sequence[str]], measures: Sequence[Measure]) -> ScoreForm:
    values = {measure.id: one(typed, POINTS + measure.id).strip() for measure in measures}
    return ScoreForm(values, one(typed, "note"))


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """A decision as it stands in the form."""

    outcome: str = ""
    phrases: tuple[str, ...] = ()
    words: str = ""
    version: int | None = None
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def chosen(self) -> Outcome | None:
        return Outcome(self.outcome) if self.outcome in set(Outcome) else None

    @property
    def reason(self) -> str:
        """The chosen sentences, then what was typed: one paragraph each, in the language of the official paper."""
        sentences = " ".join(PHRASES[phrase].message for phrase in self.phrases)
        return "\n".join(part for part in (sentences, self.words.strip()) if part)


def decision_form(typed: Mapping[str, Sequence[str]]) -> DecisionForm:
    version = one(typed, "version")
    return DecisionForm(
        outcome=one(typed, "outcome"),
        phrases=tuple(phrase for phrase in PHRASES if phrase in typed.get("phrases", ())),
        words=one(typed, "reason"),
        version=int(version) if is_number(version) else None,
    )


@dataclass(frozen=True, slots=True)
class ClimbForm:
    """What an upper tier said, as it stands in the form."""

    answer: str = ""
    words: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def climb_form(typed: Mapping[str, Sequence[str]]) -> ClimbForm:
    return ClimbForm(one(typed, "answer"), one(typed, "answer_words"))

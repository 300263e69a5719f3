"""How a case rests, in words, and the clerk's forms for it: back to the unit, on without it, held, let go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.review.models import Case, Hold, Supplement
from services.review.pages import words
from services.review.pages.forms import one
from services.review.queries.cases import Rests
from services.review.rules.resting import Ground
from services.review.rules.stages import Stage, Step
from shared.access.principal import Principal
from shared.access.rights import Action, may_at_all
from shared.errors import Refused
from shared.holidays import holidays_from
from shared.plan.questions import working_day_after
from shared.text.dates import NotADay, parsed_day
from shared.web.filters import day
from shared.web.i18n import gettext
from shared.web.parts import Choice, Row


@dataclass(frozen=True, slots=True)
class RestForm:
    """What was typed in one of the forms; `errors` is {field name: sentence}."""

    missing: str = ""
    due_on: str = ""
    ground: str = ""
    reason: str = ""
    until: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def chosen_ground(self) -> Ground | None:
        return Ground(self.ground) if self.ground in set(Ground) else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the unit was asked, and what it added."""

    asked: str
    missing: str
    added: str  # "" while it is awaited
    state: str


@dataclass(frozen=True, slots=True)
class Resting:
    """`hold` are the facts of a hold, for those who judge the case. What may be done is said by the booleans."""

    answers: list[Answer]
    waits_until: date | None
    hold: list[Row]
    may_return: bool
    may_resume: bool
    may_hold: bool
    may_release: bool
    returns_left: int
    grounds: list[Choice]
    form: RestForm
    opened: str  # the form that came back with something to correct: "return", "hold" or ""


def rest_form(typed: Mapping[str, Sequence[str]]) -> RestForm:
    return RestForm(
        missing=one(typed, "missing"),
        due_on=one(typed, "due_on").strip(),
        ground=one(typed, "ground"),
        reason=one(typed, "hold_reason"),
        until=one(typed, "until").strip(),
    )


def day_typed(raw: str) -> date | None:
    """The day; None for one that cannot be read."""
    try:
        return parsed_day(raw)
    except NotADay:
        return None


def resting_of(who: Principal, case: Case, rests: Rests, *, form: RestForm | None, today: date) -> Resting:
    """How the case rests, and what the asker may do about it."""
    rule, (asked, held) = case.plan.review, rests
    returns, holds = (may_at_all(who.role, action) for action in (Action.RETURN_CASE, Action.HOLD_CASE))
    left = max(0, rule.supplements_at_most - len(asked))
    due = working_day_after(today, rule.supplement_within_working_days, holidays=holidays_from(today.year))
    return Resting(
        answers=[answer_of(request, today) for request in asked],
        waits_until=asked[-1].due_on if case.stage is Stage.RETURNED else None,
        hold=hold_rows(held) if held else [],
        may_return=returns and left > 0 and possible(case, Step.RETURN),
        may_resume=returns and possible(case, Step.RESUME),
        may_hold=holds and possible(case, Step.HOLD),
        may_release=holds and possible(case, Step.RELEASE),
        returns_left=left,
        grounds=[Choice(ground.value, str(label)) for ground, label in words.GROUNDS.items()],
        form=form or empty_form(held, due_on=day(due)),
        opened="" if form is None else "hold" if form.errors.keys() & {"ground", "hold_reason", "until"} else "return",
    )


def empty_form(held: Hold | None, *, due_on: str) -> RestForm:
    """The forms with what is proposed: the plan's day for a supplement, and the hold as it stands."""
    if held is None:
        return RestForm(due_on=due_on)
    return RestForm(due_on=due_on, ground=held.ground, reason=held.reason, until=day(held.held_until))


def possible(case: Case, step: Step) -> bool:
    try:
        case.after(step)
    except Refused:
        return False
    return True


def answer_of(request: Supplement, today: date) -> Answer:
    if request.given_on:
        state = gettext("Đơn vị bổ sung ngày %(day)s", day=day(request.given_on))
    elif request.resumed_on:
        state = gettext("Không chờ nữa từ ngày %(day)s", day=day(request.resumed_on))
    elif request.due_on < today:
        state = gettext("Quá hạn từ ngày %(day)s", day=day(request.due_on))
    else:
        state = gettext("Chờ đến hết ngày %(day)s", day=day(request.due_on))
    asked = gettext("%(who)s hỏi ngày %(day)s", who=request.asked_by_name, day=day(request.asked_on))
    return Answer(asked, request.missing, request.addition or "", state)


def hold_rows(held: Hold) -> list[Row]:
    return [
        Row(gettext("Căn cứ"), str(words.GROUNDS[Ground(held.ground)])),
        Row(gettext("Lý do"), held.reason),
        Row(gettext("Người tạm dừng"), held.held_by_name),
        Row(gettext("Từ ngày"), day(held.held_on)),
        Row(gettext("Đến ngày"), day(held.held_until)),
    ]

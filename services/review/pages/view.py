"""One case as its page shows it: everything in words, nothing left for the templates to decide."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from services.review.models import Case
from services.review.pages import words
from services.review.pages.facts import (
    Earlier,
    decision_rows,
    earlier_of,
    facts_line,
    happenings_of,
    rows_of,
    status_of,
)
from services.review.pages.follow import Follow, follow_of
from services.review.pages.former import Former, former_of
from services.review.pages.forms import ClimbForm, DecisionForm, ScoreForm
from services.review.pages.notices import Notice, notices_of
from services.review.pages.resting import RestForm, Resting, resting_of
from services.review.pages.scoreboard import Scoreboard, scoreboard_of
from services.review.queries.cases import MemberSheet, earlier_cases, rests_of, sheets_of
from services.review.rules.scores import measures_of, tally_of
from services.review.rules.sight import sight_of
from shared.access.principal import Principal
from shared.access.rights import Action, may_at_all
from shared.web.i18n import gettext
from shared.web.parts import Choice, Happening, Row, Tone


@dataclass(frozen=True, slots=True)
class Deciding:
    """The chair's form; `waiting` says why there is none yet."""

    form: DecisionForm
    waiting: str
    outcomes: list[Choice]
    phrases: list[Choice]
    told: str  # what the nominator will read, "" before an outcome is chosen


@dataclass(frozen=True, slots=True)
class Photo:
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class CaseView:
    case: Case
    facts: str
    tone: Tone
    status: str
    is_open: bool  # the council is at it: neither back at the unit nor held
    recused: bool  # the asker handed the dossier in, and would have a part in judging it
    photo: Photo | None
    rows: list[Row]
    notices: list[Notice]
    earlier: list[Earlier]
    happenings: list[Happening]
    scores: Scoreboard
    former: list[Former]
    scoring: ScoreForm | None
    deciding: Deciding | None
    decided: list[Row]
    follow: Follow | None
    resting: Resting


def view_of(
    session: Session,
    who: Principal,
    case: Case,
    *,
    today: date,
    scoring: ScoreForm | None = None,
    deciding: DecisionForm | None = None,
    pausing: RestForm | None = None,
    climbing: ClimbForm | None = None,
) -> CaseView:
    """The page of a case for the asker; the forms are those that came back with something to correct."""
    plan = case.plan
    measures, sheets, rests = measures_of(plan, case.field), sheets_of(session, case), rests_of(session, case)
    own = next((sheet for sheet in sheets if sheet.member_id == who.person_id), None)
    tally = tally_of([sheet.points for sheet in sheets], measures, plan.review)
    sight = sight_of(who.role, has_scored=own is not None, stage=case.stage)
    missing = max(0, plan.review.members_needed - len(sheets))
    may_judge = case.is_open and case.nominator_id != who.person_id
    may_score, may_decide = (may_at_all(who.role, action) for action in (Action.SCORE, Action.DECIDE))
    tone, status = status_of(case, missing=missing)
    return CaseView(
        case=case,
        facts=facts_line(case, plan),
        tone=tone,
        status=status,
        is_open=case.is_open,
        recused=case.is_open and not may_judge and (may_score or may_decide),
        photo=photo_of(case),
        rows=rows_of(case, plan),
        notices=notices_of(case, plan, today=today),
        earlier=[earlier_of(one) for one in earlier_cases(session, case)],
        happenings=happenings_of(case, rests, sheets=len(sheets), needed=plan.review.members_needed, today=today),
        scores=scoreboard_of(plan, measures, sheets, tally, sight),
        former=former_of(session, case, sight),
        scoring=(scoring or sheet_form(own)) if may_judge and may_score else None,
        deciding=deciding_of(case, deciding, missing=missing) if may_judge and may_decide else None,
        decided=decision_rows(case),
        follow=follow_of(session, who, case, form=climbing, today=today),
        resting=resting_of(who, case, rests, form=pausing, today=today),
    )


def photo_of(case: Case) -> Photo | None:
    if case.photo is None:
        return None
    return Photo(f"/anh/{case.photo}.jpg", gettext("Ảnh kèm hồ sơ của %(name)s", name=case.nominee_name))


def sheet_form(own: MemberSheet | None) -> ScoreForm:
    """The form with the member's own sheet, or empty."""
    if own is None:
        return ScoreForm({}, "")
    return ScoreForm({name: str(points) for name, points in own.points.items()}, own.note)


def deciding_of(case: Case, typed: DecisionForm | None, *, missing: int) -> Deciding:
    form = typed or DecisionForm(version=case.version)
    return Deciding(
        form=form,
        waiting=gettext("Còn thiếu %(missing)s phiếu chấm. Khi đủ phiếu, Chủ tịch quyết định ở đây.", missing=missing)
        if missing
        else "",
        outcomes=[Choice(outcome.value, str(label), str(hint)) for outcome, (label, hint) in words.OUTCOMES.items()],
        phrases=[Choice(phrase, str(sentence)) for phrase, sentence in words.PHRASES.items()],
        told=told_nominator(case, form),
    )


def told_nominator(case: Case, form: DecisionForm) -> str:
    """What the nominator will read: the outcome, then the reason."""
    if form.chosen is None:
        return ""
    first = str(words.TOLD_NOMINATOR[form.chosen]) % {"code": case.code, "name": case.nominee_name}
    return "\n\n".join(part for part in (first, form.reason) if part)

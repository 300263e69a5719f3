"""A candidate's trail as a paper: evidence of the nomination that is made of them."""

from collections.abc import Sequence
from datetime import date

from services.nomination.models import Candidate, MeasureRow, TrailRow
from services.nomination.schemas.nurture import field_title, trail_title
from services.nomination.schemas.receipt import lowered
from services.nomination.schemas.views import unit_name
from shared.documents.shapes import NurtureTrail, TrailEntry
from shared.web.filters import day
from shared.web.i18n import _, current_language

MOST_ENTRIES = 100  # the newest ones: with the steps they fit on the pages that evidence may have
LONGEST = 300  # characters of one entry


def paper_of(
    candidate: Candidate, measures: Sequence[MeasureRow], trail: Sequence[TrailRow], *, today: date
) -> NurtureTrail:
    """The whole trail, or the newest of a very long one."""
    plan = candidate.plan
    return NurtureTrail(
        commune=lowered(plan.unit.name.to(current_language())),
        unit=unit_name(plan, candidate.unit_id),
        name=candidate.name,
        field=field_title(plan, candidate.field),
        why=candidate.why,
        mentor=candidate.mentor,
        began_on=candidate.identified_on,
        made_on=today,
        steps=tuple(step_entry(each) for each in measures),
        entries=tuple(
            TrailEntry(on=day(each.happened_on), title=trail_title(each), detail=cut(each.detail))
            for each in trail[-MOST_ENTRIES:]
        ),
        sample=plan.sample,
    )


def step_entry(measure: MeasureRow) -> TrailEntry:
    standing = _("Xong %(on)s", on=day(measure.done_on)) if measure.done_on else _("Chưa xong")
    return TrailEntry(on=day(measure.due_on), title=cut(measure.weakness), detail=f"{cut(measure.action)} ({standing})")


def cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

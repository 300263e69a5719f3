"""The editor's desk: what waits, what is under way, what is out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from services.publish.queries.desk import PER_COLUMN, PER_PAGE, OnDesk, Pile, one_pile, pile_counts, piles
from services.publish.schemas.words import NOTHING_ON, PILE_TONES, PILES
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.access.session import session_of
from shared.audit.looks import listed
from shared.audit.note import note
from shared.web.i18n import _, current_language, ngettext
from shared.web.pages import render
from shared.web.parts import Tone

router = APIRouter(prefix="/bien-tap")
SessionDep = Annotated[Session, Depends(session_of("publish"), scope="function")]
Editing = Annotated[Principal, may(Action.EDIT_STORY)]


@dataclass(frozen=True, slots=True)
class Line:
    """One story on a pile."""

    href: str
    title: str
    facts: str
    alarm: str
    changed_at: object


@dataclass(frozen=True, slots=True)
class PileView:
    id: str
    title: str
    tone: Tone
    count: int
    lines: list[Line]
    nothing: str
    more_href: str


@router.get("")
def desk(
    request: Request,
    who: Editing,
    session: SessionDep,
    nhom: Pile | None = None,
    trang: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """All piles with their newest stories, or one pile in full."""
    counts = pile_counts(session, who.plan_id)
    found = piles(session, who.plan_id) if nhom is None else {nhom: one_pile(session, who.plan_id, nhom, page=trang)}
    about = [each.story.nomination_id for pile in found.values() for each in pile]
    note(session, listed(who, "stories", about=about, filtered=nhom or ""))
    waiting = [each for each in found.get(Pile.TO_WRITE, []) if nhom is None]
    return render(
        request,
        "publish/desk.html",
        piles=[pile_view(pile, counts[pile], stories, whole=nhom is not None) for pile, stories in found.items()],
        filters=filters(nhom, counts),
        one=nhom is not None,
        page=trang,
        pages=-(-counts[nhom] // PER_PAGE) if nhom else 1,
        page_href=f"/bien-tap?nhom={nhom.value}&" if nhom else "",
        waiting=counts[Pile.TO_WRITE],
        next_href=f"/bien-tap/{waiting[0].story.id}" if waiting else "",
    )


def filters(chosen: Pile | None, counts: Mapping[Pile, int]) -> list[tuple[str, str, bool, int | None]]:
    every = (_("Tất cả"), "/bien-tap", chosen is None, sum(counts.values()))
    return [every, *((str(PILES[pile]), f"/bien-tap?nhom={pile.value}", chosen == pile, counts[pile]) for pile in Pile)]


def pile_view(pile: Pile, count: int, found: Sequence[OnDesk], *, whole: bool) -> PileView:
    return PileView(
        id=pile.value,
        title=str(PILES[pile]),
        tone=PILE_TONES[pile],
        count=count,
        lines=[line_of(each) for each in found],
        nothing=str(NOTHING_ON[pile]),
        more_href=f"/bien-tap?nhom={pile.value}" if not whole and count > PER_COLUMN else "",
    )


def line_of(found: OnDesk) -> Line:
    story, plan, language = found.story, found.story.plan, current_language()
    unit, field = plan.unit_by_id(story.unit_id).name, plan.field(story.field).title
    return Line(
        href=f"/bien-tap/{story.id}",
        title=story.title,
        facts=f"{unit.to(language)} · {field.to(language)}",
        alarm=ngettext("%(count)s kênh cần xem lại", "%(count)s kênh cần xem lại", found.stuck) if found.stuck else "",
        changed_at=story.updated_at,
    )

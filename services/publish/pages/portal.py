"""The portal: the face of the product, for everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from services.publish.pages.cards import card_of, within_sentence
from services.publish.pages.conditional import fresh_or_304
from services.publish.queries.communes import (
    EVERYWHERE,
    Commune,
    commune_of,
    communes,
    ending_of_commune,
    going_on,
    ref_of,
)
from services.publish.queries.public import (
    PER_PAGE,
    Wanted,
    communes_with_stories,
    counts_by,
    plan_notice,
    public_page,
)
from shared.access.door import Visitor
from shared.access.principal import Principal
from shared.access.rights import Action, may_at_all
from shared.access.session import session_of
from shared.errors import NotFound
from shared.settings import settings
from shared.web.ended import ended_view
from shared.web.i18n import _, current_language
from shared.web.pages import render

router = APIRouter()
SessionDep = Annotated[Session, Depends(session_of("publish"), scope="function")]
Filter = tuple[str, str, bool, int | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked for, as it stands in the address."""

    xa: str = ""
    field: str = ""
    unit: str = ""
    words: str = ""
    page: int = 1

    def href(self, **changes: str) -> str:
        """The portal with these filters; a page number is dropped."""
        kept = {"xa": self.xa, "linh-vuc": self.field, "don-vi": self.unit, "q": self.words} | changes
        query = urlencode({name: value for name, value in kept.items() if value})
        return f"/?{query}" if query else "/"

    @property
    def anything(self) -> bool:
        return bool(self.field or self.unit or self.words)


@router.get("/")
def portal(
    request: Request,
    visitor: Visitor,
    session: SessionDep,
    xa: Annotated[str, Query(max_length=80)] = "",
    field: Annotated[str, Query(max_length=80, alias="linh-vuc")] = "",
    unit: Annotated[str, Query(max_length=80, alias="don-vi")] = "",
    q: Annotated[str, Query(max_length=200)] = "",
    trang: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """The newest stories of a commune; search and filters are addresses, so that they can be kept and sent."""
    asked = Asked(xa, field, unit, q.replace("\0", ""), trang)
    commune = commune_of(xa, visitor)
    if not xa:
        commune = going_on(session, commune)
    wanted = wanted_of(asked, commune)
    stories, total = public_page(session, wanted, page=trang)
    by_field, by_unit = counts_by(session, Wanted(commune_id=wanted.commune_id))
    notice = plan_notice(session, commune.id) if commune else None
    ending = ending_of_commune(session, commune)
    page = render(
        request,
        "publish/portal.html",
        asked=asked,
        place_name=commune.name if commune else "",
        place_within=within_sentence(commune.name) if commune else "",
        feed_href=f"/atom.xml?xa={commune.ref}" if commune else "/atom.xml",
        cards=[card_of(story) for story in stories],
        total=total,
        pages=-(-total // PER_PAGE),
        page_href=page_href(asked),
        fields=field_filters(asked, commune, by_field) if commune else [],
        units=unit_filters(asked, commune, by_unit) if commune else [],
        places=commune_filters(asked, commune, communes_with_stories(session)),
        notice=None if ending else notice,
        ended=ended_view(ending, ref_of),
        suggest_href=suggest_href(visitor),
        canonical=f"{settings().public_url}{asked.href()}",
    )
    return fresh_or_304(request, page, visitor=visitor)


def wanted_of(asked: Asked, commune: Commune | None) -> Wanted:
    """Raises NotFound for a unit that is none of the commune's."""
    unit_id: UUID | None = None
    if asked.unit:
        known = {unit.key: unit.id for plan in (commune.plans if commune else ()) for unit in plan.units}
        if asked.unit not in known:
            raise NotFound("thing.unknown")
        unit_id = known[asked.unit]
    return Wanted(commune_id=commune.id if commune else None, field=asked.field, unit_id=unit_id, words=asked.words)


def suggest_href(visitor: Principal | None) -> str:
    """Where the reader can put somebody forward: by nominating, or else by telling a unit."""
    return "/de-cu" if visitor and may_at_all(visitor.role, Action.NOMINATE) else "/goi-y"


def page_href(asked: Asked) -> str:
    href = asked.href()
    return f"{href}&" if "?" in href else f"{href}?"


def field_filters(asked: Asked, commune: Commune, counts: Mapping[str, int]) -> list[Filter]:
    """One link for each field that has a story, in the plan's order."""
    titles = {field.id: field.title.to(current_language()) for plan in commune.plans for field in plan.fields}
    links: list[Filter] = [
        (titles[field], asked.href(**{"linh-vuc": field}), asked.field == field, counts[field])
        for field in titles
        if counts.get(field)
    ]
    return [(_("Mọi lĩnh vực"), asked.href(**{"linh-vuc": ""}), not asked.field, None), *links] if links else []


def unit_filters(asked: Asked, commune: Commune, counts: Mapping[UUID, int]) -> list[Filter]:
    """One link for each unit that has a story, in the plan's order."""
    units = {unit.key: unit for plan in commune.plans for unit in plan.units if counts.get(unit.id)}
    links: list[Filter] = [
        (unit.name.to(current_language()), asked.href(**{"don-vi": key}), asked.unit == key, counts[unit.id])
        for key, unit in units.items()
    ]
    return [(_("Mọi thôn, đơn vị"), asked.href(**{"don-vi": ""}), not asked.unit, None), *links] if links else []


def commune_filters(asked: Asked, commune: Commune | None, with_stories: Sequence[UUID]) -> list[Filter]:
    """One link for each commune that has a story, where there are several."""
    shown = [each for each in communes().values() if each.id in with_stories or each == commune]
    if len(shown) < 2:  # noqa: PLR2004 -- one is no choice
        return []
    fresh = Asked(words=asked.words)
    links: list[Filter] = [(each.name, fresh.href(xa=each.ref), each == commune, None) for each in shown]
    return [*links, (_("Mọi xã"), fresh.href(xa=EVERYWHERE), commune is None, None)]

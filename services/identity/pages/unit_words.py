"""Units as the pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from urllib.parse import urlencode
from uuid import UUID

from sqlmodel import Session

from services.identity.queries.registry import chain_as_at
from services.identity.rules.units import How, Share, Succession
from services.identity.rules.versions import Tree, Version, chain_above, tier_of
from services.identity.schemas.units import KIND_NAMES
from shared.clock import today
from shared.text.collate import sort_key
from shared.text.dates import NotADay, parsed_day, shown_day
from shared.web.i18n import LazyText, _, lazy
from shared.web.parts import Crumb, Happening

DAY_WRONG = lazy("Không đọc được ngày này. Ví dụ đúng: 30/6/2025.")
TOOK_OVER: dict[Share, LazyText] = {
    Share.WHOLE: lazy("Tiếp nhận %(name)s"),
    Share.PART: lazy("Tiếp nhận một phần của %(name)s"),
}
WENT_INTO: dict[tuple[How, Share], LazyText] = {
    (How.MERGE, Share.WHOLE): lazy("Sáp nhập vào %(name)s"),
    (How.SPLIT, Share.WHOLE): lazy("Nhập vào %(name)s"),
    (How.SPLIT, Share.PART): lazy("Một phần chuyển sang %(name)s"),
    (How.DISSOLVE, Share.WHOLE): lazy("Giải thể; %(name)s tiếp tục công việc"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A unit in a list: `facts` are its code and where it stands."""

    name: str
    href: str
    kind: LazyText
    facts: str


def line_of(version: Version, tree: Tree, day: date) -> Line:
    """A unit with the way to it through the tree; with an empty tree, only with its code."""
    above = [unit.name for unit in chain_above(tree, version.parent_id)]
    code = _("mã %(code)s (%(list)s)", code=version.code, list=version.code_list) if version.code else ""
    return Line(
        version.name,
        address(version.unit_id, day),
        KIND_NAMES[version.kind],
        " · ".join(part for part in (code, ", ".join(above)) if part),
    )


def address(unit_id: UUID, day: date) -> str:
    """A unit's page, as at the day that is looked at."""
    asked = "" if day == today() else f"?{urlencode({'ngay': shown_day(day)})}"
    return f"/don-vi/{unit_id}{asked}"


def day_typed(typed: str, otherwise: date) -> tuple[date, str]:
    """(the day that was typed, "") or (the other day, what is wrong with what was typed)."""
    if not typed.strip():
        return otherwise, ""
    try:
        return parsed_day(typed), ""
    except NotADay:
        return otherwise, str(DAY_WRONG)


def ordered(units: Iterable[Version]) -> list[Version]:
    """Territories first, then by name as Vietnamese lists sort: thôn 2 before thôn 10."""
    return sorted(units, key=lambda unit: (tier_of(unit.kind), sort_key(unit.name), unit.unit_id))


def path_of(session: Session, version: Version | None, day: date) -> list[Crumb]:
    """The way down to a unit."""
    way = [Crumb(_("Đơn vị"), "/don-vi")]
    above = chain_as_at(session, version.parent_id, day) if version and version.parent_id else ()
    return way + [Crumb(unit.name, address(unit.unit_id, day)) for unit in reversed(above)]


def named_units(unit_ids: Iterable[UUID], names: Tree, day: date) -> list[Line]:
    return [line_of(names[unit_id], {}, day) for unit_id in unit_ids if unit_id in names]


def history(
    versions: Sequence[Version], into: Sequence[Succession], from_: Sequence[Succession], names: Tree
) -> list[Happening]:
    """Everything that happened to a unit, oldest first."""
    first, last = versions[0], versions[-1]
    found = [Happening(first.valid_from, _("Có trong sổ đơn vị"), place_words(first, names))]
    found += [
        Happening(each.on, str(TOOK_OVER[each.share]) % {"name": called(names, each.predecessor_id)}, "",
                  address(each.predecessor_id, today()))
        for each in from_
    ]  # fmt: skip
    for former, version in pairwise(versions):
        found += [Happening(version.valid_from, words) for words in differences(former, version, names)]
    found += [
        Happening(each.on, str(WENT_INTO[each.how, each.share]) % {"name": called(names, each.successor_id)}, "",
                  address(each.successor_id, today()))
        for each in into
    ]  # fmt: skip
    if last.valid_until is not None and not any(each.share is Share.WHOLE for each in into):
        found.append(Happening(last.valid_until, _("Không còn")))
    return sorted(found, key=lambda each: str(each.when))


def place_words(version: Version, names: Tree) -> str:
    if version.parent_id is None or version.parent_id not in names:
        return version.name
    return _("%(name)s, thuộc %(parent)s", name=version.name, parent=names[version.parent_id].name)


def differences(former: Version, version: Version, names: Mapping[UUID, Version]) -> list[str]:
    """What became different, in words."""
    found = []
    if former.name != version.name:
        found.append(_("Đổi tên từ %(former)s thành %(name)s", former=former.name, name=version.name))
    if former.kind != version.kind:
        found.append(_("Từ %(former)s thành %(kind)s", former=KIND_NAMES[former.kind], kind=KIND_NAMES[version.kind]))
    if former.parent_id != version.parent_id:
        found.append(_("Chuyển về %(parent)s", parent=called(names, version.parent_id)))
    if (former.code_list, former.code) != (version.code_list, version.code):
        found.append(_("Có mã mới: %(code)s (%(list)s)", code=version.code or "–", list=version.code_list or "–"))
    return found or [_("Sửa trong sổ đơn vị")]


def called(names: Mapping[UUID, Version], unit_id: UUID | None) -> str:
    return names[unit_id].name if unit_id and unit_id in names else _("đơn vị chưa có trong sổ")

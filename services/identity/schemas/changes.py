"""A change of units in words: everything that it moves, for whoever has to agree to it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.identity.queries.changes import OfficeMove, Preview
from services.identity.rules.units import Dissolve, Merge, Place, Question, Rename, Request, Split, Transfer
from services.identity.rules.versions import Tree, Version
from services.identity.schemas.titles import role_title
from shared.plan import Plan, UnknownInPlan
from shared.plan.shelf import shelf
from shared.text.dates import shown_day
from shared.web.i18n import LazyText, _, current_language, lazy
from shared.web.parts import Choice, Tone

ANSWER = "ve-"  # the field of a question is ANSWER + the unit's id

STATE_WORDS: dict[str, tuple[LazyText, Tone]] = {
    "scheduled": (lazy("Sẽ diễn ra"), "info"),
    "applied": (lazy("Đã diễn ra"), "ok"),
    "cancelled": (lazy("Đã hủy"), "mute"),
    "refused": (lazy("Không thực hiện được"), "bad"),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """One unit, office or heap of nominations, and what becomes of it."""

    what: str
    detail: str
    becomes: str
    tone: Tone
    count: int = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the preview as a select box."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Rebased:
    """What counts under a successor's plan from the day on."""

    plan: str
    aggregator: str
    quotas: tuple[str, ...]
    deadlines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """The preview as its page shows it."""

    title: str
    digest: str
    tally: tuple[tuple[int, str], ...]  # how many of what, in words
    units: tuple[Moved, ...]
    offices: tuple[Moved, ...]
    staying_offices: int
    left_without: tuple[str, ...]
    work: tuple[Moved, ...]
    rebased: tuple[Rebased, ...]
    channels: tuple[str, ...]
    asked: tuple[Asked, ...]


def view_of(preview: Preview) -> ChangeView:
    plans = shelf()
    ending = [plans[plan_id] for plan_id in preview.change.ending_plans]
    units = tuple(unit_moves(preview))
    offices = tuple(office_words(move) for move in preview.offices if not move.stays)
    return ChangeView(
        title_of(preview.request, preview.before),
        preview.digest,
        tally(units, offices, len(preview.work)),
        units,
        offices,
        sum(move.stays for move in preview.offices),
        preview.left_without,
        tuple(work_words(preview)),
        tuple(rebased(plans[plan_id], preview) for plan_id in preview.change.starting_plans),
        tuple(
            f"{channel.title.to(current_language())} ({plan.unit.name.to(current_language())})"
            for plan in ending
            for channel in plan.channels
            if channel.active
        ),
        tuple(asked(question, preview.before) for question in preview.change.questions),
    )


def tally(units: Iterable[Moved], offices: Iterable[Moved], work: int) -> tuple[tuple[int, str], ...]:
    """The change in numbers: what goes on, what ends, what is new."""
    of_units, of_offices = Counter(each.tone for each in units), Counter(each.tone for each in offices)
    return (
        (of_units["ok"], _("đơn vị tiếp tục")),
        (of_units["warn"], _("đơn vị nhập hoặc kết thúc")),
        (of_units["gold"], _("đơn vị mới")),
        (of_units["mute"], _("đơn vị không đổi")),
        (of_offices["ok"], _("vai trò tiếp tục")),
        (of_offices["warn"], _("vai trò kết thúc")),
        (work, _("hồ sơ đang chờ")),
    )


def title_of(request: Request, before: Tree) -> str:
    """What is going to happen, in one line."""
    day = shown_day(request.on)
    match request:
        case Rename():
            return _("Đổi tên %(former)s thành %(name)s từ ngày %(day)s",
                     former=called(before, request.unit_id), name=request.name, day=day)  # fmt: skip
        case Transfer():
            parent = called(before, request.parent_id)
            return _("Chuyển %(name)s về %(parent)s từ ngày %(day)s",
                     name=called(before, request.unit_id), parent=parent, day=day)  # fmt: skip
        case Dissolve():
            return _("Giải thể %(name)s từ ngày %(day)s", name=called(before, request.unit_id), day=day)
        case Merge():
            names = ", ".join(commune(plan_id) for plan_id in request.plans)
            return _("Sáp nhập %(names)s thành %(name)s từ ngày %(day)s",
                     names=names, name=commune(request.successor), day=day)  # fmt: skip
        case Split():
            names = ", ".join(commune(plan_id) for plan_id in request.successors)
            return _("Chia %(name)s thành %(names)s từ ngày %(day)s",
                     name=commune(request.plan), names=names, day=day)  # fmt: skip


def commune(plan_id: str) -> str:
    """The commune of a plan with its official code, since two communes may share a name."""
    plan = shelf().get(plan_id)
    return f"{plan.unit.name.to(current_language())} ({plan.unit.code_list}/{plan.unit.code})" if plan else plan_id


def called(tree: Tree, unit_id: UUID) -> str:
    return tree[unit_id].name if unit_id in tree else str(unit_id)


def unit_moves(preview: Preview) -> Iterable[Moved]:
    """Each unit once: it goes on, goes into another one, ends, or is new."""
    change, before = preview.change, preview.before
    heirs = {each.unit.unit_id: each.heir for each in change.heirs}
    gone_into = {each.predecessor_id: each.successor_id for each in change.successions}
    begins = {version.unit_id: version for version in change.begins}
    new = {unit_id: version.name for unit_id, version in begins.items()}
    for unit_id in dict.fromkeys([*heirs, *change.ends, *begins]):
        former, name = before.get(unit_id), called(before, unit_id)
        if former is None:
            yield Moved(new[unit_id], "", _("Đơn vị mới"), "gold")
        elif unit_id in change.ends:
            into = heirs[unit_id].unit_id if unit_id in heirs else gone_into.get(unit_id)
            words = _("Nhập vào %(name)s", name=new.get(into) or called(before, into)) if into else _("Không còn")
            yield Moved(name, place_words(former.parent_id, before), words, "warn")
        elif unit_id in begins:
            yield Moved(name, place_words(former.parent_id, before), goes_on(begins[unit_id], before, new), "ok")
        else:
            yield Moved(name, place_words(former.parent_id, before), _("Không đổi"), "mute")


def goes_on(version: Version, before: Tree, new: dict[UUID, str]) -> str:
    if version.parent_id is None:
        return _("Tiếp tục: %(name)s", name=version.name)
    parent = new.get(version.parent_id) or called(before, version.parent_id)
    return _("Tiếp tục: %(name)s, thuộc %(parent)s", name=version.name, parent=parent)


def place_words(parent_id: UUID | None, before: Tree) -> str:
    return called(before, parent_id) if parent_id else ""


def office_words(move: OfficeMove) -> Moved:
    office = move.held.office
    what = f"{role_title(shelf()[office.plan_id], office.role)}, {unit_name(Place(office.plan_id, office.unit_id))}"
    if move.to is None:
        return Moved(move.held.name, what, _("Kết thúc"), "warn")
    return Moved(move.held.name, what, _("Tiếp tục theo kế hoạch của %(name)s", name=commune(move.to.plan)), "ok")


def unit_name(place: Place) -> str:
    """A unit as its plan calls it."""
    plan = shelf().get(place.plan)
    if plan is None:
        return str(place.unit_id)
    try:
        return plan.unit_by_id(place.unit_id).name.to(current_language())
    except UnknownInPlan:
        return str(place.unit_id)


def work_words(preview: Preview) -> Iterable[Moved]:
    """How many open nominations go from where to where."""
    heaps = Counter((move.at, move.to) for move in preview.work)
    for (at, to), count in heaps.items():
        words = (
            _("Xét tiếp tại chỗ")
            if at == to
            else _("%(unit)s, theo kế hoạch của %(name)s", unit=unit_name(to), name=commune(to.plan))
        )
        yield Moved(unit_name(at), commune(at.plan), words, "mute" if at == to else "ok", count)


def rebased(plan: Plan, preview: Preview) -> Rebased:
    language, on = current_language(), preview.change.on
    return Rebased(
        plan.title.to(language),
        plan.aggregator.name.to(language),
        tuple(quota.title.to(language) for quota in plan.quotas),
        tuple(
            _("%(title)s: hạn cuối %(day)s", title=each.title.to(language), day=shown_day(each.last_day))
            for each in plan.deadlines
            if each.last_day >= on
        ),
    )


def asked(question: Question, before: Tree) -> Asked:
    """Where a unit goes, as a box with the places that could take it."""
    unit = question.unit
    label = unit_name(unit) if unit.plan else called(before, unit.unit_id)
    choices = [Choice("", _("– Hãy chọn –"))]
    choices += [Choice(place.value, option_words(place, unit, before)) for place in question.options]
    return Asked(f"{ANSWER}{unit.unit_id}", _("%(name)s về đâu?", name=label), tuple(choices))


def option_words(place: Place, unit: Place, before: Tree) -> str:
    if not place.plan:
        return called(before, place.unit_id)
    if place.plan == unit.plan:
        return _("Ở lại %(name)s", name=commune(place.plan))
    if place.unit_id == unit.unit_id:
        return _("Nguyên vẹn về %(name)s", name=commune(place.plan))
    return _("Nhập vào %(unit)s của %(name)s", unit=unit_name(place), name=commune(place.plan))

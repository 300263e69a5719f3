"""What pages say of a commune that ended: when, and who goes on."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.plan import Plan
from shared.succession import Ending
from shared.web.filters import day
from shared.web.i18n import current_language, gettext


@dataclass(frozen=True, slots=True)
class Ended:
    """A sentence, and the successors to follow, each as (name, how the page's addresses call it)."""

    words: str
    successors: tuple[tuple[str, str], ...]


def plan_id(plan: Plan) -> str:
    return plan.id


def ended_view(ending: Ending | None, ref: Callable[[Plan], str] = plan_id) -> Ended | None:
    """What to say of a commune that ended; None of one that goes on. `ref`: how addresses call it."""
    if ending is None:
        return None
    return Ended(ended_words(ending), tuple((within(name_of(plan)), ref(plan)) for plan in ending.successors))


def ended_words(ending: Ending) -> str:
    """When the commune ended and who goes on, as a sentence: code and name alike may be those of its successor."""
    names = {"day": day(ending.on), "former": within(name_of(ending.plan)), "successor": successors_words(ending)}
    if ending.is_split:
        return gettext("Từ ngày %(day)s, %(former)s cũ được chia về %(successor)s.", **names)
    return gettext("Từ ngày %(day)s, %(former)s cũ đã sáp nhập vào %(successor)s mới.", **names)


def successors_words(ending: Ending) -> str:
    return ", ".join(within(name_of(plan)) for plan in ending.successors)


def name_of(plan: Plan) -> str:
    return plan.unit.name.to(current_language())


def within(name: str) -> str:
    """The name inside a sentence: "xã Hóa Quỳ"."""
    return name[:1].lower() + name[1:] if current_language() == "vi" else name

"""What is typed when somebody is named as a candidate, and of each deed for them; with everything that is wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.nomination.rules.candidacy import Deed
from services.nomination.rules.dossier import NAME_LENGTH, unknown
from services.nomination.rules.fault import Fault, Faults, Incomplete
from services.nomination.rules.movements import outside
from services.nomination.rules.typed import Typed, day_in, one, text_in
from shared.plan import Plan

WORDS_LENGTH = range(5, 1001)  # characters of anything that is told in a sentence; the last is 1000
MENTOR_LENGTH = range(2, 151)
MOST_VND = 10_000_000_000
NOTHING_DUE = date(9999, 12, 31)
AMOUNT = re.compile(r"(\d{1,3}([. ]\d{3})+|\d{1,14})\s*(đ|đồng|d|dong|vnd)?", re.IGNORECASE)


class Support(StrEnum):
    """Plan II.2.c: "hỗ trợ vật chất, tinh thần"."""

    MATERIAL = "material"
    MORAL = "moral"


@dataclass(frozen=True, slots=True)
class Measure:
    """What is to be overcome, by what, until when: `due_on` is the last day."""

    weakness: str
    action: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Naming:
    """Somebody about to be named as a candidate."""

    name: str
    subject_kind: str
    field: str
    why: str
    mentor: str
    measure: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What is told of a deed. `amount_vnd` only of material support, `due_on` and `weakness` only of a step."""

    detail: str = ""
    on: date
    weakness: str = ""
    due_on: date | None = None
    support: Support | None = None
    amount_vnd: int | None = None


#: {deed: the boxes of its form}
BOXES: Mapping[Deed, tuple[str, ...]] = {
    Deed.PLAN_STEP: ("weakness", "detail", "due_on"),
    Deed.FINISH_STEP: ("detail", "on"),
    Deed.MOVE_STEP: ("due_on", "detail"),
    Deed.SUPPORT: ("support", "detail", "amount", "on"),
    Deed.VISIT: ("detail", "on"),
    Deed.MILESTONE: ("detail", "on"),
    Deed.MENTOR: ("mentor",),
    Deed.PROMOTE: ("detail", "on"),
    Deed.STOP: ("detail",),
    Deed.RESUME: ("detail",),
}


def naming_from(typed: Typed, plan: Plan, today: date) -> Naming:
    """Who was typed. Raises Incomplete with every box that is wrong."""
    faults: Faults = {}
    name = text_in(typed, "name", NAME_LENGTH.stop - 1, faults)
    if len(name) < NAME_LENGTH.start or not any(letter.isalpha() for letter in name):
        faults.setdefault("name", Fault("name.missing"))
    subject_kind = one(typed, "subject_kind") or plan.subject_kinds[0].id
    if all(subject_kind != each.id for each in plan.subject_kinds):
        faults["subject_kind"] = unknown("subject_kind", subject_kind, plan.subject_kinds)
    field = one(typed, "field")
    if all(field != each.id for each in plan.fields):
        faults["field"] = unknown("field", field, plan.fields)
    why = sentence_in(typed, "why", faults)
    mentor = mentor_in(typed, faults)
    weakness, action = (sentence_in(typed, box, faults) for box in ("weakness", "detail"))
    due_on = due_day_in(typed, plan, today, faults)
    if faults or due_on is None:
        raise Incomplete(faults)
    return Naming(name, subject_kind, field, why, mentor, Measure(weakness, action, due_on))


def noted_from(deed: Deed, typed: Typed, plan: Plan, today: date) -> Noted:
    """What was typed of a deed. Raises Incomplete with every box that is wrong."""
    faults: Faults = {}
    boxes = BOXES[deed]
    detail = mentor_in(typed, faults) if "mentor" in boxes else sentence_in(typed, "detail", faults)
    weakness = sentence_in(typed, "weakness", faults) if "weakness" in boxes else ""
    due_on = due_day_in(typed, plan, today, faults) if "due_on" in boxes else None
    on = past_day_in(typed, plan, today, faults) if "on" in boxes else today
    support = support_in(typed, faults) if "support" in boxes else None
    amount = amount_in(typed, faults) if support is Support.MATERIAL else None
    if faults:
        raise Incomplete(faults)
    return Noted(detail=detail, on=on, weakness=weakness, due_on=due_on, support=support, amount_vnd=amount)


def sentence_in(typed: Typed, box: str, faults: Faults) -> str:
    text = text_in(typed, box, WORDS_LENGTH.stop - 1, faults, lines=True)
    if len(text) < WORDS_LENGTH.start:
        faults.setdefault(box, Fault(f"{box}.missing", {"shortest": WORDS_LENGTH.start}))
    return text


def mentor_in(typed: Typed, faults: Faults) -> str:
    """A person or a body of the unit, as people call them."""
    text = text_in(typed, "mentor", MENTOR_LENGTH.stop - 1, faults)
    if len(text) < MENTOR_LENGTH.start:
        faults.setdefault("mentor", Fault("mentor.missing"))
    return text


def due_day_in(typed: Typed, plan: Plan, today: date, faults: Faults) -> date | None:
    """A day from today to the plan's last one."""
    due_on = day_in(typed, "due_on", faults)
    if due_on is None:
        faults.setdefault("due_on", Fault("day.missing"))
    elif not plan.period.contains(due_on):
        faults["due_on"] = Fault("day.outside_plan", outside(plan, one(typed, "due_on")))
    elif due_on < today:
        faults["due_on"] = Fault("due_on.past", {"value": f"{due_on:%d/%m/%Y}", "today": f"{today:%d/%m/%Y}"})
    return due_on


def past_day_in(typed: Typed, plan: Plan, today: date, faults: Faults) -> date:
    """The day of what was done: within the plan, not ahead; today when nothing was typed."""
    on = day_in(typed, "on", faults) or today
    if on > today:
        faults["on"] = Fault("happened_on.in_future", {"value": f"{on:%d/%m/%Y}", "today": f"{today:%d/%m/%Y}"})
    elif not plan.period.contains(on):
        faults["on"] = Fault("day.outside_plan", outside(plan, f"{on:%d/%m/%Y}"))
    return on


def support_in(typed: Typed, faults: Faults) -> Support | None:
    raw = one(typed, "support")
    if raw not in set(Support):
        faults["support"] = Fault("support.missing")
        return None
    return Support(raw)


def amount_in(typed: Typed, faults: Faults) -> int | None:
    """Whole đồng, "500.000" or "500000 đ"; None for goods."""
    raw = one(typed, "amount")
    if not raw:
        return None
    found = AMOUNT.fullmatch(raw) if raw.isprintable() else None
    amount = int(re.sub(r"\D", "", found[1])) if found and found[1].isascii() else 0
    if not 0 < amount <= MOST_VND:
        faults["amount"] = Fault("amount.not_money", {"value": raw[:40]})
        return None
    return amount

"""Checks what no single value shows: order of days, gaps in numbers, circles of units, one name for two parties."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from shared.plan import contradictions, wording
from shared.plan.reading import Entry, Reading
from shared.plan.wording import Wording


def check_sense(plan: Entry, reading: Reading) -> None:
    """Adds a fault for everything in the plan that contradicts itself."""
    for period_of in (plan, plan.get("yearbook", Entry)):
        if period_of and (period := period_of.get("period", Entry)):
            check_order(period, reading)
    if period := plan.get("period", Entry):
        check_deadlines(plan, period, reading)
        check_occasions(plan, period, reading)
    check_units(plan, reading)
    check_parties(plan, reading)
    check_quotas(plan, reading)
    check_review(plan, reading)
    check_numbering(plan, reading)


def check_order(period: Entry, reading: Reading) -> None:
    starts_on, ends_on = period.get("starts_on", date), period.get("ends_on", date)
    if starts_on and ends_on and ends_on < starts_on:
        reading.refuse(period.at("ends_on"), contradictions.wrong_order(ends_on, starts_on))


def check_deadlines(plan: Entry, period: Entry, reading: Reading) -> None:
    """The last day of a deadline lies in the period, and a final report is due after the interim ones."""
    deadlines = plan.all("deadlines", Entry)
    for deadline in deadlines:
        if before := deadline.get("before", date):
            check_inside(before - timedelta(days=1), period, deadline, "before", reading)
    interim = [day for each in deadlines if each.get("report", str) == "interim" and (day := each.get("before", date))]
    for deadline in deadlines:
        before = deadline.get("before", date)
        if before and interim and deadline.get("report", str) == "final" and before <= max(interim):
            reading.refuse(deadline.at("before"), contradictions.wrong_order(before, max(interim)))


def check_occasions(plan: Entry, period: Entry, reading: Reading) -> None:
    """An occasion has a day or a year, and it lies in the period."""
    for occasion in plan.all("occasions", Entry):
        given = [key for key in ("day", "year") if key in occasion.places]
        if len(given) != 1:
            reading.refuse(occasion.place, wording.not_exactly_one(given, ("day", "year"), "year: 2025"))
        if day := occasion.get("day", date):
            check_inside(day, period, occasion, "day", reading)
        starts_on, ends_on = period.get("starts_on", date), period.get("ends_on", date)
        year = occasion.get("year", int)
        if year and starts_on and ends_on and not starts_on.year <= year <= ends_on.year:
            reading.refuse(occasion.at("year"), wording.out_of_bounds(year, starts_on.year, ends_on.year))


def check_inside(day: date, period: Entry, entry: Entry, key: str, reading: Reading) -> None:
    starts_on, ends_on = period.get("starts_on", date), period.get("ends_on", date)
    if starts_on and ends_on and starts_on <= ends_on and not starts_on <= day <= ends_on:
        reading.refuse(entry.at(key), contradictions.out_of_period(day, starts_on, ends_on))


def check_units(plan: Entry, reading: Reading) -> None:
    """Codes come with their list, chains of parents end at a coded unit, and nobody reports to itself."""
    units = {key: unit for unit in plan.all("units", Entry) if (key := unit.get("key", str))}
    coded: dict[tuple[str, str], str] = {}
    former: dict[str, str] = {}
    for key, unit in units.items():
        formerly = unit.get("formerly", str)
        if formerly and (other := former.setdefault(formerly, key)) != key:
            reading.refuse(unit.at("formerly"), contradictions.same_former(formerly, other))
        code, code_list = unit.get("code", str), unit.get("code_list", str)
        if ("code" in unit.places) != ("code_list" in unit.places):
            reading.refuse(unit.place, contradictions.half_a_code("code_list" if "code" in unit.places else "code"))
        elif code and code_list and (other := coded.setdefault((code_list, code), key)) != key:
            reading.refuse(unit.at("code"), contradictions.same_code(code, other))
        if said := fault_in_chain(key, units):
            reading.refuse(unit.at("parent"), said)
    if plan.get("unit", str) and plan.get("unit", str) == plan.get("aggregator", str):
        reading.refuse(plan.at("aggregator"), contradictions.own_aggregator(str(plan.get("unit", str))))
    for key in ("unit", "aggregator"):
        place, unit_key = plan.at(key), plan.get(key, str)
        if unit_key in units and "code" not in units[unit_key].places:
            reading.refuse(place, contradictions.needs_a_code(unit_key))


def fault_in_chain(key: str, units: dict[str, Entry]) -> Wording | None:
    """What is wrong with the way from a unit up to a coded one, if anything."""
    seen = [key]
    while True:
        unit = units[seen[-1]]
        parent = unit.get("parent", str)
        if parent in seen:
            return contradictions.circle_of_units([*seen, str(parent)]) if parent == key else None
        if parent is None:
            return None if "code" in unit.places or "parent" in unit.places else contradictions.needs_a_parent(key)
        if parent not in units:
            return None  # the unknown name is a fault of its own
        seen.append(parent)


def check_parties(plan: Entry, reading: Reading) -> None:
    """Roles, groups and recipients share one set of names: a clause must not mean two of them by one word."""
    taken: dict[str, int] = {}
    for key in ("roles", "groups", "recipients"):
        names = {name: party for party in plan.all(key, Entry) if (name := party.get("id", str))}
        for name in names.keys() & taken.keys():
            reading.refuse(names[name].at("id"), wording.repeated_name(name, taken[name]))
        taken |= {name: party.place.line for name, party in names.items()}


def check_quotas(plan: Entry, reading: Reading) -> None:
    for quota in plan.all("quotas", Entry):
        alarms = quota.all("alarms", int)
        if any(later >= earlier for earlier, later in pairwise(alarms)):
            reading.refuse(quota.at("alarms"), contradictions.alarms_not_falling(alarms))


def check_review(plan: Entry, reading: Reading) -> None:
    if (review := plan.get("review", Entry)) is None:
        return
    minimum, maximum = review.get("minimum", int), review.get("maximum", int)
    recognise_from = review.get("recognise_from", Decimal)
    if minimum is None or maximum is None:
        return
    if maximum <= minimum:
        reading.refuse(review.at("maximum"), contradictions.not_above(maximum, minimum))
    elif recognise_from is not None and not minimum <= recognise_from <= maximum:
        reading.refuse(review.at("recognise_from"), wording.out_of_bounds(recognise_from, minimum, maximum))


def check_numbering(plan: Entry, reading: Reading) -> None:
    """Clause ids run from 01 upwards without a gap, in the order of the file."""
    expected = 1
    for clause in plan.all("clauses", Entry):
        if (clause_id := clause.get("id", str)) is None:
            expected += 1
            continue
        letters = clause_id.rstrip("0123456789")
        digits = clause_id[len(letters) :]
        if int(digits) > expected:
            missing = [f"{letters}{number:0{len(digits)}d}" for number in range(expected, int(digits))]
            reading.refuse(clause.at("id"), contradictions.missing_clauses(missing, clause_id))
        elif int(digits) < expected:
            reading.refuse(clause.at("id"), contradictions.clause_out_of_order(clause_id))
        expected = max(expected, int(digits) + 1)

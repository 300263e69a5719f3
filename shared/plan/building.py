"""Makes the frozen plan from what was read and found without fault."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar, cast

from shared.plan.catalogue import (
    AchievementArea,
    ActivityKind,
    Channel,
    ChannelForm,
    Criterion,
    Field,
    Group,
    ModelKind,
    Movement,
    Purpose,
    Recipient,
    ReviewRule,
    Role,
    Signer,
    SubjectKind,
)
from shared.plan.clause import Clause, Realisation, RealisationKind, Section
from shared.plan.form import REALISATION_KINDS
from shared.plan.period import Per, Period
from shared.plan.plan import Plan
from shared.plan.reading import Entry
from shared.plan.rung import Rung
from shared.plan.schedule import Deadline, Occasion, Quota, Yearbook
from shared.plan.text import Text
from shared.plan.unit import Unit, unit_ids

RESTING = ("supplements_at_most", "supplement_within_working_days", "held_at_most_days")

T = TypeVar("T")
B = TypeVar("B")


def build(plan: Entry) -> Plan:
    """The plan. Only for an entry that came through every check."""
    units = built_units(plan)
    by_key = {unit.key: unit for unit in units}
    yearbook, signed_by = plan.get("yearbook", Entry), plan.get("signed_by", Entry)
    return Plan(
        id=need(plan, "id", str),
        title=need(plan, "title", Text),
        number=plan.get("number", str),
        issued_on=plan.get("issued_on", date),
        parent=plan.get("parent", str),
        signed_by=Signer(need(signed_by, "name", str), need(signed_by, "title", Text)) if signed_by else None,
        sample=plan.get("sample", bool) or False,
        period=period_of(plan),
        unit=by_key[need(plan, "unit", str)],
        aggregator=by_key[need(plan, "aggregator", str)],
        units=units,
        roles=each(plan, "roles", lambda e: Role(need(e, "id", str), need(e, "title", Text), e.get("clause", str))),
        groups=each(plan, "groups", lambda e: Group(*members_of(e, units))),
        recipients=each(plan, "recipients", lambda e: recipient_of(e, units)),
        subject_kinds=each(plan, "subject_kinds", lambda e: SubjectKind(**plain(e))),
        model_kinds=each(plan, "model_kinds", lambda e: ModelKind(**plain(e))),
        achievement_areas=each(plan, "achievement_areas", lambda e: AchievementArea(**plain(e))),
        fields=each(plan, "fields", field_of),
        criteria=each(plan, "criteria", lambda e: Criterion(**plain(e), text=need(e, "text", Text))),
        movements=each(plan, "movements", lambda e: Movement(**plain(e))),
        channels=each(plan, "channels", channel_of),
        activity_kinds=each(plan, "activity_kinds", lambda e: ActivityKind(**plain(e))),
        quotas=each(plan, "quotas", quota_of),
        deadlines=each(plan, "deadlines", deadline_of),
        occasions=each(plan, "occasions", occasion_of),
        yearbook=yearbook_of(yearbook) if yearbook else None,
        ladder=each(
            plan,
            "ladder",
            lambda e: Rung(**plain(e), of=e.get("of", str), since=e.get("since", date), until=e.get("until", date)),
        ),
        review=review_of(need(plan, "review", Entry)),
        sections=each(plan, "sections", lambda e: Section(need(e, "id", str), need(e, "title", Text))),
        clauses=each(plan, "clauses", clause_of),
    )


def need(entry: Entry, key: str, kind: type[T]) -> T:
    value = entry.get(key, kind)
    if value is None:
        raise KeyError(f"{entry.place.file}:{entry.place.line}: {key} came through the checks without a value")
    return value


def each(plan: Entry, key: str, make: Callable[[Entry], B]) -> tuple[B, ...]:
    return tuple(make(entry) for entry in plan.all(key, Entry))


def plain(entry: Entry) -> dict[str, Any]:
    """The three keys that most entries have."""
    return {
        "id": need(entry, "id", str),
        "title": need(entry, "title", Text),
        "clause": need(entry, "clause", str),
    }


def period_of(entry: Entry) -> Period:
    period = need(entry, "period", Entry)
    return Period(need(period, "starts_on", date), need(period, "ends_on", date))


def built_units(plan: Entry) -> tuple[Unit, ...]:
    entries = plan.all("units", Entry)
    id_of = unit_ids(
        {
            need(unit, "key", str): (
                unit.get("code_list", str),
                unit.get("code", str),
                unit.get("parent", str),
                unit.get("formerly", str),
            )
            for unit in entries
        }
    )
    return tuple(
        Unit(
            id=id_of(need(unit, "key", str)),
            key=need(unit, "key", str),
            name=need(unit, "name", Text),
            kind=need(unit, "kind", str),
            code=unit.get("code", str),
            code_list=unit.get("code_list", str),
            parent=unit.get("parent", str),
            formerly=unit.get("formerly", str),
            email=unit.get("email", str),
        )
        for unit in entries
    )


def members_of(entry: Entry, units: tuple[Unit, ...]) -> tuple[str, Text, tuple[str, ...], tuple[str, ...]]:
    """(id, title, unit keys, roles) of a group; units by key first, then those of the kinds, each once."""
    kinds = entry.all("kinds", str)
    of_kinds = (unit.key for unit in units if unit.kind in kinds)
    keys = tuple(dict.fromkeys((*entry.all("units", str), *of_kinds)))
    return need(entry, "id", str), need(entry, "title", Text), keys, entry.all("roles", str)


def recipient_of(entry: Entry, units: tuple[Unit, ...]) -> Recipient:
    _, _, keys, roles = members_of(entry, units)
    return Recipient(**plain(entry), purpose=cast("Purpose", need(entry, "purpose", str)), units=keys, roles=roles)


def field_of(entry: Entry) -> Field:
    return Field(
        **plain(entry),
        text=need(entry, "text", Text),
        checks=entry.all("checks", str),
        priority=entry.get("priority", str),
    )


def channel_of(entry: Entry) -> Channel:
    form = cast("ChannelForm", need(entry, "form", str))
    return Channel(**plain(entry), form=form, active=need(entry, "active", bool))


def quota_of(entry: Entry) -> Quota:
    return Quota(
        **plain(entry),
        minimum=need(entry, "minimum", int),
        per=cast("Per", need(entry, "per", str)),
        counts=need(entry, "counts", str),
        unit=need(entry, "unit", str),
        alarms=entry.all("alarms", int),
    )


def deadline_of(entry: Entry) -> Deadline:
    return Deadline(
        **plain(entry),
        before=need(entry, "before", date),
        report=need(entry, "report", str),
        to=need(entry, "to", str),
    )


def occasion_of(entry: Entry) -> Occasion:
    on = entry.get("day", date)
    return Occasion(**plain(entry), year=on.year if on else need(entry, "year", int), on=on)


def yearbook_of(entry: Entry) -> Yearbook:
    return Yearbook(need(entry, "clause", str), need(entry, "title", Text), period_of(entry))


def review_of(entry: Entry) -> ReviewRule:
    return ReviewRule(
        clause=need(entry, "clause", str),
        minimum=need(entry, "minimum", int),
        maximum=need(entry, "maximum", int),
        field_is_scored=need(entry, "field_is_scored", bool),
        members_needed=need(entry, "members_needed", int),
        recognise_from=Decimal(entry.get("recognise_from", Decimal) or need(entry, "recognise_from", int)),
        answer_within_working_days=need(entry, "answer_within_working_days", int),
        **{key: number for key in RESTING if (number := entry.get(key, int)) is not None},
    )


def clause_of(entry: Entry) -> Clause:
    return Clause(
        id=need(entry, "id", str),
        section=need(entry, "section", str),
        text=need(entry, "text", Text),
        acts=entry.all("acts", str),
        tells=entry.all("tells", str),
        realised_by=tuple(realisation_of(found) for found in entry.all("realised_by", Entry)),
    )


def realisation_of(entry: Entry) -> Realisation:
    kind: RealisationKind = next(kind for kind in REALISATION_KINDS if kind in entry.values)
    where: Mapping[str, str] = entry.get("where", dict) or {}
    proves = entry.get("proves", bool)
    return Realisation(kind, need(entry, kind, str), MappingProxyType(where), proves is not False)

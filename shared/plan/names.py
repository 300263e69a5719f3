"""Checks every name that a plan mentions: against the plan's own lists, and against what the product has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from shared.plan import contradictions, wording
from shared.plan.matching import ANY
from shared.plan.reading import Entry, Reading
from shared.plan.text import Text


@dataclass(frozen=True, slots=True)
class Known:
    """The names that the product has and a plan may use. None: not checked.

    `roles` are those that the product gives rights to: a plan must have each of them. `channels` are those that it
    carries: only these may be active.
    """

    events: frozenset[str] | None = None
    pages: frozenset[str] | None = None
    documents: frozenset[str] | None = None
    rules: frozenset[str] | None = None
    indicators: frozenset[str] | None = None
    roles: frozenset[str] | None = None
    channels: frozenset[str] | None = None


NOTHING_KNOWN = Known()

KINDS = {
    "clause": Text("nghĩa vụ", "clause"),
    "section": Text("mục", "section"),
    "unit": Text("đơn vị", "unit"),
    "role": Text("vai trò", "role"),
    "party": Text("vai trò, nhóm hay nơi nhận", "role, group or recipient"),
    "event": Text("sự kiện", "event"),
    "page": Text("trang", "page"),
    "document": Text("mẫu văn bản", "document"),
    "rule": Text("quy tắc", "rule"),
    "indicator": Text("chỉ số", "indicator"),
    "field": Text("lĩnh vực", "field"),
    "movement": Text("phong trào", "movement"),
    "channel": Text("kênh", "channel"),
    "subject_kind": Text("loại đối tượng", "subject kind"),
    "model_kind": Text("loại gương", "model kind"),
    "achievement_area": Text("mặt thành tích", "achievement area"),
    "activity_kind": Text("loại hoạt động", "activity kind"),
    "criterion": Text("tiêu chuẩn", "criterion"),
}

#: {key of an event's data: whose name it holds}, for conditions. "channel" and "kind" mean this in stories only.
WHERE = {
    "clause_id": "clause",
    "unit_key": "unit",
    "role": "role",
    "field": "field",
    "movement": "movement",
    "subject_kind": "subject_kind",
    "model_kind": "model_kind",
    "areas": "achievement_area",
    "activity_kind": "activity_kind",
    "recipient": "party",
}
WHERE_IN_STORIES = {"channel": "channel", "channels": "channel", "kind": "model_kind"}


def check_names(plan: Entry, reading: Reading, known: Known) -> None:
    """Adds a fault for every name that nothing has, and for every role of the product that the plan lacks."""
    names = {**names_of(plan), **names_known(known)}
    for mentioned in reading.mentions:
        choices = names.get(mentioned.kind)
        if choices is not None and mentioned.name not in choices:
            reading.refuse(mentioned.place, wording.unknown_name(KINDS[mentioned.kind], mentioned.name, choices))
    for clause in plan.all("clauses", Entry):
        for realisation in clause.all("realised_by", Entry):
            check_conditions(realisation, reading, names)
    check_channels(plan, reading, known)
    for role in sorted((known.roles or frozenset()) - set(names["role"])):
        reading.refuse(plan.at("roles"), contradictions.missing_role(role))


def check_channels(plan: Entry, reading: Reading, known: Known) -> None:
    """A channel that the product cannot carry may be named, but not be active."""
    if known.channels is None:
        return
    for channel in plan.all("channels", Entry):
        name = channel.get("id", str)
        if channel.get("active", bool) and name and name not in known.channels:
            reading.refuse(channel.at("active"), wording.unknown_name(KINDS["channel"], name, known.channels))


def names_of(plan: Entry) -> dict[str, frozenset[str]]:
    """{kind: names} of everything that the plan declares itself."""
    lists = {
        "clause": "clauses", "section": "sections", "role": "roles", "field": "fields", "movement": "movements",
        "channel": "channels", "subject_kind": "subject_kinds", "model_kind": "model_kinds",
        "achievement_area": "achievement_areas", "activity_kind": "activity_kinds", "criterion": "criteria",
        "recipient": "recipients", "group": "groups",
    }  # fmt: skip
    names = {kind: _names(plan.all(key, Entry), "id") for kind, key in lists.items()}
    names["unit"] = _names(plan.all("units", Entry), "key")
    names["party"] = names["role"] | names["recipient"] | names["group"]
    return names


def names_known(known: Known) -> dict[str, frozenset[str]]:
    """{kind: names} of what the product has, for the kinds that are to be checked."""
    given = {
        "event": known.events,
        "page": known.pages,
        "document": known.documents,
        "rule": known.rules,
        "indicator": known.indicators,
    }
    return {kind: names for kind, names in given.items() if names is not None}


def check_conditions(realisation: Entry, reading: Reading, names: Mapping[str, frozenset[str]]) -> None:
    """Conditions belong to events, and those on a list of the plan must name an entry of it."""
    event = realisation.get("event", str)
    for key in ("where", "proves"):
        if event is None and key in realisation.places:
            reading.refuse(realisation.at(key), contradictions.condition_without_event(key))
    where = realisation.get("where", dict)
    if event is None or where is None:
        return
    lists = WHERE | WHERE_IN_STORIES if event.startswith("story.") else WHERE
    place = realisation.at("where")
    for key, wanted in where.items():
        kind = lists.get(key)
        if kind and wanted != ANY and wanted not in names[kind]:
            reading.refuse(
                replace(place, where=f"{place.where}.{key}"), wording.unknown_name(KINDS[kind], wanted, names[kind])
            )


def _names(entries: Iterable[Entry], key: str) -> frozenset[str]:
    return frozenset(name for entry in entries if (name := entry.get(key, str)))

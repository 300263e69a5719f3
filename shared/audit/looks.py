"""The few words by which a route says what it shows: opened, listed, taken out."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from shared.access.principal import Principal
from shared.audit.entry import INSTALLATION, MOST_SUBJECTS, Action, Actor, Entry, Thing
from shared.plan.shelf import shelf


def opened(
    who: Principal, kind: str, id_: UUID | str, *, about: Iterable[UUID], code: str = "", plan_id: str = ""
) -> Entry:
    """Somebody looks at one thing, which holds data `about` these nominations or accounts.

    `plan_id` is the plan that the thing belongs to, where it is not the asker's own.
    """
    return look(who, Action.OPENED, Thing(kind, str(id_), code), about, plan_id=plan_id)


def listed(
    who: Principal,
    kind: str,
    *,
    about: Iterable[UUID],
    filtered: str = "",
    searched: bool = False,
    plan_id: str = "",
) -> Entry:
    """Somebody looks at one page of a list, narrowed down by a filter (`filtered` is its id) or by a search.

    What was searched for is not kept: it may be a name. Whose data were found is. `plan_id` as in `opened`.
    """
    shown = tuple(about)
    detail: dict[str, str | int | bool] = {"count": len(shown)}
    if filtered:
        detail["filter"] = filtered
    if searched:
        detail["searched"] = True
    return look(who, Action.LISTED, Thing(kind, plan_id or who.plan_id), shown, plan_id=plan_id, detail=detail)


def taken_out(
    who: Principal, kind: str, id_: UUID | str, *, about: Iterable[UUID], code: str = "", plan_id: str = ""
) -> Entry:
    """Somebody gets a paper or a file."""
    return look(who, Action.TAKEN_OUT, Thing(kind, str(id_), code), about, plan_id=plan_id)


def all_taken_out(who: Principal, kind: str, id_: str, *, about: Sequence[UUID]) -> list[Entry]:
    """Somebody gets a whole list: as many entries as it takes to name everybody whose data are in it, at least one."""
    parts = [about[first : first + MOST_SUBJECTS] for first in range(0, len(about), MOST_SUBJECTS)] or [about]
    return [taken_out(who, kind, id_, about=part) for part in parts]


def look(
    who: Principal,
    action: Action,
    thing: Thing,
    about: Iterable[UUID],
    *,
    plan_id: str = "",
    detail: Mapping[str, str | int | bool] | None = None,
) -> Entry:
    return Entry(
        action=action,
        actor=actor_of(who),
        thing=thing,
        unit_id=commune_of(plan_id or who.plan_id),
        subjects=tuple(about),
        detail=detail or {},
    )


def actor_of(who: Principal) -> Actor:
    holder_id = who.on_behalf_of.person_id if who.on_behalf_of else None
    return Actor(who.person_id, who.name, who.role.value, who.unit_id, who.plan_id, who.by_token, holder_id)


def commune_of(plan_id: str) -> UUID:
    """The commune that issued the plan; the installation for one that is not carried out here any more."""
    plan = shelf().get(plan_id)
    return plan.unit.id if plan else INSTALLATION

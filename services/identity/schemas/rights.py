"""The table of rights as the access page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.identity.queries.offices import OfficeHeld
from services.identity.schemas.titles import role_title
from shared.access.principal import Office, Principal, Role
from shared.access.rights import COMMUNE, EVERYWHERE, FOR_ONE_UNIT, OWN, RIGHTS, WITHIN, Action, Thing, decide
from shared.access.verbs import Relation
from shared.access.words import GROUPS, VERBS, relations
from shared.clock import day_of
from shared.plan import Plan
from shared.plan.questions import units_within
from shared.text.dates import shown_day
from shared.web.i18n import LazyText, _, current_language, lazy
from shared.web.parts import Choice

AREAS: dict[frozenset[Relation], LazyText] = {
    OWN: lazy("đơn vị của mình"),
    COMMUNE: lazy("mọi đơn vị trong xã"),
    EVERYWHERE: lazy("mọi xã"),
}
#: WITHIN means something else for each: a commune's officer has its commune, the tier's officer its communes.
WITHIN_COMMUNE, WITHIN_TIER = lazy("toàn xã"), lazy("các xã trực thuộc")


@dataclass(frozen=True, slots=True)
class Answer:
    """One verb for the person or role that was asked for."""

    title: str
    allowed: bool
    why: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Who was asked for: `origin` says where the office comes from and until when it lasts, "" for a mere role."""

    principal: Principal
    title: str
    origin: str


@dataclass(frozen=True, slots=True)
class Line:
    """One verb of the whole table: who may do it and where, and why."""

    title: str
    holders: tuple[tuple[str, str], ...]  # (roles, where)
    why: str


def holder_of(plan: Plan, offices: Iterable[OfficeHeld], asked: str, unit_id: UUID) -> Holder | None:
    """The office with this id, or the role with this name as if held for the unit; None for neither."""
    for held in offices:
        if str(held.id) == asked:
            return Holder(
                principal_of(held.person_id, held.name, held.office), title_of(plan, held.office), origin(held)
            )
    if asked not in set(Role):
        return None
    role = Role(asked)
    office = Office(role, seat(plan, role, unit_id), plan.id)
    return Holder(principal_of(UUID(int=0), role_title(plan, role), office), title_of(plan, office), "")


def principal_of(person_id: UUID, name: str, office: Office) -> Principal:
    return Principal(person_id, name, office, (office,))


def seat(plan: Plan, role: Role, unit_id: UUID) -> UUID:
    """The unit for which a role is held: a village's head for the one that was chosen, the others for their body."""
    if role in FOR_ONE_UNIT:
        return unit_id
    return plan.aggregator.id if role is Role.AGGREGATOR_OFFICER else plan.unit.id


def title_of(plan: Plan, office: Office) -> str:
    unit = plan.unit_by_id(office.unit_id).name.to(current_language())
    return _("%(role)s, %(unit)s", role=role_title(plan, office.role), unit=unit)


def origin(held: OfficeHeld) -> str:
    """Where an office comes from, and until when."""
    since = shown_day(day_of(held.since))
    if held.until is None:
        return _("Được giao vai trò này từ ngày %(since)s, không định ngày hết.", since=since)
    until = shown_day(day_of(held.until))
    return _("Được giao vai trò này từ ngày %(since)s đến ngày %(until)s.", since=since, until=until)


def answers(who: Principal, thing: Thing) -> list[tuple[str, list[Answer]]]:
    """Every verb, by group: whether this person may do it to a thing of that unit, and why."""
    return [(str(group), [answer(who, action, thing) for action in actions]) for group, actions in GROUPS]


def answer(who: Principal, action: Action, thing: Thing) -> Answer:
    decision = decide(who, action, thing)
    return Answer(str(VERBS[action].title), decision.allowed, decision.why)


def table(plan: Plan) -> list[tuple[str, list[Line]]]:
    """The whole table of rights, by group of verbs."""
    return [
        (
            str(group),
            [Line(str(VERBS[each].title), holders(plan, each), str(VERBS[each].reason)) for each in actions],
        )
        for group, actions in GROUPS
    ]


def holders(plan: Plan, action: Action) -> tuple[tuple[str, str], ...]:
    """(the roles that share an area, the area) for each area."""
    found: dict[str, list[str]] = {}
    for role, held in RIGHTS[action].items():
        found.setdefault(area(role, held), []).append(role_title(plan, role))
    return tuple((", ".join(roles), where) for where, roles in found.items())


def area(role: Role, held: frozenset[Relation]) -> str:
    if held == WITHIN:
        return str(WITHIN_TIER if role is Role.AGGREGATOR_OFFICER else WITHIN_COMMUNE)
    return str(AREAS[held]) if held in AREAS else relations(held)


def who_choices(plan: Plan, offices: Iterable[OfficeHeld]) -> list[Choice]:
    """Roles first, then people by name."""
    roles = [Choice(role.value, _("Vai trò: %(role)s", role=role_title(plan, role))) for role in Role]
    people = [
        Choice(str(held.id), _("%(name)s – %(title)s", name=held.name, title=title_of(plan, held.office)))
        for held in offices
    ]
    return [*roles, *people]


def unit_choices(plan: Plan) -> list[Choice]:
    """The commune with all that lies within it."""
    return [Choice(unit.key, unit.name.to(current_language())) for unit in units_within(plan, plan.unit)]

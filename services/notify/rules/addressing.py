"""From an event to the people who are told of it: each once, for every line through which they are reached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.notify.rules.matter import Matter
from services.notify.rules.people import People, Place
from services.notify.rules.tellings import Audience, Mail, Telling
from shared.access.principal import Role
from shared.plan import Group, Plan, Recipient

#: What a circle is called in events: a line of the plan's list, "nominator", "subject_unit", or a role.
Reached = tuple[str, Place]


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who gets which letter.

    `recipients`: the first circle that reached them, then the nominee's unit and every line of the plan's list that
    they stand for as well, so that each is seen to have been told.
    """

    place: Place
    recipients: tuple[str, ...]
    telling: Telling


def addressees(
    matter: Matter, tellings: Sequence[Telling], people: People, *, actor_id: UUID | None
) -> tuple[Addressee, ...]:
    """Everybody who is told, each once.

    Nobody is told what they have just done themselves, except by the receipt that a nominator gets. A unit's mailbox
    gets only what goes by mail, since nobody reads an inbox there.
    """
    owed = {Audience.SUBJECT_UNIT.value, *(line.id for line in matter.plan.recipients)}
    letters: dict[UUID, tuple[Place, Telling]] = {}
    circles: dict[UUID, dict[str, None]] = {}
    for telling in tellings:
        for recipient, place in reached(telling.to, matter, people):
            own_deed = place.id == actor_id and telling.to is not Audience.NOMINATOR
            if own_deed or (place.is_mailbox and telling.mail is Mail.NONE):
                continue
            letters.setdefault(place.id, (place, telling))
            known = circles.setdefault(place.id, {})
            if not known or recipient in owed:
                known[recipient] = None
    return tuple(Addressee(place, tuple(circles[id_]), telling) for id_, (place, telling) in letters.items())


def reached(to: Audience | Role, matter: Matter, people: People) -> Iterator[Reached]:
    """The members of a circle, each with the circle's name."""
    plan = matter.plan
    match to:
        case Role():
            yield from named(to.value, people.with_role(to.value))
        case Audience.NOMINATOR | Audience.SUBJECT_UNIT:
            yield from of_dossier(to, matter, people)
        case Audience.EVERY_LINE:
            yield from on_lines(plan, plan.recipients, people, keeper=None)
        case Audience.REPORTED_TO:
            lines = [line for line in plan.recipients if line.purpose in {"report", "information"}]
            yield from on_lines(plan, lines, people, keeper=people.keeper())
        case Audience.TOLD_BY_PLAN:
            for clause in plan.clauses_proved_by(matter.said.NAME, matter.data):
                for circle in clause.tells:
                    yield from by_name(circle, matter, people)
        case Audience.STEPPING_IN:
            said = matter.data
            yield to.value, people.person(UUID(said.get("delegate_id") or said["successor_id"]))
        case Audience.OWING_UNITS | Audience.ANSWERING_UNIT | Audience.NURTURING_UNIT:
            yield from of_unit(to, matter, people)


def of_unit(to: Audience, matter: Matter, people: People) -> Iterator[Reached]:
    """The people of the unit that the event is about; of a quota, those who can still do something about it."""
    unit_id = UUID(matter.data["unit_id"])
    if to is Audience.OWING_UNITS:
        yield from people.who_owe(matter.plan, unit_id)
    else:
        yield from named(to.value, people.circle([matter.plan.unit_by_id(unit_id)], ()))


def of_dossier(to: Audience, matter: Matter, people: People) -> Iterator[Reached]:
    """The dossier's own people; nobody where the event is about none, but for whoever handed a table of them in."""
    if to is Audience.NOMINATOR:
        if matter.nominator_id:
            yield to.value, people.person(matter.nominator_id)
    elif matter.dossier:
        yield from named(to.value, people.circle([matter.plan.unit_by_id(matter.dossier.unit_id)], ()))


def by_name(circle: str, matter: Matter, people: People) -> Iterator[Reached]:
    """A name in a clause's `tells`: of this dossier's people, a line, a group or a role. "The people" reach nobody."""
    plan = matter.plan
    if matter.dossier and circle in {Audience.NOMINATOR, Audience.SUBJECT_UNIT}:
        yield from of_dossier(Audience(circle), matter, people)
        return
    listed: tuple[Recipient | Group, ...] = (*plan.recipients, *plan.groups)
    found = [member for member in listed if member.id == circle]
    if found:
        yield from on_lines(plan, found, people, keeper=None)
    else:
        yield from named(circle, people.with_role(circle))


def on_lines(
    plan: Plan, lines: Sequence[Recipient | Group], people: People, *, keeper: Place | None
) -> Iterator[Reached]:
    """Who is on each of the lines; the keeper, if one is given, where nobody is."""
    for line in lines:
        units = [plan.unit_by_key(key) for key in line.units]
        yield from named(line.id, people.circle(units, line.roles) or ([keeper] if keeper else []))


def named(name: str, found: list[Place]) -> Iterator[Reached]:
    for place in found:
        yield name, place

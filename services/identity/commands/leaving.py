"""End an office on a day, hand it over to a successor, and say so when the day has come."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from services.identity.models.acting import Ending
from services.identity.models.people import Office, Person
from services.identity.queries.acting import today_in_vietnam
from services.identity.rules.accounts import text_of
from services.identity.rules.offices import LONGEST_NOTE, Farewell, check_end
from shared.access.principal import Role
from shared.bus.record import record
from shared.errors import NotFound, Refused
from shared.events.identity import Contact, OfficeEnded, OfficeHandedOver, PersonEnrolled
from shared.ids import new_id
from shared.plan import Plan
from shared.plan.shelf import shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Farewells:
    """What is ordered: the first day without the office, why, and who goes on with its work (None: nobody)."""

    on: date
    reason: Farewell
    successor_id: UUID | None
    note: str


def end_office(session: Session, office_id: UUID, ordered: Farewells, *, ordered_by: UUID) -> None:
    """End an office, today at once or on a day to come; the successor holds the same office from that moment.

    Raises NotFound("office.unknown"), and Refused: "ending.…" for a day that cannot be meant, an office that has ended
    or whose end is settled, a successor who is the holder, or the last administrator.
    """
    hold_endings(session)
    office = session.get(Office, office_id, with_for_update=True)
    if office is None:
        raise NotFound("office.unknown")
    if office.valid_until is not None:
        raise Refused("ending.settled_already")
    today = today_in_vietnam(session)
    check_end(on=ordered.on, today=today)
    check_not_last_admin(session, office, ordered)
    if ordered.successor_id == office.person_id:
        raise Refused("ending.to_oneself")
    note = text_of(ordered.note, longest=LONGEST_NOTE)
    if session.execute(END, {"office": office.id, "on": ordered.on}).first() is None:
        raise Refused("ending.before_it_begins")
    session.refresh(office)
    ending = Ending(
        office_id=office.id,
        reason=ordered.reason.value,
        on_day=ordered.on,
        successor_office_id=succeed(session, office, ordered.successor_id) if ordered.successor_id else None,
        note=note,
        ordered_by=ordered_by,
    )
    session.add(ending)
    session.flush()
    if ordered.on <= today:
        say_endings(session, plan_id=office.plan_id)


def keep_office(session: Session, office_id: UUID) -> None:
    """Take back an end that is still ahead. Raises NotFound("ending.unknown") when there is none."""
    hold_endings(session)
    if session.execute(KEEP, {"office": office_id}).first() is None:
        raise NotFound("ending.unknown")
    successor = session.execute(FORGET_ENDING, {"office": office_id}).scalar_one()
    if successor is not None:
        session.execute(FORGET_UNBEGUN, {"office": successor})
    session.expire_all()


def say_endings(session: Session, *, plan_id: str) -> None:
    """Say every end of an office under the plan whose day has come and that was not said yet.

    By the database's clock, by which offices live; each is said once, however often this is called.
    """
    plan = shelf().get(plan_id)
    if plan is None:
        return
    for row in session.execute(DUE, {"plan": plan_id}).all():
        say_ending(
            session, session.get_one(Office, row.office_id), row.reason, row.on_day, row.successor_office_id, plan
        )


def say_ending(
    session: Session, office: Office, reason: str, on: date, successor_office_id: UUID | None, plan: Plan
) -> None:
    """The end, then the successor's office, then the hand-over between them."""
    about = {"office_id": office.id, "role": office.role, "unit_id": office.unit_id}
    record(session, OfficeEnded(person_id=office.person_id, reason=reason, on=on, **about), plan)
    if successor_office_id is None:
        return
    successor = session.get_one(Person, session.get_one(Office, successor_office_id).person_id)
    contact = Contact(name=successor.name, email=successor.email)
    enrolled = PersonEnrolled(person_id=successor.id, role=office.role, unit_id=office.unit_id, personal=contact)
    record(session, enrolled, plan)
    handed_over = OfficeHandedOver(person_id=office.person_id, successor_id=successor.id, on=on, **about)
    record(session, handed_over, plan)


def succeed(session: Session, office: Office, successor_id: UUID) -> UUID:
    """The id of the successor's like office, which begins when the office ends, or has begun before."""
    values = {
        "id": new_id(),
        "person": successor_id,
        "role": office.role,
        "unit": office.unit_id,
        "plan": office.plan_id,
        "begin": office.valid_until,
    }
    if session.get(Person, successor_id) is None:
        raise NotFound("person.unknown", value=successor_id)
    found: UUID = session.execute(SUCCEED, values).scalar_one()
    return found


def check_not_last_admin(session: Session, office: Office, ordered: Farewells) -> None:
    """Raise Refused("ending.last_admin") when nobody would keep the keys of the installation."""
    if office.role != Role.ADMIN or ordered.successor_id is not None:
        return
    if session.execute(OTHER_ADMINS, {"office": office.id}).first() is None:
        raise Refused("ending.last_admin")


def hold_endings(session: Session) -> None:
    """One at a time: two administrators who end each other's office must not both succeed."""
    session.execute(text("SELECT pg_advisory_xact_lock(7104118)"))  # any number does


#: From the first moment of the day in Vietnam, or at once when that has passed.
END = text("""
    UPDATE identity.office SET valid_until = ends.at
    FROM (SELECT greatest(CAST(:on AS date)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', clock_timestamp()) AS at) ends
    WHERE id = :office AND valid_from < ends.at
    RETURNING id
""")
KEEP = text("""
    UPDATE identity.office SET valid_until = NULL
    WHERE id = :office AND valid_until > clock_timestamp()
      AND EXISTS (SELECT FROM identity.ending e WHERE e.office_id = office.id AND e.said_at IS NULL)
      AND NOT EXISTS (SELECT FROM identity.office again
                      WHERE (again.person_id, again.role, again.unit_id, again.plan_id)
                          = (office.person_id, office.role, office.unit_id, office.plan_id)
                        AND again.valid_until IS NULL)
    RETURNING id
""")
FORGET_ENDING = text("DELETE FROM identity.ending WHERE office_id = :office RETURNING successor_office_id")
#: A successor's office that has not begun goes with the end that called for it, unless another end calls for it too.
FORGET_UNBEGUN = text("""
    DELETE FROM identity.office
    WHERE id = :office AND valid_from > clock_timestamp()
      AND NOT EXISTS (SELECT FROM identity.ending e WHERE e.successor_office_id = :office OR e.office_id = :office)
""")
SUCCEED = text("""
    INSERT INTO identity.office AS known (id, person_id, role, unit_id, plan_id, valid_from)
    VALUES (:id, :person, :role, :unit, :plan, :begin)
    ON CONFLICT (person_id, role, unit_id, plan_id) WHERE valid_until IS NULL
    DO UPDATE SET valid_from = least(known.valid_from, excluded.valid_from)
    RETURNING id
""")
DUE = text("""
    UPDATE identity.ending e SET said_at = clock_timestamp()
    FROM identity.office o
    WHERE o.id = e.office_id AND o.plan_id = :plan AND e.said_at IS NULL AND o.valid_until <= clock_timestamp()
    RETURNING e.office_id, e.reason, e.on_day, e.successor_office_id
""")
OTHER_ADMINS = text("""
    SELECT FROM identity.office_in_force WHERE role = 'admin' AND id <> :office AND valid_until IS NULL LIMIT 1
""")

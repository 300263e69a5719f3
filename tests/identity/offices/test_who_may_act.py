"""Whatever is given, lent, taken back, ended and handed over in whatever order: exactly the right people may act.

A model in plain Python keeps the same book as the database; days pass by moving everything dated back.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, text
from sqlmodel import Session

from services.identity.commands import acting
from services.identity.commands.leaving import Farewells, end_office, keep_office, say_endings
from services.identity.commands.people import enroll
from services.identity.commands.sessions import act_for, sign_in_as_sample, switch_office
from services.identity.queries.accounts import offices_of
from services.identity.queries.acting import lent_to, today_in_vietnam
from services.identity.rules.offices import Farewell, Reason
from shared.access import door
from shared.access.principal import Role
from shared.access.secret import hashed
from shared.database import engine_of, owner_engine, transaction
from shared.errors import NotFound, Refused
from shared.plan import Plan
from shared.plan.shelf import shelf
from tests.identity.conftest import FIRST_DAY

ROLES = (Role.CLERK, Role.CHAIR, Role.COUNCIL_MEMBER, Role.ADMIN)  # one for each of the people to begin with
DAY = timedelta(days=1)
TABLES = (
    "identity.session",
    "identity.delegation",
    "identity.ending",
    "identity.office",
    "identity.person",
    "identity.unit",
    "identity.plan_activation",
    "bus.delivery",
    "bus.unsealed",
    "bus.subject",
    "bus.event",
    "bus.day",
)


@dataclass
class Held:
    """An office in the model; `until` is the first day without it."""

    id: UUID
    person: UUID
    role: Role
    since: date | None  # None: from before the first day
    until: date | None = None
    said: bool = False
    successor: UUID | None = None  # the office, when this one's end called for it
    ended: bool = False  # at once, in the middle of a day


@dataclass
class Lent:
    id: UUID
    office: UUID
    delegate: UUID
    first: date
    last: date
    revoked: bool = False


@dataclass
class Book:
    """What ought to be."""

    today: date
    held: dict[UUID, Held] = field(default_factory=dict)
    lent: dict[UUID, Lent] = field(default_factory=dict)

    def in_force(self, office: Held) -> bool:
        begun = office.since is None or office.since <= self.today
        return begun and not office.ended and (office.until is None or office.until > self.today)

    def own(self, person: UUID) -> set[UUID]:
        return {one.id for one in self.held.values() if one.person == person and self.in_force(one)}

    def borrowed(self, person: UUID) -> set[UUID]:
        if not self.own(person):
            return set()
        return {
            one.id
            for one in self.lent.values()
            if one.delegate == person
            and not one.revoked
            and one.first <= self.today <= one.last
            and self.in_force(self.held[one.office])
        }


class Offices(RuleBasedStateMachine):
    """People of one commune, their offices, and a session that each of them has open."""

    plan: Plan

    @initialize()
    def begin(self) -> None:
        empty()
        self.plan = next(iter(shelf().values()))
        with transaction(engine_of("identity")) as session:
            from services.identity.commands.plans import activate_plan  # noqa: PLC0415

            activate_plan(session, self.plan, FIRST_DAY)
            self.people = [self.enrol(session, number, role) for number, role in enumerate(ROLES)]
            self.book = Book(today_in_vietnam(session))
            for person in self.people:
                (held,) = offices_of(session, person)
                self.book.held[held.id] = Held(held.id, person, held.office.role, None)
        self.secrets: dict[str, tuple[UUID, UUID, UUID | None]] = {}  # {secret: (person, office, delegation)}

    def enrol(self, session: Session, number: int, role: Role) -> UUID:
        return enroll(
            session,
            self.plan,
            name=f"Người {number}",
            email=f"{number}@xa.example",
            role=role,
            unit=self.plan.unit.key,
            sample=True,
        )

    def pick(self, data: Any, found: list[Any], *, rather: list[Any] | None = None) -> Any:
        """One of those found, and rather one of these: what is mostly refused teaches little."""
        return data.draw(st.sampled_from([*(rather or []) * 3, *found]))

    def lent_today(self) -> list[Lent]:
        return [one for one in self.book.lent.values() if one.id in self.book.borrowed(one.delegate)]

    def serving(self) -> list[Held]:
        return [one for one in self.book.held.values() if self.book.in_force(one)]

    @rule(data=st.data())
    def appoint(self, data: Any) -> None:
        person, role = self.pick(data, self.people), self.pick(data, list(ROLES))
        known = {one.id for one in self.book.held.values()}
        with transaction(engine_of("identity")) as session:
            self.enrol(session, self.people.index(person), role)
            for row in session.execute(text("SELECT id FROM identity.office")):
                if row.id not in known:
                    self.book.held[row.id] = Held(row.id, person, role, None)

    @rule(data=st.data(), after=st.integers(0, 1), days=st.integers(1, 2))
    def delegate(self, data: Any, after: int, days: int) -> None:
        lendable = [one for one in self.serving() if one.role in {Role.CLERK, Role.CHAIR}]
        office = self.pick(data, list(self.book.held.values()), rather=lendable)
        to = self.pick(data, self.people)
        first = self.book.today + after * DAY
        last = first + (days - 1) * DAY
        mine = [self.book.held[one] for one in self.book.own(to)]
        fit = (
            self.book.in_force(office)
            and office.role not in {Role.COUNCIL_MEMBER, Role.ADMIN}
            and to != office.person
            and mine
            and office.role not in {one.role for one in mine}
            and not any(
                one.office == office.id and one.delegate == to and not one.revoked
                and one.first <= last and one.last >= first
                for one in self.book.lent.values()
            )
        )  # fmt: skip
        try:
            with transaction(engine_of("identity")) as session:
                made = acting.delegate(session, office_id=office.id, delegate_id=to, first_day=first, last_day=last,
                                       reason=Reason.LEAVE, note="", granted_by=office.person)  # fmt: skip
        except (Refused, NotFound):
            assert not fit
        else:
            assert fit
            self.book.lent[made] = Lent(made, office.id, to, first, last)

    @precondition(lambda self: self.book.lent)
    @rule(data=st.data())
    def revoke(self, data: Any) -> None:
        lent = self.pick(data, list(self.book.lent.values()), rather=self.lent_today())
        fit = not lent.revoked and lent.last >= self.book.today and self.book.in_force(self.book.held[lent.office])
        try:
            with transaction(engine_of("identity")) as session:
                acting.revoke(session, lent.id)
        except NotFound:
            assert not fit
        else:
            assert fit
            lent.revoked = True

    @rule(data=st.data(), after=st.integers(0, 2))
    def end(self, data: Any, after: int) -> None:
        office = self.pick(data, list(self.book.held.values()), rather=self.serving())
        to = self.pick(data, [None, *self.people])
        on = self.book.today + after * DAY
        admins = [one for one in self.serving() if one.role is Role.ADMIN and one.until is None and one is not office]
        fit = (
            office.until is None
            and not office.ended
            and (office.since is None or on > office.since or (after == 0 and office.since <= self.book.today))
            and to != office.person
            and (office.role is not Role.ADMIN or to is not None or admins)
        )
        try:
            with transaction(engine_of("identity")) as session:
                end_office(session, office.id, Farewells(on=on, reason=Farewell.OTHER, successor_id=to, note=""),
                           ordered_by=office.person)  # fmt: skip
        except Refused:
            assert not fit
            return
        assert fit
        office.until, office.ended, office.said = on, after == 0, after == 0
        if to is not None:
            self.succeed(office, to, on if after else None)

    def succeed(self, office: Held, to: UUID, since: date | None) -> None:
        """The successor's like office: one that has no end, or a new one."""
        with transaction(engine_of("identity")) as session:
            found = session.execute(
                text("SELECT successor_office_id FROM identity.ending WHERE office_id = :id"), {"id": office.id}
            ).scalar_one()
        office.successor = found
        known = [one for one in self.book.held.values()
                 if one.person == to and one.role is office.role and one.until is None and not one.ended]  # fmt: skip
        if known:
            assert [one.id for one in known] == [found]
            if known[0].since is not None and (since is None or since < known[0].since):
                known[0].since = since
        else:
            assert found not in self.book.held
            self.book.held[found] = Held(found, to, office.role, since)

    @rule(data=st.data())
    def keep(self, data: Any) -> None:
        office = self.pick(data, list(self.book.held.values()))
        again = any(one.person == office.person and one.role is office.role and one.until is None and not one.ended
                    for one in self.book.held.values())  # fmt: skip
        fit = office.until is not None and not office.ended and office.until > self.book.today and not again
        try:
            with transaction(engine_of("identity")) as session:
                keep_office(session, office.id)
        except NotFound:
            assert not fit
            return
        assert fit
        office.until = None
        heir, office.successor = office.successor, None
        wanted = {one.successor for one in self.book.held.values()} | {
            one.id for one in self.book.held.values() if one.until is not None
        }
        if heir and heir not in wanted and (since := self.book.held[heir].since) and since > self.book.today:
            del self.book.held[heir]

    @rule()
    def a_day_passes(self) -> None:
        with owner_engine().begin() as connection:
            back = "interval '1 day'"
            connection.execute(
                text(f"UPDATE identity.office SET valid_from = valid_from - {back}, valid_until = valid_until - {back}")
            )
            connection.execute(
                text("UPDATE identity.delegation SET first_day = first_day - 1, last_day = last_day - 1")
            )
            connection.execute(text("UPDATE identity.ending SET on_day = on_day - 1"))
        for held in self.book.held.values():
            held.since = held.since - DAY if held.since else None
            held.until = held.until - DAY if held.until else None
        for lent in self.book.lent.values():
            lent.first, lent.last = lent.first - DAY, lent.last - DAY
        with transaction(engine_of("identity")) as session:
            say_endings(session, plan_id=self.plan.id)

    @rule(data=st.data())
    def sign_in_and_go(self, data: Any) -> None:
        """Somebody signs in and goes to an office of their own, or to one that was lent to anybody."""
        person = self.pick(data, self.people)
        own = sorted(self.book.own(person), key=str)
        if not own:
            return
        office = self.pick(data, own)
        with transaction(engine_of("identity")) as session:
            secret = sign_in_as_sample(session, office).secret
        mine = sorted(self.book.borrowed(person), key=str)
        chosen: UUID | None = self.pick(data, [None, *self.book.lent], rather=mine)
        if chosen is None:
            target = self.pick(data, list(self.book.held), rather=own)
            go, fit = (lambda s: switch_office(s, person_id=person, secret=secret, office_id=target)), target in own
        else:
            target = self.book.lent[chosen].office
            go = lambda s: act_for(s, person_id=person, secret=secret, delegation_id=chosen)  # noqa: E731
            fit = chosen in self.book.borrowed(person)
        try:
            with transaction(engine_of("identity")) as session:
                secret = go(session).secret
        except NotFound:
            assert not fit
            self.secrets[secret] = (person, office, None)
        else:
            assert fit
            self.secrets[secret] = (person, target, chosen)

    @invariant()
    def exactly_these_may_act(self) -> None:
        with transaction(engine_of("identity")) as session:
            for person in self.people:
                assert {one.id for one in offices_of(session, person)} == self.book.own(person)
                assert {one.id for one in lent_to(session, person)} == self.book.borrowed(person)

    @invariant()
    def every_open_session_acts_in_what_is_in_force(self) -> None:
        for secret, (person, office, delegation) in self.secrets.items():
            who = door.look_up("review", hashed(secret))
            may = delegation in self.book.borrowed(person) if delegation else office in self.book.own(person)
            assert (who is not None) is may
            if who is None:
                continue
            holder = self.book.held[office]
            assert (who.person_id, who.role, who.holder_id) == (person, holder.role, holder.person)
            assert (who.on_behalf_of is not None) is (delegation is not None)
            assert len(who.offices) == len(self.book.own(person)) + len(self.book.borrowed(person))

    @invariant()
    def what_ended_was_said_once(self) -> None:
        with owner_engine().begin() as connection:
            said = connection.execute(
                text("SELECT count(*), count(DISTINCT data->>'office_id') FROM bus.event WHERE type LIKE '%.ended.%'")
            ).one()
        over = [one for one in self.book.held.values() if one.ended or (one.until and one.until <= self.book.today)]
        assert tuple(said) == (len(over), len(over))


def empty() -> None:
    with owner_engine().begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table in TABLES:
            connection.exec_driver_sql(f"DELETE FROM {table}")


@pytest.mark.usefixtures("database")
def test_at_any_moment_exactly_the_expected_people_may_act(database: Engine) -> None:
    run_state_machine_as_test(
        Offices,
        settings=settings(
            max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )

"""An office ends on its day, its successor goes on, and it is said once, when the day has come."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from services.identity.commands.leaving import keep_office, say_endings
from services.identity.main import enroll_person, issue_api_token
from shared.access.principal import Role
from shared.database import engine_of, transaction
from shared.errors import NotFound, Refused
from shared.plan import Plan, Unit
from tests.identity.conftest import principal, secret_of, sign_in
from tests.worlds import Rows

from .conftest import Somebody, Town, end, lend

DAY = timedelta(days=1)


def keep(office: object) -> None:
    with transaction(engine_of("identity")) as session:
        keep_office(session, office)  # type: ignore[arg-type]  # a UUID


def say(plan: Plan) -> None:
    with transaction(engine_of("identity")) as session:
        say_endings(session, plan_id=plan.id)


def said(rows: Rows) -> list[str]:
    """The short names of what was said of offices, in order."""
    found = rows("SELECT type FROM bus.event WHERE type LIKE '%.office.%' ORDER BY id")
    return [name.removeprefix("vn.guongsang.office.").removesuffix(".v1") for (name,) in found]


def days_pass(rows: Rows, days: int) -> None:
    """As if so many days had passed: everything dated lies so much further back."""
    back = "make_interval(days => :days)"
    rows(f"UPDATE identity.office SET valid_from = valid_from - {back}, valid_until = valid_until - {back}", days=days)
    rows("UPDATE identity.delegation SET first_day = first_day - :days, last_day = last_day - :days", days=days)
    rows("UPDATE identity.ending SET on_day = on_day - :days", days=days)


def test_an_office_that_ends_today_opens_no_door_any_more(
    browser: TestClient, other_browser: TestClient, town: Town, active: Plan, village: Unit, today: date, rows: Rows
) -> None:
    token = issue_api_token(active, email=town.head.email, role=Role.NOMINATOR, unit=village.key, name="Phần mềm")
    lent = lend(town.head.office, town.editor.id, first=today, days=5, by=town.head.id)
    sign_in(browser, town.head.email)
    sign_in(other_browser, town.editor.email)
    other_browser.post("/doi-vai", data={"delegation": str(lent)})
    carried = [secret_of(browser), secret_of(other_browser), token.secret]
    assert [who.role for one in carried if (who := principal(one))] == [Role.NOMINATOR] * 3

    end(town.head.office, on=today, by=town.admin.id)

    assert [principal(one) for one in carried] == [None, None, None]
    assert said(rows)[-1] == "ended"


def test_a_day_to_come_changes_nothing_before_it_and_everything_on_it(
    browser: TestClient, other_browser: TestClient, town: Town, active: Plan, today: date, rows: Rows
) -> None:
    end(town.clerk.office, on=today + 2 * DAY, by=town.admin.id, to=town.editor.id)
    sign_in(browser, town.clerk.email)
    sign_in(other_browser, town.editor.email)

    def clerks() -> list[str]:
        return [name for (name,) in rows(
            "SELECT p.name FROM identity.office_in_force o JOIN identity.person p ON p.id = o.person_id"
            " WHERE o.role = 'clerk'"
        )]  # fmt: skip

    say(active)
    assert (clerks(), said(rows)) == ([town.clerk.name], [])
    days_pass(rows, 1)
    say(active)
    assert (clerks(), said(rows)) == ([town.clerk.name], [])
    days_pass(rows, 1)
    assert clerks() == [town.editor.name]
    assert principal(secret_of(browser)) is None
    say(active)
    say(active)
    assert said(rows) == ["ended", "handed_over"]
    assert "Chuyển sang" in other_browser.get("/doi-vai").text


def test_the_moment_between_two_holders_is_midnight_in_vietnam(town: Town, today: date, rows: Rows) -> None:
    end(town.clerk.office, on=today + DAY, by=town.admin.id, to=town.editor.id)

    assert rows(
        "SELECT until.valid_until = since.valid_from,"
        " to_char(until.valid_until AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI:SS')"
        " FROM identity.ending e JOIN identity.office until ON until.id = e.office_id"
        " JOIN identity.office since ON since.id = e.successor_office_id"
    ) == [(True, f"{today + DAY} 00:00:00")]


def test_the_successor_is_enrolled_and_the_end_comes_before(town: Town, today: date, rows: Rows) -> None:
    end(town.clerk.office, on=today, by=town.admin.id, to=town.editor.id)

    found = rows("SELECT type, subject, data->>'role' FROM bus.event ORDER BY id DESC LIMIT 3")
    assert [(name.split(".", 2)[2], subject, role) for name, subject, role in reversed(found)] == [
        ("office.ended.v1", f"person/{town.clerk.id}", "clerk"),
        ("person.enrolled.v1", f"person/{town.editor.id}", "clerk"),
        ("office.handed_over.v1", f"person/{town.clerk.id}", "clerk"),
    ]


def test_a_successor_who_holds_the_office_already_gets_no_second_one(
    town: Town, today: date, rows: Rows, enrolled: Callable[..., Somebody], active: Plan
) -> None:
    second = enrolled("Cán bộ thứ hai", Role.CLERK, active.unit.key)

    end(town.clerk.office, on=today, by=town.admin.id, to=second.id)

    assert rows("SELECT id FROM identity.office_in_force WHERE role = 'clerk'") == [(second.office,)]


def test_an_end_still_ahead_can_be_taken_back_with_the_successors_office(town: Town, today: date, rows: Rows) -> None:
    end(town.clerk.office, on=today + DAY, by=town.admin.id, to=town.editor.id)
    assert rows("SELECT count(*) FROM identity.office WHERE role = 'clerk'") == [(2,)]

    keep(town.clerk.office)

    assert rows("SELECT id, valid_until FROM identity.office WHERE role = 'clerk'") == [(town.clerk.office, None)]
    with pytest.raises(NotFound):
        keep(town.clerk.office)


def test_an_end_that_has_come_is_not_taken_back(town: Town, today: date) -> None:
    end(town.editor.office, on=today, by=town.admin.id)

    with pytest.raises(NotFound):
        keep(town.editor.office)


def test_the_last_administrator_stays(
    town: Town, today: date, enrolled: Callable[..., Somebody], active: Plan, rows: Rows
) -> None:
    with pytest.raises(Refused) as refusal:
        end(town.admin.office, on=today + DAY, by=town.admin.id)
    assert refusal.value.key == "ending.last_admin"

    second = enrolled("Quản trị hai", Role.ADMIN, active.unit.key)
    end(town.admin.office, on=today + DAY, by=second.id)
    with pytest.raises(Refused) as refusal:
        end(second.office, on=today, by=second.id)
    assert refusal.value.key == "ending.last_admin"
    end(second.office, on=today, by=second.id, to=town.editor.id)
    assert rows("SELECT count(*) FROM identity.office_in_force WHERE role = 'admin' AND valid_until IS NULL") == [(1,)]


def test_impossible_ends_are_refused(town: Town, today: date, active: Plan, rows: Rows) -> None:
    def refused(**more: Any) -> str:
        with pytest.raises(Refused) as refusal:
            end(**({"office": town.clerk.office, "on": today, "by": town.admin.id} | more))
        return refusal.value.key

    assert refused(on=today - DAY) == "ending.in_the_past"
    assert refused(on=today + 400 * DAY) == "day.too_far"
    assert refused(to=town.clerk.id) == "ending.to_oneself"
    end(town.clerk.office, on=today + 5 * DAY, by=town.admin.id, to=town.editor.id)
    assert refused() == "ending.settled_already"
    (planned,) = rows("SELECT id FROM identity.office WHERE role = 'clerk' AND valid_from > now()")[0]
    assert refused(office=planned, on=today + DAY) == "ending.before_it_begins"
    assert rows("SELECT count(*) FROM identity.ending") == [(1,)]


def test_somebody_who_left_can_come_back(
    browser: TestClient, town: Town, today: date, active: Plan, village: Unit
) -> None:
    end(town.head.office, on=today, by=town.admin.id)
    enroll_person(active, name=town.head.name, email=town.head.email, role=Role.NOMINATOR, unit=village.key)

    sign_in(browser, town.head.email)

    assert principal(secret_of(browser)) is not None

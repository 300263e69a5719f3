"""Acting for another: on its days only, by choice, never passed on, and over within two seconds."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient

from services.identity.rules.offices import Reason
from shared.access import door
from shared.access.principal import Role
from shared.errors import NotFound, Refused
from shared.plan import Plan
from tests.documents.pdf import text_of
from tests.identity.conftest import ORIGIN, PASSWORD, principal, secret_of, sign_in
from tests.worlds import Rows

from .conftest import Somebody, Town, end, lend, take_back

DAY = timedelta(days=1)


def act_for(browser: TestClient, delegation: object) -> int:
    return browser.post("/doi-vai", data={"delegation": str(delegation)}).status_code


def test_a_delegate_chooses_to_act_and_is_seen_to(browser: TestClient, town: Town, today: date) -> None:
    lent = lend(town.chair.office, town.member.id, first=today, by=town.chair.id)
    sign_in(browser, town.member.email)
    own = principal(secret_of(browser))
    page = browser.get("/doi-vai").text

    answer = browser.post("/doi-vai", data={"delegation": str(lent)})

    assert own is not None
    assert (own.role, own.on_behalf_of, own.holder_id) == (Role.COUNCIL_MEMBER, None, town.member.id)
    assert [office.role for office in own.offices] == [Role.COUNCIL_MEMBER, Role.CHAIR]
    assert f"thay mặt {town.chair.name}" in page
    assert (answer.status_code, answer.headers["location"]) == (303, "/xet-duyet")
    who = principal(secret_of(browser))
    assert who is not None
    assert (who.person_id, who.name, who.role) == (town.member.id, town.member.name, Role.CHAIR)
    assert who.on_behalf_of is not None
    assert (who.on_behalf_of.person_id, who.on_behalf_of.name) == (town.chair.id, town.chair.name)
    assert who.holder_id == town.chair.id
    assert f"<strong>thay mặt {town.chair.name}</strong>" in browser.get("/tai-khoan").text


def test_papers_are_signed_by_the_chair_or_in_the_chairs_stead(
    browser: TestClient, town: Town, today: date, active: Plan
) -> None:
    lent = lend(town.chair.office, town.editor.id, first=today, by=town.chair.id)

    sign_in(browser, town.chair.email)
    own = report_of(browser, active)
    sign_in(browser, town.editor.email)
    act_for(browser, lent)
    stead = report_of(browser, active)

    chair, deputy = "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH"
    assert (chair in own, deputy in own) == (True, False)
    assert deputy in stead
    assert town.editor.name in stead.partition(deputy)[2]
    assert active.signed_by is not None
    assert active.signed_by.name not in stead


def report_of(browser: TestClient, plan: Plan) -> str:
    """The words of the first report that the plan asks for, as whoever is signed in prints it."""
    from services.report.main import web  # noqa: PLC0415 -- settings must point to the test database first

    with TestClient(web, base_url=ORIGIN, cookies=browser.cookies) as report:
        paper = report.get(f"/bao-cao/{plan.deadlines[0].id}.pdf")
    return text_of(paper.content)


def test_a_revoked_delegation_stops_in_the_open_session_within_two_seconds(
    browser: TestClient, town: Town, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    lent = lend(town.clerk.office, town.editor.id, first=today, by=town.clerk.id)
    sign_in(browser, town.editor.email)
    assert act_for(browser, lent) == 303
    assert browser.get("/tai-khoan").status_code == 200

    take_back(lent)

    assert principal(secret_of(browser)) is None
    moment = door.time.monotonic()
    monkeypatch.setattr(door.time, "monotonic", lambda: moment + door.TRUSTED_S)
    assert browser.get("/tai-khoan").headers["location"].startswith("/dang-nhap")
    assert door.TRUSTED_S <= 2
    sign_in(browser, town.editor.email)
    assert act_for(browser, lent) == 404


@pytest.mark.parametrize(
    ("first", "last", "may"),
    [(0, 0, True), (-3, 0, True), (-89, 0, True), (0, 89, True), (1, 1, False), (-1, -1, False), (-9, -1, False)],
)
def test_the_first_and_the_last_day_both_count_and_no_other(
    browser: TestClient, town: Town, today: date, rows: Rows, first: int, last: int, may: bool
) -> None:
    lent = lend(town.chair.office, town.editor.id, first=today, by=town.chair.id)
    rows(
        "UPDATE identity.delegation SET first_day = :first, last_day = :last",
        first=today + first * DAY,
        last=today + last * DAY,
    )
    sign_in(browser, town.editor.email)

    assert act_for(browser, lent) == (303 if may else 404)


@pytest.mark.parametrize(("first", "last", "may"), [(0, 0, True), (1, 1, False), (-1, -1, False)])
def test_an_open_session_stops_at_midnight_in_vietnam(
    browser: TestClient, town: Town, today: date, rows: Rows, first: int, last: int, may: bool
) -> None:
    lent = lend(town.chair.office, town.editor.id, first=today, by=town.chair.id)
    sign_in(browser, town.editor.email)
    assert act_for(browser, lent) == 303

    rows(
        "UPDATE identity.delegation SET first_day = :first, last_day = :last",
        first=today + first * DAY,
        last=today + last * DAY,
    )

    assert (principal(secret_of(browser)) is not None) is may


def test_the_holder_goes_on_as_before(browser: TestClient, town: Town, today: date) -> None:
    lend(town.clerk.office, town.editor.id, first=today, days=3, by=town.clerk.id, reason=Reason.LEAVE)

    sign_in(browser, town.clerk.email)

    who = principal(secret_of(browser))
    assert who is not None
    assert (who.role, who.on_behalf_of) == (Role.CLERK, None)


def test_days_out_of_bounds_are_refused(town: Town, today: date) -> None:
    def refused(first: date, days: int) -> str:
        with pytest.raises(Refused) as refusal:
            lend(town.chair.office, town.member.id, first=first, days=days, by=town.chair.id)
        return refusal.value.key

    assert refused(today - DAY, 3) == "delegation.in_the_past"
    assert refused(today, 91) == "delegation.too_long"
    assert refused(today, 0) == "delegation.ends_before_it_begins"
    assert refused(today + 367 * DAY, 1) == "day.too_far"
    assert lend(town.chair.office, town.member.id, first=today, days=90, by=town.chair.id)


def test_a_score_and_the_keys_are_not_lent(town: Town, today: date) -> None:
    for somebody, reason in ((town.member, "score_is_personal"), (town.admin, "keys_are_not_lent")):
        with pytest.raises(Refused) as refusal:
            lend(somebody.office, town.clerk.id, first=today, by=somebody.id)
        assert refusal.value.key == f"delegation.{reason}"


def test_only_somebody_else_of_the_commune_who_lacks_the_office_can_be_a_delegate(
    town: Town, today: date, enrolled: Callable[..., Somebody], active: Plan
) -> None:
    second = enrolled("Cán bộ thứ hai", Role.CLERK, active.unit.key)
    end(town.editor.office, on=today, by=town.admin.id)
    keys = []
    for delegate in (town.clerk, second, town.editor):
        with pytest.raises(Refused) as refusal:
            lend(town.clerk.office, delegate.id, first=today, by=town.clerk.id)
        keys.append(refusal.value.key)

    assert keys == ["delegation.to_oneself", "delegation.holds_it_already", "delegation.not_of_the_commune"]


def test_the_same_person_is_asked_once_for_a_day(town: Town, today: date) -> None:
    lent = lend(town.chair.office, town.member.id, first=today, days=5, by=town.chair.id)
    with pytest.raises(Refused) as refusal:
        lend(town.chair.office, town.member.id, first=today + 4 * DAY, days=5, by=town.chair.id)
    assert refusal.value.key == "delegation.twice"
    lend(town.chair.office, town.member.id, first=today + 5 * DAY, by=town.chair.id)

    take_back(lent)

    assert lend(town.chair.office, town.member.id, first=today, by=town.chair.id)
    with pytest.raises(NotFound):
        take_back(lent)


def test_what_was_lent_is_not_lent_on(browser: TestClient, town: Town, today: date) -> None:
    lent = lend(town.chair.office, town.clerk.id, first=today, days=9, by=town.chair.id)
    sign_in(browser, town.clerk.email)
    form = {"to": str(town.editor.id), "first": f"{today:%d/%m/%Y}", "last": f"{today:%d/%m/%Y}"}

    from_own_office = browser.post("/uy-quyen", data=form | {"office": str(town.chair.office)})
    assert act_for(browser, lent) == 303
    while_acting = browser.post("/uy-quyen", data=form | {"office": str(town.chair.office)})
    own_while_acting = browser.post("/uy-quyen", data=form | {"office": str(town.clerk.office)})

    by_recording_leave = browser.post(f"/quan-tri/nguoi/vai-tro/{town.chair.office}/vang-mat", data=form)

    assert by_recording_leave.status_code == 403
    assert (from_own_office.status_code, while_acting.status_code, own_while_acting.status_code) == (404, 403, 403)
    assert "không giao lại" in while_acting.text
    assert "không giao lại" in browser.get("/uy-quyen").text


def test_others_delegations_and_offices_are_unknown(browser: TestClient, town: Town, today: date) -> None:
    lent = lend(town.chair.office, town.member.id, first=today, days=9, by=town.chair.id)
    sign_in(browser, town.head.email)
    form = {"to": str(town.head.id), "first": f"{today:%d/%m/%Y}", "last": f"{today:%d/%m/%Y}"}

    assert act_for(browser, lent) == 404
    assert browser.post(f"/uy-quyen/{lent}/thu-hoi").status_code == 404
    assert browser.post("/uy-quyen", data=form | {"office": str(town.chair.office)}).status_code == 404
    assert browser.post("/doi-vai", data={"office": str(town.chair.office)}).status_code == 404
    assert browser.post("/doi-vai", data={}).status_code == 422


def test_a_delegate_does_not_become_the_holder_by_a_new_password(browser: TestClient, town: Town, today: date) -> None:
    lent = lend(town.chair.office, town.member.id, first=today, by=town.chair.id)
    sign_in(browser, town.member.email)
    act_for(browser, lent)

    new = "một mật khẩu thật mới"
    answer = browser.post("/tai-khoan/mat-khau", data={"current": PASSWORD, "new": new, "again": new})

    assert answer.status_code == 303
    who = principal(secret_of(browser))
    assert who is not None
    assert (who.person_id, who.role, who.on_behalf_of) == (town.member.id, Role.COUNCIL_MEMBER, None)


def test_a_delegate_makes_no_tokens_in_the_holders_office(browser: TestClient, town: Town, today: date) -> None:
    lent = lend(town.head.office, town.clerk.id, first=today, by=town.head.id)
    sign_in(browser, town.clerk.email)
    act_for(browser, lent)

    answer = browser.post("/tai-khoan/ma-api", data={"name": "Phần mềm", "days": "90"})

    assert answer.status_code == 404
    assert "Mã API cho phần mềm" not in browser.get("/tai-khoan").text


def test_a_delegate_who_has_left_acts_for_nobody(browser: TestClient, town: Town, today: date) -> None:
    lent = lend(town.chair.office, town.editor.id, first=today, days=9, by=town.chair.id)
    sign_in(browser, town.editor.email)
    act_for(browser, lent)

    end(town.editor.office, on=today, by=town.admin.id)

    assert principal(secret_of(browser)) is None


def test_the_form_lends_tells_and_keeps_what_was_typed(
    browser: TestClient, town: Town, today: date, rows: Rows
) -> None:
    sign_in(browser, town.clerk.email)
    form = {
        "office": str(town.clerk.office),
        "to": str(town.editor.id),
        "first": f"{today:%d/%m/%Y}",
        "last": "31/2/2026",
        "reason": "leave",
        "note": "nghỉ ốm",
    }

    wrong = browser.post("/uy-quyen", data=form)
    right = browser.post("/uy-quyen", data=form | {"last": f"{today + DAY:%d/%m/%Y}"})

    assert wrong.status_code == 422
    assert "Lịch không có ngày “31/2/2026”" in wrong.text
    assert 'value="nghỉ ốm"' in wrong.text
    assert f'<option value="{town.editor.id}" selected>' in wrong.text
    assert (right.status_code, right.headers["location"]) == (303, "/uy-quyen?da=giao")
    assert rows(
        "SELECT type, actorid, data->>'reason', data->>'last_day' FROM bus.event WHERE type LIKE '%.office.%'"
    ) == [("vn.guongsang.office.delegated.v1", town.clerk.id, "leave", f"{today + DAY}")]
    assert town.editor.name in browser.get("/uy-quyen").text


def test_the_delegate_too_may_give_it_back_even_while_acting(
    browser: TestClient, town: Town, today: date, rows: Rows
) -> None:
    lent = lend(town.chair.office, town.member.id, first=today, by=town.chair.id)
    sign_in(browser, town.member.email)
    act_for(browser, lent)

    assert browser.post(f"/uy-quyen/{lent}/thu-hoi").headers["location"] == "/uy-quyen?da=thu-hoi"

    assert rows("SELECT count(*) FROM identity.delegation_in_force") == [(0,)]
    assert rows("SELECT type FROM bus.event WHERE type LIKE '%revoked%'") == [
        ("vn.guongsang.office.delegation_revoked.v1",)
    ]

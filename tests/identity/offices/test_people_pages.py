"""The pages of people: who is found, who may do what to whom, and that nothing typed is lost."""

import re
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient

from services.identity.main import activate, enroll_person
from services.identity.rules.offices import Reason
from shared.access.principal import Role
from shared.plan import Plan, Unit
from tests.identity.conftest import FIRST_DAY, PASSWORD, principal, secret_of, sign_in
from tests.worlds import Rows

from .conftest import Town, end, lend

DAY = timedelta(days=1)
LIST = "/quan-tri/nguoi"
NEW = "suối trong chảy qua bản"


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


def count_of(page: str, words: str) -> int:
    found = re.search(rf">{re.escape(words)} <b>(\d+)</b>", page)
    assert found is not None, words
    return int(found[1])


def test_people_are_found_without_accents_and_filtered_with_counts(
    browser: TestClient, town: Town, today: date
) -> None:
    lend(town.chair.office, town.member.id, first=today, by=town.chair.id, reason=Reason.LEAVE)
    end(town.editor.office, on=today + DAY, by=town.admin.id)
    end(town.head.office, on=today, by=town.admin.id)
    sign_in(browser, town.admin.email)

    every = browser.get(LIST).text

    assert names(browser.get(LIST, params={"q": "dang hoa"}).text) == [town.clerk.name]
    assert "Không thấy ai có “zzz”" in browser.get(LIST, params={"q": "zzz"}).text
    assert count_of(every, "Đang giữ vai trò") == len(names(every)) == 5
    assert names(browser.get(LIST, params={"loc": "dang-vang"}).text) == [town.chair.name]
    assert names(browser.get(LIST, params={"loc": "sap-thoi"}).text) == [town.editor.name]
    assert names(browser.get(LIST, params={"loc": "da-thoi"}).text) == [town.head.name]
    assert count_of(every, "Chưa đăng nhập lần nào") == 4
    assert names(browser.get(LIST, params={"vai": "chair"}).text) == [town.chair.name]
    assert (
        browser.get(LIST, params={"trang": "9" * 30, "loc": "x", "vai": "y", "xa": "z", "q": "%_\0'"}).status_code
        == 200
    )


@pytest.mark.parametrize("role", ["head", "member", "editor"])
def test_others_are_not_let_in(browser: TestClient, town: Town, role: str) -> None:
    sign_in(browser, getattr(town, role).email)

    paths = ("", "/moi", f"/{town.clerk.id}", f"/{town.clerk.id}/sua", f"/vai-tro/{town.clerk.office}/thoi-giu",
             f"/vai-tro/{town.clerk.office}/vang-mat")  # fmt: skip

    assert {browser.get(LIST + path).status_code for path in paths} == {403}


def test_a_clerk_looks_after_nominators_organisations_and_council_and_nobody_else(
    browser: TestClient, town: Town, today: date, rows: Rows
) -> None:
    sign_in(browser, town.clerk.email)
    ending = {"on": f"{today:%d/%m/%Y}", "reason": "transfer", "to": "khong"}

    for theirs in (town.chair, town.editor, town.admin, town.clerk):
        assert browser.get(f"{LIST}/{theirs.id}").status_code == 200
        assert "Thôi giữ, bàn giao" not in browser.get(f"{LIST}/{theirs.id}").text
        refused = [
            browser.post(f"{LIST}/{theirs.id}/sua", data={"name": "Khác", "email": "khac@xa.example"}),
            browser.post(f"{LIST}/{theirs.id}/mat-khau"),
            browser.post(f"{LIST}/vai-tro/{theirs.office}/thoi-giu", data=ending),
            browser.post(f"{LIST}/vai-tro/{theirs.office}/giu-lai"),
            browser.post(f"{LIST}/vai-tro/{theirs.office}/vang-mat"),
        ]
        assert {answer.status_code for answer in refused} == {403}
    for role in ("chair", "admin", "clerk", "editor", "aggregator_officer"):
        form = {"name": "Ai đó", "email": "ai.do@xa.example", "role": role, "unit": ""}
        assert browser.post(f"{LIST}/moi", data=form).status_code == 422
    for ours in (town.head, town.member):
        assert browser.post(f"{LIST}/vai-tro/{ours.office}/thoi-giu", data=ending).status_code == 303
    assert rows("SELECT count(*) FROM identity.person WHERE email IN ('khac@xa.example', 'ai.do@xa.example')") == [(0,)]


def test_a_clerk_cannot_take_over_a_chair_who_is_a_member_too(browser: TestClient, town: Town, active: Plan) -> None:
    enroll_person(active, name=town.chair.name, email=town.chair.email, role=Role.COUNCIL_MEMBER, unit=active.unit.key)
    sign_in(browser, town.clerk.email)

    assert browser.post(f"{LIST}/{town.chair.id}/mat-khau").status_code == 403
    assert browser.get(f"{LIST}/{town.chair.id}/sua").status_code == 403


def test_a_clerk_of_another_commune_finds_nobody(
    browser: TestClient, town: Town, other_plan: Plan, today: date
) -> None:
    activate(other_plan, today=FIRST_DAY)
    enroll_person(other_plan, name="Cán bộ xã khác", email="khac@xa.example", role=Role.CLERK,
                  unit=other_plan.unit.key, password=PASSWORD)  # fmt: skip
    sign_in(browser, "khac@xa.example")

    assert names(browser.get(LIST, params={"xa": "binh-luong-2023-2025"}).text) == ["Cán bộ xã khác"]
    assert browser.get(f"{LIST}/{town.head.id}").status_code == 404
    assert browser.post(f"{LIST}/{town.head.id}/mat-khau").status_code == 404
    for action in ("thoi-giu", "vang-mat"):
        assert browser.get(f"{LIST}/vai-tro/{town.head.office}/{action}").status_code == 404


def test_nothing_is_handed_to_somebody_of_another_commune(
    browser: TestClient, town: Town, other_plan: Plan, today: date, rows: Rows
) -> None:
    activate(other_plan, today=FIRST_DAY)
    stranger = enroll_person(
        other_plan, name="Cán bộ xã khác", email="khac@xa.example", role=Role.CLERK, unit=other_plan.unit.key
    )
    sign_in(browser, town.clerk.email)
    ending = {"on": f"{today:%d/%m/%Y}", "reason": "transfer", "to": str(stranger)}

    answer = browser.post(f"{LIST}/vai-tro/{town.head.office}/thoi-giu", data=ending)

    assert answer.status_code == 422
    assert "Cán bộ xã khác" not in answer.text
    assert rows("SELECT plan_id FROM identity.office WHERE person_id = :id", id=stranger) == [(other_plan.id,)]


def test_an_administrator_sees_all_communes(browser: TestClient, town: Town, other_plan: Plan) -> None:
    activate(other_plan, today=FIRST_DAY)
    enroll_person(other_plan, name="Cán bộ xã khác", email="khac@xa.example", role=Role.CLERK, unit=other_plan.unit.key)
    sign_in(browser, town.admin.email)

    assert "Cán bộ xã khác" in names(browser.get(LIST).text)
    assert names(browser.get(LIST, params={"xa": other_plan.id}).text) == ["Cán bộ xã khác"]


def test_somebody_new_is_enrolled_and_sets_a_password_by_a_link_once(
    browser: TestClient, other_browser: TestClient, town: Town, village: Unit, rows: Rows
) -> None:
    sign_in(browser, town.clerk.email)
    form = {"name": "Lò Văn Mới", "email": "moi@xa.example", "role": "nominator", "unit": ""}
    wrong = browser.post(f"{LIST}/moi", data=form)
    right = browser.post(f"{LIST}/moi", data=form | {"unit": village.key})
    page = right.headers["location"].partition("?")[0]

    shown = browser.post(f"{page}/mat-khau").text
    (link,) = set(re.findall(r"/dat-mat-khau/[\w-]{43}", shown))
    unequal = other_browser.post(link, data={"new": NEW, "again": NEW + "!"})
    weak = other_browser.post(link, data={"new": "matkhau123", "again": "matkhau123"})
    done = other_browser.post(link, data={"new": NEW, "again": NEW})

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert "Hãy chọn đơn vị của người này." in wrong.text
    assert 'value="Lò Văn Mới"' in wrong.text
    assert "dat-mat-khau" not in browser.get(page).text
    assert (unequal.status_code, weak.status_code, done.status_code) == (422, 422, 200)
    assert other_browser.get(link).status_code == 410
    assert other_browser.post(link, data={"new": NEW, "again": NEW}).status_code == 410
    assert sign_in(other_browser, "moi@xa.example", NEW)
    assert rows("SELECT signed_in_at IS NOT NULL FROM identity.person WHERE email = 'moi@xa.example'") == [(True,)]


def test_a_link_replaces_nothing_until_it_is_used_and_dies_of_age_or_of_another(
    browser: TestClient, other_browser: TestClient, town: Town, rows: Rows
) -> None:
    sign_in(browser, town.clerk.email)

    def link() -> str:
        return re.findall(r"/dat-mat-khau/[\w-]{43}", browser.post(f"{LIST}/{town.head.id}/mat-khau").text)[0]

    first, second = link(), link()
    before = sign_in(other_browser, town.head.email)

    assert (other_browser.get(first).status_code, other_browser.get(second).status_code) == (410, 200)
    rows("UPDATE identity.password_link SET expires_at = now()")
    assert other_browser.get(second).status_code == 410
    third = link()
    assert other_browser.post(third, data={"new": NEW, "again": NEW}).status_code == 200
    assert principal(before) is None
    assert other_browser.post("/dang-nhap", data={"email": town.head.email, "password": PASSWORD}).status_code == 422
    assert "Đã dùng" not in other_browser.get("/dat-mat-khau/" + "x" * 43).text
    assert other_browser.get("/dat-mat-khau/" + "x" * 500).status_code == 422


def test_a_name_and_an_email_are_corrected_and_said(browser: TestClient, town: Town, rows: Rows) -> None:
    sign_in(browser, town.clerk.email)
    path = f"{LIST}/{town.head.id}/sua"

    taken = browser.post(path, data={"name": "Trưởng thôn Mới", "email": town.chair.email})
    wrong = browser.post(path, data={"name": "Trưởng thôn Mới", "email": "không phải thư"})
    right = browser.post(path, data={"name": "Trưởng thôn Mới", "email": "Moi@Xa.Example"})

    assert (taken.status_code, wrong.status_code, right.status_code) == (422, 422, 303)
    assert 'value="Trưởng thôn Mới"' in taken.text
    assert rows("SELECT name, email FROM identity.person WHERE id = :id", id=town.head.id) == [
        ("Trưởng thôn Mới", "moi@xa.example")
    ]
    assert rows(
        "SELECT data->'personal'->>'email', actorid FROM bus.event"
        " WHERE type LIKE '%person.enrolled%' ORDER BY id DESC LIMIT 1"
    ) == [("moi@xa.example", town.clerk.id)]
    assert sign_in(browser, "moi@xa.example")


def test_enrolling_does_not_rename_somebody_by_the_way(
    browser: TestClient, town: Town, village: Unit, rows: Rows
) -> None:
    sign_in(browser, town.clerk.email)
    form = {"email": town.chair.email, "role": "nominator", "unit": village.key}

    other = browser.post(f"{LIST}/moi", data=form | {"name": "Tên khác hẳn"})
    same = browser.post(f"{LIST}/moi", data=form | {"name": "chu tich xa"})

    assert (other.status_code, same.status_code) == (422, 303)
    assert "đã có người tên khác dùng" in other.text
    assert rows("SELECT name FROM identity.person WHERE id = :id", id=town.chair.id) == [(town.chair.name,)]


def test_ending_an_office_warns_shows_what_ends_and_hands_over_to_a_newcomer(
    browser: TestClient, town: Town, today: date, rows: Rows
) -> None:
    lend(town.clerk.office, town.editor.id, first=today, by=town.clerk.id)
    sign_in(browser, town.admin.email)
    path = f"{LIST}/vai-tro/{town.clerk.office}/thoi-giu"
    form = {"on": f"{today:%d/%m/%Y}", "reason": "retirement", "to": "moi", "name": "Cán bộ Mới", "note": "QĐ 12/2026"}

    page = browser.get(path).text
    wrong = browser.post(path, data=form | {"email": "sai"})
    nobody = browser.post(path, data=form | {"to": ""})
    right = browser.post(path, data=form | {"email": "can.bo.moi@xa.example"})

    assert "xã sẽ không có người làm việc này" in page
    assert "1 việc ủy quyền" in page
    assert (wrong.status_code, nobody.status_code, right.status_code) == (422, 422, 303)
    assert 'value="QĐ 12/2026"' in wrong.text
    assert "Hãy chọn người nhận bàn giao" in nobody.text
    assert rows(
        "SELECT p.name FROM identity.office_in_force o JOIN identity.person p ON p.id = o.person_id"
        " WHERE role = 'clerk'"
    ) == [("Cán bộ Mới",)]
    former = browser.get(f"{LIST}/{town.clerk.id}").text
    assert "Trước đây" in former
    assert "Cán bộ Mới" in former


def test_a_refused_end_leaves_no_newcomer_behind(browser: TestClient, town: Town, today: date, rows: Rows) -> None:
    sign_in(browser, town.admin.email)
    form = {"on": f"{today - DAY:%d/%m/%Y}", "reason": "other", "to": "moi", "name": "Ai", "email": "ai@xa.example"}

    assert browser.post(f"{LIST}/vai-tro/{town.clerk.office}/thoi-giu", data=form).status_code == 422

    assert rows("SELECT count(*) FROM identity.person WHERE email = 'ai@xa.example'") == [(0,)]


def test_the_chair_records_leave_for_others_and_manages_nothing_else(
    browser: TestClient, town: Town, today: date, rows: Rows
) -> None:
    sign_in(browser, town.chair.email)
    form = {"to": str(town.editor.id), "first": f"{today:%d/%m/%Y}", "last": f"{today:%d/%m/%Y}", "reason": "leave"}

    absent = browser.post(f"{LIST}/vai-tro/{town.clerk.office}/vang-mat", data=form)

    assert absent.status_code == 303
    assert rows("SELECT reason, granted_by FROM identity.delegation") == [("leave", town.chair.id)]
    assert browser.post(f"{LIST}/vai-tro/{town.clerk.office}/thoi-giu").status_code == 403
    assert browser.post(f"{LIST}/{town.head.id}/mat-khau").status_code == 403
    assert "chấm thay" in browser.get(f"{LIST}/vai-tro/{town.member.office}/vang-mat").text
    (lent,) = rows("SELECT id FROM identity.delegation")[0]
    assert browser.post(f"/uy-quyen/{lent}/thu-hoi").headers["location"] == f"{LIST}/{town.clerk.id}?da=thu-hoi"


def test_a_delegate_manages_no_more_than_the_holder(browser: TestClient, town: Town, today: date) -> None:
    lent = lend(town.clerk.office, town.editor.id, first=today, by=town.clerk.id)
    sign_in(browser, town.editor.email)
    assert browser.get(LIST).status_code == 403

    browser.post("/doi-vai", data={"delegation": str(lent)})

    assert browser.get(LIST).status_code == 200
    assert browser.post(f"{LIST}/{town.chair.id}/mat-khau").status_code == 403
    assert browser.post(f"{LIST}/{town.head.id}/mat-khau").status_code == 200
    assert secret_of(browser)

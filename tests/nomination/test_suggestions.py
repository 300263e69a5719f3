"""Citizens, the media body and the council tell of somebody; a unit answers; the code says what became of it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import Engine
from starlette.testclient import TestClient

from services.nomination.commands.suggestions import forget_suggestions
from services.nomination.main import web
from shared.access.principal import Role
from shared.clock import today
from shared.database import engine_of, transaction
from shared.plan import Plan
from tests.nomination.conftest import PLAN, TYPED, Somebody, events
from tests.nomination.reading import words
from tests.nomination.test_browser import PHONE, opened
from tests.sound import require_sound

FORM = f"/goi-y?xa={PLAN}"
LIST = "/de-cu/goi-y"
DEED = {
    "name": "Bà Lò Thị Ấm",
    "deed": "Bà Ấm nhặt rác ven suối mỗi sáng, đã năm năm nay.",
    "unit": "village-1",
    "giver": "Một người thôn 2",
    "phone": "0912 345 678",
}


def anybody() -> TestClient:
    return TestClient(web, headers={"origin": "http://testserver"}, follow_redirects=False)


def told(**changes: str) -> str:
    """The address at which whoever told it follows it."""
    answer = anybody().post(FORM, data=DEED | changes)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def address_in(page: Any) -> str:
    """The first suggestion of a list."""
    found = re.search(r'href="(/de-cu/goi-y/[0-9a-f-]{36})"', page.text)
    assert found, words(page)
    return found[1]


def test_a_citizen_tells_of_somebody_and_the_village_makes_a_draft_of_it(head: Somebody, database: Engine) -> None:
    follow, browser = told(), head.browser()
    (received,) = events(database, "suggestion.received")
    at_first = words(anybody().get(follow))

    page = address_in(browser.get(LIST))
    drafts = [browser.post(f"{page}/de-cu").headers["location"] for _ in range(2)]
    draft = drafts[0].rpartition("/")[0]
    prefilled, deed = browser.get(drafts[0]).text, browser.get(f"{draft}/viec").text

    assert drafts[0] == drafts[1]
    assert ("Bà Lò Thị Ấm" in prefilled, "nhặt rác ven suối" in deed) == (True, True)
    assert (received["origin"], received["answer_by"]) == ("citizen", "2025-04-11")
    assert "Lò" not in str(events(database, "suggestion.received") + events(database, "suggestion.endorsed"))
    assert "Thôn 1 trả lời chậm nhất" in at_first
    assert "Thôn 1 nhận lập hồ sơ" in words(anybody().get(follow))
    assert len(events(database, "suggestion.endorsed")) == 1

    for sheet in ("viec", "anh"):
        browser.post(f"{draft}/{sheet}", data=TYPED[sheet])
    browser.post(f"{draft}/ai", data=TYPED["ai"])
    browser.post(f"{draft}/kiem-tra")
    assert "Người dân gợi ý" in words(browser.get(draft))
    assert "Hồ sơ đã gửi xã xét chọn" in words(anybody().get(follow))


def test_a_draft_that_was_thrown_away_can_be_begun_anew(head: Somebody) -> None:
    told()
    browser = head.browser()
    page = address_in(browser.get(LIST))
    draft = browser.post(f"{page}/de-cu").headers["location"].rpartition("/")[0]

    browser.post(f"{draft}/bo-nhap")

    assert browser.post(f"{page}/de-cu").headers["location"] != f"{draft}/ai"


def test_the_village_declines_with_a_reason_that_the_citizen_reads(head: Somebody, database: Engine) -> None:
    follow, browser = told(), head.browser()
    page = address_in(browser.get(LIST))

    empty = browser.post(f"{page}/khong-de-cu", data={"reason": "x"})
    answers = [browser.post(f"{page}/khong-de-cu", data={"reason": "Bà xin không nêu."}).status_code for _ in range(2)]

    assert (empty.status_code, "ít nhất 5 chữ cái" in words(empty)) == (422, True)
    assert answers == [303, 303]
    assert "Bà xin không nêu." in words(anybody().get(follow))
    assert (len(events(database, "suggestion.declined")), browser.post(f"{page}/de-cu").status_code) == (1, 422)


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(plan: Plan) -> None:
    page = anybody().post(FORM, data=DEED | {"deed": "Tốt", "phone": "12", "unit": "nowhere"})
    robot = anybody().post(FORM, data=DEED | {"website": "http://x.example"})

    assert (page.status_code, "Bà Lò Thị Ấm" in page.text, 'value="12"' in page.text) == (422, True, True)
    for said in ("ít nhất 20 chữ cái", "không phải số điện thoại", "Không có đơn vị “nowhere”"):
        assert said in words(page)
    assert (robot.status_code, "để trống" in words(robot)) == (422, True)


def test_the_same_told_twice_is_one_and_many_have_to_wait(plan: Plan, database: Engine) -> None:
    assert told() == told()
    assert len(events(database, "suggestion.received")) == 1

    answers = [anybody().post(FORM, data=DEED | {"name": f"Người thứ {number}"}) for number in range(9)]

    assert [each.status_code for each in answers] == [303] * 8 + [429]
    assert ("Hãy đợi 60 phút" in words(answers[-1]), "Người thứ 8" in answers[-1].text) == (True, True)


def test_neighbours_do_not_see_it_and_the_clerk_passes_it_on(
    head: Somebody, somebody: Callable[..., Somebody], database: Engine
) -> None:
    told(unit="")
    clerk, neighbour = somebody("commune", Role.CLERK).browser(), somebody("village-2").browser()
    page = address_in(clerk.get(LIST))
    before = [each.get(page).status_code for each in (clerk, head.browser(), neighbour)]

    clerk.post(f"{page}/chuyen", data={"unit": "village-2"})

    assert before == [200, 404, 404]
    assert [each.get(page).status_code for each in (clerk, head.browser(), neighbour)] == [200, 404, 200]
    assert neighbour.post(f"{page}/chuyen", data={"unit": "village-1"}).status_code == 403
    (passed,) = events(database, "suggestion.passed")
    assert passed["answer_by"] == "2025-04-11"


@pytest.mark.parametrize(("unit", "role", "origin", "clause"), [
    ("radio", Role.NOMINATOR, "media", "R77"),
    ("commune", Role.CLERK, "council", "R78"),
    ("women", Role.ORGANISATION, "organisation", "R73"),
])  # fmt: skip
def test_a_lead_goes_to_a_village_and_proves_the_clause_once_it_is_endorsed(
    head: Somebody,
    somebody: Callable[..., Somebody],
    plan: Plan,
    database: Engine,
    unit: str,
    role: Role,
    origin: str,
    clause: str,
) -> None:
    giver = somebody(unit, role).browser()
    lead = {"name": "Lò Thị Ấm", "deed": "Bà Ấm nhặt rác ven suối mỗi sáng.", "unit": "village-1"}

    assert giver.post(f"{LIST}/moi", data=lead).headers["location"] == LIST
    page = address_in(head.browser().get(LIST))
    head.browser().post(f"{page}/de-cu")

    (said,) = events(database, "suggestion.endorsed")
    proved = [each.id for each in plan.clauses_proved_by("suggestion.endorsed", said)]
    assert (said["origin"], clause in proved) == (origin, True)
    assert "Đã nhận lập hồ sơ" in words(giver.get(f"{LIST}?nhom=da-tra-loi" if role is Role.CLERK else LIST))


def test_the_radio_station_makes_a_draft_of_its_own_find_at_once(
    somebody: Callable[..., Somebody], plan: Plan, database: Engine
) -> None:
    radio = somebody("radio").browser()
    lead = {"name": "Lò Thị Ấm", "deed": "Bà Ấm nhặt rác ven suối mỗi sáng.", "unit": "radio"}

    draft = radio.post(f"{LIST}/moi", data=lead).headers["location"].rpartition("/")[0]
    for sheet, typed in TYPED.items():
        radio.post(f"{draft}/{sheet}", data=typed)
    radio.post(f"{draft}/kiem-tra")

    (said,) = events(database, "nomination.submitted")
    assert (said["source"], "R77" in [each.id for each in plan.clauses_proved_by("nomination.submitted", said)]) == (
        "media",
        True,
    )


def test_who_told_it_is_forgotten_three_months_after_the_answer(head: Somebody, database: Engine) -> None:
    kept, declined = told(), told(name="Ông Vi Văn Mẫu")
    browser = head.browser()
    pages = dict(re.findall(r'href="(/de-cu/goi-y/[0-9a-f-]{36})"[^>]*>\s*([^<]+?)\s*<', browser.get(LIST).text))
    for page, name in pages.items():
        if "Vi Văn Mẫu" in name:
            browser.post(f"{page}/khong-de-cu", data={"reason": "Đã đề cử năm ngoái."})
        else:
            browser.post(f"{page}/de-cu")

    for days, left in ((90, 2), (91, 1)):
        with transaction(engine_of("nomination")) as session:
            forget_suggestions(session, today() + timedelta(days=days))
        assert [anybody().get(page).status_code for page in (kept, declined)].count(200) == left
    with database.connect() as connection:
        rows = connection.exec_driver_sql("SELECT giver, phone, name FROM nomination.suggestion").all()

    assert [tuple(row) for row in rows] == [("", "", "Bà Lò Thị Ấm")]


def test_a_citizen_tells_it_on_a_phone_without_scripts_and_the_village_answers(
    chromium: Browser, address: str, somebody: Callable[..., Somebody]
) -> None:
    context = chromium.new_context(**PHONE, base_url=address, java_script_enabled=False, locale="vi-VN")  # type: ignore[arg-type]  # playwright's own names
    with context:
        page = context.new_page()
        page.goto(FORM)
        page.get_by_label("Người làm việc tốt").fill("Bà Lò Thị Ấm")
        page.get_by_role("button", name="Gửi gợi ý").click()
        expect(page.get_by_text("ít nhất 20 chữ cái").first).to_be_visible()
        page.get_by_label("Việc tốt đã làm").fill(DEED["deed"])
        page.get_by_label("Ở thôn, bản nào").select_option("village-1")
        page.get_by_role("button", name="Gửi gợi ý").click()
        expect(page.get_by_role("heading", name="Đã nhận gợi ý")).to_be_visible()
        receipt = page.url
    with chromium.new_context(**PHONE, base_url=address, locale="vi-VN") as looked_at:  # type: ignore[arg-type]  # as above
        page = looked_at.new_page()
        for place, name in ((FORM, "suggest"), (receipt, "suggested")):
            page.goto(place)
            require_sound(page, name)
    with opened(chromium, address, somebody("commune", Role.CLERK), PHONE, scripts=True) as context:
        page = context.new_page()
        for place, name in ((LIST, "suggestions"), (f"{LIST}/moi", "lead")):
            page.goto(place)
            require_sound(page, name)
        page.goto(LIST)
        page.get_by_role("link", name="Bà Lò Thị Ấm").click()
        page.get_by_text("Chuyển cho đơn vị khác").click()
        page.locator("summary").get_by_text("Không đề cử").click()
        require_sound(page, "suggestion")

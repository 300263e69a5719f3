"""A unit names somebody promising, plans what is lacking, and keeps what it did for them."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from services.nomination.handlers import begin_day, note_nurture, note_refusal
from shared.access.principal import Role
from shared.events.clock import DayBegan
from shared.events.review import CaseDeclined, CaseSentToNurture
from shared.ids import new_id
from shared.plan import Plan
from tests.nomination.conftest import Somebody, complete, events
from tests.nomination.reading import leads_to, words
from tests.nomination.test_news import CASE, hear

NAMED = {
    "name": "Hà Văn Bính",
    "subject_kind": "individual",
    "field": "F04",
    "why": "Dám thử trồng rau sạch trong nhà lưới.",
    "mentor": "Chi hội Nông dân thôn",
    "weakness": "Chưa biết ghi chép chi tiêu",
    "detail": "Học lớp kế toán hộ gia đình",
    "due_on": "30/4/2025",
}


def named(browser: TestClient, **changes: str) -> str:
    """The address of a candidate."""
    answer = browser.post("/boi-duong/moi", data=NAMED | changes)
    assert answer.status_code == 303, words(answer)
    return leads_to(answer)


def step_of(database: Engine, candidate: str) -> str:
    """The address of the first step that is planned."""
    with database.connect() as connection:
        wanted = "SELECT id FROM nomination.measure WHERE candidate_id = %s ORDER BY due_on LIMIT 1"
        return f"{candidate}/buoc/{connection.exec_driver_sql(wanted, (candidate[-36:],)).scalar_one()}"


def test_a_unit_names_a_candidate_once_and_no_word_about_them_leaves(head: Somebody, database: Engine) -> None:
    browser = head.browser()

    first, again = named(browser), named(browser)

    page = words(browser.get(first))
    assert first == again
    assert "Hà Văn Bính Đang bồi dưỡng Thôn 1" in page
    assert "Học lớp kế toán hộ gia đình Để khắc phục: Chưa biết ghi chép chi tiêu" in page
    (chosen,), (planned,) = events(database, "candidate.chosen"), events(database, "nurture.step_planned")
    assert chosen == {
        "candidate_id": first[-36:],
        "unit_id": str(head.principal.unit_id),
        "field": "F04",
        "subject_kind": "individual",
        "chosen_on": "2025-03-27",
    }
    assert sorted(planned) == ["candidate_id", "due_on", "step_id", "unit_id"]


def test_what_was_typed_stays_when_something_is_missing(head: Somebody, database: Engine) -> None:
    answer = head.browser().post("/boi-duong/moi", data=NAMED | {"due_on": "1/1/2030", "mentor": ""})

    assert answer.status_code == 422
    assert "Ngày 1/1/2030 nằm ngoài kế hoạch. Hãy ghi ngày từ 01/04/2023 đến 31/12/2025." in words(answer)
    assert "Hãy ghi ai kèm cặp" in words(answer)
    assert 'value="Hà Văn Bính"' in answer.text
    assert 'value="1/1/2030"' in answer.text
    assert events(database, "candidate.chosen") == []


def test_the_clerk_names_for_a_unit_and_has_to_say_which(somebody: Callable[..., Somebody], database: Engine) -> None:
    browser = somebody("commune", Role.CLERK).browser()

    nobodys = browser.post("/boi-duong/moi", data=NAMED)
    named(browser, unit="village-2")

    assert "Hãy chọn đơn vị" in words(nobodys)
    assert len(events(database, "candidate.chosen")) == 1


def test_support_visits_and_milestones_stand_on_the_trail_once(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    candidate = named(browser)

    for _ in range(2):
        browser.post(
            f"{candidate}/ho-tro",
            data={"support": "material", "detail": "Tiền mua giống", "amount": "1.500.000", "on": "20/3/2025"},
        )
    browser.post(f"{candidate}/ho-tro", data={"support": "moral", "detail": "Biểu dương ở họp thôn"})
    browser.post(f"{candidate}/tham", data={"detail": "Trưởng thôn đến thăm vườn"})
    browser.post(f"{candidate}/moc", data={"detail": "Bán lứa rau đầu tiên"})

    page = words(browser.get(candidate))
    assert "Hỗ trợ vật chất: 1.500.000 đồng 20/03/2025 Tiền mua giống · Ghi: Người của village-1" in page
    assert "Hỗ trợ bằng tiền: 1.500.000 đồng" in page
    for said in ("Động viên tinh thần", "Thăm hỏi", "Đạt một mốc", "Bán lứa rau đầu tiên"):
        assert said in page
    assert [(one["kind"], one["amount_vnd"], one["given_on"]) for one in events(database, "support.recorded")] == [
        ("material", 1_500_000, "2025-03-20"),
        ("moral", None, "2025-03-27"),
    ]
    assert len(events(database, "candidate.visited")) == len(events(database, "candidate.milestone_reached")) == 1


def test_a_step_is_moved_with_a_reason_and_then_taken(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    candidate = named(browser)
    step = step_of(database, candidate)

    without = browser.post(f"{step}/doi", data={"due_on": "31/5/2025", "detail": ""})
    browser.post(f"{step}/doi", data={"due_on": "31/5/2025", "detail": "Lớp học lùi một tháng"})
    for _ in range(2):
        browser.post(f"{step}/xong", data={"detail": "Đã có sổ thu chi"})
    late = browser.post(f"{step}/doi", data={"due_on": "30/6/2025", "detail": "Học thêm lần nữa"})

    assert without.status_code == 422
    ((moved,), (done,)) = events(database, "nurture.step_moved"), events(database, "nurture.step_done")
    assert (moved["from_day"], moved["to_day"]) == ("2025-04-30", "2025-05-31")
    assert (done["due_on"], done["done_on"]) == ("2025-05-31", "2025-03-27")
    assert "Bước này đã xong nên không dời hạn được" in words(late)
    assert "Xong 27/03/2025" in words(browser.get(candidate))


def test_an_example_in_the_own_unit_is_said_once(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    candidate = named(browser)

    for detail in ("Cả thôn học theo cách làm", "Nói lần nữa"):
        browser.post(f"{candidate}/tam-guong", data={"detail": detail})

    assert [(one["level"], one["promoted_on"]) for one in events(database, "candidate.promoted")] == [
        ("unit", "2025-03-27")
    ]
    assert "Trở thành tấm gương trong đơn vị" in words(browser.get(candidate))


def test_whom_the_unit_stopped_nurturing_waits_until_it_goes_on(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    candidate = named(browser)

    browser.post(f"{candidate}/dung", data={"detail": "Đi làm ăn xa"})
    refused = browser.post(f"{candidate}/tham", data={"detail": "Đến thăm nhà"})
    stopped = words(browser.get("/boi-duong?nhom=da-dung"))
    browser.post(f"{candidate}/tiep-tuc", data={"detail": "Đã về quê"})

    assert refused.status_code == 422
    assert "Đã dừng bồi dưỡng người này" in words(refused)
    assert "Đến thăm nhà" in refused.text
    assert "Hà Văn Bính" in stopped
    assert [len(events(database, name)) for name in ("nurture.stopped", "nurture.resumed", "candidate.visited")] == [
        1,
        1,
        0,
    ]
    assert "30/04/2025" in words(browser.get("/boi-duong"))


def test_the_list_shows_what_is_due_first_and_finds_without_accents(head: Somebody) -> None:
    browser = head.browser()
    for number, due in enumerate(("30/6/2025", "1/4/2025", "15/5/2025", "30/4/2025", "20/5/2025", "2/4/2025")):
        named(browser, name=f"Hà Văn {chr(65 + number)}n", due_on=due)

    page = words(browser.get("/boi-duong"))
    found = words(browser.get("/boi-duong?q=ha van bn"))

    order = [page.index(f"Hà Văn {letter}n") for letter in "BFDCEA"]
    assert order == sorted(order)
    assert ("Hà Văn Bn" in found, "Hà Văn An" in found) == (True, False)


def test_the_list_is_paged_by_its_place(head: Somebody) -> None:
    browser = head.browser()
    for number in range(21):
        named(browser, name=f"Hà Văn Số {number}")

    first = browser.get("/boi-duong")
    following = first.text.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = browser.get(following)

    assert (first.text.count(">Hà Văn Số"), second.text.count(">Hà Văn Số")) == (20, 1)


def test_the_list_is_taken_out_as_a_table(head: Somebody) -> None:
    browser = head.browser()
    named(browser)

    taken = browser.get("/boi-duong/danh-sach.csv")

    heads, row = csv.reader(io.StringIO(taken.text.lstrip("\ufeff")), delimiter=";" if ";" in taken.text[:40] else ",")
    assert (heads[0], row[:4]) == ("Nhân tố", ["Hà Văn Bính", "Thôn 1", "Nông nghiệp", "Chi hội Nông dân thôn"])


def test_a_candidate_is_seen_by_its_unit_and_the_communes_officers(
    head: Somebody, other_plan: Plan, somebody: Callable[..., Somebody]
) -> None:
    candidate = named(head.browser())
    neighbour, clerk, chair = somebody("village-2"), somebody("commune", Role.CLERK), somebody("commune", Role.CHAIR)
    stranger = somebody("commune", Role.CLERK, under=other_plan)

    assert [one.browser().get(candidate).status_code for one in (clerk, chair, neighbour, stranger)] == [
        200,
        200,
        404,
        404,
    ]
    assert chair.browser().post(f"{candidate}/tham", data={"detail": "Đến thăm nhà"}).status_code == 403
    assert "Ghi hỗ trợ" not in words(chair.browser().get(candidate))


def told_day(plan: Plan, day: date) -> None:
    hear(plan, begin_day, DayBegan(day_id=new_id(), day=day))


def test_a_unit_is_reminded_and_told_once_and_anew_when_the_day_was_moved(
    head: Somebody, plan: Plan, database: Engine
) -> None:
    candidate = named(head.browser())
    step = step_of(database, candidate)

    for day in (26, 27, 28, 30):
        told_day(plan, date(2025, 4, day))
    for day in (1, 2):
        told_day(plan, date(2025, 5, day))
    head.browser().post(f"{step}/doi", data={"due_on": "31/5/2025", "detail": "Lớp học lùi một tháng"})
    told_day(plan, date(2025, 5, 30))

    due, overdue = events(database, "nurture.step_due"), events(database, "nurture.step_overdue")
    assert [(one["due_on"], one["days_left"]) for one in due] == [("2025-04-30", 3), ("2025-05-31", 1)]
    assert [one["due_on"] for one in overdue] == ["2025-04-30"]


def test_nobody_is_reminded_of_a_step_that_was_taken_or_of_whom_the_unit_let_go(
    head: Somebody, plan: Plan, database: Engine
) -> None:
    browser = head.browser()
    taken, stopped = named(browser), named(browser, name="Lò Văn Cương")
    browser.post(f"{step_of(database, taken)}/xong", data={"detail": "Đã có sổ thu chi"})
    browser.post(f"{stopped}/dung", data={"detail": "Đi làm ăn xa"})

    told_day(plan, date(2025, 4, 29))

    assert events(database, "nurture.step_due") == []


@pytest.fixture
def sent(head: Somebody) -> UUID:
    answer = head.browser().post("/api/v1/nominations", json=complete(), headers={"idempotency-key": "k"})
    return UUID(answer.json()["id"])


def test_whom_the_council_sends_is_nurtured_with_its_words(head: Somebody, plan: Plan, sent: UUID) -> None:
    about = {"case_id": new_id(), "nomination_id": sent, "unit_id": head.principal.unit_id, **CASE}
    decided = {"decided_on": date(2025, 4, 2), "reason": "Cần lan tỏa hơn trong thôn."}
    hear(plan, note_nurture, CaseSentToNurture(**about, **decided))
    browser = head.browser()

    listed = browser.get("/boi-duong")
    (candidate,) = re.findall(r'href="(/boi-duong/[0-9a-f-]{36})"', listed.text)
    page = words(browser.get(candidate))

    assert "Lò Thị Ấm" in words(listed)
    assert "Hội đồng đề nghị: Cần lan tỏa hơn trong thôn." in page
    assert "Chưa có người kèm cặp." in page


@pytest.fixture
def draft(head: Somebody) -> str:
    """The address of a nomination that was made of a candidate who has reached something, without its last part."""
    browser = head.browser()
    candidate = named(browser)
    browser.post(f"{candidate}/moc", data={"detail": "Bán lứa rau đầu tiên"})
    answer = browser.post(f"{candidate}/de-cu")
    assert answer.status_code == 303
    return str(answer.headers["location"]).rpartition("/")[0]


def candidate_of(browser: TestClient, stage: str = "dang-boi-duong") -> str:
    (found,) = re.findall(r'href="(/boi-duong/[0-9a-f-]{36})"', browser.get(f"/boi-duong?nhom={stage}").text)
    return str(found)


def agreed(browser: TestClient, draft: str) -> None:
    browser.post(f"{draft}/anh", data={"given_by": "self", "proof": "spoken", "publish": ["name", "story"]})


def test_one_button_makes_a_nomination_that_knows_what_is_known(head: Somebody, draft: str) -> None:
    browser = head.browser()

    who, deed = browser.get(f"{draft}/ai").text, browser.get(f"{draft}/viec").text
    (evidence,) = re.findall(r'href="([^"]*/minh-chung/[0-9a-f-]{36})"', browser.get(f"{draft}/minh-chung").text)
    paper = browser.get(evidence)
    again = browser.post(f"{candidate_of(browser)}/de-cu").headers["location"]

    assert 'value="Hà Văn Bính"' in who
    assert "Dám thử trồng rau sạch trong nhà lưới.\nBán lứa rau đầu tiên.</textarea>" in deed
    assert re.search(r'value="F04" checked', deed)
    assert paper.content.startswith(b"%PDF")
    assert again.startswith(draft)


def test_consent_is_asked_as_for_any_nomination(head: Somebody, draft: str) -> None:
    check = head.browser().post(f"{draft}/kiem-tra")

    assert check.status_code == 422
    assert "Hãy cho biết ai đã đồng ý" in words(check)


def test_a_candidate_graduates_when_the_nomination_is_handed_in_and_both_know_each_other(
    head: Somebody, draft: str, database: Engine
) -> None:
    browser = head.browser()
    agreed(browser, draft)
    before = candidate_of(browser)

    browser.post(f"{draft}/kiem-tra")

    candidate = candidate_of(browser, "da-de-cu")
    assert candidate == before
    assert f'href="{candidate}"' in browser.get(draft).text
    assert f'href="{draft}"' in browser.get(candidate).text
    ((graduated,), (attached,)) = events(database, "candidate.graduated"), events(database, "evidence.attached")
    assert (graduated["candidate_id"], graduated["nomination_id"]) == (candidate[-36:], draft[-36:])
    assert (attached["nomination_id"], attached["kind"]) == (draft[-36:], "pdf")
    refused = browser.post(f"{candidate}/tham", data={"detail": "Đến thăm nhà"})
    assert "Người này đã được đề cử lên xã" in words(refused)


def test_a_draft_that_is_thrown_away_leaves_the_candidate_as_before(head: Somebody, draft: str) -> None:
    browser = head.browser()

    browser.post(f"{draft}/bo-nhap")

    assert "Đã chín: lập đề cử" in words(browser.get(candidate_of(browser)))


@pytest.mark.parametrize("end", ["declined", "nurtured", "withdrawn"])
def test_who_was_not_recognised_is_nurtured_on_with_the_reason(
    end: str, head: Somebody, plan: Plan, draft: str, database: Engine
) -> None:
    browser = head.browser()
    agreed(browser, draft)
    browser.post(f"{draft}/kiem-tra")
    about = {"case_id": new_id(), "nomination_id": UUID(draft[-36:]), "unit_id": head.principal.unit_id, **CASE}
    decided = {"decided_on": date(2025, 4, 2), "reason": "Chưa thấy lan tỏa."}

    match end:
        case "declined":
            hear(plan, note_refusal, CaseDeclined(**about, **decided))
        case "nurtured":
            hear(plan, note_nurture, CaseSentToNurture(**about, **decided))
        case _:
            browser.post(f"{draft}/rut", data={"reason": "Chưa thấy lan tỏa."})

    page = words(browser.get(candidate_of(browser)))
    assert "Trở lại bồi dưỡng" in page
    assert "Chưa thấy lan tỏa." in page
    assert "Học lớp kế toán hộ gia đình" in page
    assert len(events(database, "nurture.resumed")) == 1
    assert events(database, "candidate.identified") == []
    anew = browser.post(f"{candidate_of(browser)}/de-cu").headers["location"]
    assert "Đã chín: lập đề cử" in page
    assert not anew.startswith(draft)

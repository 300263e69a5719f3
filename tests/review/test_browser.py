"""The council at work in Chromium, on a phone and at a desk, without JavaScript and with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.access.principal import Role
from shared.clock import today
from shared.plan import Plan
from tests.review.conftest import OpensCase, Seats
from tests.review.sample import Table, set_table
from tests.serving import serving
from tests.sound import PICTURES, faults_of, keep_picture, require_sound_at
from tests.worlds import Rows

PHONE, DESK = 360, 1366

Opens = Callable[..., Page]


@pytest.fixture(scope="session")
def address(installation: None) -> Iterator[str]:
    """Review's application on a port of its own."""
    from services.review.main import web  # noqa: PLC0415 -- settings must point to the test database first

    with serving(web) as found:
        yield found


@pytest.fixture
def table(plan: Plan, opens_case: OpensCase, scored, decided) -> Table:
    return set_table(plan, opens_case, scored, decided)


@pytest.fixture
def opens(chromium: Browser, address: str, seats: Seats) -> Iterator[Opens]:
    """Opens a page of review as somebody in a role, who is really signed in."""
    with contextmanager(pages)(chromium, address, seats) as open_page:
        yield open_page


def pages(chromium: Browser, address: str, seats: Seats) -> Iterator[Opens]:
    contexts = []

    def opened(role: Role, path: str, *, width: int = DESK, scripts: bool = True, number: int = 1) -> Page:
        cookies = seats(role, number=number).cookies
        context = chromium.new_context(viewport={"width": width, "height": 740}, java_script_enabled=scripts)
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def case_page(case_id: UUID) -> str:
    return f"/xet-duyet/{case_id}"


SEEN = {
    Role.CLERK: ("list", "empty", "scored", "recognised"),
    Role.COUNCIL_MEMBER: ("list", "open", "nurtured"),
    Role.CHAIR: ("list", "open", "scored"),
}


@pytest.mark.parametrize("role", SEEN)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(opens: Opens, table: Table, role: Role) -> None:
    lists = {"list": "/xet-duyet", "empty": "/xet-duyet?q=khong-co-ai"}

    for shown in SEEN[role]:
        page = opens(role, lists.get(shown) or case_page(getattr(table, shown)))
        require_sound_at(page, PHONE, DESK, picture=f"{role}-{shown}")


def test_a_case_at_rest_is_sound(opens: Opens, table: Table, seats: Seats) -> None:
    clerk, path = seats(Role.CLERK), case_page(table.scored)
    day = f"{today() + timedelta(days=7):%d/%m/%Y}"
    asked = "Xin nêu rõ mỗi tuần bao nhiêu suất cháo.\nXin xác nhận của trạm y tế."
    clerk.post(f"{path}/tra-lai", data={"missing": asked, "due_on": day})
    held = {"ground": "complaint", "hold_reason": "Có đơn phản ánh, xã đang xác minh.", "until": day}
    assert clerk.post(f"{path}/tam-dung", data=held).status_code == 303

    page = opens(Role.CLERK, path)
    page.get_by_text("Gia hạn tạm dừng").click()
    require_sound_at(page, PHONE, DESK, picture="clerk-resting")
    page = opens(Role.CLERK, case_page(table.open))
    page.get_by_text("Trả lại để bổ sung").click()
    page.get_by_role("button", name="Trả lại cho đơn vị").click()
    require_sound_at(page, PHONE, DESK, picture="clerk-returning")


def test_a_member_scores_on_a_phone_without_javascript(opens: Opens, table: Table, plan: Plan, rows: Rows) -> None:
    page = opens(Role.COUNCIL_MEMBER, "/xet-duyet", width=PHONE, scripts=False, number=4)
    expect(page.get_by_text("6 hồ sơ chờ bạn chấm.")).to_be_visible()

    page.get_by_role("link", name="Mở hồ sơ tiếp theo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lò Thị Ấm")
    expect(page.get_by_text(str(plan.criteria[0].text))).to_be_visible()
    assert page.get_by_text("Điểm trung bình").count() == 0
    for criterion in [*plan.criteria, plan.fields[-1]]:
        page.locator(f"#diem-{criterion.id}").fill("9")
    page.get_by_role("button", name="Lưu và mở hồ sơ tiếp theo").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Giàng A Pủa")
    expect(page.get_by_text("Đã lưu phiếu chấm hồ sơ")).to_be_visible()
    assert rows("SELECT count(*) FROM review.sheet WHERE member_name = 'Lương Văn Sáng'") == [(1,)]
    page.goto(page.url.partition("/xet-duyet")[0] + case_page(table.scored))
    expect(page.get_by_role("cell", name="Lương Văn Sáng")).to_have_count(5)  # on a phone each says whose it is
    expect(page.get_by_text("Điểm trung bình 8,5: đủ điểm đề nghị công nhận (từ 7).")).to_be_visible()
    keep_picture(page, "council_member-scored")


def test_a_wrong_sheet_comes_back_with_everything_typed_and_the_fault_by_its_field(
    opens: Opens, table: Table, plan: Plan
) -> None:
    page = opens(Role.COUNCIL_MEMBER, case_page(table.open), width=PHONE, scripts=False)
    first, second = plan.criteria[0].id, plan.criteria[1].id

    page.locator(f"#diem-{first}").fill("12")
    page.locator(f"#diem-{second}").fill("tám")
    page.locator("#note").fill("Đã gặp các chị em trong lớp.")
    page.get_by_role("button", name="Chỉ lưu phiếu chấm").click()

    keep_picture(page, "council_member-error")
    expect(page).to_have_title("Lỗi: Hà Thị Mơ, DC-2026-0143 – Gương Sáng Xã Bình Lương")
    expect(page.locator(f"#diem-{first}-error")).to_have_text(
        "Điểm 12 cho “Gương mẫu chấp hành” nằm ngoài thang điểm. Hãy cho từ 0 đến 10."
    )
    expect(page.locator(f"#diem-{second}")).to_have_value("tám")
    expect(page.locator("#note")).to_have_value("Đã gặp các chị em trong lớp.")


def test_axe_finds_nothing_on_a_page_with_faults(opens: Opens, table: Table) -> None:
    member = opens(Role.COUNCIL_MEMBER, case_page(table.open), width=PHONE)
    member.get_by_role("button", name="Chỉ lưu phiếu chấm").click()
    expect(member.get_by_role("alert")).to_be_focused()
    chair = opens(Role.CHAIR, case_page(table.scored))
    chair.get_by_role("button", name="Chỉ lưu quyết định").click()
    expect(chair.get_by_role("alert")).to_be_focused()

    assert [faults_of(page) for page in (member, chair)] == [[], []]


def test_the_chair_previews_the_message_and_decides_without_javascript(opens: Opens, table: Table, rows: Rows) -> None:
    page = opens(Role.CHAIR, case_page(table.scored), scripts=False)

    page.get_by_label("Bồi dưỡng thêm").check()
    page.get_by_text("Chọn câu mẫu cho lý do").click()
    page.get_by_label("Việc làm mới bắt đầu").check()
    page.get_by_label("Lý do gửi người đề cử").fill("Xã sẽ mời bà kể chuyện tại họp thôn.")
    page.get_by_role("button", name="Xem trước thư").click()

    keep_picture(page, "chair-preview")
    letter = page.locator("#thu")
    expect(letter).to_contain_text("cần bồi dưỡng thêm trước khi công nhận")
    expect(letter).to_contain_text("Việc làm mới bắt đầu, cần thêm thời gian để thấy hiệu quả lâu dài.")
    expect(letter).to_contain_text("Xã sẽ mời bà kể chuyện tại họp thôn.")
    assert rows('SELECT stage FROM review."case" WHERE id = :id', id=table.scored) == [("open",)]

    page.get_by_role("button", name="Chỉ lưu quyết định").click()

    expect(page.get_by_text("Đã ghi quyết định về hồ sơ")).to_be_visible()
    assert rows('SELECT stage, reason FROM review."case" WHERE id = :id', id=table.scored) == [
        (
            "nurture",
            "Việc làm mới bắt đầu, cần thêm thời gian để thấy hiệu quả lâu dài.\nXã sẽ mời bà kể chuyện tại họp thôn.",
        )
    ]


def test_with_javascript_the_message_follows_what_is_typed(opens: Opens, table: Table) -> None:
    page = opens(Role.CHAIR, case_page(table.scored))

    page.get_by_label("Chưa công nhận").check()
    expect(page.locator("#thu")).to_contain_text("chưa được công nhận")
    page.get_by_label("Lý do gửi người đề cử").fill("Cần xác nhận của trưởng thôn.")

    expect(page.locator("#thu")).to_contain_text("Cần xác nhận của trưởng thôn.")
    expect(page.get_by_label("Lý do gửi người đề cử")).to_be_focused()


def test_two_chairs_decide_and_the_second_sees_who_was_first_and_keeps_the_words(opens: Opens, table: Table) -> None:
    late = opens(Role.CHAIR, case_page(table.scored), number=2, scripts=False)
    first = opens(Role.CHAIR, case_page(table.scored), scripts=False)
    first.get_by_label("Công nhận điển hình tiên tiến").check()
    first.get_by_role("button", name="Chỉ lưu quyết định").click()

    late.get_by_label("Chưa công nhận").check()
    late.get_by_label("Lý do gửi người đề cử").fill("Cần thêm xác nhận.")
    late.get_by_role("button", name="Chỉ lưu quyết định").click()

    keep_picture(late, "chair-conflict")
    said = late.get_by_role("alert")
    expect(said).to_contain_text("Lê Văn Chủ đã công nhận hồ sơ này ngày")
    expect(said).to_contain_text("Cần thêm xác nhận.")


def test_the_clerk_submits_for_commendation_and_puts_forward(opens: Opens, table: Table, rows: Rows) -> None:
    page = opens(Role.CLERK, case_page(table.recognised), width=PHONE, scripts=False)

    page.get_by_role("button", name="Trình khen thưởng").click()
    expect(page.get_by_text("đã trình Chủ tịch tặng Giấy khen")).to_be_visible()
    page.get_by_role("button", name="Giới thiệu lên cấp trên").click()
    expect(page.get_by_text("Chờ cấp này xét")).to_be_visible()

    keep_picture(page, "clerk-followed")
    href = page.get_by_role("link", name="Tải tờ trình (PDF)").get_attribute("href")
    answer = page.request.get(page.url.partition("/xet-duyet")[0] + str(href))
    assert (answer.status, answer.headers["content-type"], answer.body()[:5]) == (200, "application/pdf", b"%PDF-")
    if PICTURES:
        (Path(PICTURES) / "to-trinh.pdf").write_bytes(answer.body())
    assert rows("SELECT count(*) FROM review.commendation") == [(1,)]

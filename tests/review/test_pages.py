"""The council's pages as they are answered: what is shown to whom, and that nothing typed breaks them."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from services.review.rules.scores import measures_of
from shared.access.principal import Role
from shared.access.reach import Errand
from shared.plan import Plan
from tests.review.conftest import CONSENT, OpensCase, Seats, nomination_under, told
from tests.worlds import Rows

LIST = "/xet-duyet"


def test_nobody_is_asked_to_sign_in_and_comes_back(database, installation: None) -> None:
    from services.review.main import web  # noqa: PLC0415 -- settings must point to the test database first

    with TestClient(web, base_url="http://testserver", follow_redirects=False) as nobody:
        answer = nobody.get(f"{LIST}?loc=qua-han")

    assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap?next=/xet-duyet%3Floc%3Dqua-han")


@pytest.mark.parametrize("role", [Role.NOMINATOR, Role.EDITOR, Role.AGGREGATOR_OFFICER, Role.ADMIN])
def test_other_roles_see_neither_list_nor_case(seats: Seats, opens_case: OpensCase, role: Role) -> None:
    case_id = opens_case()
    somebody = seats(role)

    answers = [somebody.get(path) for path in (LIST, f"{LIST}/{case_id}", f"{LIST}/{case_id}/to-trinh.pdf")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert "Lò Thị Ấm" not in "".join(answer.text for answer in answers)


def test_another_communes_case_is_not_shown(seats: Seats, opens_case: OpensCase, other_plan: Plan, plan: Plan) -> None:
    ours, theirs = opens_case(name="Người Xã Ta"), opens_case(under=other_plan, name="Người Xã Bạn")
    clerk = seats(Role.CLERK)

    listed, shown = clerk.get(LIST), clerk.get(f"{LIST}/{theirs}")

    assert (shown.status_code, "Người Xã Bạn" in listed.text + shown.text) == (404, False)
    assert "Người Xã Ta" in listed.text
    assert "Người Xã Bạn" not in clerk.get(f"{LIST}/{ours}?xong={theirs}").text


def test_the_filters_count_what_they_show(seats: Seats, plan: Plan, opens_case: OpensCase, scored, decided) -> None:
    cases = [opens_case(name=f"Người Thứ {number}", code=f"DC-2024-{number:04}") for number in range(1, 4)]
    scored(cases[0], 8, 8, 8)
    decided(cases[0], "declined", "Chưa nêu kết quả.")
    clerk = seats(Role.CLERK)

    page = clerk.get(LIST).text

    assert "Tất cả hồ sơ chờ <b>2</b>" in page
    assert "Chưa công nhận <b>1</b>" in page
    assert [name in page for name in ("Người Thứ 1", "Người Thứ 2", "Người Thứ 3")] == [False, True, True]
    assert "Người Thứ 1" in clerk.get(f"{LIST}?loc=khong-cong-nhan").text


def test_each_role_first_sees_its_own_work(seats: Seats, opens_case: OpensCase, scored) -> None:
    ready, fresh = opens_case(name="Đủ Phiếu"), opens_case(name="Chưa Chấm")
    scored(ready, 8, 8, 8)

    chair, member = seats(Role.CHAIR).get(LIST).text, seats(Role.COUNCIL_MEMBER, number=4).get(LIST).text

    assert ("1 hồ sơ chờ bạn quyết định." in chair, "Chưa Chấm" in chair, f"{LIST}/{ready}" in chair) == (
        True, False, True,
    )  # fmt: skip
    assert ("2 hồ sơ chờ bạn chấm." in member, f"{LIST}/{fresh}" in member) == (True, True)


def test_the_search_needs_no_accents_and_is_kept_in_the_filters(seats: Seats, opens_case: OpensCase) -> None:
    opens_case(name="Đặng Thị Hòa", code="DC-2024-0001")
    opens_case(name="Vi Văn Thắng", code="DC-2024-0002")

    page = seats(Role.CLERK).get(LIST, params={"q": "dang hoa"}).text

    assert ("Đặng Thị Hòa" in page, "Vi Văn Thắng" in page) == (True, False)
    assert "loc=qua-han&amp;q=dang+hoa" in page


def test_a_long_list_comes_page_by_page(seats: Seats, plan: Plan, database) -> None:
    told(plan, *(nomination_under(plan, name=f"Người Số {number:02}") for number in range(30)))
    clerk = seats(Role.CLERK)

    first, second = clerk.get(LIST).text, clerk.get(f"{LIST}?trang=2").text

    assert (first.count("Người Số"), second.count("Người Số")) == (25, 5)


ODD = [
    "loc=khong-co", "trang=0", "trang=-1", "trang=99999999999999999999", "trang=x", "q=%00", "q=%ff%fe", "q=%25_%5C",
    "q=" + "a" * 5000, "linh-vuc=F99", "linh-vuc=%00", "xong=x", "xong=%00", "trang=%D9%A3",
]  # fmt: skip


@pytest.mark.parametrize("query", ODD, ids=lambda query: query[:20])
def test_an_odd_address_still_gives_the_list(seats: Seats, database, query: str) -> None:
    assert seats(Role.CLERK).get(f"{LIST}?{query}").status_code == 200


@pytest.mark.parametrize("path", ["khong-phai-uuid", "00000000-0000-0000-0000-000000000000"])
def test_a_case_that_is_not_there_is_said_so_in_words(seats: Seats, database, path: str) -> None:
    answer = seats(Role.CLERK).get(f"{LIST}/{path}")

    assert answer.status_code in {404, 422}
    assert "<h1>" in answer.text


def test_what_people_wrote_is_shown_as_text(seats: Seats, opens_case: OpensCase) -> None:
    nasty = "<script>alert(1)</script>"
    case_id = opens_case(name=nasty, headline=nasty, story=nasty)
    clerk = seats(Role.CLERK)

    pages = clerk.get(LIST).text + clerk.get(f"{LIST}/{case_id}").text

    assert nasty not in pages
    assert "&lt;script&gt;alert(1)" in pages


def field_with(plan: Plan, check: str) -> str:
    return next(field.id for field in plan.fields if check in field.checks)


def test_the_page_warns_of_secrets_children_and_missing_consent(
    seats: Seats, opens_case: OpensCase, plan: Plan
) -> None:
    silent = CONSENT.model_copy(update={"publish_story": False})
    secret = opens_case(field=field_with(plan, "secrecy_check"))
    child = opens_case(field=field_with(plan, "child_check"), birth_year=2015, consent=silent)
    clerk = seats(Role.CLERK)

    of_secret, of_child = clerk.get(f"{LIST}/{secret}").text, clerk.get(f"{LIST}/{child}").text

    assert ("bí mật nhà nước" in of_secret, "bí mật nhà nước" in of_child) == (True, False)
    assert "từ 7 tuổi cần cả em đồng ý" in of_child
    assert "dưới 16 tuổi mà chưa có cha mẹ đồng ý" in of_child
    assert "chưa cho đăng bài" in of_child
    assert "chưa cho đăng bài" not in of_secret


def test_somebody_nominated_before_is_recognised_by_name_without_accents(seats: Seats, opens_case: OpensCase) -> None:
    first = opens_case(name="Lò Thị Ấm", code="DC-2024-0001")
    opens_case(name="Lò Thị Âu", code="DC-2024-0002")
    second = opens_case(name="LÒ THỊ  ẤM", code="DC-2024-0003")
    clerk = seats(Role.CLERK)

    page = clerk.get(f"{LIST}/{second}").text

    assert "Đã được đề cử trước đây." in page
    assert (f"{LIST}/{first}" in page, "DC-2024-0002" in page) == (True, False)
    assert "Đã được đề cử trước đây." not in clerk.get(f"{LIST}/{first}").text


def test_the_criteria_stand_in_the_plans_own_words(seats: Seats, opens_case: OpensCase, plan: Plan) -> None:
    page = seats(Role.COUNCIL_MEMBER).get(f"{LIST}/{opens_case()}").text

    for text in [*(str(criterion.text) for criterion in plan.criteria), str(plan.fields[-1].text)]:
        assert text.replace('"', "&#34;") in page


def test_photo_and_road_are_linked(seats: Seats, opens_case: OpensCase, rows: Rows) -> None:
    case_id = opens_case(photo="a" * 64)
    ((nomination_id,),) = rows('SELECT nomination_id FROM review."case"')

    page = seats(Role.CLERK).get(f"{LIST}/{case_id}").text

    assert f'src="/anh/{"a" * 64}.jpg"' in page
    assert f'href="/hanh-trinh/{nomination_id}"' in page


@pytest.mark.parametrize(
    "typed",
    [{}, {"diem-G1": "9" * 50}, {"diem-G1": "８"}, {"diem-G1": "-0"}, {"note": "a\x00b"}, {"note": "x" * 9000}],
    ids=repr,
)
def test_a_sheet_that_cannot_be_kept_comes_back(
    seats: Seats, opens_case: OpensCase, rows: Rows, typed: dict[str, str]
) -> None:
    answer = seats(Role.COUNCIL_MEMBER).post(f"{LIST}/{opens_case()}/phieu-cham", data=typed)

    assert (answer.status_code, "Cần sửa" in answer.text) == (422, True)
    assert rows("SELECT count(*) FROM review.sheet") == [(0,)]


def test_a_remark_that_is_too_long_is_told_with_its_length(seats: Seats, opens_case: OpensCase, plan: Plan) -> None:
    points = {f"diem-{name}": "5" for name in [*(each.id for each in plan.criteria), plan.fields[-1].id]}

    answer = seats(Role.COUNCIL_MEMBER).post(f"{LIST}/{opens_case()}/phieu-cham", data=points | {"note": "x" * 1001})

    assert answer.status_code == 422
    assert ("1001" in answer.text, "%(" in answer.text) == (True, False)


@pytest.mark.parametrize(
    "typed", [{}, {"outcome": "maybe"}, {"outcome": "declined"}, {"outcome": "nurture", "phrases": "x"}]
)
def test_a_decision_that_cannot_be_made_comes_back(
    seats: Seats, opens_case: OpensCase, scored, rows: Rows, typed: dict[str, str]
) -> None:
    case_id = opens_case()
    scored(case_id, 8, 8, 8)

    answer = seats(Role.CHAIR).post(f"{LIST}/{case_id}/quyet-dinh", data=typed)

    assert (answer.status_code, "Cần sửa 1 chỗ" in answer.text) == (422, True)
    assert rows('SELECT stage FROM review."case"') == [("open",)]


def test_a_form_from_a_foreign_page_is_refused(seats: Seats, opens_case: OpensCase, scored, rows: Rows) -> None:
    case_id = opens_case()
    scored(case_id, 8, 8, 8)

    answer = seats(Role.CHAIR).post(
        f"{LIST}/{case_id}/quyet-dinh", data={"outcome": "recognised"}, headers={"origin": "https://evil.example"}
    )

    assert answer.status_code == 403
    assert rows('SELECT stage FROM review."case"') == [("open",)]


def test_there_is_no_paper_before_it_was_submitted(seats: Seats, opens_case: OpensCase) -> None:
    answer = seats(Role.CLERK).get(f"{LIST}/{opens_case()}/to-trinh.pdf")

    assert (answer.status_code, "chưa trình khen thưởng" in answer.text) == (404, True)


def test_the_plans_words_come_in_english_when_asked(seats: Seats, opens_case: OpensCase, plan: Plan) -> None:
    page = seats(Role.COUNCIL_MEMBER).get(f"{LIST}/{opens_case()}?lang=en").text

    assert plan.criteria[0].text.en in page.replace("&#34;", '"').replace("&#39;", "'")


@pytest.fixture
def came_by_link(seats: Seats, rows: Rows) -> Callable[[Role, UUID], TestClient]:
    """Somebody whose session an approval link opened, for this case."""

    def opened(role: Role, case_id: UUID) -> TestClient:
        browser = seats(role)
        rows(
            "UPDATE identity.session SET errand = :errand, case_id = :case",
            errand=(Errand.DECIDE if role is Role.CHAIR else Errand.SCORE).value,
            case=case_id,
        )
        return browser

    return opened


@pytest.mark.parametrize(
    ("role", "sends"),
    [(Role.COUNCIL_MEMBER, {"phieu-cham"}), (Role.CHAIR, {"quyet-dinh", "xem-truoc"})],
)
def test_who_came_by_an_approval_link_sees_only_what_they_may_open(
    came_by_link, opens_case: OpensCase, scored, role: Role, sends: set[str]
) -> None:
    opens_case()  # an earlier one of the same name, which the page tells of
    case_id = opens_case()
    scored(case_id, 8, 8, 8)
    page = f"{LIST}/{case_id}"

    shown = came_by_link(role, case_id).get(page)

    assert shown.status_code == 200
    assert "Đã được đề cử trước đây" in shown.text
    links = {href for href in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', shown.text) if not href.startswith("#")}
    forms = set(re.findall(r'\b(?:action|formaction|hx-post)="([^"]*)"', shown.text))
    assert links == {"/", f"{page}?lang=en"}
    assert forms == {"/dang-xuat", *(f"{page}/{step}" for step in sends)}


def test_who_came_by_an_approval_link_stays_with_the_case(came_by_link, opens_case: OpensCase, plan: Plan) -> None:
    case_id = opens_case()
    opens_case(name="Người Tiếp Theo")
    sheet = {f"diem-{measure.id}": "8" for measure in measures_of(plan, plan.fields[-1].id)}
    browser = came_by_link(Role.COUNCIL_MEMBER, case_id)

    answer = browser.post(f"{LIST}/{case_id}/phieu-cham", data={**sheet, "next": "1"})

    where = f"{LIST}/{case_id}?xong={case_id}#da-gui=phieu-{case_id}"  # the device drops what it has kept of the sheet
    assert (answer.status_code, answer.headers["location"]) == (303, where)
    assert browser.get(answer.headers["location"]).status_code == 200

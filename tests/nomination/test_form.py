"""The village form without scripts: four sheets, a check, a receipt."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine

from services.nomination.rules.typed import Sheet
from tests.nomination.conftest import STORY, TYPED, Somebody, begun, complete, events, filled, stage_of
from tests.nomination.reading import id_of, words


def test_a_draft_goes_sheet_by_sheet_to_the_check_and_becomes_a_receipt(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    draft = begun(browser)

    ways = [browser.post(f"{draft}/{sheet}", data=typed).headers["location"] for sheet, typed in TYPED.items()]
    check = browser.get(f"{draft}/kiem-tra")
    sent = browser.post(f"{draft}/kiem-tra")
    receipt = browser.get(sent.headers["location"])

    assert ways == [f"{draft}/viec", f"{draft}/anh", f"{draft}/kiem-tra"]
    assert "Bà Ấm hiến 300 m2 đất làm đường thôn" in words(check)
    assert "Cần sửa" not in words(check)
    code = events(database, "nomination.submitted")[0]["code"]
    assert code in words(receipt)
    assert "Xã trả lời trước hết ngày 11/04/2025" in words(receipt)
    assert "<svg" in receipt.text


def test_the_form_says_the_same_as_the_api(head: Somebody, database: Engine) -> None:
    browser = head.browser()

    draft = filled(browser, viec={"headline": "Hiến đất làm đường thôn"})
    browser.post(f"{draft}/kiem-tra")
    browser.post(f"{draft}/rut", data={"reason": "Gửi lại bằng chương trình."})  # or else it would be there already
    browser.post("/api/v1/nominations", json=complete(), headers={"idempotency-key": "k"})

    by_form, by_api = events(database, "nomination.submitted")
    own = {"nomination_id", "code"}
    assert {key: value for key, value in by_form.items() if key not in own} == {
        key: value for key, value in by_api.items() if key not in own
    }


def test_a_faulty_sheet_comes_back_with_everything_that_was_typed(head: Somebody) -> None:
    browser = head.browser()
    draft = begun(browser)

    response = browser.post(
        f"{draft}/viec", data={"field": "F13", "story": "Ngắn quá.", "headline": "Tóm tắt", "happened_on": "hôm qua"}
    )

    assert response.status_code == 422
    assert "<title>Lỗi: Việc làm tốt là gì?" in response.text
    assert "Bài kể chỉ có 9 chữ cái. Hãy viết ít nhất 20 chữ cái." in words(response)
    assert "“hôm qua” không phải ngày." in words(response)
    assert 'href="#story"' in response.text
    assert "Ngắn quá.</textarea>" in response.text
    assert 'value="hôm qua"' in response.text
    assert 'value="Tóm tắt"' in response.text
    assert re.search(r'value="F13" checked', response.text)


def test_what_was_typed_wrong_is_there_tomorrow(head: Somebody) -> None:
    browser = head.browser()
    draft = begun(browser)
    browser.post(f"{draft}/viec", data={"story": "Ngắn quá.", "happened_on": "hôm qua"})

    page = browser.get(f"{draft}/viec")

    assert page.status_code == 200
    assert "Ngắn quá.</textarea>" in page.text
    assert 'value="hôm qua"' in page.text


def test_an_unfinished_sheet_can_be_put_aside(head: Somebody) -> None:
    browser = head.browser()
    draft = begun(browser)

    later = browser.post(f"{draft}/ai", data={"name": "Lò Thị", "later": "1"})

    assert (later.status_code, later.headers["location"]) == (303, "/de-cu")
    assert "Lò Thị" in words(browser.get("/de-cu"))


def test_no_consent_and_no_field_is_ticked_before_somebody_ticks_it(head: Somebody) -> None:
    browser = head.browser()
    draft = begun(browser)

    pages = "".join(browser.get(f"{draft}/{sheet}").text for sheet in TYPED)

    assert re.findall(r'name="(\w+)" value="\w+" checked', pages) == ["subject_kind", "model_kind", "proof"]


def test_the_form_has_four_screens_and_nine_fields_of_which_five_are_required(head: Somebody) -> None:
    browser = head.browser()
    draft = begun(browser)
    sheets = [browser.get(f"{draft}/{sheet}").text for sheet in Sheet]
    asked = [re.sub(r"(?s)<details.*?</details>", "", page.partition("<main")[2]) for page in sheets]

    fields = [list(dict.fromkeys(re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', page))) for page in asked]
    optional = sum(page.count('class="optional"') for page in asked)
    required = [browser.post(f"{draft}/{sheet}", data={}).text.count('class="wrong"') for sheet in Sheet]

    assert len(Sheet) + 1 == 4  # and the check
    assert fields == [["name", "address", "birth_year", "phone"], ["story", "field"], ["photo", "given_by", "publish"]]
    assert (sum(map(len, fields)), optional, required) == (9, 4, [1, 2, 2])


def test_what_the_short_form_does_not_ask_is_the_plans_usual_answer(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    draft = begun(browser)
    browser.post(f"{draft}/ai", data={"name": "Lò Thị Ấm"})
    browser.post(f"{draft}/viec", data={"field": "F13", "story": STORY})
    browser.post(f"{draft}/anh", data={"given_by": "self", "publish": ["name"]})

    check = words(browser.get(f"{draft}/kiem-tra"))
    browser.post(f"{draft}/kiem-tra")

    said = events(database, "nomination.submitted")[0]
    kinds = (said["subject_kind"], said["model_kind"], said["movement"], said["consent"]["proof"])
    assert kinds == ("individual", "role_model", "new_countryside", "spoken")
    assert "Cá nhân" in check
    assert "Nói trực tiếp" in check


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ai": {"name": ""}}, "Hãy ghi họ và tên"),
        ({"ai": {"name": "A" * 151}}, "Dài 151 chữ cái, tối đa là 150"),
        ({"ai": {"name": "Lò\x00Ấm"}}, "không phải bảng mã Unicode"),
        ({"ai": {"name": "NguyÔn V¨n ¸nh"}}, "phông cũ (TCVN3, VNI)"),
        ({"ai": {"subject_kind": "robot"}}, "Kế hoạch không có “robot”"),
        ({"ai": {"birth_year": "2012"}}, "cần cha mẹ hoặc người giám hộ đồng ý"),
        ({"viec": {"field": ""}}, "Hãy chọn lĩnh vực"),
        ({"viec": {"field": "F99"}}, "Kế hoạch không có “F99”"),
        ({"viec": {"story": "x" * 30_000}}, "tối đa là 5000"),
        ({"viec": {"happened_on": "28/3/2025"}}, "Ngày 28/03/2025 chưa tới"),
        ({"viec": {"movement": "marathon"}}, "Kế hoạch không có “marathon”"),
        ({"ai": {"phone": "0912"}}, "“0912” không phải số điện thoại"),
        ({"anh": {"given_by": ""}}, "Hãy cho biết ai đã đồng ý"),
        ({"anh": {"given_by": "not_asked"}}, "Hãy hỏi người được đề cử trước khi gửi"),
        ({"anh": {"publish": []}}, "Hãy đánh dấu ít nhất một việc"),
    ],
)
def test_a_draft_with_a_fault_cannot_be_sent_and_is_kept(
    head: Somebody, database: Engine, change: dict[str, dict[str, Any]], said: str
) -> None:
    browser = head.browser()
    draft = filled(browser, **change)

    response = browser.post(f"{draft}/kiem-tra")

    assert response.status_code == 422
    assert said in words(response)
    assert stage_of(database, id_of(draft)) == "draft"
    assert events(database, "nomination.submitted") == []


@pytest.mark.parametrize("encoded", [b"name=L%F2+Th%FE", b"name=L%C3"])
def test_bytes_that_are_no_utf_8_are_said_to_be_none(head: Somebody, encoded: bytes) -> None:
    browser = head.browser()

    response = browser.post(
        f"{begun(browser)}/ai", content=encoded, headers={"content-type": "application/x-www-form-urlencoded"}
    )

    assert response.status_code == 422
    assert "không phải bảng mã Unicode" in words(response)


@pytest.mark.parametrize("asked", ["%00", "%ff", "x" * 5000, "' OR 1=1 --", "\\%_"])
def test_a_strange_search_finds_nothing(head: Somebody, asked: str) -> None:
    browser = head.browser()
    browser.post("/api/v1/nominations", json=complete(), headers={"idempotency-key": "k"})

    assert browser.get(f"/de-cu?q={asked}&trang=2").status_code == 200


def test_the_way_from_a_fault_leads_to_its_box_and_back_to_the_check(head: Somebody) -> None:
    browser = head.browser()
    draft = filled(browser, viec={"field": ""})
    check = browser.post(f"{draft}/kiem-tra")

    assert f'href="{draft}/viec?then=check#field"' in check.text
    assert 'name="then" value="check"' in browser.get(f"{draft}/viec?then=check").text
    repaired = browser.post(f"{draft}/viec", data=TYPED["viec"] | {"then": "check"})
    assert repaired.headers["location"] == f"{draft}/kiem-tra"


def test_sent_twice_it_is_one_nomination(head: Somebody, database: Engine) -> None:
    with head.browser() as browser, ThreadPoolExecutor(8) as crowd:
        draft = filled(browser)
        answers = list(crowd.map(lambda _: browser.post(f"{draft}/kiem-tra"), range(8)))

    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {(303, draft)}
    assert len(events(database, "nomination.submitted")) == 1


def test_what_was_sent_cannot_be_rewritten(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    draft = filled(browser)
    browser.post(f"{draft}/kiem-tra")

    refused = browser.post(f"{draft}/ai", data=TYPED["ai"] | {"name": "Người khác"})

    assert refused.status_code == 422
    assert "không sửa được nữa" in words(refused)
    assert browser.get(f"{draft}/ai").headers["location"] == draft


def test_after_withdrawal_it_cannot_be_sent_again(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    draft = filled(browser)
    browser.post(f"{draft}/kiem-tra")

    withdrawn = browser.post(f"{draft}/rut", data={"reason": "Gia đình không muốn nêu tên"})
    refused = browser.post(f"{draft}/kiem-tra")

    assert withdrawn.headers["location"] == draft
    assert refused.status_code == 422
    assert "đã được rút, không gửi lại được" in words(refused)
    assert len(events(database, "nomination.submitted")) == 1
    assert "Gia đình không muốn nêu tên" in words(browser.get(draft))


def test_withdrawal_asks_for_a_reason_and_keeps_what_was_typed(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    draft = filled(browser)
    browser.post(f"{draft}/kiem-tra")

    response = browser.post(f"{draft}/rut", data={"reason": "vì"})

    assert response.status_code == 422
    assert "Hãy ghi lý do rút" in words(response)
    assert "vì</textarea>" in response.text
    assert stage_of(database, id_of(draft)) == "submitted"


def test_a_draft_can_be_thrown_away(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    draft = filled(browser)

    assert browser.post(f"{draft}/bo-nhap").headers["location"] == "/de-cu"
    assert browser.get(draft).status_code == 404
    with database.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM nomination.draft_sheet").scalar() == 0


def test_drafts_stand_first_and_the_list_is_searched_without_accents(head: Somebody) -> None:
    browser = head.browser()
    for number, name in enumerate(["Đặng Thị Hoà", "Vi Văn Nam"]):
        nominee = complete()["nominee"] | {"name": name}
        browser.post("/api/v1/nominations", json=complete(nominee=nominee), headers={"idempotency-key": str(number)})
    filled(browser, ai={"name": "Người chưa gửi"})

    everything, found = words(browser.get("/de-cu")), words(browser.get("/de-cu?q=dang%20hoa"))

    assert everything.index("Người chưa gửi") < everything.index("Đặng Thị Hoà") < everything.index("Vi Văn Nam")
    assert "Đặng Thị Hoà" in found
    assert "Vi Văn Nam" not in found
    assert "Không tìm thấy" in words(browser.get("/de-cu?q=%25"))


def test_the_same_name_again_is_pointed_out(head: Somebody) -> None:
    browser = head.browser()
    browser.post("/api/v1/nominations", json=complete(), headers={"idempotency-key": "k"})

    draft = filled(browser, ai={"name": "lo thi am"})
    check = words(browser.get(f"{draft}/kiem-tra"))
    while_typing = browser.post("/de-cu/da-de-cu", data={"name": "LÒ THỊ ẤM", "phone": ""})

    assert "Người này hình như đã được đề cử." in check
    assert "Lò Thị Ấm, Thôn 1 : Hiến đất làm đường thôn (DC-2025-" in words(while_typing)
    assert "<html" not in while_typing.text


def test_the_same_telephone_again_is_pointed_out_whatever_the_name(
    head: Somebody, somebody: Callable[..., Somebody]
) -> None:
    nominee = complete()["nominee"] | {"phone": "+84 912 345 678"}
    head.browser().post("/api/v1/nominations", json=complete(nominee=nominee), headers={"idempotency-key": "k"})

    def hint(who: Somebody, **typed: str) -> str:
        return words(who.browser().post("/de-cu/da-de-cu", data=typed))

    assert "Lò Thị Ấm" in hint(head, name="Bà Ấm", phone="0912.345.678")
    assert hint(head, name="Bà Ấm", phone="0912 345 679").strip() == ""
    assert hint(somebody("village-2"), name="Lò Thị Ấm", phone="0912 345 678").strip() == ""


def test_the_last_movement_and_the_own_village_are_offered(head: Somebody) -> None:
    browser = head.browser()
    browser.post("/api/v1/nominations", json=complete(movement="thrift"), headers={"idempotency-key": "k"})
    draft = begun(browser)

    assert 'value="Thôn 1"' in browser.get(f"{draft}/ai").text
    assert 'value="thrift" selected' in browser.get(f"{draft}/viec").text


def test_after_the_plans_period_no_draft_is_begun_and_an_old_one_is_not_sent(
    head: Somebody, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shared.settings import settings  # noqa: PLC0415 -- read again after the clock moved

    browser = head.browser()
    draft = filled(browser)
    monkeypatch.setenv("GUONGSANG_CLOCK_OFFSET_S", "0")
    settings.cache_clear()

    refused = [browser.post("/de-cu/moi"), browser.post(f"{draft}/kiem-tra")]

    assert [answer.status_code for answer in refused] == [422, 422]
    assert all("từ 01/04/2023 đến hết 31/12/2025" in words(answer) for answer in refused)
    assert "Hôm nay chưa gửi đề cử mới được" in words(browser.get("/de-cu"))
    assert stage_of(database, id_of(draft)) == "draft"


def test_the_receipt_can_be_printed(head: Somebody) -> None:
    browser = head.browser()
    draft = filled(browser)
    browser.post(f"{draft}/kiem-tra")

    paper = browser.get(f"{draft}/phieu.pdf")

    assert (paper.status_code, paper.headers["content-type"]) == (200, "application/pdf")
    assert paper.content.startswith(b"%PDF-")


def test_a_body_of_50_mb_on_the_form_is_refused(head: Somebody) -> None:
    browser = head.browser()
    draft = begun(browser)

    huge = b"\xff\xd8\xff" + b"x" * 50_000_000
    response = browser.post(f"{draft}/anh", files={"photo": ("a.jpg", huge, "image/jpeg")})

    assert response.status_code == 413
    assert "Hãy chọn ảnh nhỏ hơn" in words(response)

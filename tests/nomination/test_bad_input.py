"""What programs send wrongly: each fault in words, nothing taken, never our fault."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.nomination.calls import PATH, faults, raw, sent
from tests.nomination.conftest import Somebody, complete, events


@pytest.mark.parametrize("key", [None, "", "khóa", "x" * 201])
def test_without_a_usable_key_nothing_is_taken(head: Somebody, database: Engine, key: str | None) -> None:
    headers = {} if key is None else {"idempotency-key": key.encode()}

    response = head.browser().post(PATH, json=complete(), headers=headers)

    assert response.status_code == 422
    assert "Idempotency-Key" in response.json()["detail"]
    assert events(database, "nomination.submitted") == []


def consent(**changes: object) -> dict[str, object]:
    return {"consent": complete()["consent"] | changes}


def nominee(**changes: object) -> dict[str, object]:
    return {"nominee": complete()["nominee"] | changes}


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        (nominee(name="A" * 151), "nominee.name", "Dài 151 chữ cái, tối đa là 150."),
        (nominee(name="A" * 100_000), "nominee.name", "Dài 100000 chữ cái, tối đa là 150."),
        (nominee(name="Ấ"), "nominee.name", "Hãy ghi đủ họ và tên."),
        (nominee(name="Lò\x00Ấm"), "nominee.name", "Có ký tự không đọc được (U+0000)."),
        (nominee(name="NguyÔn V¨n ¸nh"), "nominee.name", "phông cũ (TCVN3, VNI)"),
        (nominee(name=7), "nominee.name", "Mục này phải là chữ."),
        (nominee(birth_year="mười"), "nominee.birth_year", "Mục này phải là số nguyên."),
        (nominee(birth_year=1800), "nominee.birth_year", "Năm sinh 1800 không hợp lý."),
        (nominee(birth_year=10**9), "nominee.birth_year", "Số này lớn quá."),
        (nominee(birth_year=2012), "consent.given_by", "cần cha mẹ hoặc người giám hộ đồng ý."),
        ({"story": "a" * 5001}, "story", "Dài 5001 chữ cái, tối đa là 5000."),
        ({"story": "Ngắn."}, "story", "Hãy viết ít nhất 20 chữ cái."),
        ({"story": ["x"]}, "story", "Mục này phải là chữ."),
        ({"field": "F99"}, "field", "Kế hoạch không có “F99”. Hãy chọn một trong: F01, F02"),
        ({"movement": "x"}, "movement", "Hãy chọn một trong: new_countryside"),
        ({"model_kind": "x"}, "model_kind", "Hãy chọn một trong: role_model"),
        ({"subject_kind": "x"}, "subject_kind", "Hãy chọn một trong: individual"),
        ({"areas": ["x"]}, "areas", "Hãy chọn một trong: work"),
        ({"areas": ["work"] * 51}, "areas", "tối đa 50"),
        ({"unit": "village-9"}, "unit", "Bạn không đề cử thay đơn vị “village-9” được."),
        ({"happened_on": "2025-03-28"}, "happened_on", "Ngày 28/03/2025 chưa tới"),
        ({"happened_on": "1944-12-31"}, "happened_on", "từ năm 1945"),
        ({"happened_on": "27/3/2025"}, "happened_on", "năm-tháng-ngày"),
        ({"happened_on": "2025-02-30"}, "happened_on", "năm-tháng-ngày"),
        ({"photo": "../../etc/passwd"}, "photo", "PUT /api/v1/photos"),
        ({"photo": "a" * 64}, "photo", "Hãy tải ảnh lên trước"),
        ({"colour": "red"}, "colour", "Không có mục nào tên như vậy."),
        (consent(colour="red"), "consent.colour", "Không có mục nào tên như vậy."),
        (consent(given_by="neighbour"), "consent.given_by", "'self', 'representative'"),
        (consent(given_by="not_asked"), "consent.given_by", "'self', 'representative'"),
        (consent(publish_name=False, publish_story=False), "consent.publish_story", "đánh dấu ít nhất một"),
        (consent(publish_name="maybe"), "consent.publish_name", "true hoặc false"),
        ({"consent": None}, "consent", "phải là một đối tượng JSON"),
    ],
)
def test_each_bad_field_is_named_with_what_to_do_and_nothing_is_taken(
    head: Somebody, database: Engine, change: dict[str, object], field: str, said: str
) -> None:
    response = sent(head.browser(), complete(**change))

    assert response.status_code == 422
    assert list(faults(response)) == [field]
    assert said in faults(response)[field]
    assert events(database, "nomination.submitted") == []


def test_a_nomination_without_consent_is_refused(head: Somebody) -> None:
    nomination = complete()
    del nomination["consent"]

    response = sent(head.browser(), nomination)

    assert faults(response) == {"consent": "Thiếu sự đồng ý. Hãy ghi ai đồng ý, bằng cách nào, cho việc gì."}


def test_all_bad_fields_are_named_at_once(head: Somebody) -> None:
    response = sent(head.browser(), complete(**nominee(name=7), story=3, field="F99", movement="x"))

    assert sorted(faults(response)) == ["field", "movement", "nominee.name", "story"]


def test_a_refused_key_is_free_again(head: Somebody) -> None:
    refused = sent(head.browser(), complete(field="F99"))
    corrected = sent(head.browser(), complete())

    assert (refused.status_code, corrected.status_code) == (422, 201)


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        (b"", "0", "JSON"),
        (b"{", "0", "JSON"),
        (b"[]", "0", "một đối tượng JSON"),
        (b"null", "0", "một đối tượng JSON"),
        (b"[" * 100_000, "0", "JSON"),
        (b'{"story": "\\ud800"}', "0", "JSON"),
        ('{"nominee": {"name": "Lò"}}'.encode("cp1252"), "body", "UTF-8"),
        (b'{"nominee": "\xff\xfe"}', "body", "UTF-8"),
    ],
)
def test_a_body_that_is_no_json_is_said_to_be_none(head: Somebody, body: bytes, field: str, said: str) -> None:
    response = raw(head.browser(), body)

    assert response.status_code == 422
    assert said in " ".join(faults(response).values())
    assert field is not None


def test_decomposed_letters_are_stored_composed(head: Somebody, database: Engine) -> None:
    decomposed = complete(**nominee(name="Lo\u0300 Thi\u0323 A\u0302\u0301m"))

    assert sent(head.browser(), decomposed).status_code == 201
    assert events(database, "nomination.submitted")[0]["personal"]["name"] == "Lò Thị Ấm"


def test_a_byte_order_mark_does_no_harm(head: Somebody) -> None:
    assert raw(head.browser(), b"\xef\xbb\xbf" + json.dumps(complete()).encode()).status_code == 201


def test_a_body_of_50_mb_is_refused_while_it_streams(head: Somebody) -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        for _ in range(800):
            read += 65_536
            yield b"x" * 65_536

    response = head.browser().post(PATH, content=endless(), headers={"idempotency-key": "k"})

    assert response.status_code == 413
    assert "vượt quá 256 KB" in response.json()["detail"]


def test_outside_the_plans_period_nothing_is_taken(
    head: Somebody, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shared.settings import settings  # noqa: PLC0415 -- read again after the clock moved

    monkeypatch.setenv("GUONGSANG_CLOCK_OFFSET_S", "0")
    settings.cache_clear()

    response = sent(head.browser(), complete(happened_on=None))

    assert response.status_code == 422
    assert "từ 01/04/2023 đến hết 31/12/2025" in response.json()["detail"]
    assert events(database, "nomination.submitted") == []

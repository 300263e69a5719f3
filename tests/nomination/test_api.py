"""Nominations from programs: once, complete, and each fault in words."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from shared.access.principal import Role
from shared.plan import Plan
from tests.nomination.conftest import Somebody, complete, events, stage_of

PATH = "/api/v1/nominations"


def sent(browser: TestClient, nomination: dict[str, Any], key: str = "k1") -> Any:
    return browser.post(PATH, json=nomination, headers={"idempotency-key": key})


def raw(browser: TestClient, body: bytes, key: str = "k1") -> Any:
    return browser.post(
        PATH, content=body, headers={"idempotency-key": key, "content-type": "application/json"}
    )


def faults(response: Any) -> dict[str, str]:
    assert response.headers["content-type"] == "application/problem+json"
    return {entry["field"]: entry["detail"] for entry in response.json().get("errors", [])}


def test_a_complete_nomination_gets_a_receipt_and_is_said_once(head: Somebody, database: Engine, plan: Plan) -> None:
    response = sent(head.browser(), complete())

    receipt = response.json()
    assert response.status_code == 201
    assert receipt["answer_by"] == "2025-04-10"
    assert receipt["links"]["self"] == response.headers["location"] == f"{PATH}/{receipt['id']}"
    assert receipt["links"]["look_up"] == f"/tra-cuu/{receipt['code']}"
    assert events(database, "nomination.submitted") == [
        {
            "nomination_id": receipt["id"],
            "code": receipt["code"],
            "unit_id": str(plan.unit_by_key("village-1").id),
            "unit_key": "village-1",
            "source": "village",
            "subject_kind": "individual",
            "model_kind": "good_deed",
            "field": "F13",
            "movement": "new_countryside",
            "areas": ["work"],
            "initiative": False,
            "direct_worker": True,
            "headline": "Hiến đất làm đường thôn",
            "story": complete()["story"],
            "happened_on": "2025-02-10",
            "photo": None,
            "submitted_on": "2025-03-27",
            "answer_by": "2025-04-10",
            "consent": {
                "given_by": "self",
                "proof": "spoken",
                "publish_name": True,
                "publish_story": True,
                "publish_photo": False,
                "text_version": "2026-1",
            },
            "personal": {"name": "Lò Thị Ấm", "birth_year": 1975, "address": "Thôn 1"},
        }
    ]


def test_the_event_names_the_person_the_plan_and_its_clause(head: Somebody, database: Engine, plan: Plan) -> None:
    sent(head.browser(), complete())

    with database.connect() as connection:
        said = connection.exec_driver_sql("SELECT * FROM bus.event WHERE type LIKE '%%nomination.submitted%%'").one()
    assert (said.planid, said.unitid, said.actorid) == (plan.id, plan.unit.id, head.principal.person_id)
    assert said.planstep == "II.2.c"
    assert said.traceparent


def test_the_same_request_again_gets_the_same_answer_and_no_second_event(head: Somebody, database: Engine) -> None:
    first = sent(head.browser(), complete())
    again = sent(head.browser(), complete())

    assert (again.status_code, again.json()) == (201, first.json())
    assert len(events(database, "nomination.submitted")) == 1


def test_twenty_at_once_with_one_key_are_one_nomination(head: Somebody, database: Engine) -> None:
    with head.browser() as browser, ThreadPoolExecutor(20) as crowd:
        answers = list(crowd.map(lambda _: sent(browser, complete()), range(20)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len(events(database, "nomination.submitted")) == 1
    with database.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM nomination.nomination").scalar() == 1


def test_many_at_once_with_their_own_keys_all_get_their_own_code(head: Somebody, database: Engine) -> None:
    with head.browser() as browser, ThreadPoolExecutor(20) as crowd:
        answers = list(crowd.map(lambda number: sent(browser, complete(), f"key-{number}"), range(40)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["code"] for answer in answers}) == 40
    assert {said["code"] for said in events(database, "nomination.submitted")} == {
        answer.json()["code"] for answer in answers
    }


def test_a_key_used_for_something_else_is_refused_and_its_neighbours_are_not(
    head: Somebody, database: Engine
) -> None:
    sent(head.browser(), complete(), "used")
    other = complete(headline="Một việc khác hẳn")

    with head.browser() as browser, ThreadPoolExecutor(8) as crowd:
        keys = ["used", *(f"fresh-{number}" for number in range(7))]
        answers = list(crowd.map(lambda key: sent(browser, other, key), keys))

    assert [answer.status_code for answer in answers] == [422, *[201] * 7]
    assert "“used” đã dùng cho một nội dung khác" in answers[0].json()["detail"]
    assert len(events(database, "nomination.submitted")) == 8


def test_two_people_may_use_the_same_key(somebody: Callable[..., Somebody], database: Engine) -> None:
    for unit in ("village-1", "village-2"):
        assert sent(somebody(unit).browser(), complete()).status_code == 201

    assert [said["unit_key"] for said in events(database, "nomination.submitted")] == ["village-1", "village-2"]


@pytest.mark.parametrize("key", [None, "", "khóa", "x" * 201])
def test_without_a_usable_key_nothing_is_taken(head: Somebody, database: Engine, key: str | None) -> None:
    headers = {} if key is None else {"idempotency-key": key.encode()}

    response = head.browser().post(PATH, json=complete(), headers=headers)  # type: ignore[arg-type]

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


def test_a_nomination_is_shown_to_its_unit_and_not_to_another(somebody: Callable[..., Somebody]) -> None:
    ours, theirs = somebody("village-1"), somebody("village-2")
    receipt = sent(ours.browser(), complete()).json()

    shown = ours.browser().get(receipt["links"]["self"])
    hidden = theirs.browser().get(receipt["links"]["self"])

    assert shown.json() | {"happenings": []} == {
        **receipt,
        "stage": "submitted",
        "unit": "village-1",
        "source": "village",
        "nominee": "Lò Thị Ấm",
        "headline": "Hiến đất làm đường thôn",
        "submitted_on": "2025-03-27",
        "happenings": [],
    }
    assert hidden.status_code == 404


def test_another_communes_clerk_finds_nothing(somebody: Callable[..., Somebody], other_plan: Plan) -> None:
    receipt = sent(somebody("village-1").browser(), complete()).json()

    own = somebody("commune", Role.CLERK).browser().get(receipt["links"]["self"])
    foreign = somebody("commune", Role.CLERK, other_plan).browser().get(receipt["links"]["self"])

    assert (own.status_code, foreign.status_code) == (200, 404)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CHAIR, Role.COUNCIL_MEMBER])
def test_who_does_not_nominate_is_turned_away(somebody: Callable[..., Somebody], role: Role) -> None:
    assert sent(somebody("commune", role).browser(), complete()).status_code == 403


def test_without_a_name_nobody_comes_in(head: Somebody) -> None:
    stranger = head.browser()
    stranger.cookies.clear()

    assert sent(stranger, complete()).status_code == 401


@pytest.mark.parametrize(("unit", "source"), [("radio", "media"), ("emulation-council", "council")])
def test_the_clerk_enters_what_media_and_council_found(
    somebody: Callable[..., Somebody], database: Engine, unit: str, source: str
) -> None:
    clerk = somebody("commune", Role.CLERK)

    assert sent(clerk.browser(), complete(unit=unit)).status_code == 201
    assert [(said["unit_key"], said["source"]) for said in events(database, "nomination.submitted")] == [
        (unit, source)
    ]


def test_a_withdrawn_nomination_stays_withdrawn_and_is_said_once(head: Somebody, database: Engine) -> None:
    receipt = sent(head.browser(), complete()).json()
    path = f"{receipt['links']['self']}/withdraw"

    without = head.browser().post(path, json={"reason": "  "})
    first = head.browser().post(path, json={"reason": "Gia đình không muốn nêu tên"})
    again = head.browser().post(path, json={"reason": "Gia đình không muốn nêu tên"})

    assert faults(without) == {"reason": "Hãy ghi lý do rút, ít nhất 5 chữ cái, để xã biết."}
    assert (first.status_code, first.json()["stage"]) == (200, "withdrawn")
    assert again.json() == first.json()
    assert [said["reason"] for said in events(database, "nomination.withdrawn")] == ["Gia đình không muốn nêu tên"]
    assert stage_of(database, receipt["id"]) == "withdrawn"


def test_nobody_withdraws_another_units_nomination(somebody: Callable[..., Somebody], database: Engine) -> None:
    receipt = sent(somebody("village-1").browser(), complete()).json()

    response = somebody("village-2").browser().post(
        f"{receipt['links']['self']}/withdraw", json={"reason": "Không phải của tôi"}
    )

    assert response.status_code == 404
    assert stage_of(database, receipt["id"]) == "submitted"


def test_an_unknown_nomination_is_not_found(head: Somebody) -> None:
    assert head.browser().get(f"{PATH}/{uuid4()}").status_code == 404

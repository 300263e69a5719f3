"""A whole nomination in one request, as a phone sends it when the line returns."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from tests.nomination.calls import faults
from tests.nomination.conftest import STORY, Somebody, events
from tests.nomination.test_photos import jpeg

TYPED: dict[str, Any] = {
    "name": "Lò Thị Ấm",
    "address": "Thôn 1",
    "phone": "0912 345 678",
    "field": "F13",
    "story": STORY,
    "given_by": "self",
    "publish": ["name", "story"],
}


def sent(who: Somebody, key: str, *, photos: int = 0, **changes: Any) -> Any:
    uploads = [("photo", (f"{side}.jpg", jpeg(400 + side, 300), "image/jpeg")) for side in range(photos)]
    typed = TYPED | {"person": str(who.principal.person_id)} | changes
    headers = {"idempotency-key": key, "accept": "application/json"}
    with who.browser() as browser:
        return browser.post("/de-cu/gui", data=typed, files=uploads or None, headers=headers)


def test_text_and_photos_become_one_nomination_with_a_receipt(head: Somebody, database: Engine) -> None:
    answer = sent(head, str(uuid4()), photos=2)

    assert answer.status_code == 201
    said = events(database, "nomination.submitted")[0]
    assert answer.json() == {"code": said["code"], "href": f"/de-cu/{said['nomination_id']}"}
    assert "0912" not in str(said)
    assert head.browser().get(answer.json()["href"]).text.count("srcset") == 2


def test_the_same_key_eight_times_at_once_is_one_nomination(head: Somebody, database: Engine) -> None:
    key = str(uuid4())

    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(lambda _: sent(head, key, photos=1), range(8)))
    later = sent(head, key, photos=1)

    assert {answer.status_code for answer in answers} == {201}
    assert {answer.text for answer in answers} == {later.text}
    assert len(events(database, "nomination.submitted")) == 1


def test_a_key_is_not_taken_for_something_else_nor_from_somebody_else(
    head: Somebody, somebody: Callable[..., Somebody], database: Engine
) -> None:
    key = str(uuid4())
    sent(head, key)

    other_text = sent(head, key, story=STORY + " Thêm một câu.")
    other_person = sent(somebody("village-2"), str(uuid4()), person=str(head.principal.person_id))
    without = sent(head, "")

    assert [answer.status_code for answer in (other_text, other_person, without)] == [422, 401, 422]
    assert len(events(database, "nomination.submitted")) == 1


@pytest.mark.parametrize(
    ("changes", "box", "says"),
    [
        ({"name": ""}, "name", "Hãy ghi họ và tên"),
        ({"given_by": "not_asked"}, "given_by", "Hãy hỏi người được đề cử"),
        ({"publish": []}, "publish", "Hãy đánh dấu ít nhất một việc"),
        ({"photos": 4}, "photo", "Có 4 ảnh, chỉ gửi được 3 ảnh"),
        ({"story": "x" * 30_000}, "story", "tối đa là 5000"),
    ],
)
def test_what_is_wrong_is_said_box_by_box_and_nothing_is_kept(
    head: Somebody, database: Engine, changes: dict[str, Any], box: str, says: str
) -> None:
    answer = sent(head, str(uuid4()), **changes)

    assert answer.status_code == 422
    assert says in faults(answer)[box]
    assert events(database, "nomination.submitted") == []


def test_what_a_phone_keeps_says_nothing_about_whoever_asks(head: Somebody) -> None:
    pages = [head.browser().get(path).text for path in ("/de-cu/tren-may", "/de-cu/hang-doi", "/de-cu/sw.js")]

    assert head.principal.name in head.browser().get("/de-cu").text
    assert not any(known in page for page in pages for known in (head.principal.name, str(head.principal.person_id)))
    assert "Bạn đề cử ai?" in pages[0]

"""Photos: taken as pictures only, shown to those who may see them."""

import io
import re
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import Engine
from starlette.testclient import TestClient

from services.nomination.handlers import note_publication
from shared.access.principal import Role
from shared.plan import Plan
from tests.nomination.conftest import Somebody, begun, complete, events, filled
from tests.nomination.reading import words
from tests.nomination.test_news import hear, published

PATH = "/api/v1/photos"


def jpeg(width: int = 800, height: int = 600) -> bytes:
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 60,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def brought(browser: TestClient, upload: bytes) -> Any:
    return browser.put(PATH, content=upload, headers={"content-type": "image/jpeg"})


def test_a_photo_is_kept_under_its_content(head: Somebody, database: Engine) -> None:
    browser = head.browser()

    first = brought(browser, jpeg())
    again = browser.put(PATH, files={"photo": ("ảnh.jpg", jpeg(), "image/jpeg")})

    assert first.status_code == 201
    assert again.json() == first.json()
    assert (first.json()["width"], first.json()["height"]) == (800, 600)
    assert list(first.json()["links"]) == ["320", "640"]
    shown = browser.get(first.json()["links"]["320"])
    with Image.open(io.BytesIO(shown.content)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (320, 240))


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (b"", "Chưa có tệp ảnh nào."),
        (b"%PDF-1.7 not a photo", "Tệp này không phải ảnh"),
        (b"\xff\xd8\xff" + b"broken" * 100, "Ảnh bị hỏng"),
        (bomb(), "quá nhiều điểm ảnh"),
    ],
)
def test_what_is_no_photo_is_refused_with_what_to_do(head: Somebody, upload: bytes, said: str) -> None:
    response = brought(head.browser(), upload)

    assert response.status_code == 422
    assert said in response.json()["errors"][0]["detail"]


@pytest.mark.parametrize("upload", [b"not a photo at all", bomb()])
def test_a_bad_photo_on_the_form_costs_nothing_that_was_typed(head: Somebody, upload: bytes) -> None:
    browser = head.browser()
    draft = begun(browser)

    response = browser.post(
        f"{draft}/anh",
        data={"given_by": "self", "proof": "signed_paper", "publish": ["name", "story"]},
        files={"photo": ("a.jpg", upload, "image/jpeg")},
    )

    assert response.status_code == 422
    assert "Hãy" in words(response)
    assert response.text.count(" checked") == 4
    assert browser.get(f"{draft}/anh").text.count(" checked") == 4


def test_three_photos_are_sent_and_a_fourth_is_refused_with_what_was_typed(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    draft = filled(browser)
    consent = {"given_by": "self", "proof": "spoken", "publish": ["name", "photo"]}
    four = [("photo", (f"{side}.jpg", jpeg(side, side), "image/jpeg")) for side in (400, 410, 420, 430)]

    refused = browser.post(f"{draft}/anh", data=consent, files=four)
    sent = browser.post(f"{draft}/anh", data=consent, files=four[:3])
    full = browser.get(f"{draft}/anh").text
    browser.post(f"{draft}/kiem-tra")

    assert (refused.status_code, sent.status_code) == (422, 303)
    assert "Có 4 ảnh, chỉ gửi được 3 ảnh" in words(refused)
    assert full.count("srcset") == 3
    assert 'type="file"' not in full
    assert browser.get(draft).text.count("srcset") == 3
    assert events(database, "nomination.submitted")[0]["photo"] is not None


def test_only_the_first_photo_goes_out_with_a_story(somebody: Callable[..., Somebody], plan: Plan) -> None:
    browser = somebody("village-1").browser()
    first, second = (brought(browser, jpeg(side, side)).json() for side in (400, 410))
    nomination = complete(
        photo=first["photo"], more_photos=[second["photo"]], consent=complete()["consent"] | {"publish_photo": True}
    )
    sent = browser.post("/api/v1/nominations", json=nomination, headers={"idempotency-key": "k"})
    hear(plan, note_publication, published(sent.json()["id"]))
    officer = somebody("commune", Role.CLERK).browser()

    seen_by_the_clerk = [officer.get(photo["links"]["320"]).status_code for photo in (first, second)]
    browser.cookies.clear()
    seen_by_everybody = [browser.get(photo["links"]["320"]).status_code for photo in (first, second)]

    assert (seen_by_the_clerk, seen_by_everybody) == ([200, 200], [200, 404])


def test_a_photo_of_11_mb_is_too_heavy(head: Somebody) -> None:
    response = brought(head.browser(), b"\xff\xd8\xff" + b"x" * (10 * 1024 * 1024 + 1))

    assert response.status_code == 422
    assert "nặng quá 10 MB" in response.json()["errors"][0]["detail"]


def test_a_photo_of_50_mb_is_refused_unread(head: Somebody) -> None:
    assert brought(head.browser(), b"\xff\xd8\xff" + b"x" * 50_000_000).status_code == 413


def test_a_photo_on_the_form_is_shown_can_be_replaced_and_taken_away(head: Somebody) -> None:
    browser = head.browser()
    draft = begun(browser)
    consent = {"given_by": "self", "proof": "spoken", "publish": ["name", "photo"]}

    browser.post(f"{draft}/anh", data=consent, files={"photo": ("a.jpg", jpeg(), "image/jpeg")})
    first = browser.get(f"{draft}/anh").text
    browser.post(f"{draft}/anh", data=consent)
    kept = browser.get(f"{draft}/anh").text
    address = re.findall(r'name="photo_away" value="(\w+)"', kept)
    browser.post(
        f"{draft}/anh",
        data=consent | {"photo_away": address},
        files={"photo": ("b.jpg", jpeg(640, 640), "image/jpeg")},
    )
    other = browser.get(f"{draft}/anh").text
    browser.post(f"{draft}/anh", data=consent | {"photo_away": re.findall(r'name="photo_away" value="(\w+)"', other)})
    gone = browser.get(f"{draft}/anh").text

    assert "/anh/" in first.partition("srcset")[2]
    assert kept == first
    assert "srcset" in other
    assert other != first
    assert "srcset" not in gone


def with_photo(browser: TestClient, **consent: bool) -> tuple[str, str]:
    """(nomination id, address of its photo)."""
    photo = brought(browser, jpeg()).json()
    nomination = complete(photo=photo["photo"], consent=complete()["consent"] | consent)
    sent = browser.post("/api/v1/nominations", json=nomination, headers={"idempotency-key": "k"})
    return sent.json()["id"], photo["links"]["320"]


def test_before_publication_only_those_concerned_see_a_photo(
    somebody: Callable[..., Somebody], other_plan: Plan
) -> None:
    _, address = with_photo(somebody("village-1").browser(), publish_photo=True)
    stranger = somebody("village-1").browser()
    stranger.cookies.clear()
    seen = {
        "own village": somebody("village-1").browser(),
        "clerk": somebody("commune", Role.CLERK).browser(),
        "council": somebody("commune", Role.COUNCIL_MEMBER).browser(),
        "other village": somebody("village-2").browser(),
        "other commune's clerk": somebody("commune", Role.CLERK, other_plan).browser(),
        "stranger": stranger,
    }

    assert {who: browser.get(address).status_code for who, browser in seen.items()} == {
        "own village": 200,
        "clerk": 200,
        "council": 200,
        "other village": 404,
        "other commune's clerk": 404,
        "stranger": 404,
    }


@pytest.mark.parametrize(("agreed", "status"), [(True, 200), (False, 404)])
def test_after_publication_everybody_sees_it_if_the_nominee_agreed(
    head: Somebody, plan: Plan, agreed: bool, status: int
) -> None:
    browser = head.browser()
    nomination_id, address = with_photo(browser, publish_photo=agreed)
    hear(plan, note_publication, published(nomination_id))

    browser.cookies.clear()

    assert browser.get(address).status_code == status


def test_a_withdrawn_photo_is_gone_at_once(head: Somebody, plan: Plan) -> None:
    browser = head.browser()
    nomination_id, address = with_photo(browser, publish_photo=True)
    hear(plan, note_publication, published(nomination_id))
    browser.post(f"/api/v1/nominations/{nomination_id}/withdraw", json={"reason": "Rút lại sự đồng ý"})

    browser.cookies.clear()

    assert browser.get(address).status_code == 404


def test_another_units_photo_cannot_be_used(somebody: Callable[..., Somebody], database: Engine) -> None:
    photo = brought(somebody("village-1").browser(), jpeg()).json()["photo"]

    refused = (
        somebody("village-2")
        .browser()
        .post("/api/v1/nominations", json=complete(photo=photo), headers={"idempotency-key": "k"})
    )

    assert refused.json()["errors"][0]["field"] == "photo"
    assert events(database, "nomination.submitted") == []


def test_the_clerks_photo_goes_over_to_the_village_it_nominates_for(somebody: Callable[..., Somebody]) -> None:
    clerk = somebody("commune", Role.CLERK).browser()
    draft = filled(clerk, ai={"unit": "village-3"})
    clerk.post(
        f"{draft}/anh",
        data={"given_by": "self", "proof": "spoken", "publish": ["name"]},
        files={"photo": ("a.jpg", jpeg(), "image/jpeg")},
    )

    assert clerk.post(f"{draft}/kiem-tra").status_code == 303
    assert "srcset" in somebody("village-3").browser().get(draft).text


def test_a_narrow_photo_is_whole_wherever_a_page_asks_for_a_wide_one(head: Somebody) -> None:
    browser = head.browser()
    photo = brought(browser, jpeg()).json()

    answers = {width: browser.get(f"/anh/{photo['photo']}-{width}.webp") for width in (320, 640, 1280, 999)}

    assert max(int(width) for width in photo["links"]) < 1280
    assert {width: answer.status_code for width, answer in answers.items()} == {320: 200, 640: 200, 1280: 200, 999: 404}


@pytest.mark.parametrize(
    "name", ["x.webp", "../../etc/passwd", "a" * 64 + "-320.jpg", "a" * 64 + ".png", "a" * 64 + ".webp"]
)
def test_a_name_that_is_no_photos_is_not_found(head: Somebody, name: str) -> None:
    assert head.browser().get(f"/anh/{name}").status_code == 404

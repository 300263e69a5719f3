"""Whoever holds a code and the digits follows a dossier; whoever guesses is stopped."""

from starlette.testclient import TestClient

from services.nomination.main import web
from tests.nomination.conftest import Somebody, complete
from tests.nomination.reading import words

RIGHT, WRONG = "678", "679"


def put(head: Somebody, headline: str, phone: str = "0912 345 678") -> str:
    """The address at which the dossier is looked up."""
    nominee = complete()["nominee"] | {"phone": phone}
    answer = head.browser().post(
        "/api/v1/nominations",
        json=complete(nominee=nominee, headline=headline),
        headers={"idempotency-key": headline.encode().hex()},
    )
    return f"/tra-cuu/{answer.json()['code']}"


def test_three_digits_are_not_found_by_trying_them_all(head: Somebody) -> None:
    guessed, other = put(head, "Hiến đất làm đường"), put(head, "Trồng hoa ven đường")
    citizen = TestClient(web)

    wrong = [citizen.get(f"{guessed}?so={WRONG}").status_code for _ in range(10)]
    stopped = [citizen.get(f"{guessed}?so={digits}") for digits in (WRONG, RIGHT)]

    assert wrong == [422] * 10
    assert [each.status_code for each in stopped] == [429, 429]
    assert "Đã thử sai quá nhiều lần. Hãy đợi 15 phút" in words(stopped[1])
    assert stopped[1].headers["retry-after"] == "900"
    assert "Đã gửi cho xã" in words(citizen.get(f"{other}?so={RIGHT}"))


def test_right_digits_are_asked_for_as_often_as_one_likes(head: Somebody) -> None:
    address, citizen = put(head, "Hiến đất làm đường"), TestClient(web)

    assert {citizen.get(f"{address}?so={RIGHT}").status_code for _ in range(12)} == {200}
    assert citizen.get(address).status_code == 200  # asks for the digits, and counts nothing


def test_codes_are_not_found_by_trying_them_all(head: Somebody) -> None:
    citizen = TestClient(web)

    tried = [citizen.get(f"/tra-cuu/DC-2025-{number:04}").status_code for number in range(9000, 9101)]

    assert tried == [404] * 100 + [429]

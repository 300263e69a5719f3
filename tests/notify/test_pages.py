"""The inbox and the delivery ledger, as people and programs meet them."""

from collections.abc import Callable
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from shared.access.principal import Role
from shared.ids import new_id
from shared.plan import Plan
from tests.notify.conftest import Say, mail_all, submitted
from tests.notify.postbox import DROP, REFUSE, Postbox
from tests.worlds import Rows

Browse = Callable[[str], TestClient]
HEAD, CLERK, EDITOR = "nominator-village-1@xa.example", "clerk-commune@xa.example", "editor-commune@xa.example"


@pytest.fixture
def told(plan: Plan, post: Postbox, office: dict[Role, UUID], say: Say) -> dict[Role, UUID]:
    """The people of the office, who have the plan's letter, and two nominations by the village's head."""
    say(submitted(plan), submitted(plan, code="DC-2025-0148"), by=office[Role.NOMINATOR])
    return office


def message_of(rows: Rows, person_id: UUID, letter: str) -> UUID:
    ((found,), *_) = rows(
        "SELECT id FROM notify.message WHERE person_id = :id AND letter = :letter ORDER BY created_at DESC",
        id=person_id,
        letter=letter,
    )
    return UUID(str(found))


def test_the_inbox_shows_what_is_unread_first_and_nothing_of_others(
    told: dict[Role, UUID], browser: Browse, rows: Rows
) -> None:
    rows("UPDATE notify.message SET read_at = now() WHERE subject LIKE '%0148'")

    page = browser(HEAD).get("/thong-bao").text

    assert "Bạn có 2 thông báo chưa đọc." in page
    places = [page.index(words) for words in ("Chưa đọc</h2>", "Đã gửi hồ sơ DC-2025-0147", "Đã đọc</h2>", "0148")]
    assert places == sorted(places)
    assert "chờ xét" not in page


def test_looking_changes_nothing_and_the_button_acknowledges_once(
    told: dict[Role, UUID], browser: Browse, rows: Rows
) -> None:
    head, message = browser(HEAD), message_of(rows, told[Role.NOMINATOR], "receipt")
    receipts = "SELECT data->>'message_id', actorid FROM bus.event WHERE type LIKE '%receipt.acknowledged%'"

    assert head.get(f"/thong-bao/{message}").status_code == 200
    assert rows(receipts) == []
    first, second = (head.post(f"/thong-bao/{message}/da-doc") for _ in range(2))

    assert (first.status_code, first.headers["location"]) == (303, "/thong-bao")
    assert second.status_code == 303
    assert rows(receipts) == [(str(message), told[Role.NOMINATOR])]


def test_one_button_reads_and_opens_what_it_is_about(told: dict[Role, UUID], browser: Browse, rows: Rows) -> None:
    message = message_of(rows, told[Role.NOMINATOR], "receipt")

    answer = browser(HEAD).post(f"/thong-bao/{message}/da-doc", data={"mo": "1"})

    assert answer.headers["location"].startswith("/hanh-trinh/")
    assert rows("SELECT read_at IS NOT NULL FROM notify.message WHERE id = :id", id=message) == [(True,)]


def test_all_that_was_shown_is_read_at_once_and_what_came_since_is_not(
    plan: Plan, told: dict[Role, UUID], browser: Browse, say: Say, rows: Rows
) -> None:
    head = browser(HEAD)
    own = rows("SELECT id FROM notify.message WHERE person_id = :id", id=told[Role.NOMINATOR])
    shown = [str(message_id) for (message_id,) in own]
    strangers = message_of(rows, told[Role.CLERK], "new_dossier")
    say(submitted(plan, code="DC-2025-0149"), by=told[Role.NOMINATOR])

    answer = head.post("/thong-bao/da-doc", data={"cuoi": [*shown, str(strangers)]})

    assert answer.status_code == 303
    assert "Đã đánh dấu là đã đọc." in head.get(answer.headers["location"]).text
    unread = rows("SELECT person_id, subject FROM notify.message WHERE read_at IS NULL AND person_id = ANY(:ids)",
                  ids=[told[Role.NOMINATOR], told[Role.CLERK]])  # fmt: skip
    assert (told[Role.NOMINATOR], "Đã gửi hồ sơ DC-2025-0149") in unread
    assert [subject for person, subject in unread if person == told[Role.NOMINATOR]] == ["Đã gửi hồ sơ DC-2025-0149"]
    assert "Hồ sơ mới DC-2025-0148 chờ xét" in [subject for _, subject in unread]


@pytest.mark.parametrize("way", ["page", "read", "api", "api_read"])
def test_nobody_reads_the_messages_of_somebody_else(
    way: str, told: dict[Role, UUID], browser: Browse, rows: Rows
) -> None:
    head, message = browser(HEAD), message_of(rows, told[Role.CLERK], "new_dossier")

    answer = {
        "page": lambda: head.get(f"/thong-bao/{message}"),
        "read": lambda: head.post(f"/thong-bao/{message}/da-doc"),
        "api": lambda: head.get(f"/api/v1/messages/{message}"),
        "api_read": lambda: head.post(f"/api/v1/messages/{message}/read"),
    }[way]()

    assert answer.status_code == 404
    assert rows("SELECT read_at FROM notify.message WHERE id = :id", id=message) == [(None,)]
    assert browser(CLERK).get(f"/thong-bao/{message}").status_code == 200


def test_the_api_walks_through_the_inbox_page_by_page(told: dict[Role, UUID], browser: Browse) -> None:
    head = browser(HEAD)
    found, after = [], ""
    for _ in range(3):
        page = head.get("/api/v1/messages", params={"limit": 1, "after": after}).json()
        assert page["unread"] == 3
        found += [item["subject"] for item in page["items"]]
        after = page["next"] or ""

    assert after == ""
    assert len(set(found)) == 3
    assert found[-1] == "Kế hoạch của Xã Bình Lương bắt đầu có hiệu lực"


def test_the_api_acknowledges_and_gives_the_unread_ones(told: dict[Role, UUID], browser: Browse, rows: Rows) -> None:
    head, message = browser(HEAD), message_of(rows, told[Role.NOMINATOR], "plan_activated")

    answer = head.post(f"/api/v1/messages/{message}/read").json()

    assert answer["read_at"] is not None
    assert answer["recipient"] == "grassroots_units"
    assert str(message) not in [item["id"] for item in head.get("/api/v1/messages?unread=true").json()["items"]]


@pytest.mark.parametrize("after", ["x", "!!!!", "MjAyNQ", "MjAyNS0wMS0wMVQwMDowMDowMCt4"])
def test_a_cursor_that_is_none_of_ours_is_refused(after: str, told: dict[Role, UUID], browser: Browse) -> None:
    answer = browser(HEAD).get("/api/v1/messages", params={"after": after})

    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["errors"]] == ["after"]


@pytest.mark.parametrize("query", ["?trang=9999999999", "?trang=-1", "?trang=%C2%B2", "?trang=x", "?xong=9"])
def test_a_strange_page_number_is_no_error(query: str, told: dict[Role, UUID], browser: Browse) -> None:
    assert browser(HEAD).get(f"/thong-bao{query}").status_code == 200


def test_an_inbox_without_anything_says_what_will_come(told: dict[Role, UUID], browser: Browse, rows: Rows) -> None:
    rows("DELETE FROM notify.message WHERE person_id = :id", id=told[Role.EDITOR])

    page = browser(EDITOR).get("/thong-bao").text

    assert "Chưa có thông báo nào." in page


def test_the_ledger_is_for_the_commune_s_officials(told: dict[Role, UUID], browser: Browse) -> None:
    assert browser(HEAD).get("/thong-bao/so-gui").status_code == 403
    assert browser(EDITOR).get("/thong-bao/so-gui").status_code == 403
    page = browser(CLERK).get("/thong-bao/so-gui").text
    assert "Đã gửi hồ sơ DC-2025-0147" in page
    assert "nominator village-1" in page


def test_the_ledger_shows_a_refused_mail_and_sends_it_again(
    told: dict[Role, UUID], browser: Browse, post: Postbox, rows: Rows
) -> None:
    message = message_of(rows, told[Role.NOMINATOR], "receipt")
    rows("DELETE FROM bus.effect WHERE ref <> :id", id=message)
    post.will.append(REFUSE)
    mail_all()
    clerk = browser(CLERK)
    assert "1 thư cần bạn xem lại." in clerk.get("/thong-bao/so-gui?loc=can-xem-lai").text
    assert "554 5.7.1 we do not want this" in clerk.get(f"/thong-bao/so-gui/{message}").text

    answer = clerk.post(f"/thong-bao/so-gui/{message}/gui-lai")
    mail_all()

    assert answer.status_code == 303
    assert len(post.taken) == 1
    assert "Gửi lại thư" not in clerk.get(f"/thong-bao/so-gui/{message}").text


def test_the_ledger_asks_before_it_repeats_what_may_have_arrived(
    told: dict[Role, UUID], browser: Browse, post: Postbox, rows: Rows
) -> None:
    message = message_of(rows, told[Role.NOMINATOR], "receipt")
    rows("DELETE FROM bus.effect WHERE ref <> :id", id=message)
    post.will.append(DROP)
    mail_all(rounds=5)
    clerk = browser(CLERK)

    refused = clerk.post(f"/thong-bao/so-gui/{message}/gui-lai")
    mail_all()
    assert refused.status_code == 422
    assert "Hãy hỏi người nhận." in refused.text
    assert len(post.taken) == 1

    clerk.post(f"/thong-bao/so-gui/{message}/gui-lai", data={"chua_den": "1"})
    mail_all()
    assert len(post.taken) == 2


def test_a_message_that_is_not_there_is_not_found(told: dict[Role, UUID], browser: Browse) -> None:
    clerk = browser(CLERK)

    found = [clerk.get(path).status_code for path in (f"/thong-bao/{new_id()}", f"/thong-bao/so-gui/{new_id()}")]

    assert found == [404, 404]


def test_who_is_not_signed_in_sees_nothing(told: dict[Role, UUID], browser: Browse) -> None:
    stranger = browser(HEAD)
    stranger.cookies.clear()

    assert stranger.get("/thong-bao").headers["location"].startswith("/dang-nhap")
    assert stranger.get("/api/v1/messages").status_code == 401

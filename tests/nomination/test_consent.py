"""Consent is asked for by link and recorded from paper; what holds is what everybody agreed to."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import ProgrammingError
from starlette.testclient import TestClient

from services.nomination.main import web
from shared.access.principal import Role
from shared.clock import now, set_to
from tests.evidence.corpus import picture
from tests.nomination.calls import sent
from tests.nomination.conftest import Somebody, complete, events, filled
from tests.nomination.reading import words

FORM_USES = ["name", "story", "portal", "radio", "print"]
YES = {"answer": "yes", "is_me": "1", "purposes": ["name", "story"], "channels": ["portal"]}


@pytest.fixture
def nomination(head: Somebody) -> str:
    """The id of a nomination that its nominee agreed to by word of mouth."""
    found: str = sent(head.browser(), complete()).json()["id"]
    return found


@pytest.fixture
def visitor(plan: Any) -> TestClient:
    """A browser of somebody who is not signed in."""
    return TestClient(web, headers={"origin": "http://testserver"}, follow_redirects=False)


def rows(database: Engine, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with database.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql, values)]


def agreed(database: Engine, nomination_id: str) -> list[str]:
    ((found,),) = rows(database, "SELECT agreed FROM nomination.nomination WHERE id = %s", nomination_id)
    return list(found)


def named(head: Somebody, database: Engine, nomination_id: str, **changes: str) -> UUID:
    """One more person who has to agree."""
    asked = {"name": "Vi Văn Mẫu", "capacity": "member"} | changes
    assert head.browser().post(f"/de-cu/{nomination_id}/dong-y", data=asked).status_code == 303
    ((found,),) = rows(
        database,
        "SELECT id FROM nomination.consent_party WHERE nomination_id = %s AND name = %s",
        nomination_id,
        asked["name"],
    )
    return UUID(str(found))


def link_for(who: Somebody, nomination_id: str, party_id: str | UUID) -> str:
    """The path of a fresh link."""
    page = who.browser().post(f"/de-cu/{nomination_id}/dong-y/{party_id}/lien-ket")
    (found,) = set(re.findall(r"/dong-y/[\w-]{43}(?=<)", page.text))
    return str(found)


def test_the_consent_of_the_form_is_the_first_word_by_either_way(head: Somebody, database: Engine) -> None:
    by_program = sent(head.browser(), complete()).json()["id"]
    draft = filled(head.browser())
    head.browser().post(f"{draft}/kiem-tra")

    kept = """
        SELECT p.capacity, p.state, c.kind, c.uses, c.proof, c.way, c.recorded_by
        FROM nomination.consent AS c JOIN nomination.consent_party AS p ON p.id = c.party_id
        WHERE c.nomination_id = %s
    """
    expected = ("self", "agreed", "given", FORM_USES, "spoken", "form", head.principal.person_id)

    assert [rows(database, kept, each) for each in (by_program, draft.rpartition("/")[2])] == [[expected]] * 2
    assert agreed(database, by_program) == FORM_USES


def test_a_childs_word_stands_beside_its_guardians(head: Somebody, database: Engine) -> None:
    told = complete(nominee={"name": "Vi Thị Nhỏ", "birth_year": 2014})
    told["consent"] |= {"given_by": "guardian"}

    nomination_id = sent(head.browser(), told).json()["id"]

    kept = rows(
        database,
        "SELECT capacity, name, state FROM nomination.consent_party WHERE nomination_id = %s ORDER BY capacity",
        nomination_id,
    )
    assert kept == [("child", "Vi Thị Nhỏ", "agreed"), ("guardian", "", "agreed")]
    page = words(head.browser().get(f"/de-cu/{nomination_id}/dong-y"))
    assert ("Cháu từ 7 tuổi trở lên" in page, "Cha mẹ hoặc người giám hộ" in page) == (True, True)


def test_what_was_said_is_never_changed(nomination: str, database: Engine) -> None:
    for deed in ("UPDATE nomination.consent SET uses = '{photo}'", "DELETE FROM nomination.consent"):
        with pytest.raises(ProgrammingError, match="append-only"), database.begin() as connection:
            connection.exec_driver_sql(deed)


def test_one_more_person_has_to_agree_before_anything_goes_out(
    head: Somebody, nomination: str, visitor: TestClient, database: Engine
) -> None:
    party = named(head, database, nomination)
    (awaited,) = events(database, "consent.awaited")
    link = link_for(head, nomination, party)

    asked = visitor.get(link)
    answers = [visitor.post(link, data=YES).status_code for _ in range(2)]
    answered = words(visitor.get(link))

    assert (awaited["agreed"], awaited["waiting"], awaited["capacity"]) == ([], 1, "member")
    assert (asked.status_code, " checked" in asked.text) == (200, False)
    assert (answers, "Bạn đã đồng ý" in answered) == ([303, 303], True)
    (given,) = events(database, "consent.given")
    assert (given["uses"], given["agreed"], given["waiting"]) == (["name", "story", "portal"],) * 2 + (0,)
    assert agreed(database, nomination) == ["name", "story", "portal"]
    assert (given["way"], given["proof"], "Vi Văn Mẫu" in str(given)) == ("link", "digital", False)


def test_a_no_is_an_answer_and_silence_is_none(
    head: Somebody, nomination: str, visitor: TestClient, database: Engine
) -> None:
    link = link_for(head, nomination, named(head, database, nomination))

    silent = visitor.post(link, data={"is_me": "1", "purposes": "name"})
    to_nothing = visitor.post(link, data={"answer": "yes", "is_me": "1"})
    nowhere = visitor.post(link, data=YES | {"channels": []})
    nobody = visitor.post(link, data=YES | {"is_me": ""})
    no = visitor.post(link, data={"answer": "no", "is_me": "1"})

    refused = [silent, to_nothing, nowhere, nobody]
    assert [each.status_code for each in refused] == [422] * 4
    assert "Hãy chọn đồng ý hoặc không đồng ý" in words(silent)
    assert "ít nhất một việc" in words(to_nothing)
    assert "ít nhất một nơi" in words(nowhere)
    assert ("đúng là bạn" in words(nobody), nobody.text.count(" checked")) == (True, 3)
    assert (no.status_code, "Bạn không đồng ý" in words(visitor.get(link))) == (303, True)
    (declined,) = events(database, "consent.declined")
    assert (declined["agreed"], declined["waiting"], events(database, "consent.given")) == ([], 1, [])


def test_a_link_opens_for_its_time_and_until_it_is_replaced(
    head: Somebody, nomination: str, visitor: TestClient, database: Engine
) -> None:
    party = named(head, database, nomination)
    first, second = link_for(head, nomination, party), link_for(head, nomination, party)

    replaced, guessed = visitor.get(first), visitor.get("/dong-y/" + "x" * 43)
    with set_to(now() + timedelta(days=31)):
        late = visitor.post(second, data=YES)
    answered = visitor.post(second, data=YES)
    with set_to(now() + timedelta(days=400)):
        kept_open = visitor.get(second)

    assert [each.status_code for each in (replaced, guessed, late)] == [404] * 3
    assert words(replaced) == words(guessed)
    assert (answered.status_code, kept_open.status_code) == (303, 200)
    stored = rows(database, "SELECT encode(digest, 'escape') FROM nomination.consent_link")
    assert not any(link.rpartition("/")[2] in digest for (digest,) in stored for link in (first, second))


def test_a_withdrawn_dossier_asks_nobody(head: Somebody, nomination: str, visitor: TestClient) -> None:
    link = link_for(head, nomination, nomination)
    head.browser().post(f"/de-cu/{nomination}/rut", data={"reason": "Gia đình xin thôi."})

    assert visitor.get(link).status_code == 404
    assert head.browser().post(f"/de-cu/{nomination}/dong-y/{nomination}/lien-ket").status_code == 422


def test_paper_is_recorded_with_its_scan_and_the_scan_is_for_officers(
    head: Somebody, nomination: str, visitor: TestClient, somebody: Any, database: Engine
) -> None:
    party = named(head, database, nomination, name="Vi Thị Mẫu", capacity="guardian", relation="mẹ")
    path, said = f"/de-cu/{nomination}/dong-y/{party}", YES | {"proof": "signed_paper"}
    browser = head.browser()

    without = browser.post(f"{path}/ghi", data=said)
    taken = browser.post(f"{path}/ghi", data=said, files={"file": ("phieu.png", picture("PNG", 40), "image/png")})
    again = browser.post(f"{path}/ghi", data=said, files={"file": ("phieu.png", picture("PNG", 40), "image/png")})

    assert (without.status_code, "Chưa có tệp nào" in words(without), without.text.count(" checked")) == (422, True, 5)
    assert (taken.status_code, again.status_code) == (303, 422)
    neighbour, clerk = somebody("village-2").browser(), somebody("commune", Role.CLERK).browser()
    scans = [each.get(f"{path}/ban-quet/1").status_code for each in (browser, clerk, neighbour, visitor)]
    assert scans == [200, 200, 404, 303]
    page = words(clerk.get(f"/de-cu/{nomination}/dong-y"))
    assert ("Vi Thị Mẫu đồng ý" in page, "Ký trên giấy" in page, "(mẹ)" in page) == (True, True, True)


def test_the_question_is_printed_as_it_is_asked(
    head: Somebody, nomination: str, visitor: TestClient, database: Engine
) -> None:
    link = link_for(head, nomination, named(head, database, nomination))

    paper = visitor.get(f"{link}/phieu.pdf")

    assert (paper.status_code, paper.headers["content-type"], paper.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert paper.headers["cache-control"] == "no-store"


def test_who_is_to_be_asked_is_named_and_nothing_typed_is_lost(head: Somebody, nomination: str) -> None:
    page = head.browser().post(f"/de-cu/{nomination}/dong-y", data={"name": "Vi Thị Mẫu", "capacity": "guardian"})

    assert (page.status_code, "Hãy ghi quan hệ" in words(page), "Vi Thị Mẫu" in page.text) == (422, True, True)


def test_another_commune_and_another_village_reach_nothing(
    head: Somebody, nomination: str, somebody: Any, other_plan: Any
) -> None:
    strangers = [somebody("village-2"), somebody("commune", Role.CLERK, under=other_plan)]
    path = f"/de-cu/{nomination}/dong-y"

    found = [each.browser().get(path).status_code for each in strangers]
    made = [each.browser().post(f"{path}/{nomination}/lien-ket").status_code for each in strangers]
    chair = somebody("commune", Role.CHAIR).browser()

    assert (found, made) == ([404, 404], [404, 404])
    assert (chair.get(path).status_code, chair.post(path, data={}).status_code) == (200, 403)

"""A consent is taken back by the ways by which it was given; the clocks run, and one of them stops by the fact."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from services.nomination.handlers import note_publication, note_what_stopped, on_put_forward, watch_withdrawals
from shared.access.principal import Role
from shared.events.clock import DayBegan
from shared.events.publish import StoryPublished, WithdrawalCarriedOut
from shared.events.review import RoleModelPutForward
from shared.ids import new_id
from shared.plan import Plan
from tests.evidence.corpus import picture
from tests.nomination.calls import sent
from tests.nomination.conftest import Somebody, complete, events, stage_of
from tests.nomination.reading import words
from tests.nomination.test_consent import YES, agreed, link_for, named, nomination, rows, visitor
from tests.nomination.test_news import hear

__all__ = ["nomination", "visitor"]
PHONE = "0912345678"
WITH_PHONE = {"name": "Lò Thị Ấm", "birth_year": 1975, "address": "Thôn 1", "phone": PHONE}


@pytest.fixture
def link(head: Somebody, nomination: str, visitor: TestClient) -> str:
    """The nominee's own link, answered with yes to name and story on the portal."""
    found = link_for(head, nomination, nomination)
    wider = YES | {"channels": ["portal", "radio", "print", "social"]}
    assert visitor.post(found, data=wider).status_code == 303
    return found


def taken_back(head: Somebody, nomination_id: str) -> None:
    """Told to the village head by word of mouth."""
    path = f"/de-cu/{nomination_id}/dong-y/{nomination_id}/rut"
    assert head.browser().post(path, data={"all": "1", "proof": "spoken"}).status_code == 303


def request_of(database: Engine, nomination_id: str) -> UUID:
    ((found,),) = rows(database, "SELECT id FROM nomination.consent_withdrawal WHERE nomination_id = %s", nomination_id)
    return UUID(str(found))


def carried_out(
    nomination_id: str, withdrawal_id: UUID, *, cannot_recall: tuple[str, ...] = ()
) -> WithdrawalCarriedOut:
    return WithdrawalCarriedOut(
        withdrawal_id=withdrawal_id,
        nomination_id=UUID(nomination_id),
        stopped=["portal", *cannot_recall],
        cannot_recall=list(cannot_recall),
        still_out=[],
        carried_out_on=date(2025, 3, 28),
    )


def day_of(plan: Plan, day: date) -> None:
    hear(plan, watch_withdrawals, DayBegan(day_id=new_id(), day=day))


def test_a_part_is_taken_back_by_the_same_link_and_the_rest_holds(
    nomination: str,
    visitor: TestClient,
    link: str,
    database: Engine,
) -> None:
    nothing = visitor.post(f"{link}/rut", data={})
    ended = visitor.post(f"{link}/rut", data={"uses": ["radio", "print"]})
    page = words(visitor.get(link))

    assert (nothing.status_code, "Hãy đánh dấu việc muốn rút" in words(nothing), ended.status_code) == (422, True, 303)
    assert agreed(database, nomination) == ["name", "story", "portal", "social"]
    (said,) = events(database, "consent.withdrawn")
    assert (said["uses"], said["agreed"], said["waiting"]) == (["radio", "print"], agreed(database, nomination), 0)
    last = [said[day] for day in ("asked_on", "answer_by", "stop_by", "third_parties_by")]
    assert last == ["2025-03-27", "2025-03-31", "2025-04-11", "2025-04-16"]
    assert ("Xã trả lời chậm nhất ngày 31/03/2025" in page, "Bạn đã đồng ý" in page) == (True, True)


def test_everything_is_taken_back_once(nomination: str, visitor: TestClient, link: str, database: Engine) -> None:
    answers = [visitor.post(f"{link}/rut", data={"all": "1"}).status_code for _ in range(2)]

    (said,) = events(database, "consent.withdrawn")
    assert (answers, said["agreed"], said["waiting"]) == ([303, 303], [], 1)
    assert (agreed(database, nomination), "Bạn đã rút sự đồng ý" in words(visitor.get(link))) == ([], True)


def test_without_a_purpose_left_nothing_is(nomination: str, visitor: TestClient, link: str, database: Engine) -> None:
    visitor.post(f"{link}/rut", data={"uses": ["name", "story"]})

    (said,) = events(database, "consent.withdrawn")
    assert said["uses"] == ["name", "story", "portal", "radio", "social", "print"]


def test_either_the_child_or_the_guardian_stops_everything(head: Somebody, database: Engine) -> None:
    told = complete(nominee={"name": "Vi Thị Nhỏ", "birth_year": 2014})
    told["consent"] |= {"given_by": "guardian"}
    for capacity in ("child", "guardian"):
        again = told | {"headline": f"Mở lớp dạy chữ, lần {capacity}"}
        nomination_id = sent(head.browser(), again, key=capacity).json()["id"]
        find = "SELECT id FROM nomination.consent_party WHERE nomination_id = %s AND capacity = %s"
        ((party,),) = rows(database, find, nomination_id, capacity)

        path = f"/de-cu/{nomination_id}/dong-y/{party}/rut"
        head.browser().post(path, data={"all": "1", "proof": "spoken"})

        assert agreed(database, nomination_id) == []


def test_an_answer_that_says_less_of_what_is_out_takes_the_rest_back(
    head: Somebody,
    nomination: str,
    visitor: TestClient,
    plan: Plan,
    database: Engine,
) -> None:
    visitor.post(link_for(head, nomination, nomination), data=YES | {"channels": ["portal", "print"]})
    before = agreed(database, nomination), events(database, "consent.withdrawn")
    story = {"story_id": new_id(), "nomination_id": UUID(nomination), "channel": "portal", "kind": "good_deed"}
    out = StoryPublished(**story, title="Bài", address="/guong/a", published_on=date(2025, 3, 26))
    hear(plan, note_publication, out)
    visitor.post(link_for(head, nomination, nomination), data=YES)
    (narrowed,) = events(database, "consent.withdrawn")
    visitor.post(link_for(head, nomination, nomination), data={"answer": "no", "is_me": "1"})

    assert (before, narrowed["uses"]) == ((["name", "story", "portal", "print"], []), ["print"])
    assert (
        [each["agreed"] for each in events(database, "consent.withdrawn")][1:],
        events(database, "consent.declined"),
    ) == ([[]], [])
    assert agreed(database, nomination) == []


def test_an_officer_records_it_from_paper_with_the_scan(head: Somebody, nomination: str, database: Engine) -> None:
    path, said = f"/de-cu/{nomination}/dong-y/{nomination}/rut", {"uses": ["print"], "proof": "signed_paper"}
    paper = {"file": ("phieu.png", picture("PNG", 40), "image/png")}

    without = head.browser().post(path, data=said)
    kept = head.browser().post(path, data=said | {"reason": "Không muốn in"}, files=paper)

    assert (without.status_code, without.text.count(" checked"), kept.status_code) == (422, 2, 303)
    entry = rows(
        database, "SELECT uses, proof, way, reason, scan <> '' FROM nomination.consent WHERE kind = 'withdrawn'"
    )
    assert entry == [(["print"], "signed_paper", "officer", "Không muốn in", True)]


def test_code_and_whole_telephone_take_it_back_and_guessing_ends(
    head: Somebody,
    visitor: TestClient,
    database: Engine,
    plan: Plan,
) -> None:
    receipt = sent(head.browser(), complete(nominee=WITH_PHONE)).json()
    own = {"ma": receipt["code"], "so": "0912 345 678"}

    unknown = visitor.post("/rut-dong-y", data={"ma": "DC-2025-9999", "so": PHONE})
    asked = visitor.post("/rut-dong-y", data=own)
    ended = visitor.post("/rut-dong-y", data=own | {"all": "1"})
    guesses = [visitor.post("/rut-dong-y", data=own | {"so": f"091234567{last}"}) for last in range(6)]
    locked = visitor.post("/rut-dong-y", data=own)

    assert (unknown.status_code, asked.status_code, ended.status_code) == (422, 200, 200)
    assert ("Lò Thị Ấm" in asked.text, "Nêu tên" in asked.text, agreed(database, receipt["id"])) == (False, True, [])
    assert [each.status_code for each in guesses] == [422] * 5 + [429]
    assert ("phút" in words(locked), locked.status_code) == (True, 429)
    (said,) = events(database, "consent.withdrawn")
    assert (said["way"], PHONE in str(said)) == ("look_up", False)


def test_a_dossier_without_a_telephone_is_not_reached_that_way(head: Somebody, visitor: TestClient, plan: Plan) -> None:
    receipt = sent(head.browser(), complete()).json()

    refused = visitor.post("/rut-dong-y", data={"ma": receipt["code"], "so": PHONE})
    empty = visitor.post("/rut-dong-y", data={"ma": "", "so": "abc"})

    assert ("không khớp" in words(refused), empty.status_code, "abc" in empty.text) == (True, 422, True)


def test_the_clerk_sees_what_is_owed_answers_and_the_person_reads_it(
    head: Somebody,
    nomination: str,
    visitor: TestClient,
    link: str,
    somebody: Any,
    database: Engine,
) -> None:
    visitor.post(f"{link}/rut", data={"all": "1"})
    clerk, withdrawal = somebody("commune", Role.CLERK).browser(), request_of(database, nomination)
    page = f"/de-cu/rut-dong-y/{withdrawal}"

    home, listed = words(clerk.get("/de-cu")), words(clerk.get("/de-cu/rut-dong-y"))
    short = clerk.post(f"{page}/tra-loi", data={"answer": "Xong"})
    answers = [clerk.post(f"{page}/tra-loi", data={"answer": "Đã gọi điện, báo bài đã gỡ."}) for _ in range(2)]
    strangers = [head.browser(), somebody("commune", Role.CHAIR).browser()]

    assert ("1 lời rút sự đồng ý" in home, "Trả lời người rút" in listed) == (True, True)
    assert (short.status_code, [each.status_code for each in answers]) == (422, [303, 303])
    assert [each.get(page).status_code for each in strangers] == [403, 403]
    (said,) = events(database, "consent.withdrawal_answered")
    assert (said["answered_on"], "gọi điện" in str(said)) == ("2025-03-27", False)
    assert "Đã gọi điện, báo bài đã gỡ." in words(visitor.get(link))


def test_the_stop_is_closed_by_the_fact_and_what_cannot_be_recalled_by_word(
    head: Somebody,
    nomination: str,
    somebody: Any,
    plan: Plan,
    database: Engine,
) -> None:
    story = {"story_id": new_id(), "nomination_id": UUID(nomination), "channel": "portal", "kind": "good_deed"}
    hear(
        plan, note_publication, StoryPublished(**story, title="Bài", address="/guong/a", published_on=date(2025, 3, 26))
    )
    taken_back(head, nomination)
    withdrawal = request_of(database, nomination)
    clerk, page = somebody("commune", Role.CLERK).browser(), f"/de-cu/rut-dong-y/{withdrawal}"
    hear(plan, note_what_stopped, carried_out(nomination, withdrawal, cannot_recall=("radio",)))

    shown = words(clerk.get(page))
    clerk.post(f"{page}/tra-loi", data={"answer": "Đã gọi điện, báo bài đã gỡ."})
    owed = "SELECT next_due FROM nomination.consent_withdrawal"
    before = rows(database, owed)
    clerk.post(f"{page}/ben-thu-ba", data={"note": "Đã báo đài truyền thanh xã."})

    assert "không tự thu lại được: Truyền thanh" in shown or "không tự thu lại được" in shown
    (stopped,) = events(database, "consent.stopped")
    assert (stopped["stopped_on"], stopped["cannot_recall"], stage_of(database, nomination)) == (
        "2025-03-28",
        ["radio"],
        "recognised",
    )
    assert (before, rows(database, owed)) == ([(date(2025, 4, 16),)], [(None,)])
    assert "Không còn việc nào" in words(clerk.get("/de-cu/rut-dong-y"))


def test_where_nothing_was_given_out_the_fact_closes_both_clocks(
    head: Somebody,
    nomination: str,
    plan: Plan,
    database: Engine,
) -> None:
    taken_back(head, nomination)
    withdrawal = request_of(database, nomination)
    hear(plan, note_what_stopped, carried_out(nomination, withdrawal))

    kept = rows(database, "SELECT stopped_on, third_parties_told_on, answered_on FROM nomination.consent_withdrawal")
    assert kept == [(date(2025, 3, 28), date(2025, 3, 28), None)]


def test_a_dossier_that_was_handed_on_leaves_the_word_to_the_upper_tier_owed(
    head: Somebody, nomination: str, visitor: TestClient, plan: Plan, database: Engine
) -> None:
    path = link_for(head, nomination, nomination)
    assert visitor.post(path, data=YES | {"purposes": ["name", "upward"]}).status_code == 303
    about = {"case_id": new_id(), "nomination_id": UUID(nomination), "unit_id": head.principal.unit_id}
    gone_up = RoleModelPutForward(**about, to_unit_id=plan.aggregator.id, put_forward_on=date(2025, 3, 26))
    hear(plan, on_put_forward, gone_up)
    taken_back(head, nomination)
    hear(plan, note_what_stopped, carried_out(nomination, request_of(database, nomination)))

    kept = rows(database, "SELECT stopped_on, third_parties_told_on FROM nomination.consent_withdrawal")
    assert kept == [(date(2025, 3, 28), None)]


def test_each_day_is_said_once_and_an_extension_moves_it(
    head: Somebody,
    nomination: str,
    somebody: Any,
    plan: Plan,
    database: Engine,
) -> None:
    taken_back(head, nomination)
    clerk = somebody("commune", Role.CLERK).browser()
    page = f"/de-cu/rut-dong-y/{request_of(database, nomination)}"
    for day in (28, 30, 30, 31):
        day_of(plan, date(2025, 3, day))
    day_of(plan, date(2025, 4, 1))
    day_of(plan, date(2025, 4, 8))

    far = clerk.post(f"{page}/gia-han", data={"days": "16", "reason": "Đài đang sửa máy phát."})
    longer = clerk.post(f"{page}/gia-han", data={"days": "10", "reason": "Đài đang sửa máy phát."})
    again = clerk.post(f"{page}/gia-han", data={"days": "1", "reason": "Đài đang sửa máy phát."})
    day_of(plan, date(2025, 4, 12))
    day_of(plan, date(2025, 4, 30))

    assert [each.status_code for each in (far, longer, again)] == [422, 303, 422]
    due = [(each["duty"], each["due_on"], each["days_left"]) for each in events(database, "consent.stop_due")]
    assert due == [("answer", "2025-03-31", 1), ("stop", "2025-04-11", 3)]
    overdue = [(each["duty"], each["due_on"]) for each in events(database, "consent.stop_overdue")]
    assert overdue == [("answer", "2025-03-31"), ("stop", "2025-04-21"), ("third_parties", "2025-04-26")]
    (extended,) = events(database, "consent.stop_extended")
    assert (extended["days"], extended["stop_by"], "máy phát" in str(extended)) == (10, "2025-04-21", False)


def test_another_communes_clerk_knows_of_no_request(
    head: Somebody,
    nomination: str,
    somebody: Any,
    other_plan: Plan,
    database: Engine,
) -> None:
    taken_back(head, nomination)
    stranger, page = somebody("commune", Role.CLERK, under=other_plan).browser(), request_of(database, nomination)

    assert stranger.get(f"/de-cu/rut-dong-y/{page}").status_code == 404
    assert (
        stranger.post(f"/de-cu/rut-dong-y/{page}/tra-loi", data={"answer": "Đã gọi điện báo rồi."}).status_code == 404
    )
    assert "Không còn việc nào" in words(stranger.get("/de-cu/rut-dong-y"))


def test_a_wider_consent_is_asked_for_by_link(
    head: Somebody,
    nomination: str,
    visitor: TestClient,
    database: Engine,
) -> None:
    wider = {
        "answer": "yes",
        "is_me": "1",
        "purposes": ["name", "story", "yearbook"],
        "channels": ["portal", "radio", "social", "print"],
    }

    visitor.post(link_for(head, nomination, nomination), data=wider)

    assert (agreed(database, nomination), events(database, "consent.withdrawn")) == (
        ["name", "story", "yearbook", "portal", "radio", "social", "print"],
        [],
    )
    assert named(head, database, nomination)

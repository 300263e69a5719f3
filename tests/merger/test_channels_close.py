"""What becomes of stories and channels when their commune ends."""

import pytest

from services.publish.commands.activities import Done, record_activity
from services.publish.commands.approving import Approval, approve
from services.publish.models import Story
from shared.access.principal import Role
from shared.database import engine_of, transaction
from shared.errors import Refused
from shared.ids import new_id
from tests.merger.conftest import (
    BINH_LUONG,
    HOA_QUY,
    MORNING,
    THE_DAY,
    carry_effects,
    clock_at,
    dissolution,
    hear,
    say,
    somebody,
)
from tests.merger.dossiers import decided, decision, handed_in

CHECKS = frozenset({"secrecy_check", "child_check"})


def approved(plan, story_id, *channels):
    with transaction(engine_of("publish")) as session:
        approve(session, story_id, Approval(channels, CHECKS), who=somebody(plan, Role.EDITOR))


@pytest.fixture
def story_of(rows, hear_all):
    def drafted(plan, **changes):
        nomination_id = decided(plan, "recognised", **changes)
        hear_all("nomination", "publish")
        return rows("SELECT id FROM publish.story WHERE nomination_id = :id", id=nomination_id)[0][0]

    return drafted


@pytest.fixture
def out(rows, story_of, hear_all):
    def published(plan, *channels, **changes):
        story_id = story_of(plan, **changes)
        approved(plan, story_id, *channels)
        carry_effects(rows)
        hear_all("nomination")
        return story_id

    return published


def test_what_was_to_go_out_is_cancelled_and_goes_out_under_the_new_plan(former, successor, merged, story_of, rows):
    story_id = story_of(former)
    approved(former, story_id, "portal", "atom")

    merged()

    assert rows("SELECT DISTINCT state, detail FROM bus.effect WHERE service = 'publish'") == [
        ("cancelled", "channel.commune_ended")
    ]
    assert rows("SELECT plan_id, origin, stage, approved_version FROM publish.story") == [
        (HOA_QUY, BINH_LUONG, "draft", None)
    ]
    approved(successor, story_id, "portal")
    carry_effects(rows)
    introduced = rows("SELECT planid FROM bus.event WHERE type LIKE '%role_model.introduced%'")
    assert introduced == [(HOA_QUY,)]
    assert rows("SELECT stage FROM publish.story") == [("published",)]


def test_a_published_story_stays_and_nothing_more_is_approved(former, merged, out, rows):
    story_id = out(former, "portal")

    merged()

    assert rows("SELECT plan_id, stage FROM publish.story") == [(BINH_LUONG, "published")]
    with pytest.raises(Refused, match=r"commune\.ended"):
        approved(former, story_id, "atom")


def test_an_ended_commune_records_no_activity_and_learns_who_does(former, merged, rows):
    merged()
    talk = Done(new_id(), "talk", "", former.unit.id, "Tọa đàm với ba gương", THE_DAY, 20, 0)

    with transaction(engine_of("publish")) as session, pytest.raises(Refused) as refused:
        record_activity(session, talk, who=somebody(former, Role.CLERK), today=THE_DAY)

    assert refused.value.key == "activity.commune_ended"
    assert refused.value.details["successor"] == "xã Hóa Quỳ"
    assert rows("SELECT count(*) FROM publish.activity") == [(0,)]


def test_an_officer_with_a_stale_session_keeps_what_was_typed_and_reads_who_goes_on(former, merged, out, seat, rows):
    story_id = out(former, "portal")
    officer = seat("publish", former, Role.CLERK)
    editor = seat("publish", former, Role.EDITOR, "portal")
    door_still_open = [browser.get("/hoat-dong").status_code for browser in (officer, editor)]
    merged()
    talk = {"id": str(new_id()), "unit": str(former.unit.id), "kind": "talk", "title": "Tọa đàm với ba gương"}
    saved = {"title": "Tựa mới gõ", "sapo": "Lời dẫn mới gõ", "body": "Thân bài mới gõ", "version": "1"}

    told = officer.post("/hoat-dong/moi", data={**talk, "held_on": "30/6/2025"})
    edited = editor.post(f"/bien-tap/{story_id}", data=saved)

    assert door_still_open == [200, 200]
    assert (told.status_code, edited.status_code) == (422, 422)
    assert all("01/07/2025" in page.text and "xã Hóa Quỳ mới" in page.text for page in (told, edited))
    assert "Tọa đàm với ba gương" in told.text
    assert all(saved[name] in edited.text for name in ("title", "sapo", "body"))
    assert rows("SELECT count(*) FROM publish.activity") == [(0,)]
    assert rows("SELECT count(*) FROM publish.story WHERE title = 'Tựa mới gõ'") == [(0,)]


def test_an_effect_that_slipped_in_is_not_carried(former, successor, merged, out, rows):
    story_id = out(former, "portal")
    with transaction(engine_of("publish")) as session:
        from services.publish.commands.approving import plan_channel  # noqa: PLC0415 -- as an approval under way does

        plan_channel(session, session.get_one(Story, story_id), former, "atom")
        rows_before = rows("SELECT count(*) FROM bus.effect WHERE state = 'planned'")
    merged_with_the_effect_planned_meanwhile = dissolution(former, successor)
    say(former, merged_with_the_effect_planned_meanwhile)
    rows("UPDATE bus.effect SET service = 'elsewhere' WHERE state = 'planned'")
    (event_id,) = rows("SELECT id FROM bus.event WHERE type LIKE '%unit.dissolved%'")[0]
    hear("publish", [event_id])
    rows("UPDATE bus.effect SET service = 'publish' WHERE service = 'elsewhere'")

    carry_effects(rows)

    assert rows_before == [(0,)]
    assert rows("SELECT state, detail FROM bus.effect WHERE channel = 'atom'") == [("failed", "channel.commune_ended")]


@pytest.mark.parametrize("order", ["transfer first", "decision first"])
def test_decision_and_transfer_may_come_in_either_order(former, successor, rows, hear_all, order):
    nomination_id = handed_in(former)
    hear_all("publish")
    (recognised,) = say(former, decision(former, nomination_id, "recognised"))
    say(former, dissolution(former, successor))
    hear_all("nomination")
    (transfer,) = rows("SELECT id FROM bus.event WHERE type LIKE '%nomination.transferred%'")[0]

    for event_id in (transfer, recognised) if order == "transfer first" else (recognised, transfer):
        assert hear("publish", [event_id]) == 1

    assert rows("SELECT plan_id, origin, stage, commune_id FROM publish.story") == [
        (HOA_QUY, BINH_LUONG, "draft", successor.unit.id)
    ]


def test_portal_story_and_feed_of_the_ended_commune_stay_open_and_say_so(former, successor, merged, out, rows, seat):
    with clock_at(MORNING):
        out(former, "portal", "atom")
        merged()
        (slug,) = rows("SELECT slug FROM publish.story")[0]
        reader = seat("publish")
        ended = "Từ ngày 01/07/2025, xã Bình Lương cũ đã sáp nhập vào xã Hóa Quỳ mới."

        for path in ("/?xa=16204", f"/guong/{slug}"):
            page = reader.get(path)
            assert page.status_code == 200
            assert ended in page.text
            assert 'href="/?xa=16186-2025"' in page.text
        feed = reader.get("/atom.xml?xa=16204").text
        assert f"{ended} Kênh này không có bài mới" in feed
        assert slug in feed
        assert "/atom.xml?xa=16186-2025" in feed
        assert ended not in reader.get("/").text  # the front page is the successor's


def test_a_code_that_was_given_again_names_the_commune_that_had_it_first(neighbour, successor, merged, seat):
    with clock_at(MORNING):
        merged()
        reader = seat("publish")
        assert "xã Hóa Quỳ cũ đã sáp nhập vào xã Hóa Quỳ mới" in reader.get("/?xa=16186").text
        assert "đã sáp nhập" not in reader.get("/?xa=16186-2025").text


def test_the_editor_of_the_new_commune_finds_the_unfinished_story(former, successor, merged, story_of, seat):
    story_id = story_of(former)
    merged()
    with clock_at(MORNING):
        editor = seat("publish", successor, Role.EDITOR)
        assert str(story_id) in editor.get("/bien-tap").text
        for page in ("", "/xem/cong", "/kenh"):
            assert editor.get(f"/bien-tap/{story_id}{page}").status_code == 200, page

"""The editor's pages and API: only for editors of the commune, and nothing that was typed is lost."""

import re
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from shared.access.principal import Role
from shared.ids import new_id
from shared.plan import Plan
from tests.worlds import Rows

from .conftest import AGREED, Drafts, Seats, carried, said

TYPED = {"version": "1", "title": "Nồi cháo của bà Ấm", "sapo": "Lời dẫn", "body": "Đoạn một.\r\n\r\nĐoạn hai."}


def test_nobody_else_comes_to_the_desk(drafts: Drafts, seats: Seats, web: TestClient) -> None:
    story_id = drafts()

    assert web.get("/bien-tap").status_code == 303
    for role, unit in ((Role.NOMINATOR, "village-1"), (Role.CHAIR, ""), (Role.AGGREGATOR_OFFICER, "district")):
        client = seats(role, unit=unit)
        assert client.get("/bien-tap").status_code == 403
        assert client.post(f"/bien-tap/{story_id}/xuat-ban", data={"version": "1"}).status_code == 403
        assert client.post(f"/api/v1/stories/{story_id}/approval", json={"channels": ["portal"]}).status_code == 403


def test_an_editor_of_another_commune_sees_nothing_of_ours(drafts: Drafts, seats: Seats, other_plan: Plan) -> None:
    story_id = drafts()
    stranger = seats(under=other_plan)

    assert "nồi cháo" not in stranger.get("/bien-tap").text
    for path in ("", "/xuat-ban", "/kenh", "/xem/cong", "/xem/truyen-thanh", "/xem/to-roi.pdf"):
        assert stranger.get(f"/bien-tap/{story_id}{path}").status_code == 404
    assert stranger.post(f"/bien-tap/{story_id}", data=TYPED).status_code == 404


def test_a_draft_waits_on_the_desk_and_moves_as_it_is_worked_on(drafts: Drafts, seats: Seats, rows: Rows) -> None:
    story_id = drafts()
    editor = seats()

    assert pile_of(editor, "cho-viet") == [str(story_id)]
    saved = f"/bien-tap/{story_id}?da=luu#da-gui=story-{story_id}-1"  # the device drops what it has kept
    assert editor.post(f"/bien-tap/{story_id}", data=TYPED).headers["location"] == saved
    assert (pile_of(editor, "cho-viet"), pile_of(editor, "dang-viet")) == ([], [str(story_id)])
    answer = editor.post(
        f"/bien-tap/{story_id}/xuat-ban", data={"version": "2", "channels": ["portal", "radio"], "confirmed": "1"}
    )
    assert answer.headers["location"] == f"/bien-tap/{story_id}/kenh"
    assert pile_of(editor, "da-duyet") == [str(story_id)]
    carried(rows)
    assert pile_of(editor, "da-dang") == [str(story_id)]
    assert "/truyen-thanh.mp3" in editor.get(f"/bien-tap/{story_id}/kenh").text


def test_what_cannot_be_saved_comes_back_with_what_was_typed(drafts: Drafts, seats: Seats, rows: Rows) -> None:
    answer = seats().post(f"/bien-tap/{drafts()}", data=TYPED | {"title": "", "sapo": "x" * 401})

    assert answer.status_code == 422
    assert "Cần sửa 2 chỗ" in answer.text
    assert "Đoạn hai." in answer.text
    assert rows("SELECT version FROM publish.story") == [(1,)]


def test_of_two_editors_the_second_sees_both_texts(drafts: Drafts, seats: Seats) -> None:
    story_id = drafts()
    editor = seats()
    editor.post(f"/bien-tap/{story_id}", data=TYPED | {"title": "Bản của người trước"})

    answer = editor.post(f"/bien-tap/{story_id}", data=TYPED)

    assert answer.status_code == 409
    assert "Nồi cháo của bà Ấm" in answer.text
    assert "<del>Nồi cháo </del><ins>Bản </ins>của <del>bà Ấm </del><ins>người trước " in answer.text
    assert '<input type="hidden" name="version" value="2">' in answer.text


def test_before_it_goes_out_one_question_names_the_channels(drafts: Drafts, seats: Seats, rows: Rows) -> None:
    story_id = drafts()

    one_sided = seats().post(f"/bien-tap/{story_id}/xuat-ban", data={"version": "1", "channels": ["portal", "atom"]})
    mixed = seats().post(f"/bien-tap/{story_id}/xuat-ban", data={"version": "1", "channels": ["portal", "radio"]})

    assert "Đăng bài này lên 2 kênh?" in one_sided.text
    assert ("chọn một phía" in one_sided.text, "chọn một phía" in mixed.text) == (True, False)
    assert rows("SELECT count(*) FROM bus.effect") == [(0,)]


def test_no_channel_is_no_publication(drafts: Drafts, seats: Seats) -> None:
    answer = seats().post(f"/bien-tap/{drafts()}/xuat-ban", data={"version": "1", "confirmed": "1"})

    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một kênh" in answer.text


def test_missing_consent_stops_the_pages_and_the_api(drafts: Drafts, seats: Seats, rows: Rows) -> None:
    story_id = drafts(consent=AGREED.model_copy(update={"publish_story": False}))
    editor = seats()

    assert "chưa đồng ý cho đăng bài" in editor.get(f"/bien-tap/{story_id}").text
    form = {"version": "1", "channels": ["portal"], "confirmed": "1"}
    page = editor.post(f"/bien-tap/{story_id}/xuat-ban", data=form)
    api = editor.post(f"/api/v1/stories/{story_id}/approval", json={"channels": ["portal"]})

    assert (page.status_code, api.status_code) == (422, 422)
    assert api.json()["type"].endswith("consent.story_missing")
    assert rows("SELECT count(*) FROM bus.effect") == [(0,)]


def test_previews_show_each_channel(drafts: Drafts, seats: Seats) -> None:
    story_id = drafts()
    editor = seats()

    assert "bản xem trước" in editor.get(f"/bien-tap/{story_id}/xem/cong").text
    assert "hai nghìn không trăm hai mươi tư" in editor.get(f"/bien-tap/{story_id}/xem/truyen-thanh").text
    assert editor.get(f"/bien-tap/{story_id}/xem/to-roi.pdf").content.startswith(b"%PDF")


def test_the_demo_drive_finds_the_draft_and_approves_it_twice_for_one_effect_each(
    drafts: Drafts, seats: Seats, web: TestClient, rows: Rows
) -> None:
    story_id = drafts()
    ((nomination_id,),) = rows("SELECT nomination_id FROM publish.story")
    editor = seats()

    found = editor.get("/api/v1/stories", params={"nomination_id": str(nomination_id)}).json()
    asked = {"channels": ["portal", "atom", "radio", "leaflet"], "title": "Nồi cháo nghĩa tình"}
    answers = [editor.post(f"/api/v1/stories/{story_id}/approval", json=asked) for _ in range(2)]

    assert [(item["id"], item["stage"]) for item in found["items"]] == [(str(story_id), "draft")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].headers["location"] == "/guong/noi-chao-nghia-tinh"
    assert [channel["state"] for channel in answers[1].json()["channels"]] == ["planned"] * 4
    assert said(rows) == ["story.drafted", "story.approved"]
    carried(rows)
    shown = editor.get(f"/api/v1/stories/{story_id}").json()
    assert (shown["stage"], {channel["state"] for channel in shown["channels"]}) == ("published", {"sent"})
    assert web.get("/api/v1/stories", params={"nomination_id": str(nomination_id)}).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {"channels": []},
        {"channels": ["zalo"]},
        {"channels": ["portal"], "title": ""},
        {"channels": ["portal"], "title": "x" * 151},
        {"channels": ["portal"], "body": "a\x00b"},
        {"channels": "portal"},
        {"channels": ["portal"], "surprise": 1},
        {},
    ],
)
def test_an_approval_that_makes_no_sense_is_a_problem_document(drafts: Drafts, seats: Seats, body: object) -> None:
    answer = seats().post(f"/api/v1/stories/{drafts()}/approval", json=body)

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_a_story_that_nobody_has_is_not_found(seats: Seats, web: TestClient) -> None:
    assert seats().get(f"/bien-tap/{new_id()}").status_code == 404
    assert web.get(f"/api/v1/stories/{new_id()}").status_code == 404


def test_a_draft_is_no_business_of_the_public_api(drafts: Drafts, web: TestClient) -> None:
    assert web.get(f"/api/v1/stories/{drafts()}").status_code == 404


def pile_of(client: TestClient, pile: str) -> list[str]:
    """The ids of the stories on one pile."""
    page = client.get("/bien-tap", params={"nhom": pile}).text
    return [str(UUID(found)) for found in re.findall(r'<li><a href="/bien-tap/([0-9a-f-]{36})"', page)]

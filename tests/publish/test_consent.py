"""What was agreed to is asked of each channel, at approval and again at the moment of sending."""

from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given as always
from hypothesis import strategies as st
from sqlalchemy import Engine

from services.publish.commands.carrying import PERFORMERS
from services.publish.rules.consent import Agreed, class_of, may_stand, require_covered, require_everybody
from shared.access.principal import Role
from shared.database import engine_of
from shared.effects.ledger import perform
from shared.effects.outcome import Effect, Outcome
from shared.errors import Refused
from shared.events.event import Event
from shared.events.nomination import ConsentAwaited, ConsentDeclined, ConsentGiven, ConsentWithdrawn
from shared.ids import new_id
from shared.plan import Plan
from shared.settings import settings
from tests.publish.conftest import (
    Drafts,
    Seats,
    approved,
    carried,
    effect_keys,
    nomination_under,
    said,
    told,
)
from tests.worlds import Rows

EVERYTHING = ["name", "story", "photo", "portal", "radio", "print"]


def word(event: type[Event], rows: Rows, agreed: list[str], *, waiting: int = 0, **more: Any) -> Event:
    """A word about the one dossier that there is."""
    ((nomination_id, unit_id),) = rows("SELECT nomination_id, unit_id FROM publish.dossier")
    facts = {"nomination_id": nomination_id, "code": "DC-2024-0147", "party_id": new_id(), "unit_id": unit_id}
    known = {"proof": "digital", "way": "link", "text_version": "1"} if event is not ConsentAwaited else {}
    return event(**facts, **known, **more, capacity="member", agreed=agreed, waiting=waiting)


def given(rows: Rows, agreed: list[str]) -> Event:
    return word(ConsentGiven, rows, agreed, uses=agreed)


def channels(rows: Rows) -> dict[str, tuple[str, str]]:
    return {
        name: (state, detail) for name, state, detail in rows("SELECT channel, state, detail FROM publish.publication")
    }


def test_one_channel_that_was_not_agreed_to_is_refused_and_the_others_go(
    drafts: Drafts, plan: Plan, rows: Rows
) -> None:
    story_id = drafts()
    told(plan, given(rows, ["name", "story", "portal"]))

    with pytest.raises(Refused) as refused:
        approved(story_id, plan, "portal", "radio")
    approved(story_id, plan, "portal", "atom")
    carried(rows)

    assert (refused.value.key, refused.value.details) == ("consent.channel_missing", {"value": "radio"})
    assert channels(rows) == {"portal": ("sent", ""), "atom": ("sent", "")}


@pytest.mark.parametrize(
    ("heard", "outcome"),
    [
        (lambda rows: given(rows, ["name", "story", "radio"]), ("cancelled", "consent.taken_back")),
        (lambda rows: word(ConsentAwaited, rows, [], waiting=1), ("failed", "consent.waiting")),
        (lambda rows: word(ConsentDeclined, rows, [], waiting=1), ("cancelled", "consent.taken_back")),
        (lambda rows: given(rows, ["story", "portal"]), ("cancelled", "consent.taken_back")),
        (lambda rows: given(rows, ["name", "portal"]), ("cancelled", "consent.taken_back")),
    ],
    ids=["channel", "awaited", "declined", "name", "story"],
)
def test_a_word_between_approval_and_sending_is_heard_in_time(
    drafts: Drafts, plan: Plan, rows: Rows, heard: Any, outcome: tuple[str, str]
) -> None:
    approved(drafts(), plan, "portal")

    told(plan, heard(rows))
    carried(rows)

    assert channels(rows) == {"portal": outcome}


def test_the_gate_is_asked_in_the_attempt_itself(drafts: Drafts, plan: Plan, rows: Rows) -> None:
    approved(drafts(), plan, "portal", "radio")
    rows("""UPDATE publish.dossier SET agreed_channels = '["portal"]'""")

    carried(rows)

    assert channels(rows) == {"portal": ("sent", ""), "radio": ("failed", "consent.channel_missing")}


def test_what_was_awaited_goes_out_once_everybody_agreed(drafts: Drafts, plan: Plan, rows: Rows) -> None:
    story_id = drafts()
    told(plan, word(ConsentAwaited, rows, [], waiting=1))

    with pytest.raises(Refused, match=r"consent\.waiting"):
        approved(story_id, plan, "portal")
    told(plan, given(rows, EVERYTHING))
    approved(story_id, plan, "portal")
    carried(rows)

    assert channels(rows) == {"portal": ("sent", "")}


def test_the_story_shows_the_photo_and_the_name_as_agreed(drafts: Drafts, plan: Plan, rows: Rows) -> None:
    drafts(photo="ab" * 32)

    shown = []
    for agreed in (["story", "portal"], EVERYTHING):
        told(plan, given(rows, agreed))
        shown += rows("SELECT photo, shown_name FROM publish.story")

    assert (shown[0][0], "Ấm" in shown[0][1], shown[1]) == (None, False, ("ab" * 32, "Lò Thị Ấm"))


def test_the_desk_ticks_and_names_what_was_agreed_to(drafts: Drafts, plan: Plan, rows: Rows, seats: Seats) -> None:
    story_id = drafts()
    told(plan, given(rows, ["name", "story", "portal"]))
    page = seats(Role.EDITOR).get(f"/bien-tap/{story_id}/xuat-ban").text

    ticked = [name for name in ("portal", "atom", "radio", "leaflet") if f'value="{name}" checked' in page]

    assert ticked == ["portal", "atom"]
    assert "Không đồng ý đăng ở:" in page


def test_a_channel_of_no_class_of_ours_is_a_social_network() -> None:
    agreed = Agreed(story=True, name=True, photo=True)

    with pytest.raises(Refused, match=r"consent\.channel_missing"):
        require_covered(agreed, ["zalo"])
    require_covered(Agreed(story=True, name=True, photo=True, channels=frozenset({"social"})), ["zalo"])
    require_everybody(agreed)


def withdrawn(rows: Rows, ends: list[str], agreed: list[str], *, waiting: int = 0) -> Event:
    days = dict.fromkeys(("asked_on", "answer_by", "stop_by", "third_parties_by"), "2024-12-02")
    return word(ConsentWithdrawn, rows, agreed, waiting=waiting, uses=ends, withdrawal_id=new_id(), **days)


def done(rows: Rows) -> list[tuple[Any, ...]]:
    """What was said of stops that are done."""
    return rows(
        "SELECT data->'stopped', data->'cannot_recall', data->'still_out' FROM bus.event"
        " WHERE type = 'vn.guongsang.withdrawal.carried_out.v1' ORDER BY id"
    )


def test_everything_taken_back_takes_the_story_off_and_says_so_when_the_files_are_gone(
    published: Drafts, plan: Plan, rows: Rows, web: TestClient
) -> None:
    published("portal", "atom", "radio", "leaflet")
    ((slug,),) = rows("SELECT slug FROM publish.story")

    told(plan, withdrawn(rows, EVERYTHING, [], waiting=1), times=2)
    at_once = web.get(f"/guong/{slug}").status_code, said(rows, "story.withdrawn"), done(rows)
    carried(rows)

    assert at_once == (410, ["story.withdrawn"], [])
    assert done(rows) == [(["atom", "leaflet", "portal", "radio"], ["leaflet", "radio"], [])]
    assert not any(settings().var_dir.joinpath("leaflets").rglob("*.pdf"))


def test_one_channel_taken_back_leaves_the_others(published: Drafts, plan: Plan, rows: Rows, web: TestClient) -> None:
    published("portal", "atom", "radio", "leaflet")
    ((slug,),) = rows("SELECT slug FROM publish.story")
    addresses = [f"/guong/{slug}", f"/guong/{slug}/truyen-thanh.mp3", f"/guong/{slug}/to-roi.pdf"]

    told(plan, withdrawn(rows, ["radio"], ["name", "story", "photo", "portal", "print"]))
    carried(rows)

    assert [web.get(each).status_code for each in addresses] == [200, 404, 200]
    assert (done(rows), said(rows, "story.withdrawn")) == ([(["radio"], ["radio"], ["atom", "leaflet", "portal"])], [])


def test_the_portal_taken_back_is_gone_from_page_list_and_feed_and_may_come_again(
    published: Drafts, plan: Plan, rows: Rows, web: TestClient
) -> None:
    story_id = published("portal", "atom", "leaflet")
    ((slug,),) = rows("SELECT slug FROM publish.story")

    told(plan, withdrawn(rows, ["portal"], ["name", "story", "print"]))
    carried(rows)
    gone = web.get(f"/guong/{slug}").status_code, f"/guong/{slug}" in web.get("/").text
    feed = web.get("/atom.xml").text
    told(plan, given(rows, EVERYTHING))
    approved(story_id, plan, "portal", "atom")
    carried(rows)

    assert (gone, "deleted-entry" in feed, f"/guong/{slug}" in feed) == ((410, False), True, False)
    assert web.get(f"/guong/{slug}").status_code == 200


def test_a_name_taken_back_takes_off_every_text_that_has_it(
    published: Drafts, plan: Plan, rows: Rows, web: TestClient
) -> None:
    story_id = published("portal", "atom")
    ((slug,),) = rows("SELECT slug FROM publish.story")

    told(plan, withdrawn(rows, ["name"], ["story", "portal", "radio", "print"]))

    assert web.get(f"/guong/{slug}").status_code == 410
    assert rows("SELECT stage FROM publish.story") == [("draft",)]
    with pytest.raises(Refused, match=r"consent\.name_in_text"):
        approved(story_id, plan, "portal")
    assert done(rows) == [(["atom", "portal"], [], [])]


def test_a_photo_taken_back_is_gone_and_the_story_stays(published: Drafts, plan: Plan, rows: Rows) -> None:
    published("portal", photo="ab" * 32)

    told(plan, withdrawn(rows, ["photo"], ["name", "story", "portal", "radio", "print"]))

    assert rows("SELECT photo, stage FROM publish.story") == [(None, "published")]
    assert done(rows) == [([], [], ["portal"])]


def test_what_was_taken_back_while_a_channel_was_at_it_does_not_stay(drafts: Drafts, plan: Plan, rows: Rows) -> None:
    approved(drafts(), plan, "radio")
    (key,) = effect_keys(rows)
    before = PERFORMERS["radio"]

    def overtaken(effect: Effect, bulletin: Any) -> Outcome:
        told(plan, withdrawn(rows, ["radio"], ["name", "story", "portal"]))
        return before.send(effect, bulletin)

    perform(engine_of("publish"), {**PERFORMERS, "radio": replace(before, send=overtaken)}, key)
    waiting = done(rows)
    carried(rows)

    assert (waiting, channels(rows)) == ([], {"radio": ("cancelled", "consent.taken_back")})
    assert done(rows) == [([], [], [])]
    assert not any(settings().var_dir.joinpath("radio").rglob("*.mp3"))


def test_before_there_is_a_story_nothing_has_to_stop(plan: Plan, rows: Rows, database: Engine) -> None:
    told(plan, nomination_under(plan))

    told(plan, withdrawn(rows, EVERYTHING, [], waiting=1))

    assert done(rows) == [([], [], [])]


@always(
    st.booleans(),
    st.booleans(),
    st.sets(st.sampled_from(["portal", "radio", "social", "print"])),
    st.integers(0, 2),
    st.sampled_from(["portal", "atom", "radio", "leaflet", "zalo"]),
    st.booleans(),
)
def test_nothing_stands_anywhere_that_not_everything_about_it_was_agreed_to(
    story: bool, name: bool, classes: set[str], waiting: int, channel: str, named: bool
) -> None:
    agreed = Agreed(story=story, name=name, photo=False, channels=frozenset(classes), waiting=waiting)
    text = "Lò Thị Ấm nấu cháo." if named else "Nồi cháo nghĩa tình."

    stands = may_stand(agreed, channel=channel, name="Lò Thị Ấm", texts=(text,))

    assert stands == (story and not waiting and class_of(channel) in classes and (name or not named))

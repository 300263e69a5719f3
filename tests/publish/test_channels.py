"""Each channel carries a story once, whatever dies on the way; and nothing goes out that was taken back meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from services.publish.adapters import bulletins, leaflets
from services.publish.commands.approving import Approval, approve
from services.publish.commands.carrying import PERFORMERS
from services.publish.commands.editing import Text, save_text
from services.publish.commands.trying_again import try_again
from shared.database import engine_of, transaction
from shared.effects.ledger import perform
from shared.effects.outcome import Effect, Failed, Outcome, Unknown
from shared.errors import Refused
from shared.plan import Plan
from tests.worlds import Rows

from .conftest import EVERYWHERE, Drafts, approved, carried, effect_keys, person, said, told, withdrawal_of

CHANNELS = ("portal", "atom", "radio", "leaflet")


class Killed(BaseException):
    """Stands for `kill -9`: nothing of ours runs after it."""


def test_a_story_goes_out_on_every_channel_and_is_introduced_once(published: Drafts, rows: Rows) -> None:
    story_id = published(*EVERYWHERE)

    assert rows("SELECT channel, state, address FROM publish.publication ORDER BY channel") == [
        ("atom", "sent", "/atom.xml"),
        ("leaflet", "sent", f"{page(rows)}/to-roi.pdf"),
        ("portal", "sent", page(rows)),
        ("radio", "sent", f"{page(rows)}/truyen-thanh.mp3"),
    ]
    assert said(rows).count("story.published") == 4
    assert said(rows, "role_model.introduced") == ["role_model.introduced"]
    assert rows("SELECT id, stage, public_version, introduced_on IS NOT NULL FROM publish.story") == [
        (story_id, "published", 1, True)
    ]


def test_performing_again_changes_nothing(published: Drafts, rows: Rows) -> None:
    published(*EVERYWHERE)
    before = said(rows, "%")

    for key in effect_keys(rows, states=("sent",)):
        perform(engine_of("publish"), PERFORMERS, key)

    assert said(rows, "%") == before
    assert rows("SELECT DISTINCT attempts FROM bus.effect") == [(1,)]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_worker_killed_around_the_sending_costs_nothing_and_doubles_nothing(
    drafts: Drafts, plan: Plan, rows: Rows, channel: str, moment: str
) -> None:
    approved(drafts(), plan, channel)
    sends: list[str] = []

    with pytest.raises(Killed):
        carried(rows, performers(channel, send=lambda real: dying(real, sends, moment)))
    assert rows("SELECT state FROM bus.effect") == [("sending",)]
    lease_ends(rows)
    (key,) = effect_keys(rows, states=("sending",))
    perform(engine_of("publish"), performers(channel, send=lambda real: counting(real, sends)), key)
    carried(rows, performers(channel, send=lambda real: counting(real, sends)))

    assert rows("SELECT state FROM bus.effect") == [("sent",)]
    assert said(rows) == ["story.drafted", "story.approved", "story.published"]
    assert said(rows, "role_model.introduced") == ["role_model.introduced"]
    made_a_file_before_dying = moment == "after" and channel in {"radio", "leaflet"}
    assert len(sends) == (1 if made_a_file_before_dying else 2)  # what is there is looked up, not made again


def test_a_worker_killed_while_it_settles_settles_once_later(drafts: Drafts, plan: Plan, rows: Rows) -> None:
    approved(drafts(), plan, "portal")

    def die_at_the_end(session: Any, effect: Effect, outcome: Any) -> None:
        PERFORMERS["portal"].settled(session, effect, outcome)
        raise Killed

    with pytest.raises(Killed):
        carried(rows, {"portal": replace(PERFORMERS["portal"], settled=die_at_the_end)})
    assert rows("SELECT public_version FROM publish.story") == [(None,)]
    assert said(rows) == ["story.drafted", "story.approved"]
    lease_ends(rows)
    for key in effect_keys(rows, states=("sending",)):
        perform(engine_of("publish"), PERFORMERS, key)
    carried(rows)

    assert said(rows) == ["story.drafted", "story.approved", "story.published"]


def test_consent_withdrawn_between_approval_and_sending_lets_nothing_out(
    drafts: Drafts, plan: Plan, rows: Rows
) -> None:
    story_id = drafts()
    approved(story_id, plan)
    keys = effect_keys(rows)

    withdrawn(story_id, plan, rows)
    for key in keys:
        perform(engine_of("publish"), PERFORMERS, key)

    assert rows("SELECT DISTINCT state FROM bus.effect") == [("cancelled",)]
    assert rows("SELECT DISTINCT state, sent_version FROM publish.publication") == [("cancelled", None)]
    assert said(rows) == ["story.drafted", "story.approved", "story.withdrawn"]


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_withdrawal_while_the_channel_is_at_it_lets_nothing_out(
    drafts: Drafts, plan: Plan, rows: Rows, channel: str
) -> None:
    story_id = drafts()
    approved(story_id, plan, channel)

    def withdraw_meanwhile(real: Any) -> Any:
        def send(effect: Effect, payload: Any) -> Outcome:
            outcome: Outcome = real(effect, payload)
            withdrawn(story_id, plan, rows)
            return outcome

        return send

    carried(rows, PERFORMERS | performers(channel, send=withdraw_meanwhile))

    assert "story.published" not in said(rows)
    assert said(rows, "role_model.introduced") == []
    assert rows("SELECT stage, public_at FROM publish.story") == [("withdrawn", None)]
    files = [target for (target,) in rows("SELECT target FROM bus.effect WHERE channel LIKE '%removal'")]
    assert len(files) == (1 if channel in {"radio", "leaflet"} else 0)
    assert not any(bulletins.exists(content) or leaflets.exists(content) for content in files)


def test_consent_is_asked_again_when_the_channel_is_served(drafts: Drafts, plan: Plan, rows: Rows) -> None:
    approved(drafts(), plan, "portal")
    rows("UPDATE publish.dossier SET publish_story = false")

    carried(rows)

    assert rows("SELECT state, detail FROM publish.publication") == [("failed", "consent.story_missing")]
    assert said(rows) == ["story.drafted", "story.approved", "story.publication_failed"]
    assert rows("SELECT public_version FROM publish.story") == [(None,)]


def test_a_failed_channel_is_sent_again_when_a_person_says_so(drafts: Drafts, plan: Plan, rows: Rows) -> None:
    story_id = drafts()
    approved(story_id, plan, "radio")
    broken = performers("radio", send=lambda _real: lambda _effect, _payload: Failed("the loudspeaker is off"))
    carried(rows, broken)
    assert rows("SELECT state, detail FROM publish.publication") == [("failed", "the loudspeaker is off")]

    again(story_id, "radio", plan)
    carried(rows)

    assert rows("SELECT state, detail FROM publish.publication") == [("sent", "")]
    with pytest.raises(Refused, match=r"channel\.not_stuck"):
        again(story_id, "radio", plan)


def test_approving_a_failed_channel_again_sends_it_again(drafts: Drafts, plan: Plan, rows: Rows) -> None:
    story_id = drafts()
    approved(story_id, plan, "radio")
    carried(rows, performers("radio", send=lambda _real: lambda _effect, _payload: Failed("off")))

    approved(story_id, plan, "radio")
    carried(rows)

    assert rows("SELECT state FROM publish.publication") == [("sent",)]


def test_what_nobody_can_see_stays_unknown_for_a_person(drafts: Drafts, plan: Plan, rows: Rows) -> None:
    story_id = drafts()
    approved(story_id, plan, "radio")

    def lost(_effect: Effect, _payload: Any) -> Outcome:
        return Unknown("no answer")

    blind = {"radio": replace(PERFORMERS["radio"], send=lost, look_up=lost)}
    carried(rows, blind)
    for _ in range(3):
        for key in effect_keys(rows, states=("unknown",)):
            perform(engine_of("publish"), blind, key)

    assert rows("SELECT state, detail FROM publish.publication") == [("unknown", "no answer")]
    assert said(rows)[-1] == "story.publication_failed"
    again(story_id, "radio", plan)
    carried(rows)
    assert rows("SELECT state FROM publish.publication") == [("sent",)]


def test_a_correction_replaces_the_text_and_is_not_announced_again(published: Drafts, plan: Plan, rows: Rows) -> None:
    story_id = published(*EVERYWHERE)
    ((first,),) = rows("SELECT content FROM publish.publication WHERE channel = 'radio'")

    corrected(story_id, plan, Text("Nồi cháo của bà Ấm", "Lời dẫn mới", "Đoạn mới"))
    carried(rows)

    assert rows("SELECT DISTINCT sent_version FROM publish.publication") == [(2,)]
    assert rows("SELECT public_version, slug FROM publish.story") == [(2, page(rows).removeprefix("/guong/"))]
    assert not bulletins.exists(first)
    assert said(rows).count("story.published") == 4
    assert said(rows, "role_model.introduced") == ["role_model.introduced"]


def test_of_two_approvals_in_a_row_only_the_newer_text_goes(drafts: Drafts, plan: Plan, rows: Rows) -> None:
    story_id = drafts()
    approved(story_id, plan, "portal")
    corrected(story_id, plan, Text("Tựa mới", "Lời dẫn mới", "Đoạn mới"), "portal")

    carried(rows)

    assert rows("SELECT target, state, detail FROM bus.effect ORDER BY target") == [
        ("v1", "failed", "story.newer_version"),
        ("v2", "sent", ""),
    ]
    assert rows("SELECT public_version FROM publish.story") == [(2,)]
    assert said(rows).count("story.published") == 1
    assert "story.publication_failed" not in said(rows)


def test_a_text_saved_after_approval_waits_for_its_own(drafts: Drafts, plan: Plan, rows: Rows) -> None:
    story_id = drafts()
    approved(story_id, plan, "portal")
    with transaction(engine_of("publish")) as session:
        save_text(session, story_id, Text("Chưa duyệt", "Lời dẫn", "Đoạn"), seen_version=1, who=person(plan))

    carried(rows)

    assert rows("SELECT public_version, version FROM publish.story") == [(1, 2)]


def performers(channel: str, *, send: Callable[[Any], Any]) -> dict[str, Any]:
    """The real performer with its sending wrapped: the outside world misbehaves, our own code stays."""
    real = PERFORMERS[channel]
    return {channel: replace(real, send=send(real.send))}


def dying(real: Any, sends: list[str], moment: str) -> Any:
    def send(effect: Effect, payload: Any) -> Outcome:
        sends.append(effect.channel)
        if moment == "after":
            real(effect, payload)
        raise Killed

    return send


def counting(real: Any, sends: list[str]) -> Any:
    def send(effect: Effect, payload: Any) -> Outcome:
        sends.append(effect.channel)
        outcome: Outcome = real(effect, payload)
        return outcome

    return send


def lease_ends(rows: Rows) -> None:
    rows("UPDATE bus.effect SET lease_until = now() - interval '1 second' WHERE state = 'sending'")


def again(story_id: UUID, channel: str, plan: Plan) -> None:
    with transaction(engine_of("publish")) as session:
        try_again(session, story_id, channel, who=person(plan))


def corrected(story_id: UUID, plan: Plan, text: Text, *channels: str) -> None:
    with transaction(engine_of("publish")) as session:
        approve(session, story_id, Approval(channels or CHANNELS, text=text), who=person(plan))


def withdrawn(story_id: UUID, plan: Plan, rows: Rows) -> None:
    ((nomination_id,),) = rows("SELECT nomination_id FROM publish.story WHERE id = :id", id=story_id)
    told(plan, withdrawal_of(nomination_id, plan))


def page(rows: Rows) -> str:
    return f"/guong/{rows('SELECT slug FROM publish.story')[0][0]}"

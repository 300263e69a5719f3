"""From a recognised nomination to a story, and back again when it is withdrawn."""

from datetime import date
from uuid import UUID

import pytest

from services.publish.adapters import bulletins, leaflets
from services.publish.commands.approving import Approval, approve
from services.publish.commands.editing import Text, save_text
from services.publish.handlers import ear
from shared.access.principal import Role
from shared.bus.consume import consume
from shared.database import engine_of, transaction
from shared.errors import Conflict, NotFound, Refused
from shared.events.nomination import NominationSubmitted, Nominee
from shared.events.review import CaseHeld, CaseReleased
from shared.ids import new_id
from shared.plan import Plan, Unit
from tests.worlds import Rows

from .conftest import (
    AGREED,
    EVERYWHERE,
    Drafts,
    approved,
    carried,
    nomination_under,
    person,
    recognition_of,
    said,
    told,
    withdrawal_of,
)

NAMELESS = AGREED.model_copy(update={"publish_name": False})


def test_a_recognised_nomination_becomes_a_draft(plan: Plan, database: object, rows: Rows) -> None:
    nomination = nomination_under(plan)

    told(plan, nomination, recognition_of(nomination))

    assert rows("SELECT stage, version, title, slug FROM publish.story") == [
        ("draft", 1, "Lò Thị Ấm: nồi cháo nghĩa tình mười năm ở trạm y tế xã", None)
    ]
    assert said(rows) == ["story.drafted"]
    assert rows("SELECT correlationid, planstep <> '' FROM bus.event WHERE type LIKE '%story.drafted%'") == [
        (nomination.nomination_id, True)
    ]


def test_the_same_news_twice_is_one_story(plan: Plan, database: object, rows: Rows) -> None:
    nomination = nomination_under(plan)

    told(plan, nomination, recognition_of(nomination), times=3)

    assert rows("SELECT count(*) FROM publish.story") == [(1,)]
    assert said(rows) == ["story.drafted"]


def test_a_recognition_that_overtakes_its_nomination_waits_for_it(plan: Plan, database: object, rows: Rows) -> None:
    nomination = nomination_under(plan)

    early = told(plan, recognition_of(nomination))
    assert rows("SELECT count(*) FROM publish.story") == [(0,)]
    told(plan, nomination)
    consume(engine_of("publish"), ear, early)

    assert rows("SELECT stage FROM publish.story") == [("draft",)]


def test_a_story_whose_dossier_is_held_goes_out_nowhere(plan: Plan, drafts: Drafts, rows: Rows) -> None:
    story_id = drafts()
    approved(story_id, plan, "portal")
    ((nomination_id,),) = rows("SELECT nomination_id FROM publish.story")
    case = {"case_id": new_id(), "nomination_id": nomination_id, "code": "DC-2024-0147", "unit_id": plan.unit.id}
    day = date(2024, 11, 20)

    told(plan, CaseHeld(**case, ground="complaint", held_on=day, held_until=day))
    carried(rows)
    with pytest.raises(Refused) as refused:
        approved(story_id, plan, "atom")
    held = rows("SELECT channel, state, detail FROM publish.publication")
    told(plan, CaseReleased(**case, released_on=day, answer_by=day))
    approved(story_id, plan, "portal", "atom")
    carried(rows)

    assert (held, refused.value.key) == ([("portal", "failed", "story.held")], "story.held")
    assert rows("SELECT DISTINCT state FROM publish.publication") == [("sent",)]


def test_a_nomination_withdrawn_before_its_recognition_is_never_drafted(
    plan: Plan, database: object, rows: Rows
) -> None:
    nomination = nomination_under(plan)

    told(plan, nomination, withdrawal_of(nomination.nomination_id, plan), recognition_of(nomination))

    assert rows("SELECT count(*) FROM publish.story") == [(0,)]


def test_the_draft_of_somebody_without_consent_to_the_name_does_not_name_them(drafts: Drafts, rows: Rows) -> None:
    drafts(consent=NAMELESS, story="Lò Thị Ấm nấu cháo mười năm.", headline="Lò Thị Ấm nấu cháo cho người nghèo")

    ((title, sapo, body, shown),) = rows("SELECT title, sapo, body, shown_name FROM publish.story")

    assert shown == "Một công dân thôn 1"
    assert title == "Một công dân thôn 1 nấu cháo cho người nghèo"
    assert "Ấm" not in title + sapo + body


def test_a_plan_that_shares_no_name_with_the_first_is_drafted_too(
    strange_plan: Plan, database: object, rows: Rows
) -> None:
    plan = strange_plan
    home = next(unit for unit in plan.units if unit.kind == "neighbourhood")
    nomination = nomination_under_strange(plan, home)

    told(plan, nomination, recognition_of(nomination))

    ((story_id, sapo),) = rows("SELECT id, sapo FROM publish.story")
    assert sapo == (
        "Ba mùa hè, mỗi chiều một lớp. "
        f"{plan.unit.name} vừa công nhận Lò Thị Ấm, khu phố 1, là gương sáng trong lĩnh vực "
        f"{str(plan.fields[0].title).lower()}."
    )
    with pytest.raises(Refused, match=r"story\.unknown_channel"):  # its channels are none that we can carry to
        approved(story_id, plan, "bulletin")


def test_an_editor_saves_and_every_version_is_kept(drafts: Drafts, plan: Plan, rows: Rows) -> None:
    story_id = drafts()

    saved(story_id, plan, Text("Nồi cháo", "Lời dẫn", "Đoạn một"), seen=1)
    saved(story_id, plan, Text("Nồi cháo", "Lời dẫn", "Đoạn một"), seen=1)  # the same text is no new version

    assert rows("SELECT version, title, saved_by IS NULL FROM publish.story_revision ORDER BY version") == [
        (1, "Lò Thị Ấm: nồi cháo nghĩa tình mười năm ở trạm y tế xã", True),
        (2, "Nồi cháo", False),
    ]


def test_of_two_editors_the_second_is_told(drafts: Drafts, plan: Plan) -> None:
    story_id = drafts()
    saved(story_id, plan, Text("Một", "Lời dẫn", "Đoạn"), seen=1)

    with pytest.raises(Conflict, match=r"story\.changed_meanwhile"):
        saved(story_id, plan, Text("Hai", "Lời dẫn", "Đoạn"), seen=1)


def test_an_editor_of_another_commune_reaches_nothing(drafts: Drafts, plan: Plan, other_plan: Plan) -> None:
    story_id = drafts()

    with pytest.raises(NotFound, match=r"thing\.unknown"):
        saved(story_id, other_plan, Text("a", "b", "c"), seen=1)
    with pytest.raises(NotFound, match=r"thing\.unknown"):
        approved(story_id, other_plan)


def test_approval_gives_an_address_and_plans_one_effect_for_each_channel(
    drafts: Drafts, plan: Plan, rows: Rows
) -> None:
    story_id = drafts()

    approved(story_id, plan)
    approved(story_id, plan)

    assert rows("SELECT stage, slug FROM publish.story") == [
        ("approved", "lo-thi-am-noi-chao-nghia-tinh-muoi-nam-o-tram-y-te-xa")
    ]
    assert rows("SELECT channel, target, state FROM bus.effect ORDER BY channel") == [
        ("atom", "v1", "planned"),
        ("leaflet", "v1", "planned"),
        ("portal", "v1", "planned"),
        ("radio", "v1", "planned"),
    ]
    assert said(rows) == ["story.drafted", "story.approved"]


def test_titles_alike_get_addresses_of_their_own(drafts: Drafts, plan: Plan, rows: Rows) -> None:
    for _ in range(3):
        approved(drafts(), plan, "portal")

    slugs = [slug for (slug,) in rows("SELECT slug FROM publish.story ORDER BY id")]
    assert slugs == [f"lo-thi-am-noi-chao-nghia-tinh-muoi-nam-o-tram-y-te-xa{end}" for end in ("", "-2", "-3")]


@pytest.mark.parametrize(
    ("consent", "key"),
    [
        (AGREED.model_copy(update={"publish_story": False}), "consent.story_missing"),
        (NAMELESS, "consent.name_in_text"),
    ],
)
def test_what_was_not_agreed_is_not_approved(drafts: Drafts, plan: Plan, rows: Rows, consent: object, key: str) -> None:
    story_id = drafts(consent=consent)
    saved(story_id, plan, Text("Bà Ấm nấu cháo", "Lời dẫn", "Đoạn"), seen=1)

    with pytest.raises(Refused, match=key):
        approved(story_id, plan)

    assert rows("SELECT count(*) FROM bus.effect") == [(0,)]


def test_a_field_that_asks_for_a_check_is_not_approved_without_it(drafts: Drafts, plan: Plan) -> None:
    field = next(field for field in plan.fields if field.checks)
    story_id = drafts(field=field.id)

    with pytest.raises(Refused, match=r"story\.check_missing"):
        approved(story_id, plan)
    approved(story_id, plan, checks=field.checks)


def test_a_channel_that_is_not_open_is_refused(drafts: Drafts, plan: Plan) -> None:
    with pytest.raises(Refused, match=r"story\.unknown_channel"):
        approved(drafts(), plan, "portal", "facebook")


def test_an_approval_of_a_text_that_changed_meanwhile_is_refused(drafts: Drafts, plan: Plan) -> None:
    story_id = drafts()
    saved(story_id, plan, Text("Mới", "Lời dẫn", "Đoạn"), seen=1)

    with pytest.raises(Conflict), transaction(engine_of("publish")) as session:
        approve(session, story_id, Approval(("portal",), seen_version=1), who=person(plan))


def test_a_withdrawn_draft_can_neither_be_saved_nor_approved(drafts: Drafts, plan: Plan, rows: Rows) -> None:
    story_id = drafts()
    withdrawn(story_id, plan, rows)

    with pytest.raises(Refused, match=r"story\.withdrawn"):
        saved(story_id, plan, Text("a", "b", "c"), seen=1)
    with pytest.raises(Refused, match=r"story\.withdrawn"):
        approved(story_id, plan)
    assert said(rows) == ["story.drafted", "story.withdrawn"]


def test_a_withdrawal_cancels_what_has_not_gone_and_removes_what_has(published: Drafts, plan: Plan, rows: Rows) -> None:
    story_id = published(*EVERYWHERE)
    files = dict(rows("SELECT channel, content FROM publish.publication WHERE content <> ''"))
    assert bulletins.exists(files["radio"])
    assert leaflets.exists(files["leaflet"])

    withdrawn(story_id, plan, rows)
    carried(rows)

    assert not bulletins.exists(files["radio"])
    assert not leaflets.exists(files["leaflet"])
    assert rows("SELECT channel, state FROM publish.publication ORDER BY channel") == [
        ("atom", "removed"),
        ("leaflet", "removed"),
        ("portal", "removed"),
        ("radio", "removed"),
    ]
    ((data,),) = rows("SELECT data FROM bus.event WHERE type LIKE '%story.withdrawn%'")
    assert (data["cannot_recall"], data["reason"]) == (["leaflet", "radio"], "Gia đình xin rút")


def nomination_under_strange(plan: Plan, home: Unit) -> NominationSubmitted:
    return NominationSubmitted(
        nomination_id=new_id(),
        code="DC-2026-0001",
        unit_id=home.id,
        unit_key=home.key,
        source="village",
        subject_kind=plan.subject_kinds[0].id,
        model_kind=plan.model_kinds[0].id,
        field=plan.fields[0].id,
        movement=plan.movements[0].id,
        areas=[area.id for area in plan.achievement_areas],
        initiative=False,
        direct_worker=False,
        headline="Dạy bơi cho trẻ em khu phố",
        story="Ba mùa hè, mỗi chiều một lớp.",
        happened_on=None,
        photo=None,
        submitted_on=date(2026, 6, 1),
        answer_by=date(2026, 6, 15),
        consent=AGREED,
        personal=Nominee(name="Lò Thị Ấm"),
    )


def saved(story_id: UUID, plan: Plan, text: Text, *, seen: int) -> None:
    with transaction(engine_of("publish")) as session:
        save_text(session, story_id, text, seen_version=seen, who=person(plan, Role.EDITOR))


def withdrawn(story_id: UUID, plan: Plan, rows: Rows) -> None:
    ((nomination_id,),) = rows("SELECT nomination_id FROM publish.story WHERE id = :id", id=story_id)
    told(plan, withdrawal_of(nomination_id, plan))

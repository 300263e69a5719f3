"""Who is told what of each event."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from services.notify.adapters.letters import HERE
from services.notify.pages.words import link_words
from services.notify.rules.tellings import TELLINGS, letters
from shared.access.principal import Role
from shared.clock import now, set_to
from shared.events.catalogue import event_names
from shared.events.event import Event
from shared.events.identity import Heir, UnitDissolved, UnitRenamed, UnitTransferred
from shared.events.nomination import (
    CandidateChosen,
    CandidateIdentified,
    CandidatePromoted,
    ConsentDeclined,
    ConsentGiven,
    ConsentStopDue,
    ConsentStopOverdue,
    ConsentStopped,
    ConsentWithdrawn,
    ImportFinished,
    NominationImported,
    NominationResubmitted,
    NominationWithdrawn,
    NurtureStepDue,
    NurtureStepOverdue,
    NurtureStopped,
    SuggestionPassed,
    SuggestionReceived,
    SupportRecorded,
)
from shared.events.publish import (
    RoleModelIntroduced,
    StoryDrafted,
    StoryPublicationFailed,
    StoryPublished,
    StoryWithdrawn,
)
from shared.events.report import (
    CadenceGapDetected,
    QuotaAtRisk,
    QuotaMissed,
    ReportDue,
    ReportOverdue,
    ReportSubmitted,
)
from shared.events.review import (
    CaseDeclined,
    CaseHeld,
    CaseOpened,
    CaseRecognised,
    CaseReleased,
    CaseResumed,
    CaseReturned,
    CaseSentToNurture,
    CommendationProposed,
    HoldExpired,
    RoleModelEscalated,
    RoleModelPutForward,
    RoleModelTierAnswered,
    SupplementDue,
    SupplementOverdue,
)
from shared.ids import new_id
from shared.plan import Plan
from tests.notify.conftest import NOMINEE, Enrol, Say, about_case, activate, submitted, tell_again
from tests.worlds import Rows

Office = dict[Role, UUID]


def told_of(rows: Rows, office: Office, about: str) -> dict[Role, tuple[str, str]]:
    """{role: (first circle, letter)} of the people of the office who were told of an event."""
    roles = {person_id: role for role, person_id in office.items()}
    found = rows("SELECT person_id, recipients[1], letter FROM notify.message WHERE about = :about", about=about)
    return {roles[person_id]: (recipient, letter) for person_id, recipient, letter in found}


@pytest.fixture
def nomination(plan: Plan, office: Office, say: Say) -> Event:
    """A nomination of the village's, handed in by its head."""
    said = submitted(plan)
    say(said, by=office[Role.NOMINATOR])
    return said


def test_the_table_names_events_and_letters_that_exist() -> None:
    assert set(TELLINGS) <= event_names()
    assert letters() == {path.stem for path in HERE.glob("*.txt")}


def test_the_button_of_every_letter_says_where_it_leads() -> None:
    links = {re.sub(r"\{\w+\}", str(new_id()), one.link) for tellings in TELLINGS.values() for one in tellings}

    assert {link for link in links if link_words(link) == "Mở trang này"} == set()
    assert link_words(f"/de-cu/nhap/{new_id()}") == "Xem bảng đã nhập"
    assert link_words(f"/de-cu/{new_id()}") == "Mở hồ sơ"


def test_every_event_that_the_table_names_is_handled() -> None:
    from services.notify.handlers import ear  # noqa: PLC0415 -- makes no difference where it is imported

    told_nothing = {"person.enrolled", "office.ended", "nomination.transferred", "nomination.imported"}
    assert {declared.NAME for declared in ear.handlers if ear.handlers[declared]} == {*TELLINGS, *told_nothing}


def test_a_nomination_brings_a_receipt_and_a_new_dossier(office: Office, nomination: Event, rows: Rows) -> None:
    assert told_of(rows, office, "nomination.submitted") == {
        Role.NOMINATOR: ("nominator", "receipt"),
        Role.CLERK: ("clerk", "new_dossier"),
        Role.COUNCIL_MEMBER: ("council_member", "new_dossier"),
    }
    ((subject, body, link),) = rows("SELECT subject, body, link FROM notify.message WHERE letter = 'receipt'")
    assert subject == "Đã gửi hồ sơ DC-2025-0147"
    assert NOMINEE in body
    assert "28/11/2025" in body
    assert link == f"/hanh-trinh/{nomination.nomination_id}"


def test_who_hands_in_for_others_gets_the_receipt_and_no_second_letter(
    plan: Plan, office: Office, say: Say, rows: Rows
) -> None:
    say(submitted(plan, source="council"), by=office[Role.CLERK])

    assert told_of(rows, office, "nomination.submitted")[Role.CLERK] == ("nominator", "receipt")


def test_a_table_of_nominations_is_told_of_once(plan: Plan, office: Office, say: Say, rows: Rows) -> None:
    head, import_id = office[Role.NOMINATOR], new_id()
    dossiers = [submitted(plan), submitted(plan)]
    for dossier in dossiers:
        about = {"nomination_id": dossier.nomination_id, "unit_id": dossier.unit_id}
        say(NominationImported(**about, import_id=import_id), dossier, by=head)
        say(about_case(CaseOpened, dossier))
    day, last_day = dossiers[0].submitted_on, dossiers[0].answer_by
    counts = {"added": 4800, "faulty": 200, "submitted_on": day, "answer_by": last_day}
    say(ImportFinished(import_id=import_id, unit_id=dossiers[0].unit_id, nominator_id=head, **counts), by=head)

    assert told_of(rows, office, "nomination.submitted") == told_of(rows, office, "case.opened") == {}
    assert told_of(rows, office, "import.finished") == {
        Role.NOMINATOR: ("nominator", "import_receipt"),
        Role.CLERK: ("clerk", "import_received"),
        Role.COUNCIL_MEMBER: ("council_member", "import_received"),
    }
    ((subject, body, link),) = rows("SELECT subject, body, link FROM notify.message WHERE letter = 'import_receipt'")
    assert subject == "Đã gửi 4.800 đề cử từ một bảng"
    assert "Còn 200 dòng chưa nhập được" in body
    assert link == f"/de-cu/nhap/{import_id}"


def test_what_becomes_of_a_dossier_from_a_table_is_told_as_of_any_other(
    plan: Plan, office: Office, say: Say, rows: Rows
) -> None:
    dossier = submitted(plan)
    about = {"nomination_id": dossier.nomination_id, "unit_id": dossier.unit_id}
    say(NominationImported(**about, import_id=new_id()), dossier, by=office[Role.NOMINATOR])

    say(about_case(CaseDeclined, dossier), by=office[Role.CHAIR])

    assert told_of(rows, office, "case.declined") == {Role.NOMINATOR: ("nominator", "declined")}


@pytest.mark.parametrize(
    ("kind", "letter"),
    [(CaseOpened, "case_opened"), (CaseSentToNurture, "nurture"), (CaseDeclined, "declined")],
)
def test_the_nominator_hears_what_became_of_it(
    kind: type[Event], letter: str, office: Office, nomination: Event, say: Say, rows: Rows
) -> None:
    say(about_case(kind, nomination), by=office[Role.CHAIR])

    assert told_of(rows, office, kind.NAME) == {Role.NOMINATOR: ("nominator", letter)}


def test_the_nominees_unit_hears_of_a_decision_too(
    plan: Plan, office: Office, enrol: Enrol, nomination: Event, say: Say, rows: Rows
) -> None:
    village = plan.unit_by_id(nomination.unit_id)
    deputy = enrol(Role.NOMINATOR, village, email="pho@xa.example")

    say(about_case(CaseDeclined, nomination), by=office[Role.CHAIR])

    found = rows("SELECT person_id, recipients FROM notify.message WHERE about = 'case.declined'")
    assert dict(found) == {
        office[Role.NOMINATOR]: ["nominator", "subject_unit"],
        deputy: ["subject_unit"],
    }


def test_a_recognition_is_told_to_whom_the_plans_clauses_name_without_the_nominees_name(
    office: Office, nomination: Event, say: Say, rows: Rows
) -> None:
    say(about_case(CaseRecognised, nomination), by=office[Role.CHAIR])

    assert told_of(rows, office, "case.recognised") == {
        Role.NOMINATOR: ("nominator", "recognised"),
        Role.ORGANISATION: ("all_units", "recognised_elsewhere"),
    }
    ((body,),) = rows("SELECT body FROM notify.message WHERE letter = 'recognised_elsewhere'")
    assert NOMINEE not in body


def test_an_introduction_is_reported_to_the_lines_for_report_and_information(
    plan: Plan, office: Office, nomination: Event, say: Say, rows: Rows
) -> None:
    introduced = RoleModelIntroduced(
        story_id=new_id(),
        nomination_id=nomination.nomination_id,
        unit_id=nomination.unit_id,
        field=nomination.field,
        subject_kind=nomination.subject_kind,
        model_kind=nomination.model_kind,
        direct_worker=True,
        title="Nồi cháo nghĩa tình",
        introduced_on=date(2025, 11, 25),
    )

    say(introduced)

    assert told_of(rows, office, "role_model.introduced") == {
        Role.NOMINATOR: ("nominator", "introduced"),
        Role.AGGREGATOR_OFFICER: ("home_affairs", "introduced_report"),
        Role.CLERK: ("standing_boards", "introduced_report"),
        Role.EDITOR: ("website", "introduced_report"),
    }
    ((recipients,),) = rows(
        "SELECT recipients FROM notify.message WHERE about = 'role_model.introduced' AND person_id = :id",
        id=office[Role.CLERK],
    )
    assert recipients == ["standing_boards", "archive"]


def test_a_channel_more_is_no_news(office: Office, nomination: Event, say: Say, rows: Rows) -> None:
    say(
        StoryPublished(
            story_id=new_id(),
            nomination_id=nomination.nomination_id,
            channel="atom",
            kind=nomination.model_kind,
            title="Nồi cháo nghĩa tình",
            address="/atom.xml",
            published_on=date(2025, 11, 25),
        )
    )

    assert told_of(rows, office, "story.published") == {}


def other_events(plan: Plan, nomination: Event) -> dict[str, tuple[Event, dict[Role, str]]]:
    """{event name: (the event, {role told: circle})} of what is told to offices."""
    dossier = {"nomination_id": nomination.nomination_id}
    story = {"story_id": new_id(), **dossier}
    quota = {"quota_id": new_id(), "quota": plan.quotas[0].id, "unit_id": plan.unit.id, "quarter": "2025-Q4"}
    short = quota | {"counted": 0, "minimum": 1}
    report = {"deadline_id": new_id(), "report": plan.deadlines[0].report, "title": plan.deadlines[0].title.vi}
    last_day = plan.deadlines[0].last_day
    both = {Role.CLERK: "clerk", Role.CHAIR: "chair"}
    asked = {Role.NOMINATOR: "nominator", Role.ORGANISATION: "organisation"}
    village = {"unit_id": nomination.unit_id, "on": last_day}
    suggestion = {"suggestion_id": new_id(), "unit_id": nomination.unit_id}
    renamed = UnitRenamed(**village, name="Thôn Đồng", former_name="Thôn 1", kind="village", former_kind="village")
    moved = UnitTransferred(**village, from_parent_id=plan.unit.id, to_parent_id=plan.aggregator.id)
    heirs = [Heir(unit_id=unit.id, heir_id=unit.id, plan=plan.id) for unit in plan.units]
    ended = UnitDissolved(unit_id=plan.unit.id, plan=plan.id, successors=[plan.unit.id], heirs=heirs, on=last_day)
    found: list[tuple[Event, dict[Role, str]]] = [
        (renamed, both),
        (moved, both | {Role.AGGREGATOR_OFFICER: "aggregator_officer"}),
        (ended, {role: role.value for role in Role if role is not Role.ADMIN}),
        (
            NominationWithdrawn(**dossier, code="DC-2025-0147", unit_id=nomination.unit_id, reason="Đổi ý"),
            {Role.CLERK: "clerk"},
        ),
        (
            CandidateIdentified(
                candidate_id=new_id(),
                **dossier,
                unit_id=nomination.unit_id,
                field=nomination.field,
                subject_kind="individual",
                weaknesses="Chưa lan tỏa",
            ),
            {Role.CLERK: "clerk"},
        ),
        (
            SuggestionReceived(
                **suggestion, origin="citizen", from_unit_id=None, received_on=last_day, answer_by=last_day
            ),
            {Role.NOMINATOR: "answering_unit", Role.CLERK: "clerk"},
        ),
        (
            SuggestionPassed(
                **suggestion, origin="citizen", from_unit_id=plan.unit.id, passed_on=last_day, answer_by=last_day
            ),
            {Role.NOMINATOR: "answering_unit"},
        ),
        (about_case(CommendationProposed, nomination), {Role.CHAIR: "chair"}),
        (
            about_case(RoleModelPutForward, nomination, to_unit_id=plan.aggregator.id),
            {Role.AGGREGATOR_OFFICER: "district_committee"},
        ),
        (
            StoryDrafted(**story, title="Nồi cháo", field=nomination.field, model_kind=nomination.model_kind),
            {Role.EDITOR: "editor"},
        ),
        (StoryPublicationFailed(**story, channel="radio", reason="hết chỗ"), {Role.EDITOR: "editor"}),
        (
            StoryWithdrawn(**story, reason="Rút đồng ý", cannot_recall=["leaflet"]),
            {Role.NOMINATOR: "nominator", Role.CLERK: "clerk"},
        ),
        (QuotaAtRisk(**short, days_left=14), both | asked),
        (QuotaMissed(**short), both | asked),
        (ReportDue(**report, last_day=last_day, days_left=7), both),
        (ReportOverdue(**report, last_day=last_day), both),
        (
            ReportSubmitted(**report, to_unit_id=plan.aggregator.id, submitted_on=last_day, on_time=True),
            both | {Role.AGGREGATOR_OFFICER: "home_affairs"},
        ),
        (
            CadenceGapDetected(cadence_id=new_id(), unit_id=plan.unit.id, last_published_on=None, days_silent=40),
            {Role.CLERK: "clerk", Role.EDITOR: "editor"},
        ),
        *resting_cases(nomination, last_day),
        *nurture(nomination.unit_id, last_day),
        *climbing(nomination, last_day),
        *consents(nomination, last_day),
    ]
    return {event.NAME: (event, told) for event, told in found}


def nurture(unit_id: UUID, day: date) -> list[tuple[Event, dict[Role, str]]]:
    """What is told of a candidate: to the unit what it has to do, to officers what it did; no name is in it."""
    unit, clerk = {Role.NOMINATOR: "nurturing_unit"}, {Role.CLERK: "clerk"}
    about = {"candidate_id": new_id(), "unit_id": unit_id}
    step = {**about, "step_id": new_id(), "due_on": day}
    return [
        (CandidateChosen(**about, field="F13", subject_kind="individual", chosen_on=day), clerk),
        (NurtureStepDue(**step, days_left=3), unit),
        (NurtureStepOverdue(**step), unit | clerk),
        (SupportRecorded(**about, kind="material", amount_vnd=500_000, given_on=day), clerk),
        (CandidatePromoted(**about, level="unit", promoted_on=day), clerk | {Role.CHAIR: "chair"}),
        (NurtureStopped(**about, stopped_on=day), clerk),
    ]


def climbing(nomination: Event, day: date) -> list[tuple[Event, dict[Role, str]]]:
    """What is told while a role model climbs above the commune."""
    told = {Role.NOMINATOR: "nominator", Role.CHAIR: "chair"}
    tier = {"level": "province", "to_unit_id": None}
    return [
        (about_case(RoleModelEscalated, nomination, **tier, escalated_on=day), told),
        (about_case(RoleModelTierAnswered, nomination, **tier, answer="recognised", answered_on=day), told),
    ]


def resting_cases(nomination: Event, day: date) -> list[tuple[Event, dict[Role, str]]]:
    """What is told while a case goes back for more, or is held; the nominator is not told what is looked into."""
    head, clerk = {Role.NOMINATOR: "nominator"}, {Role.CLERK: "clerk"}
    officers = {Role.CHAIR: "chair", Role.EDITOR: "editor"}
    request = {"number": 1, "due_on": day}
    return [
        (about_case(CaseReturned, nomination, **request, missing="Xin nêu rõ.", returned_on=day), head),
        (about_case(SupplementDue, nomination, **request, days_left=2), head),
        (about_case(SupplementOverdue, nomination, **request), head | clerk),
        (
            about_case(NominationResubmitted, nomination, **request, addition="Mười hộ.", resubmitted_on=day),
            head | clerk,
        ),
        (about_case(CaseResumed, nomination, **request, resumed_on=day), head),
        (about_case(CaseHeld, nomination, ground="complaint", held_on=day, held_until=day), head | officers),
        (about_case(CaseReleased, nomination, released_on=day), head | officers),
        (about_case(HoldExpired, nomination, held_until=day, said_on=day), clerk | {Role.CHAIR: "chair"}),
    ]


def consents(nomination: Event, day: date) -> list[tuple[Event, dict[Role, str]]]:
    """What is told of somebody's word about what may be published."""
    head, clerk = {Role.NOMINATOR: "nominator"}, {Role.CLERK: "clerk"}
    word = {
        "nomination_id": nomination.nomination_id,
        "code": nomination.code,
        "party_id": new_id(),
        "unit_id": nomination.unit_id,
        "capacity": "member",
        "proof": "digital",
        "way": "link",
        "text_version": "1",
        "agreed": [],
        "waiting": 1,
    }
    request = {"withdrawal_id": new_id()}
    days = dict.fromkeys(("asked_on", "answer_by", "stop_by", "third_parties_by"), day)
    return [
        (ConsentGiven(**word, uses=["name", "portal"]), head),
        (ConsentDeclined(**word), head | clerk),
        (ConsentWithdrawn(**word, **request, uses=["portal"], **days), head | clerk | {Role.EDITOR: "editor"}),
        (ConsentStopped(**word, **request, stopped_on=day, cannot_recall=["leaflet"]), clerk),
        (ConsentStopDue(**word, **request, duty="answer", due_on=day, days_left=1), clerk),
        (ConsentStopOverdue(**word, **request, duty="stop", due_on=day), clerk | {Role.CHAIR: "chair"}),
    ]


@pytest.mark.parametrize(
    "name",
    sorted(
        set(TELLINGS)
        - {"plan.activated", "nomination.submitted", "import.finished", "case.opened", "case.recognised"}
        - {"case.sent_to_nurture", "case.declined", "role_model.introduced"}
        - {"office.delegated", "office.delegation_revoked", "office.handed_over"}  # see test_offices
    ),
)
def test_each_event_reaches_the_people_whose_work_it_is(
    name: str, plan: Plan, office: Office, nomination: Event, say: Say, rows: Rows
) -> None:
    event, expected = other_events(plan, nomination)[name]

    say(event)

    assert {role: circle for role, (circle, _) in told_of(rows, office, name).items()} == expected


def test_a_quota_at_risk_reminds_each_unit_that_can_nominate(plan: Plan, office: Office, say: Say, rows: Rows) -> None:
    at_risk, _ = other_events(plan, submitted(plan))["quota.at_risk"]

    say(at_risk)

    found = rows("SELECT data->>'unit_id', data->>'about' FROM bus.event WHERE type LIKE '%unit.reminded%'")
    women = next(unit for unit in plan.units if unit.kind == "organisation")
    village = next(unit for unit in plan.units if unit.kind == "village")
    assert set(found) == {(str(women.id), "quota.at_risk"), (str(village.id), "quota.at_risk")}


def test_a_villages_own_quota_reminds_that_village_only(plan: Plan, office: Office, say: Say, rows: Rows) -> None:
    village = next(unit for unit in plan.units if unit.kind == "village")
    at_risk = QuotaAtRisk(
        quota_id=new_id(),
        quota=plan.quotas[0].id,
        unit_id=village.id,
        quarter="2025-Q4",
        counted=0,
        minimum=1,
        days_left=0,
    )

    say(at_risk)

    assert rows("SELECT data->>'unit_id' FROM bus.event WHERE type LIKE '%unit.reminded%'") == [(str(village.id),)]
    ((subject,),) = rows("SELECT subject FROM notify.message WHERE letter = 'quota_reminder'")
    assert subject == "Quý IV/2025: hôm nay là ngày cuối, xin đề cử gương tốt"


def test_nobody_is_told_of_their_own_deed(plan: Plan, office: Office, say: Say, rows: Rows) -> None:
    event, _ = other_events(plan, submitted(plan))["report.submitted"]

    say(event, by=office[Role.CLERK])

    assert set(told_of(rows, office, "report.submitted")) == {Role.CHAIR, Role.AGGREGATOR_OFFICER}


def test_people_of_another_commune_hear_nothing(
    plan: Plan, other_plan: Plan, office: Office, enrol: Enrol, say: Say, rows: Rows
) -> None:
    activate(other_plan)
    stranger = enrol(Role.CLERK, under=other_plan, email="khac@xa.example")

    say(submitted(plan), by=office[Role.NOMINATOR])

    assert rows("SELECT about FROM notify.message WHERE person_id = :id", id=stranger) == [("plan.activated",)]


def test_the_same_event_heard_again_makes_one_message_and_one_mail(
    plan: Plan, office: Office, nomination: Event, rows: Rows
) -> None:
    def counted() -> list[list[tuple[int]]]:
        return [rows(f"SELECT count(*) FROM {table}") for table in ("notify.message", "bus.effect", "bus.event")]

    before = counted()

    tell_again(rows)

    assert counted() == before


def test_a_decision_heard_before_its_nomination_waits(plan: Plan, office: Office, say: Say, rows: Rows) -> None:
    nomination = submitted(plan)
    say(about_case(CaseOpened, nomination))
    assert told_of(rows, office, "case.opened") == {}

    say(nomination, by=office[Role.NOMINATOR])

    assert told_of(rows, office, "case.opened") == {Role.NOMINATOR: ("nominator", "case_opened")}


def test_letters_that_come_many_a_day_are_mailed_once_while_one_lies_unread(
    plan: Plan, office: Office, say: Say, rows: Rows
) -> None:
    def mailed() -> list[tuple[int, int]]:
        return rows(
            "SELECT count(*), count(*) FILTER (WHERE mail_state <> 'none') FROM notify.message "
            "WHERE letter = 'new_dossier' AND person_id = :id",
            id=office[Role.CLERK],
        )

    say(*(submitted(plan, code=f"DC-2025-{number:04}") for number in range(5)), by=office[Role.NOMINATOR])
    say(submitted(plan), by=office[Role.NOMINATOR])
    assert mailed() == [(6, 1)]

    rows("UPDATE notify.message SET read_at = now() WHERE person_id = :id", id=office[Role.CLERK])
    say(submitted(plan), by=office[Role.NOMINATOR])
    assert mailed() == [(7, 2)]


def test_what_happened_long_ago_is_in_the_inbox_and_not_mailed(
    database: Engine, plan: Plan, office: Office, say: Say, rows: Rows
) -> None:
    states = "SELECT DISTINCT mail_state FROM notify.message WHERE about = 'nomination.submitted'"
    with set_to(now() - timedelta(days=8)):
        say(submitted(plan), by=office[Role.NOMINATOR])
        fresh = rows(states)
    rows("DELETE FROM notify.message WHERE about = 'nomination.submitted'")

    tell_again(rows)

    assert (fresh, rows(states)) == ([("planned",)], [("none",)])


def test_no_sentence_of_a_letter_is_longer_than_twenty_words(
    plan: Plan, office: Office, nomination: Event, say: Say, rows: Rows
) -> None:
    say(about_case(CaseRecognised, nomination), about_case(CaseSentToNurture, nomination))
    say(*(event for event, _ in other_events(plan, nomination).values()))

    given = {plan.title.vi, *(quota.title.vi for quota in plan.quotas)}  # the plan's own words
    sentences = [
        sentence
        for (body,) in rows("SELECT DISTINCT body FROM notify.message")
        for sentence in re.split(r"(?<=[.?!])\s+", body)
        if sentence.rstrip(".") not in given
    ]
    assert len(sentences) > 40
    assert [sentence for sentence in sentences if len(sentence.split()) > 25] == []

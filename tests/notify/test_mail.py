"""Mail through a real server that misbehaves: every letter once, or known to be unknown."""

import socket
from uuid import UUID

import pytest
from sqlalchemy import Engine

from services.notify.adapters import smtp
from services.notify.adapters.mail import Mail
from services.notify.commands import mailing
from services.notify.rules.outcomes import refusal_of, said, wait_s
from services.notify.settings import notify_settings
from shared.access.principal import Office, Principal, Role
from shared.database import engine_of, transaction
from shared.effects.outcome import Failed, Later, Sent
from shared.errors import Conflict, NotFound, Refused
from shared.plan import Plan
from shared.settings import settings
from tests.notify.conftest import NOMINEE, Enrol, Say, mail_all, submitted
from tests.notify.postbox import BUSY, DROP, HANG, REFUSE, Postbox
from tests.worlds import Rows

RECEIPT = (
    "SELECT state, attempts, detail FROM bus.effect JOIN notify.message ON message.id = ref WHERE letter = 'receipt'"
)


@pytest.fixture
def receipt(plan: Plan, active: Plan, post: Postbox, enrol: Enrol, say: Say, rows: Rows) -> UUID:
    """A receipt that waits to be mailed to the village's head, and nothing else; the message's id."""
    village = next(unit for unit in plan.units if unit.kind == "village")
    head = enrol(Role.NOMINATOR, village, email="truong-thon@xa.example", name="Vi Văn Thôn")
    mail_all()
    post.taken.clear()
    say(submitted(plan), by=head)
    ((message_id,),) = rows("SELECT id FROM notify.message WHERE letter = 'receipt'")
    return message_id


def said_of_mail(rows: Rows, message_id: UUID) -> list[tuple[str, str]]:
    """(event, recipient) said of the mail of a message, in order."""
    return rows(
        "SELECT split_part(type, '.', 4), data->>'recipient' FROM bus.event "
        "WHERE data->>'channel' = 'mail' AND data->>'message_id' = :id ORDER BY id",
        id=str(message_id),
    )


def test_a_receipt_arrives_once_in_letters_that_anybody_can_read(receipt: UUID, post: Postbox, rows: Rows) -> None:
    mail_all(rounds=3)

    (letter,) = post.taken
    text = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    html = letter.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert letter["From"].addresses[0].display_name == "Gương Sáng Xã Bình Lương"
    assert letter["From"].addresses[0].addr_spec == "xa@binh-luong.example"
    assert letter["To"] == "Vi Văn Thôn <truong-thon@xa.example>"
    assert letter["Subject"] == "Đã gửi hồ sơ DC-2025-0147"
    assert letter["Message-ID"].endswith("@binh-luong.example>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert NOMINEE in text
    assert "http://guong.example/hanh-trinh/" in text
    assert '<a href="http://guong.example/hanh-trinh/' in html
    assert rows(RECEIPT) == [("sent", 1, "")]
    assert rows("SELECT mail_state FROM notify.message WHERE id = :id", id=receipt) == [("sent",)]
    assert said_of_mail(rows, receipt) == [("sent", "nominator")]


def test_a_busy_server_gets_the_letter_later(receipt: UUID, post: Postbox, rows: Rows) -> None:
    post.will.append(BUSY)
    mail_all()
    assert rows(RECEIPT) == [("planned", 1, "451 4.3.0 try again later")]
    assert rows("SELECT next_at > now() + interval '4 s' FROM bus.effect WHERE state = 'planned'") == [(True,)]

    mail_all()

    assert rows(RECEIPT) == [("sent", 2, "")]
    assert len(post.taken) == 1
    assert said_of_mail(rows, receipt) == [("sent", "nominator")]


def test_a_refused_letter_fails_for_good(receipt: UUID, post: Postbox, rows: Rows) -> None:
    post.will.append(REFUSE)

    mail_all(rounds=3)

    assert rows(RECEIPT) == [("failed", 1, "554 5.7.1 we do not want this")]
    assert post.taken == []
    assert said_of_mail(rows, receipt) == [("failed", "nominator")]


def test_an_address_that_does_not_exist_fails_without_being_repeated_in_events(
    receipt: UUID, post: Postbox, rows: Rows
) -> None:
    rows("UPDATE notify.contact SET email = 'nobody@xa.example'")

    mail_all()

    assert rows(RECEIPT) == [("failed", 1, "550 5.1.1 …: no such mailbox")]
    assert rows("SELECT count(*) FROM bus.event WHERE data->>'reason' LIKE '%xa.example%'") == [(0,)]


@pytest.mark.parametrize("way", [DROP, HANG])
def test_a_letter_whose_answer_is_lost_is_unknown_and_never_repeated(
    way: str, receipt: UUID, post: Postbox, rows: Rows
) -> None:
    post.will.append(way)

    mail_all(rounds=8)

    assert list(post.count_by_message_id().values()) == [1]
    ((state, attempts, _),) = rows(RECEIPT)
    assert (state, attempts) == ("unknown", 1)
    assert rows("SELECT mail_state FROM notify.message WHERE id = :id", id=receipt) == [("unknown",)]
    assert said_of_mail(rows, receipt) == [("failed", "nominator")]


def test_a_server_that_is_away_is_tried_again(
    receipt: UUID, post: Postbox, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    monkeypatch.setenv("GUONGSANG_SMTP_PORT", str(free))
    settings.cache_clear()
    mail_all()
    ((state, attempts, detail),) = rows(RECEIPT)
    assert (state, attempts) == ("planned", 1)
    assert "ConnectionRefusedError" in detail

    monkeypatch.setenv("GUONGSANG_SMTP_PORT", str(post.port))
    settings.cache_clear()
    mail_all()

    assert rows(RECEIPT) == [("sent", 2, "")]


def test_a_silent_server_costs_the_letters_behind_nothing(
    receipt: UUID, plan: Plan, say: Say, post: Postbox, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((head,),) = rows("SELECT person_id FROM notify.contact WHERE role = 'nominator'")
    say(*(submitted(plan, code=f"DC-2025-02{number}") for number in range(10, 15)), by=head)
    monkeypatch.setenv("GUONGSANG_NOTIFY_MAIL_REST_S", "60")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("GUONGSANG_SMTP_PORT", str(silent.getsockname()[1]))
        settings.cache_clear()
        notify_settings.cache_clear()

        mail_all()

    found = [detail for _, _, detail in rows(RECEIPT)]
    assert len(found) == 6
    assert sum(detail.startswith("no connection") for detail in found) == 1
    assert sum("left alone" in detail for detail in found) == 5


def test_many_letters_share_one_connection(receipt: UUID, plan: Plan, say: Say, post: Postbox, rows: Rows) -> None:
    ((head,),) = rows("SELECT person_id FROM notify.contact WHERE role = 'nominator'")
    say(*(submitted(plan, code=f"DC-2025-03{number}") for number in range(10, 19)), by=head)
    smtp.hang_up()
    before = post.connections

    mail_all()

    assert len(post.taken) == 10
    assert set(post.count_by_message_id().values()) == {1}
    assert post.connections - before == 1


def test_a_line_that_begins_with_a_dot_arrives_as_it_was_written(post: Postbox) -> None:
    content = b"Subject: dots\r\n\r\n.\r\n.htaccess\r\n..two\r\n"

    outcome = smtp.hand_over(Mail("<1@xa.example>", "xa@xa.example", "thon@xa.example", content), attempts=1)

    assert outcome == Sent("<1@xa.example>")
    assert post.taken[-1].get_content().splitlines() == [".", ".htaccess", "..two"]


def test_nothing_in_a_name_or_a_title_can_become_a_header(receipt: UUID, post: Postbox, rows: Rows) -> None:
    rows("UPDATE notify.contact SET name = E'Vi, \"Thôn\" <x@y.z>\\r\\nBcc: c@d.example'")
    rows("UPDATE notify.message SET subject = E'Tin\\r\\nBcc: c@d.example'")

    mail_all()

    (letter,) = post.taken
    assert letter["Bcc"] is None
    assert [address.addr_spec for address in letter["To"].addresses] == ["truong-thon@xa.example"]
    assert letter["To"].addresses[0].display_name == 'Vi, "Thôn" <x@y.z> Bcc: c@d.example'
    assert letter["Subject"] == "Tin Bcc: c@d.example"


def test_somebody_without_an_address_is_told_in_the_inbox_alone(
    plan: Plan, active: Plan, post: Postbox, enrol: Enrol, say: Say, rows: Rows
) -> None:
    head = enrol(Role.NOMINATOR, next(unit for unit in plan.units if unit.kind == "village"))
    rows("UPDATE notify.contact SET email = ''")

    say(submitted(plan), by=head)

    assert rows("SELECT mail_state FROM notify.message WHERE letter = 'receipt'") == [("none",)]
    assert rows("SELECT letter FROM bus.effect JOIN notify.message ON message.id = ref") == [("plan_activated",)]


def clerk_of(plan: Plan) -> Principal:
    office = Office(Role.CLERK, plan.unit.id, plan.id)
    return Principal(UUID(int=7), "Cán bộ", office, (office,))


def again(plan: Plan, message_id: UUID, *, not_arrived: bool = False) -> None:
    with transaction(engine_of("notify")) as session:
        mailing.mail_again(session, clerk_of(plan), message_id, not_arrived=not_arrived)


def test_a_failed_letter_goes_again_when_an_official_says_so(
    plan: Plan, receipt: UUID, post: Postbox, rows: Rows
) -> None:
    post.will.append(REFUSE)
    mail_all()

    again(plan, receipt)
    mail_all()

    assert len(post.taken) == 1
    assert rows("SELECT mail_state, mail_detail FROM notify.message WHERE id = :id", id=receipt) == [("sent", "")]
    assert said_of_mail(rows, receipt) == [("failed", "nominator"), ("sent", "nominator")]


def test_an_unknown_letter_goes_again_only_after_asking(plan: Plan, receipt: UUID, post: Postbox, rows: Rows) -> None:
    post.will.append(DROP)
    mail_all(rounds=5)
    with pytest.raises(Refused, match=r"mail\.ask_first"):
        again(plan, receipt)
    assert rows("SELECT mail_state FROM notify.message WHERE id = :id", id=receipt) == [("unknown",)]

    again(plan, receipt, not_arrived=True)
    mail_all()

    assert list(post.count_by_message_id().values()) == [2]  # the same Message-ID: a receiver can tell
    assert rows("SELECT mail_state FROM notify.message WHERE id = :id", id=receipt) == [("sent",)]


def test_a_letter_that_is_on_its_way_is_not_sent_again(plan: Plan, receipt: UUID) -> None:
    with pytest.raises(Conflict, match=r"mail\.not_stuck"):
        again(plan, receipt, not_arrived=True)


def test_an_official_of_another_commune_cannot_send_it(other_plan: Plan, receipt: UUID, post: Postbox) -> None:
    post.will.append(REFUSE)
    mail_all()

    with pytest.raises(NotFound, match=r"message\.unknown"):
        again(other_plan, receipt)


def test_an_address_that_cannot_stand_in_a_mail_is_a_failure_and_no_bug(
    receipt: UUID, post: Postbox, rows: Rows
) -> None:
    rows("UPDATE notify.contact SET email = E'a@b.example\\r\\nBcc: c@d.example'")

    mail_all()

    assert rows(RECEIPT) == [("failed", 0, "mail.address_unusable")]
    assert post.taken == []


def test_pauses_grow_to_an_hour() -> None:
    assert [wait_s(attempts) for attempts in (1, 2, 3, 10, 50)] == [5, 10, 20, 2560, 3600]


def test_the_first_digit_decides() -> None:
    assert refusal_of(421, b"closing", attempts=1) == Later(5, "421 closing")
    assert refusal_of(552, b"too large", attempts=1) == Failed("552 too large")
    assert said(550, b"5.1.1 <le.van@xa.example>\nunknown") == "550 5.1.1 … unknown"


def test_the_tables_are_as_the_models_say(database: Engine) -> None:
    from pathlib import Path  # noqa: PLC0415

    from alembic import command  # noqa: PLC0415 -- slow import

    from services.notify.models import Table  # noqa: PLC0415
    from shared.migrations.upgrade import configuration  # noqa: PLC0415

    with database.connect() as connection:
        command.check(configuration(connection, "notify", Path("services/notify/migrations"), Table.metadata))

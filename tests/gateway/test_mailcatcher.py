import smtplib
from collections import Counter
from collections.abc import Callable
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from gateway.mailcatcher.inbox import count_by_message_id, message, messages
from gateway.mailcatcher.store import Store, deliveries, index, letter_path, letters
from gateway.supervisor.ports import remembered
from tests.gateway.conftest import Run

Start = Callable[[str, Path], Run]


def letter(number: int, *, text: str = "Kính gửi ông bà,\r\nmô hình hay.\r\n") -> EmailMessage:
    composed = EmailMessage()
    composed["From"] = "Gương Sáng <guongsang@xa.example>"
    composed["To"] = "Trưởng thôn <thon@xa.example>"
    composed["Subject"] = f"Điển hình số {number}"
    composed["Date"] = "Tue, 30 May 2023 08:00:00 +0700"
    composed["Message-ID"] = f"<{number}@xa.example>"
    composed.set_content(text)
    composed.add_alternative("<p>mô hình hay</p>", subtype="html")
    return composed


def send(var: Path, *composed: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", remembered(var)["mailcatcher"], timeout=10) as client:
        for one in composed:
            raw = one.as_bytes(policy=policy.SMTP)
            client.sendmail("guongsang@xa.example", ["thon@xa.example", "vh@xa.example"], raw)


def test_a_letter_sent_by_smtp_can_be_read(start: Start, var: Path) -> None:
    start("post", var).ready()

    send(var, letter(1), letter(2))

    newest, oldest = messages(var)
    assert (newest.subject, oldest.subject) == ("Điển hình số 2", "Điển hình số 1")
    assert newest.to == ("thon@xa.example", "vh@xa.example")
    assert newest.from_ == "Gương Sáng <guongsang@xa.example>"
    assert newest.sent_at.isoformat() == "2023-05-30T01:00:00+00:00"
    assert newest.text.splitlines() == ["Kính gửi ông bà,", "mô hình hay."]
    assert newest.html.strip() == "<p>mô hình hay</p>"
    assert message(var, newest.id) == newest
    assert messages(var, newest_first=False, limit=1) == [newest]


def test_a_message_is_kept_byte_for_byte(start: Start, var: Path) -> None:
    start("post", var).ready()
    raw = b"Subject: x\r\nMessage-ID: <7@x>\r\n\r\n.leading dot\r\n..two\r\n\xc4\x90\x00\xff\r\n"

    with smtplib.SMTP("127.0.0.1", remembered(var)["mailcatcher"], timeout=10) as client:
        client.sendmail("a@x.example", ["b@x.example"], raw)

    (delivery,) = deliveries(var)
    assert letter_path(var, delivery.sha256).read_bytes() == raw


def test_the_same_message_sent_twice_counts_twice(start: Start, var: Path) -> None:
    start("post", var).ready()
    twice = letter(1)

    send(var, twice, letter(2), twice)

    assert count_by_message_id(var) == Counter({"<1@xa.example>": 2, "<2@xa.example>": 1})
    assert len(list(letters(var).iterdir())) == 2


def test_letters_outlive_kill_9_and_the_next_waits_at_the_same_port(start: Start, var: Path) -> None:
    run = start("post", var).ready()
    send(var, letter(1))

    killed = run.kill("mailcatcher")
    send(var, letter(2))

    assert run.back("mailcatcher", killed).restarts == 1
    assert [one.subject for one in messages(var)] == ["Điển hình số 2", "Điển hình số 1"]


def test_a_letter_over_the_bound_is_refused_and_not_kept(start: Start, var: Path) -> None:
    start("post", var).ready()

    with pytest.raises(smtplib.SMTPResponseException, match="size"):
        send(var, letter(1, text="x" * 78 + "\r\n" + "y" * 25_000_000))

    assert messages(var) == []


def test_a_line_of_the_index_that_was_cut_off_was_never_acknowledged_and_is_dropped(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep(b"Message-ID: <1@x>\r\n\r\n", sender="a@x", recipients=("b@x",))
    with index(tmp_path).open("ab") as lines:
        lines.write(b'{"id": "0199')
    assert count_by_message_id(tmp_path) == Counter({"<1@x>": 1})

    Store(tmp_path).keep(b"Message-ID: <2@x>\r\n\r\n", sender="a@x", recipients=("b@x",))

    assert count_by_message_id(tmp_path) == Counter({"<1@x>": 1, "<2@x>": 1})


def test_the_oldest_letters_make_room_for_the_newest(tmp_path: Path) -> None:
    store = Store(tmp_path, most_bytes=10_000)

    for number in range(100):
        store.keep(b"Message-ID: <%d@x>\r\n\r\n%s" % (number, b"." * 500), sender="a@x", recipients=())

    kept = [delivery.message_id for delivery in deliveries(tmp_path)]
    assert kept[-1] == "<99@x>"
    assert kept == [f"<{number}@x>" for number in range(100 - len(kept), 100)]
    assert sum(path.stat().st_size for path in letters(tmp_path).iterdir()) <= 10_000
    assert len(messages(tmp_path)) == len(kept) == len(list(letters(tmp_path).iterdir()))


def test_a_letter_without_headers_or_with_strange_ones_is_still_shown(tmp_path: Path) -> None:
    store = Store(tmp_path)
    odd = (
        b"",
        b"no header at all",
        b"Date: yesterday\r\nSubject: =?utf-99?q?x?=\r\nContent-Type: text/plain; charset=klingon\r\n\r\n\xff",
        b"From: \r\nTo: ,,,<\r\nMessage-ID: \xff\r\nContent-Type: multipart/mixed\r\n\r\nx",
    )
    for content in odd:
        store.keep(content, sender="a@x", recipients=("b@x",))

    shown = messages(tmp_path)

    assert [one.to for one in shown] == [("b@x",)] * len(odd)
    assert shown[1].text == "\ufffd"

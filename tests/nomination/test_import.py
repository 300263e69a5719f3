"""Many nominations from one table: examined first, added when agreed to, never twice."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from sqlalchemy import Engine

from services.nomination.commands.importing import PERFORMERS, forget_imports, settled
from shared.access.principal import Role
from shared.clock import today
from shared.database import engine_of, transaction
from shared.effects.ledger import perform_all
from shared.effects.outcome import Effect, Failed, Sent
from tests.nomination.calls import faults, sent
from tests.nomination.conftest import PLAN, Somebody, complete, events
from tests.nomination.reading import words
from tests.nomination.tables import BOXES, HEADS, as_csv, as_workbook, person, planted
from tests.nomination.test_movements import ENDED, launched

API = "/api/v1/imports"


def carry_out(database: Engine) -> int:
    """Do the batches that are due, until there are none; how many they were."""
    done = 0
    while keys := due(database):
        perform_all(engine_of("nomination"), PERFORMERS, keys)
        done += len(keys)
    return done


def due(database: Engine) -> list[str]:
    with database.connect() as connection:
        return list(connection.exec_driver_sql("SELECT key FROM bus.effect WHERE settled_at IS NULL").scalars())


def brought(who: Somebody, data: bytes, name: str = "bảng.csv") -> Any:
    return who.browser().post("/de-cu/nhap", files={"file": (name, data, "application/octet-stream")})


def examined(who: Somebody, database: Engine, data: bytes, name: str = "bảng.csv") -> str:
    """The address of an import that was examined."""
    answer = brought(who, data, name)
    assert answer.status_code == 303, words(answer)
    carry_out(database)
    location: str = answer.headers["location"]
    return location


def added(who: Somebody, database: Engine, data: bytes, name: str = "bảng.csv") -> str:
    """The address of an import that went through."""
    address = examined(who, database, data, name)
    who.browser().post(address)
    carry_out(database)
    return address


def states(database: Engine, address: str) -> Counter[str]:
    """{state: rows of the import}."""
    with database.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT state FROM nomination.import_row WHERE run_id = %s", (address.rpartition("/")[2],)
        )
        return Counter(found.scalars())


def nominations(database: Engine) -> int:
    with database.connect() as connection:
        count: int = connection.exec_driver_sql("SELECT count(*) FROM nomination.nomination").scalar_one()
        return count


def test_two_hundred_rows_with_twenty_faults(head: Somebody, database: Engine) -> None:
    people, plan = planted(200, 20)

    address = examined(head, database, as_csv(people))

    assert states(database, address) == {"good": 180, "faulty": 20}
    assert nominations(database) == 0, "nothing goes in before somebody agrees"
    table = list(csv.reader(io.StringIO(head.browser().get(f"{address}/loi.csv").content.decode("utf-8-sig"))))
    assert table[0] == ["Dòng", "Cách sửa", *HEADS]
    assert [int(row[0]) for row in table[1:]] == sorted(plan)
    for row in table[1:]:
        _box, _value, column, cure = plan[int(row[0])]
        assert f"{column}: " in row[1]
        assert cure in row[1]

    for _twice in range(2):
        head.browser().post(address)
    carry_out(database)

    assert states(database, address) == {"added": 180, "faulty": 20}
    assert len(events(database, "nomination.submitted")) == nominations(database) == 180

    again = added(head, database, as_csv(people))
    corrected = added(head, database, as_csv([person(number) for number in range(200)]))

    assert states(database, again) == {"known": 180, "faulty": 20}
    assert states(database, corrected) == {"known": 180, "added": 20}
    assert nominations(database) == 200


def test_a_correction_table_goes_in_as_it_came_out(head: Somebody, database: Engine) -> None:
    people = [person(1) | {"name": '=HYPERLINK("https://x")', "phone": "+84 912 345 678", "proof": ""}]
    address = examined(head, database, as_csv(people))
    book = openpyxl.load_workbook(io.BytesIO(head.browser().get(f"{address}/loi.xlsx").content))
    row = [cell.value for cell in book.active[2]]
    text = head.browser().get(f"{address}/loi.csv").content.decode("utf-8-sig")

    assert book.active[2][2].data_type == "s", "a name is text, whatever it looks like"
    assert row[3 + HEADS.index("Số điện thoại") - 1] == "+84 912 345 678"
    assert "\"'=HYPERLINK" in text, "a spreadsheet must not take it for a formula"

    place = HEADS.index("Đồng ý bằng cách nào") + 3
    book.active.cell(2, place, "Ký trên giấy")
    corrected = io.BytesIO()
    book.save(corrected)
    repaired = text.replace("Chính người được đề cử,,", "Chính người được đề cử,Ký trên giấy,")
    from_book = added(head, database, corrected.getvalue(), "sửa.xlsx")
    from_text = added(head, database, repaired.encode("utf-8-sig"))

    assert states(database, from_book) == {"added": 1}
    assert states(database, from_text) == {"known": 1}
    with database.connect() as connection:
        kept = connection.exec_driver_sql("SELECT name, phone FROM nomination.nomination").one()
    assert tuple(kept) == ('=HYPERLINK("https://x")', "0912345678")


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-8", "\t"), ("utf-16", ",")],
)
def test_every_way_in_which_a_spreadsheet_writes_unicode_is_read(
    head: Somebody, database: Engine, encoding: str, delimiter: str
) -> None:
    table = as_csv([person(1), {}, person(2)], encoding=encoding, delimiter=delimiter)

    assert states(database, examined(head, database, table)) == {"good": 2}


def test_a_filled_template_is_examined(head: Somebody, database: Engine) -> None:
    template = head.browser().get("/de-cu/nhap/mau.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(template.content))
    heads = [cell.value.rstrip(" *") for cell in book["Đề cử"][1]]
    row = person(1) | {"birth_year": 1975, "phone": 912345678, "happened_on": date(2025, 2, 10), "publish_name": True}
    for place, box in enumerate(BOXES, 1):
        book["Đề cử"].cell(2, place, row.get(box))
    filled = io.BytesIO()
    book.save(filled)

    assert heads == HEADS
    assert "Đời sống xã hội" in {cell.value for column in book["Danh mục"].columns for cell in column}
    assert "ai đồng ý, bằng cách nào" in str([cell.value for cell in book["Hướng dẫn"]["A"]])
    assert head.browser().get("/de-cu/nhap/mau.csv").content.startswith("\ufeffHọ và tên *,".encode())
    added(head, database, filled.getvalue(), "đề cử.xlsx")
    with database.connect() as connection:
        kept = connection.exec_driver_sql("SELECT birth_year, phone, happened_on FROM nomination.nomination").one()
    assert tuple(kept) == (1975, "0912345678", date(2025, 2, 10))


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("t.csv", b" \n", "Tệp trống"),
        ("t.csv", "Hä vµ tªn,ViÖc ®· lµm\nNguyÔn V¨n B×nh,Lµm ®­êng th«n\n".encode("latin-1"), "phông cũ (TCVN3, VNI)"),
        ("t.csv", "Họ và tên".encode()[:-1] + b"\xff,x\n", "không phải bảng mã Unicode"),
        ("t.xls", b"\xd0\xcf\x11\xe0" + b"x" * 100, "Excel đời cũ (XLS)"),
        ("t.csv", ",".join(HEADS).encode(), "chỉ có dòng tiêu đề"),
        ("t.csv", as_csv([person(1)]) + b'"', "Không đọc được tệp"),
        ("t.xlsx", b"PK\x03\x04 nothing", "Không đọc được tệp"),
        ("t.csv", "Họ và tên,Việc đã làm\nA B,Kể\n".encode(), "Bảng thiếu cột: Lĩnh vực"),
        ("t.csv", as_csv([person(1)]).replace("Tóm tắt một dòng".encode(), b"Ghi"), "Không biết cột: Ghi"),
        ("t.csv", as_csv([person(1)]).replace("Ở thôn, bản".encode(), b"HO VA TEN"), "có hai lần"),
        ("t.csv", as_csv([{"name": "A"}] * 10_001), "hơn 10000 đề cử"),
        ("", b"", "Chưa chọn tệp nào"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_in_words_and_nothing_is_kept(
    head: Somebody, database: Engine, name: str, data: bytes, says: str
) -> None:
    answer = brought(head, data, name)

    assert answer.status_code == 422
    assert says in words(answer)
    with database.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM nomination.import_run").scalar_one() == 0


def test_a_workbook_that_swells_is_refused_unopened(head: Somebody) -> None:
    swollen = io.BytesIO(as_workbook([person(1)]))
    with ZipFile(swollen, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", b"0" * 61 * 1024 * 1024)

    assert "phình quá lớn" in words(brought(head, swollen.getvalue(), "t.xlsx"))


def test_a_formula_is_never_reckoned(head: Somebody, database: Engine) -> None:
    def change(sheet: Any) -> None:
        sheet["A2"] = '=CONCATENATE("Người ","Tính")'

    address = examined(head, database, as_workbook([person(1)], change=change), "t.xlsx")

    assert states(database, address) == {"faulty": 1}
    assert "Hãy ghi họ và tên" in words(head.browser().get(address))


@pytest.mark.parametrize("box", ["given_by", "proof", "publish_name"])
def test_consent_is_never_assumed(head: Somebody, database: Engine, box: str) -> None:
    blank = person(1) | {box: ""} | ({"publish_story": "", "publish_name": ""} if box.startswith("publish") else {})

    assert states(database, examined(head, database, as_csv([blank]))) == {"faulty": 1}


def test_the_same_person_with_the_same_story_stands_once(head: Somebody, database: Engine) -> None:
    twin = {key: str(value).upper() if key in {"name", "story"} else value for key, value in person(1).items()}

    address = added(head, database, as_csv([person(1), twin | {"phone": ""}, person(2)]))

    assert states(database, address) == {"added": 2, "known": 1}


def test_what_came_by_the_form_or_the_api_is_known(head: Somebody, database: Engine) -> None:
    sent(head.browser(), complete())
    row = person(1) | {"name": "LÒ THỊ ẤM", "headline": "Hiến đất làm đường thôn", "happened_on": "10/2/2025"}

    address = added(head, database, as_csv([row, person(2)]))

    assert states(database, address) == {"known": 1, "added": 1}
    assert nominations(database) == 2


def test_two_imports_at_once_bring_each_nomination_once(
    head: Somebody, somebody: Callable[..., Somebody], database: Engine
) -> None:
    table = as_csv([person(number) for number in range(20)])
    colleague = somebody("village-1", Role.ORGANISATION)
    both = [examined(who, database, table) for who in (head, colleague)]

    for who, address in zip((head, colleague), both, strict=True):
        who.browser().post(address)
    carry_out(database)

    assert sorted(map(dict, (states(database, one) for one in both)), key=str) == [{"added": 20}, {"known": 20}]
    assert nominations(database) == 20


def test_a_batch_that_breaks_off_leaves_nothing_and_is_done_again(head: Somebody, database: Engine) -> None:
    address = examined(head, database, as_csv([person(number) for number in range(30)]))
    head.browser().post(address)
    run_id, key = UUID(address.rpartition("/")[2]), due(database)[0]
    effect = Effect(key, "nomination", "import", "adding-2", run_id, PLAN, 1)

    def killed() -> None:
        with transaction(engine_of("nomination")) as session:
            settled(session, effect, Sent(""))
            session.flush()
            raise InterruptedError

    with pytest.raises(InterruptedError):
        killed()
    assert (states(database, address), nominations(database)) == ({"good": 30}, 0)

    carry_out(database)

    assert (states(database, address), nominations(database)) == ({"added": 30}, 30)


def test_the_page_asks_for_itself_anew_only_while_somebody_waits(head: Somebody, database: Engine) -> None:
    address = brought(head, as_csv([person(1)])).headers["location"]
    waiting = head.browser().get(address).text
    early = head.browser().post(address)
    carry_out(database)
    ready = head.browser().get(address).text

    assert re.search(r'<noscript><meta http-equiv="refresh" content="\d"></noscript>', waiting)
    assert 'hx-trigger="every 2s"' in waiting
    assert (early.status_code, "Hãy đợi kiểm tra xong" in words(early)) == (422, True)
    assert "refresh" not in ready
    assert "hx-get" not in ready
    assert "Gửi 1 đề cử cho xã" in ready


def test_a_table_is_seen_by_its_unit_and_its_office_only(
    head: Somebody, somebody: Callable[..., Somebody], database: Engine
) -> None:
    clerk, neighbour = somebody("commune", Role.CLERK), somebody("village-2")
    villages = examined(head, database, as_csv([person(1) | {"proof": ""}]))
    clerks = examined(clerk, database, as_csv([person(2) | {"unit": "thon 2", "proof": ""}], unit=True))

    for address, strangers in ((villages, (clerk, neighbour)), (clerks, (head, neighbour))):
        for who in strangers:
            assert {who.browser().get(address).status_code, who.browser().post(address).status_code} == {404}
            assert who.browser().get(f"{address}/loi.csv").status_code == 404
    assert somebody("village-1", Role.ORGANISATION).browser().get(villages).status_code == 200


def test_the_clerk_names_a_unit_in_each_row(somebody: Callable[..., Somebody], database: Engine) -> None:
    clerk = somebody("commune", Role.CLERK)
    people = [person(1) | {"unit": "Thôn 2"}, person(2) | {"unit": ""}, person(3) | {"unit": "Thôn 99"}]

    address = added(clerk, database, as_csv(people, unit=True))

    assert states(database, address) == {"added": 1, "faulty": 2}
    assert [said["unit_key"] for said in events(database, "nomination.submitted")] == ["village-2"]
    assert "Bảng thiếu cột: Đơn vị đề cử" in words(brought(clerk, as_csv([person(4)])))


def test_each_dossier_is_said_to_come_with_the_table_and_the_table_once(head: Somebody, database: Engine) -> None:
    address = added(head, database, as_csv([person(0), person(1), person(2) | {"field": ""}]))

    run = address.rpartition("/")[2]
    assert [said["import_id"] for said in events(database, "nomination.imported")] == [run, run]
    assert [said["nomination_id"] for said in events(database, "nomination.imported")] == [
        said["nomination_id"] for said in events(database, "nomination.submitted")
    ]
    (finished,) = events(database, "import.finished")
    assert finished["import_id"] == run
    assert finished["nominator_id"] == str(head.principal.person_id)
    assert (finished["added"], finished["faulty"]) == (2, 1)
    assert finished["answer_by"] == events(database, "nomination.submitted")[0]["answer_by"]


def test_what_came_in_before_an_import_stopped_is_told_of(
    head: Somebody, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.nomination.commands.import_batches.ADDED_AT_ONCE", 1)
    address = examined(head, database, as_csv([person(0), person(1)]))
    head.browser().post(address)
    perform_all(engine_of("nomination"), PERFORMERS, due(database))
    run_id, (key,) = UUID(address.rpartition("/")[2]), due(database)

    with transaction(engine_of("nomination")) as session:
        settled(session, Effect(key, "nomination", "import", "adding-3", run_id, PLAN, 1), Failed("nomination.closed"))

    (submitted,), (finished,) = events(database, "nomination.submitted"), events(database, "import.finished")
    assert (finished["added"], finished["faulty"]) == (1, 0)
    assert [finished[name] for name in ("submitted_on", "answer_by")] == [
        submitted[name] for name in ("submitted_on", "answer_by")
    ]


def test_a_table_of_which_nothing_is_new_is_not_told_of(head: Somebody, database: Engine) -> None:
    added(head, database, as_csv([person(0)]))
    added(head, database, as_csv([person(0), person(1) | {"field": ""}]))

    assert len(events(database, "import.finished")) == 1


def test_rows_name_a_movement_that_a_unit_has_open_and_the_template_offers_it(head: Somebody, database: Engine) -> None:
    movement = launched(head)
    launched(head, "Tết đoàn kết", **ENDED)
    rows = [person(0) | {"movement": "sach lang, dep ngo (thon 1)"}, person(1) | {"movement": "Tết đoàn kết (Thôn 1)"}]

    address = added(head, database, as_csv(rows))

    template = openpyxl.load_workbook(io.BytesIO(head.browser().get("/de-cu/nhap/mau.xlsx").content))
    movements = [cell.value for row in template["Danh mục"].iter_rows() for cell in row if cell.value]
    assert "Sạch làng, đẹp ngõ (Thôn 1)" in movements
    assert "Tết đoàn kết (Thôn 1)" not in movements
    assert states(database, address) == {"added": 1, "faulty": 1}
    assert "Tết đoàn kết (Thôn 1)" in words(head.browser().get(address))
    assert [said["movement_id"] for said in events(database, "movement.found")] == [movement]


def test_a_program_brings_a_table_reads_its_faults_and_confirms(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    table = as_csv([person(1), person(2) | {"field": ""}, person(3) | {"name": "", "proof": ""}])

    answer = browser.post(API, content=table, headers={"content-type": "text/csv"})
    first = answer.json()
    carry_out(database)
    second = browser.get(first["links"]["self"]).json()
    found = browser.get(f"{first['links']['faults']}?limit=1").json()
    rest = browser.get(f"{first['links']['faults']}?after={found['next']}").json()
    confirmed = browser.post(first["links"]["confirm"])
    carry_out(database)
    third = browser.get(first["links"]["self"]).json()

    assert (answer.status_code, answer.headers["location"]) == (202, first["links"]["self"])
    assert (first["stage"], first["goal"], first["done"]) == ("examining", 3, 0)
    assert (second["stage"], second["good"], second["faulty"], second["done"]) == ("examined", 1, 2, 3)
    assert [(one["row"], one["column"]) for one in found["items"]] == [(3, "Lĩnh vực")]
    assert {(one["row"], one["field"]) for one in rest["items"]} == {(4, "name"), (4, "proof")}
    assert (confirmed.status_code, confirmed.json()["stage"]) == (202, "adding")
    assert (third["stage"], third["added"], third["done"]) == ("done", 1, 1)
    assert rest["next"] is None


def test_a_program_is_told_what_is_wrong_with_its_file(head: Somebody) -> None:
    refused = head.browser().post(API, content=b"", headers={"content-type": "text/csv"})

    assert refused.status_code == 422
    assert faults(refused) == {}
    assert refused.json()["type"].endswith("/import.empty")


def test_tables_are_forgotten_after_thirty_days_and_what_they_brought_is_still_known(
    head: Somebody, database: Engine
) -> None:
    table = as_csv([person(1), person(2) | {"proof": ""}])
    address = added(head, database, table)

    for days, status in ((30, 200), (31, 404)):
        with transaction(engine_of("nomination")) as session:
            forget_imports(session, today() + timedelta(days=days))
        assert head.browser().get(address).status_code == status

    assert states(database, added(head, database, table)) == {"known": 1, "faulty": 1}

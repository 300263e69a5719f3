"""Lists of units: compared first, then taken over as a whole or not at all; and a second time nothing changes."""

import unicodedata
from typing import Any

import pytest
from sqlalchemy import Engine, event

from services.identity.main import examine_units, import_units, words_of
from services.identity.queries.registry import history_of, tree_as_at
from services.identity.rules.unit_import import Difference
from shared.database import engine_of
from shared.errors import Refused
from shared.plan.unit import coded_unit_id, local_unit_id
from tests.worlds import Rows

from .conftest import DAY, EVE, Communes
from .test_merger import agree

HEADS = "code_list,code,name,kind,parent,valid_from,valid_until"
PROVINCE = "gso/2023,38,Tỉnh Thanh Hóa,tỉnh,,2023-01-01,"
DISTRICT = "gso/2023,402,Huyện Như Xuân,huyện,38,2023-01-01,"
COMMUNE = "gso/2023,16195,Xã Cát Vân,xã,402,2023-01-01,"
VILLAGE = ",village-1,Thôn 1,thôn,gso/2023/16195,2023-01-01,"
CAT_VAN = coded_unit_id(code_list="gso/2023", code="16195")


def listed(*rows: str) -> bytes:
    return "\n".join([HEADS, *rows]).encode()


def differences(table: bytes) -> list[str]:
    found = examine_units(table)
    assert [words_of(fault) for fault in found.faults] == []
    return [outcome.difference.value for outcome in found.outcomes]


def faults(table: bytes) -> list[tuple[int, str]]:
    return [(fault.number, fault.key) for fault in examine_units(table).faults]


def test_a_dry_run_shows_and_writes_nothing_and_the_second_import_changes_nothing(
    database: Engine, rows: Rows, look: Any
) -> None:
    table = listed(PROVINCE, DISTRICT, COMMUNE, VILLAGE)

    assert differences(table) == ["new"] * 4
    assert rows("SELECT count(*) FROM identity.unit_version") == [(0,)]

    assert import_units(table)[Difference.NEW] == 4
    assert look(tree_as_at, DAY)[local_unit_id(CAT_VAN, "village-1")].parent_id == CAT_VAN
    kept = rows("SELECT * FROM identity.unit_version ORDER BY unit_id")

    assert import_units(table) == {difference: 4 * (difference is Difference.SAME) for difference in Difference}
    assert rows("SELECT * FROM identity.unit_version ORDER BY unit_id") == kept


def test_renamed_moved_and_ended_units_are_told_apart_and_keep_their_history(database: Engine, look: Any) -> None:
    import_units(listed(PROVINCE, DISTRICT, COMMUNE, VILLAGE))
    later = listed(
        "gso/2023,38,Tỉnh Thanh Hóa,province,,2023-01-01,",
        "gso/2023,402,Huyện Như Xuân,district,38,2023-01-01,2025-07-01",
        "gso/2023,16195,Xã Cát Vân,commune,38,2025-07-01,",
        ",village-1,Thôn Cát Vân 1,village,gso/2023/16195,2025-07-01,",
    )

    assert differences(later) == ["same", "ended", "moved", "renamed"]
    import_units(later)

    assert differences(later) == ["same"] * 4
    assert [version.valid_from.year for version in look(history_of, CAT_VAN)] == [2023, 2025]
    assert look(tree_as_at, EVE)[local_unit_id(CAT_VAN, "village-1")].name == "Thôn 1"


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("gso/2023,16195,Xã Cát Vân,xã,402,2023-01-01", "row.cells"),
        ("gso/2023,16195,,xã,402,2023-01-01,", "row.name"),
        ("gso/2023,16195,Xã Cát Vân,làng,402,2023-01-01,", "row.kind"),
        ("gso 2023,16195,Xã Cát Vân,xã,gso/2023/402,2023-01-01,", "row.code_list"),
        ("gso/2023,16 195,Xã Cát Vân,xã,402,2023-01-01,", "row.code"),
        ("gso/2023,16195,Xã Cát Vân,xã,,2023-01-01,", "row.parent_missing"),
        ("gso/2023,16195,Xã Cát Vân,xã,Như Xuân,2023-01-01,", "row.parent"),
        ("gso/2023,16195,Xã Cát Vân,xã,402,1/13/2023,", "row.day"),
        ("gso/2023,16195,Xã Cát Vân,xã,402,2023-01-01,2023-01-01", "row.days"),
        ("gso/2023,16195,Xã Cát Vân,xã,999,2023-01-01,", "row.no_parent"),
        ("gso/2023,16195,Xã Cát Vân,xã,402,2022-01-01,", "row.no_parent"),
        ("gso/2023,401,Huyện Khác,huyện,402,2023-01-01,", "row.parent_tier"),
        (",Thôn 1,Thôn 1,thôn,gso/2023/402,2023-01-01,", "row.key"),
        ("gso/2023,402,Huyện Khác,huyện,38,2023-01-01,", "row.twice"),
        ("gso/2023,16195,X· C¸t V©n,xã,402,2023-01-01,", "row.unclean"),
    ],
)
def test_a_bad_row_is_named_and_nothing_at_all_is_imported(database: Engine, rows: Rows, row: str, key: str) -> None:
    table = listed(PROVINCE, DISTRICT, row)

    assert faults(table) == [(4, key)]
    words = words_of(examine_units(table).faults[0])
    assert "%(" not in words
    assert key not in words
    with pytest.raises(Refused, match=r"import\.faults"):
        import_units(table)
    assert rows("SELECT count(*) FROM identity.unit_version") == [(0,)]


def test_history_is_not_rewritten_and_nobody_is_left_behind(database: Engine) -> None:
    import_units(listed(PROVINCE, DISTRICT, COMMUNE))

    assert faults(listed("gso/2023,16195,Xã Khác,xã,402,2023-01-01,")) == [(2, "row.rewrites")]
    assert faults(listed("gso/2023,402,Huyện Như Xuân,huyện,38,2023-01-01,2025-07-01")) == [(2, "row.children")]


def test_a_list_knows_units_from_earlier_on_and_does_not_move_what_has_a_plan(communes: Communes, look: Any) -> None:
    binh_luong = "gso/2023,16204,Xã Bình Lương,xã,402,2020-01-01,"
    province, district = (row.replace("2023-01-01", "2020-01-01") for row in (PROVINCE, DISTRICT))

    assert differences(listed(province, district, binh_luong)) == ["earlier"] * 3
    import_units(listed(province, district, binh_luong))
    assert differences(listed(province, district, binh_luong)) == ["same"] * 3

    assert faults(listed(binh_luong.replace("2020-01-01,", "2020-01-01,2025-07-01"))) == [(2, "row.planned")]
    assert faults(listed(binh_luong.replace("402,2020", "38,2025"))) == [(2, "row.planned")]


def test_a_village_that_moved_is_known_by_its_name_in_its_new_commune(communes: Communes) -> None:
    agree(communes, today=DAY)

    found = differences(listed(",binh-luong-1,Thôn Bình Lương 1,thôn,gso/2025/16186,2025-07-01,"))

    assert found == ["same"]


def test_a_rename_by_list_is_said_to_the_plan_that_names_the_unit(communes: Communes, rows: Rows) -> None:
    import_units(listed(",village-2,Thôn Đồi Chè,thôn,gso/2023/16204,2024-01-01,"))

    said = rows("SELECT planid, data->>'name' FROM bus.event WHERE type LIKE '%unit.renamed%'")
    assert said == [(communes.binh_luong.id, "Thôn Đồi Chè")]


def test_a_spreadsheets_own_way_of_writing_is_read(database: Engine, look: Any) -> None:
    rows = [HEADS, PROVINCE, DISTRICT.replace("2023-01-01", "01/01/2023"), COMMUNE]
    table = "﻿" + unicodedata.normalize("NFD", "\r\n".join(rows)).replace(",", ";") + "\r\n;;;;;;\r\n"

    import_units(table.encode())

    assert look(tree_as_at, DAY)[CAT_VAN].name == "Xã Cát Vân"
    assert unicodedata.is_normalized("NFC", look(tree_as_at, DAY)[CAT_VAN].name)


@pytest.mark.parametrize(
    ("table", "key"),
    [
        (b"\xff\xfe", "text.not_utf8"),
        (b"x" * (4 * 1024 * 1024 + 1), "row.too_large"),
    ],
)
def test_what_is_no_list_is_refused(database: Engine, table: bytes, key: str) -> None:
    with pytest.raises(Refused) as refused:
        examine_units(table)

    assert refused.value.key == key


@pytest.mark.parametrize("table", [b"", b"a,b\n1,2", b'code_list,code,name\n"'])
def test_a_list_without_its_columns_is_refused(database: Engine, table: bytes) -> None:
    assert faults(table) == [(1, "row.columns")]


def test_a_country_is_taken_over_with_a_handful_of_queries(database: Engine) -> None:
    rows = [PROVINCE]
    for district in range(100, 140):
        rows.append(f"gso/2023,{district},Huyện {district},huyện,38,2023-01-01,")
        rows += [f"gso/2023,{district}{n:02},Xã {district}.{n},xã,{district},2023-01-01," for n in range(84)]
    statements: list[str] = []

    def count(*asked: Any) -> None:
        statements.append(asked[2])

    event.listen(engine_of("identity"), "before_cursor_execute", count)
    counts = import_units(listed(*rows))
    event.remove(engine_of("identity"), "before_cursor_execute", count)

    assert counts[Difference.NEW] == 1 + 40 + 40 * 84 == 3401
    assert len(statements) < 20

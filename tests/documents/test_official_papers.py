import re
from dataclasses import replace
from datetime import date

import pytest

from shared.documents.papers import progress_report, proposal
from shared.documents.shapes import Column, Table
from tests.documents.pdf import margins_mm, pages_of, text_of, texts_of
from tests.documents.samples import HEAD, PROPOSAL, REPORT


def test_a_proposal_follows_the_decrees_order() -> None:
    text = text_of(proposal(PROPOSAL))

    parts = [
        "ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG HỘI ĐỒNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "Số: 05/TTr-HĐTĐKT",
        "Bình Lương, ngày 05 tháng 02 năm 2023",
        "TỜ TRÌNH Về việc đề nghị tặng Giấy khen",
        "Kính gửi: Chủ tịch Ủy ban nhân dân xã",
        "Căn cứ Luật Thi đua, khen thưởng;",
        "Căn cứ Kế hoạch số 12/KH-UBND.",
        "1 Lò Thị Ấm",
        "2 Vi Văn Đức",
        "quyết định./.",
        "Nơi nhận: - Như trên; - Lưu: VT, HĐ.",
        "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Nguyễn Văn Mẫu",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_number_and_day_stay_open_until_the_clerk_fills_them() -> None:
    draft = replace(HEAD, number=None, signed_on=None, dated=date(2023, 12, 31))

    text = text_of(progress_report(replace(REPORT, head=draft)))

    assert "Số: /BC-UBND" in text
    assert "Bình Lương, ngày tháng 12 năm 2023" in text


def test_official_margins_are_those_of_the_decree() -> None:
    first = margins_mm(pages_of(progress_report(REPORT))[0])

    assert 29.99 <= first["left"] <= 35
    assert first["bottom"] >= 20


def test_pages_are_numbered_from_the_second_on() -> None:
    first, *others = texts_of(progress_report(REPORT))

    assert not first.startswith("1 ")
    assert len(others) >= 2
    assert [text.split()[0] for text in others] == [str(n) for n in range(2, 2 + len(others))]


def test_sections_are_numbered_as_the_decree_has_it() -> None:
    text = text_of(progress_report(REPORT))

    for heading in ("I. CÔNG TÁC CHỈ ĐẠO", "II. KẾT QUẢ", "1. Phát hiện", "2. Tuyên truyền", "a) Truyền thanh"):
        assert heading in text


def test_a_table_over_pages_repeats_its_head() -> None:
    pages = [text for text in texts_of(progress_report(REPORT)) if re.search(r"Quý [0-9]+ [0-9]+", text)]

    assert len(pages) >= 2
    assert all("Quý Số gương" in text for text in pages)


@pytest.mark.parametrize("lines", range(1, 40, 3))
def test_signature_and_recipients_never_part(lines: int) -> None:
    filler = tuple(f"Dòng {n}." for n in range(lines))

    texts = texts_of(proposal(replace(PROPOSAL, opening=filler)))

    [page] = [text for text in texts if "Nơi nhận:" in text]
    assert "Nguyễn Văn Mẫu" in page
    assert "quyết định./." in page


def test_a_row_of_the_wrong_length_is_refused_with_its_place() -> None:
    with pytest.raises(ValueError, match=r"row 2 of 'Bảng': 1 texts, 2 columns"):
        Table(caption="Bảng", columns=(Column(title="A"), Column(title="B")), rows=(("1", "2"), ("3",)))

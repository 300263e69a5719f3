import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.speech.spoken import spoken

CASES = [
    # numbers
    ("0", "không"),
    ("5 hộ", "năm hộ"),
    ("10", "mười"),
    ("11", "mười một"),
    ("14", "mười bốn"),
    ("15 thành viên", "mười lăm thành viên"),
    ("20", "hai mươi"),
    ("21", "hai mươi mốt"),
    ("24", "hai mươi tư"),
    ("25", "hai mươi lăm"),
    ("91", "chín mươi mốt"),
    ("100", "một trăm"),
    ("101", "một trăm linh một"),
    ("104", "một trăm linh tư"),
    ("105", "một trăm linh năm"),
    ("110", "một trăm mười"),
    ("115", "một trăm mười lăm"),
    ("121", "một trăm hai mươi mốt"),
    ("555", "năm trăm năm mươi lăm"),
    ("1000", "một nghìn"),
    ("1005", "một nghìn không trăm linh năm"),
    ("1.204", "một nghìn hai trăm linh tư"),
    ("3.321 xã", "ba nghìn ba trăm hai mươi mốt xã"),
    ("20.000", "hai mươi nghìn"),
    ("1.000.005", "một triệu không trăm linh năm"),
    ("2.340.000 đồng", "hai triệu ba trăm bốn mươi nghìn đồng"),
    ("1.000.000.000", "một tỷ"),
    ("1.500.000.000.000", "một nghìn năm trăm tỷ"),
    ("1.204,5", "một nghìn hai trăm linh tư phẩy năm"),
    ("12,5", "mười hai phẩy năm"),
    ("2,25", "hai phẩy hai mươi lăm"),
    ("0,05", "không phẩy không năm"),
    ("3,142", "ba phẩy một bốn hai"),
    ("1, 2, 3", "một, hai, ba"),
    ("mục 3.5", "mục ba chấm năm"),
    ("số 05", "số không năm"),
    ("A4", "A bốn"),
    ("4G", "bốn G"),
    # parts and totals
    ("1/2 diện tích", "một phần hai diện tích"),
    ("2/3 số hộ", "hai phần ba số hộ"),
    ("3/4", "ba phần tư"),
    ("5/7 thành viên", "năm trên bảy thành viên"),
    ("13/13 thôn", "mười ba trên mười ba thôn"),
    ("trước 5/7 phiếu", "trước năm trên bảy phiếu"),
    # ranges
    ("2023-2025", "hai nghìn không trăm hai mươi ba đến hai nghìn không trăm hai mươi lăm"),
    (
        "giai đoạn 2023 - 2025",
        "giai đoạn hai nghìn không trăm hai mươi ba đến hai nghìn không trăm hai mươi lăm",
    ),
    ("2020–2025", "hai nghìn không trăm hai mươi đến hai nghìn không trăm hai mươi lăm"),
    ("5-7 ngày", "năm đến bảy ngày"),
    ("10-15%", "mười đến mười lăm phần trăm"),
    ("1.000-2.000 con", "một nghìn đến hai nghìn con"),
    ("thắng 3-1", "thắng ba-một"),
    # units
    ("12,5%", "mười hai phẩy năm phần trăm"),
    ("100 %", "một trăm phần trăm"),
    ("3‰", "ba phần nghìn"),
    ("800 m²", "tám trăm mét vuông"),
    ("800m2", "tám trăm mét vuông"),
    ("3 m3", "ba mét khối"),
    ("1,5 ha", "một phẩy năm héc-ta"),
    ("12km", "mười hai ki-lô-mét"),
    ("5 kg", "năm ki-lô-gam"),
    ("2 km²", "hai ki-lô-mét vuông"),
    ("35°C", "ba mươi lăm độ C"),
    ("-5°C", "âm năm độ C"),
    ("40 km/h", "bốn mươi ki-lô-mét trên giờ"),
    ("65 tạ/ha", "sáu mươi lăm tạ trên héc-ta"),
    ("60 triệu đồng/người/năm", "sáu mươi triệu đồng một người một năm"),
    ("45.000 đ/kg", "bốn mươi lăm nghìn đồng một ki-lô-gam"),
    ("3 buổi/tuần", "ba buổi một tuần"),
    ("5.000.000 đồng", "năm triệu đồng"),
    ("5.000.000đ", "năm triệu đồng"),
    ("5.000.000 VNĐ", "năm triệu đồng"),
    ("1,2 tỷ đồng", "một phẩy hai tỷ đồng"),
    ("mỗi ha", "mỗi héc-ta"),
    ("vài km", "vài ki-lô-mét"),
    ("bà cười ha ha", "bà cười ha ha"),
    # days
    ("22/11/2026", "ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi sáu"),
    ("ngày 22/11/2026", "ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi sáu"),
    ("Ngày 22/11", "Ngày hai mươi hai tháng mười một"),
    ("sáng 22/11", "sáng ngày hai mươi hai tháng mười một"),
    ("22-11-2026", "ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi sáu"),
    ("2026-11-22", "ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi sáu"),
    ("ngày 05 tháng 4 năm 2023", "ngày năm tháng tư năm hai nghìn không trăm hai mươi ba"),
    ("05/4/2023", "ngày năm tháng tư năm hai nghìn không trăm hai mươi ba"),
    ("11/6/1948", "ngày mười một tháng sáu năm một nghìn chín trăm bốn mươi tám"),
    (
        "(11/6/1948 - 11/6/2023)",
        (
            "(ngày mười một tháng sáu năm một nghìn chín trăm bốn mươi tám đến "
            "ngày mười một tháng sáu năm hai nghìn không trăm hai mươi ba)"
        ),
    ),
    (
        "ngày 22-24/11/2026",
        "ngày hai mươi hai đến ngày hai mươi tư tháng mười một năm hai nghìn không trăm hai mươi sáu",
    ),
    ("từ 20/11 đến 25/11", "từ ngày hai mươi tháng mười một đến ngày hai mươi lăm tháng mười một"),
    ("dịp 30/4 - 1/5", "dịp ngày ba mươi tháng tư đến ngày một tháng năm"),
    ("thứ Hai (22/11)", "thứ Hai (ngày hai mươi hai tháng mười một)"),
    ("trước ngày 31/5/2023", "trước ngày ba mươi mốt tháng năm năm hai nghìn không trăm hai mươi ba"),
    ("lễ 2/9", "lễ ngày hai tháng chín"),
    # months, quarters, years
    ("tháng 4", "tháng tư"),
    ("tháng 11/2026", "tháng mười một năm hai nghìn không trăm hai mươi sáu"),
    ("11/2026", "tháng mười một năm hai nghìn không trăm hai mươi sáu"),
    ("tháng 4 - 6/2023", "tháng tư đến tháng sáu năm hai nghìn không trăm hai mươi ba"),
    ("tháng 01/2026", "tháng một năm hai nghìn không trăm hai mươi sáu"),
    ("quý IV/2026", "quý bốn năm hai nghìn không trăm hai mươi sáu"),
    ("Quý I", "Quý một"),
    ("quý 3/2024", "quý ba năm hai nghìn không trăm hai mươi tư"),
    ("quý I, II/2023", "quý một, hai năm hai nghìn không trăm hai mươi ba"),
    ("quý II - IV", "quý hai đến bốn"),
    ("năm 2023", "năm hai nghìn không trăm hai mươi ba"),
    ("năm 2005", "năm hai nghìn không trăm linh năm"),
    ("năm 1945", "năm một nghìn chín trăm bốn mươi lăm"),
    ("75 năm", "bảy mươi lăm năm"),
    ("5 năm", "năm năm"),
    # hours
    ("17h30", "mười bảy giờ ba mươi phút"),
    ("17h", "mười bảy giờ"),
    ("17 h 30 phút", "mười bảy giờ ba mươi phút"),
    ("6h05", "sáu giờ năm phút"),
    ("06:30", "sáu giờ ba mươi phút"),
    ("7:00", "bảy giờ"),
    ("07:00 giờ", "bảy giờ"),
    ("8g15", "tám giờ mười lăm phút"),
    ("17h30 - 18h00", "mười bảy giờ ba mươi phút đến mười tám giờ"),
    ("24/24 giờ", "hai mươi tư trên hai mươi tư giờ"),
    ("19:30:15", "mười chín giờ ba mươi phút mười lăm giây"),
    # Roman numerals and ordinals
    ("lần thứ XXIII", "lần thứ hai mươi ba"),
    ("lần thứ I", "lần thứ nhất"),
    ("lần thứ IV", "lần thứ tư"),
    ("lần thứ 5", "lần thứ năm"),
    ("thứ 7", "thứ bảy"),
    ("Khóa XV", "Khóa mười lăm"),
    ("thế kỷ XXI", "thế kỷ hai mươi mốt"),
    ("Phụ lục II", "Phụ lục hai"),
    ("mục II.2.c", "mục hai chấm hai chấm c"),
    ("Đại hội XIII", "Đại hội mười ba"),
    ("cấp III", "cấp ba"),
    ("hạng Nhất", "hạng Nhất"),
    # telephones
    ("0912345678", "không chín một hai ba bốn năm sáu bảy tám"),
    ("0912 345 678", "không chín một hai, ba bốn năm, sáu bảy tám"),
    ("0237.3555.123", "không hai ba bảy, ba năm năm năm, một hai ba"),
    ("+84 912 345 678", "cộng tám bốn, chín một hai, ba bốn năm, sáu bảy tám"),
    ("1900 1234", "một chín không không, một hai ba bốn"),
    ("gọi 114", "gọi một một bốn"),
    # papers
    ("65/KH-UBND", "số sáu mươi lăm, kế hoạch Ủy ban nhân dân"),
    ("số 65/KH-UBND", "số sáu mươi lăm, kế hoạch Ủy ban nhân dân"),
    ("Số: 05/KH-UBND", "Số không năm, kế hoạch Ủy ban nhân dân"),
    ("Kế hoạch số 65/KH-UBND", "Kế hoạch số sáu mươi lăm của Ủy ban nhân dân"),
    (
        "KH số 65/KH-UBND ngày 24/3/2023 của UBND huyện",
        (
            "kế hoạch số sáu mươi lăm ngày hai mươi tư tháng ba năm hai nghìn không trăm hai mươi ba "
            "của Ủy ban nhân dân huyện"
        ),
    ),
    ("Nghị định số 98/2023/NĐ-CP", "Nghị định số chín mươi tám năm hai nghìn không trăm hai mươi ba của Chính phủ"),
    ("Chỉ thị 05-CT/TW", "Chỉ thị số không năm của Trung ương"),
    ("12/TTr-HĐTĐKT", "số mười hai, tờ trình Hội đồng Thi đua - Khen thưởng"),
    (
        "Luật số 91/2025/QH15",
        "Luật số chín mươi mốt năm hai nghìn không trăm hai mươi lăm của Quốc hội khóa mười lăm",
    ),
    # abbreviations
    ("UBND xã", "Ủy ban nhân dân xã"),
    ("HĐND", "Hội đồng nhân dân"),
    ("Ủy ban MTTQ", "Ủy ban Mặt trận Tổ quốc"),
    ("xã NTM", "xã nông thôn mới"),
    ("TDTT", "thể dục thể thao"),
    ("trường THCS", "trường trung học cơ sở"),
    ("gương ĐHTT", "gương điển hình tiên tiến"),
    ("công tác TĐKT", "công tác thi đua, khen thưởng"),
    ("BCH", "Ban Chấp hành"),
    ("CLB", "câu lạc bộ"),
    ("HTX", "hợp tác xã"),
    ("KT-XH, QP-AN", "kinh tế - xã hội, quốc phòng - an ninh"),
    ("TP. Thanh Hóa", "thành phố Thanh Hóa"),
    ("TP Thanh Hóa", "thành phố Thanh Hóa"),
    ("TP.HCM", "Thành phố Hồ Chí Minh"),
    ("đ/c Lan", "đồng chí Lan"),
    ("QL45", "quốc lộ bốn mươi lăm"),
    ("lúa, ngô, v.v.", "lúa, ngô, vân vân"),
    ("Ủy ban nhân dân (UBND) xã", "Ủy ban nhân dân xã"),
    ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
    # left alone
    ("Bà Lò Thị Ấm nuôi dạy con ngoan.", "Bà Lò Thị Ấm nuôi dạy con ngoan."),
    ("KHÔNG CÓ GÌ QUÝ HƠN ĐỘC LẬP, TỰ DO", "KHÔNG CÓ GÌ QUÝ HƠN ĐỘC LẬP, TỰ DO"),
    ("ông/bà, và/hoặc", "ông/bà, và/hoặc"),
    ("https://binhluong.vn/tin/2023/5", "https://binhluong.vn/tin/2023/5"),
    ("hỏi tin2@xa.vn", "hỏi tin2@xa.vn"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "said"), CASES)
def test_text_is_said_as_a_reader_would(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize(("written", "said"), CASES)
def test_saying_it_in_a_sentence_changes_nothing_else(written: str, said: str) -> None:
    assert spoken(f"Tin: {written}; hết.") == f"Tin: {said}; hết."


def test_a_whole_bulletin_reads_well() -> None:
    story = (
        "Thực hiện Kế hoạch số 65/KH-UBND ngày 24/3/2023 của UBND huyện Như Xuân, 17h30 ngày 22/11, xã Bình Lương biểu "
        "dương 15 ĐHTT giai đoạn 2023 - 2025. Bà Ấm có 1,2 ha keo, thu 120 triệu đồng/năm, tăng 12,5%."
    )

    assert spoken(story) == (
        "Thực hiện Kế hoạch số sáu mươi lăm ngày hai mươi tư tháng ba năm hai nghìn không trăm hai mươi ba của "
        "Ủy ban nhân dân huyện Như Xuân, mười bảy giờ ba mươi phút ngày hai mươi hai tháng mười một, xã Bình Lương "
        "biểu dương mười lăm điển hình tiên tiến giai đoạn hai nghìn không trăm hai mươi ba đến hai nghìn không trăm "
        "hai mươi lăm. Bà Ấm có một phẩy hai héc-ta keo, thu một trăm hai mươi triệu đồng một năm, tăng mười hai phẩy "
        "năm phần trăm."
    )


def test_nfd_is_said_as_nfc() -> None:
    assert spoken(unicodedata.normalize("NFD", "5 hộ ở thôn Hợp Thành")) == "năm hộ ở thôn Hợp Thành"


_ATOMS = (
    [written for written, _ in CASES]
    + list("0123456789/-.,:% ()&IVX")
    + ["ngày ", "tháng ", "quý ", "thứ ", "số ", "h", "đ", "m²", " - ", " đến "]
)
_texts = st.lists(st.sampled_from(_ATOMS), max_size=8).map("".join) | st.lists(st.sampled_from(_ATOMS), max_size=6).map(
    " ".join
)


@given(_texts | st.text(max_size=40))
def test_saying_it_twice_is_saying_it_once(text: str) -> None:
    once = spoken(text)

    assert spoken(once) == once


@given(_texts)
def test_no_digit_is_left_outside_web_addresses(text: str) -> None:
    assert not re.search("[0-9]", re.sub(r"\S*(?:@|://|www\.)\S*", "", spoken(text)))


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["ngày ", "Ngày ", "", "sáng ", "trước ngày ", "từ ", "mùng "]),
)
def test_a_day_is_never_doubled(day: date, lead: str) -> None:
    said = spoken(f"{lead}{day:%d/%m/%Y}")

    assert not re.search(r"\b(ngày|tháng|quý|mùng)\s+\1\b", said.lower())
    assert said.count("tháng") == 1


_words = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹ", min_size=1, max_size=7)


@given(st.lists(_words.filter(lambda word: word not in {"km", "kg", "ha"}), max_size=12))
def test_ordinary_words_are_never_changed(words: list[str]) -> None:
    text = " ".join(words)

    assert spoken(text) == unicodedata.normalize("NFC", text)

from itertools import product

import pytest

from shared.text.clean import Unclean, cleaned
from shared.text.legacy import legacy_word

LEGACY = [
    # TCVN3
    "NguyÔn", "TrÇn V¨n Hïng", "§Æng ThÞ Hoµ", "céng hoµ x· héi chñ nghÜa ViÖt Nam", "Lª V¨n T¸m",
    "®ång bµo c¸c d©n téc",
    "Nhµ v¨n ho¸ th«n", "NguyÔnV¨n", "§iÓn h×nh tiªn tiÕn",
    # VNI
    "NguyeãnVaên", "Nguyeãn Vaên An", "Tröông Thò Hoøa", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Ñaëng Thò Hoa",
    "NGUYEÃN VAÊN AN", "Ñieån hình tieân tieán",
    # VIQR
    "Nguye^~n Va(n A", "Co^.ng ho`a xa~ ho^.i", "Ho+` Va(n Ta'm", "Tra^`n Hu+ng DDa.o",
]  # fmt: skip

PLAIN = [
    "Y Blum Êban", "H'Hen Niê", "Y Ngông Niê Kdăm", "Êa Súp, Ea H'leo, Krông Pắc, Cư M'gar",
    "Ama Thuột, K'Brôi", "Hʼ Êč",
    "Đặng Thị Hoà", "khoá học hoá học ở Toà nhà, ông Doãn Khoá", "HOÀ BÌNH", "TÔN TRỌNG ÔNG BÀ CÔ BÁC", "Bà Lò Thị Ấm",
    "Cô Hà là người tốt? Vâng.", "Đ/c Nguyễn Văn A (trưởng thôn)", "anh ba(ông Tư)", "củaÔng maÔng",
    "He said it's a role model (district plan 65).", "naïve café façade Noël",
    "Müller, Zürich, São Paulo, Ñandú, Bjørn Håkan",
    "5µm, 800m², 3 m³, 20°C, ±5, 2×3, 4m×5m", "©2023 Vinamilk® §5", "«Học tập và làm theo»", "a^2 + b^2 = c^2; a^n",
    "C++ f(a(b))", "xã¹ hội² thôn¹", "Sơn La · Điện Biên · N·m", "https://binhluong.thanhhoa.gov.vn/tin?id=5^2",
    "gõ phím ~ ` ^ + ( ) ' \" < >", "1,5 ha; 17h30; 12%", "Ủy ban nhân dân xã Bình Lương", "œuvre, Gauß, þing",
]  # fmt: skip


@pytest.mark.parametrize("text", LEGACY)
def test_text_of_an_old_font_is_refused(text: str) -> None:
    with pytest.raises(Unclean) as refusal:
        cleaned(text, longest=200)

    assert refusal.value.key == "text.legacy_font"


@pytest.mark.parametrize("text", PLAIN)
def test_good_text_raises_no_alarm(text: str) -> None:
    assert legacy_word(text) is None


def test_a_soft_hyphen_in_a_pasted_word_is_no_legacy_font() -> None:
    assert cleaned("Thanh Hóa: phát\u00ad triển", longest=50) == "Thanh Hóa: phát triển"


def _words(text: str) -> list[str]:
    return text.split()


def test_no_unicode_syllable_raises_an_alarm_in_any_case() -> None:
    onsets = ["", *_words("b c ch d đ g gh gi h kh l m n ng ngh nh ph qu r s t th tr v x")]
    vowels = _words(
        "a à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ e è ẻ ẽ é ẹ ê ề ể ễ ế ệ i ì ỉ ĩ í ị o ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ ơ ờ ở ỡ ớ ợ "
        "u ù ủ ũ ú ụ ư ừ ử ữ ứ ự y ỳ ỷ ỹ ý ỵ òa oà óa oá õa oã òe oè óe oé "
        "ùy uỳ úy uý ưở iế yế uố ái ào áo âu êu ôi ìa ùa"
    )
    endings = ["", *_words("c ch m n ng nh p t")]

    alarms = [
        word
        for syllable in map("".join, product(onsets, vowels, endings))
        for word in (syllable, syllable.capitalize(), syllable.upper())
        if legacy_word(f"{word} {word}") is not None
    ]

    assert alarms == []

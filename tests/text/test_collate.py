import random
import unicodedata

from shared.text.collate import name_key, sort_key


def _shuffled(words: list[str]) -> list[str]:
    return random.Random(7).sample(words, len(words))


def test_letters_sort_by_the_vietnamese_alphabet() -> None:
    alphabet = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")

    assert sorted(_shuffled(alphabet), key=sort_key) == alphabet


def test_tones_break_ties_in_the_schoolbook_order() -> None:
    words = ["ma", "mà", "mả", "mã", "má", "mạ", "man", "măng", "mân"]

    assert sorted(_shuffled(words), key=sort_key) == words


def test_marks_count_before_tones_and_tones_before_case() -> None:
    words = ["da", "Da", "dạ", "dan", "dân", "đa", "Đà", "đá", "đăng", "đâng"]

    assert sorted(_shuffled(words), key=sort_key) == words


def test_villages_sort_by_their_number() -> None:
    villages = ["Thôn 1", "Thôn 2", "Thôn 10", "Thôn Làng Mài", "Thôn Quang Trung"]

    assert sorted(_shuffled(villages), key=sort_key) == villages


def test_nfd_and_nfc_sort_alike() -> None:
    assert sort_key(unicodedata.normalize("NFD", "Đường")) == sort_key("Đường")


def test_people_sort_by_given_name_then_surname_then_middle_name() -> None:
    people = [
        "Nguyễn Văn An", "Lò Thị Ấm", "Hà Thị Bình", "Lê Văn Bình", "Lê Xuân Bình", "Đặng Thị Dung", "Vi Văn Đức",
        "Y Blum Êban", "Thị",
    ]  # fmt: skip

    assert sorted(_shuffled(people), key=name_key) == people


def test_an_empty_name_comes_first_and_breaks_nothing() -> None:
    assert sorted(["An", ""], key=name_key) == ["", "An"]

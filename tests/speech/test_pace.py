import pytest

from shared.speech.pace import reading_seconds, syllables


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Bà Lò Thị Ấm.", 4),
        ("UBND xã", 5),
        ("năm 2026", 8),
        ("3 km", 4),
        ("kinh tế - xã hội", 4),
        ("H'Hen Niê", 2),
    ],
)
def test_syllables_are_those_of_the_reading(text: str, count: int) -> None:
    assert syllables(text) == count


def test_reading_time_is_rounded_up() -> None:
    assert reading_seconds("ba " * 190) == 60
    assert reading_seconds("ba " * 191) == 61
    assert reading_seconds("ba " * 100, per_minute=200) == 30
    assert reading_seconds("") == 0

import array
import io
import math
import os
import shutil
import struct
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from shared.speech import voice
from shared.speech.pace import reading_seconds, syllables
from shared.speech.spoken import spoken
from shared.speech.voice import Audio, NoVoice, say

STORY = (
    "Thưa bà con và các bạn, 17h30 ngày 22/11/2026, UBND xã biểu dương bà Ấm, người đã nhận nuôi 12 trẻ mồ côi. "
    "Bà có 1,2 ha keo, thu 120 triệu đồng/năm. Từ năm 2023, bà cùng chị em trong thôn góp gạo, góp công, dựng lại 5 "
    "ngôi nhà sau lũ. Sau đây là lời kể của những người hàng xóm về tấm lòng của bà. "
)


@pytest.fixture(scope="module")
def audio() -> Audio:
    return say(STORY * 2)


def _samples(text: str) -> tuple[bytes, int]:
    """What the engine says, 16-bit mono, and its sample rate."""
    done = subprocess.run(
        [sys.executable, "-m", "shared.speech.child"], input=spoken(text).encode(), capture_output=True, check=True
    )
    with io.BytesIO(done.stdout) as file, wave.open(file) as speech:
        return speech.readframes(speech.getnframes()), speech.getframerate()


def _loudness(samples: bytes) -> float:
    """Root mean square of 16-bit samples, 0 for silence and 32,767 at most."""
    levels = array.array("h", samples)
    return math.sqrt(sum(level * level for level in levels) / len(levels))


def test_a_story_takes_about_as_long_as_its_reading_time(audio: Audio) -> None:
    assert syllables(STORY * 2) >= 200
    assert audio.seconds == pytest.approx(reading_seconds(STORY * 2), rel=0.15)


def test_a_slower_reader_takes_longer(audio: Audio) -> None:
    assert say(STORY * 2, per_minute=150).seconds > audio.seconds * 1.15


def test_the_sound_is_speech_and_not_silence() -> None:
    samples, rate = _samples(STORY)

    seconds = [_loudness(samples[at : at + rate * 2]) for at in range(0, len(samples) - rate * 2, rate * 2)]
    assert _loudness(samples) > 500
    assert min(seconds) > 100  # no second of a bulletin is silent
    assert max(array.array("h", samples)) > 5000


def test_different_tones_sound_different() -> None:
    assert len({_samples(word) for word in ("ma", "má", "mà", "mả", "mã", "mạ")}) == 6


def _frame_lengths(mp3: bytes) -> list[int]:
    """The length of every MPEG-1 layer III frame, read header by header to the file's end."""
    lengths, at = [], 0
    while at + 4 <= len(mp3):
        (header,) = struct.unpack(">I", mp3[at : at + 4])
        assert header >> 17 == 0b111_1111_1111_1101, f"no MPEG-1 layer III frame at byte {at}"
        kilobits = (32, 40, 48, 56, 64, 80, 96, 112, 128)[(header >> 12 & 15) - 1]
        sample_rate = (44_100, 48_000, 32_000)[header >> 10 & 3]
        lengths.append(144 * kilobits * 1000 // sample_rate + (header >> 9 & 1))
        at += lengths[-1]
    assert at == len(mp3)
    return lengths


def test_the_mp3_is_whole_frames_that_last_as_long_as_the_speech(audio: Audio) -> None:
    frames = _frame_lengths(audio.data)

    assert audio.mime == "audio/mpeg"
    assert len(frames) * 1152 / 44_100 == pytest.approx(audio.seconds, abs=0.2)


def test_numbers_are_spoken_in_words() -> None:
    assert say("65/KH-UBND").seconds == pytest.approx(say("số sáu mươi lăm, kế hoạch Ủy ban nhân dân").seconds)


@pytest.mark.parametrize("text", ["", "  \n", "a" * 30_001])
def test_nothing_and_too_much_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="give between 1 and 30000"):
        say(text)


def test_a_text_without_a_word_says_so() -> None:
    with pytest.raises(NoVoice, match="nothing that can be said"):
        say("\u200b")


def test_without_an_engine_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "espeakng_loader.py").write_text(
        "get_library_path = lambda: '/nowhere/libespeak-ng.so'\nget_data_path = lambda: '/nowhere'\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NoVoice, match=r"does not load.*install the espeakng-loader wheel"):
        say("xin chào")


def test_speech_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice, "TIME_LIMIT_S", 0.01)

    with pytest.raises(NoVoice, match="did not finish"):
        say(STORY)


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="the system has no espeak-ng")
def test_the_systems_engine_stands_in_for_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "espeakng_loader.py").write_text("get_library_path = lambda: '/nowhere/libespeak-ng.so'\n")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")

    assert say(STORY).seconds == pytest.approx(reading_seconds(STORY), rel=0.25)

"""A text as sound: espeak-ng's Vietnamese voice, robotic but free and offline, as an MP3.

lameenc (LGPL-3.0) encodes in our process; espeak-ng (GPL-3.0) speaks in one of its own.
"""

import io
import os
import shutil
import subprocess
import sys
import wave
from dataclasses import dataclass
from typing import Final

import lameenc

from shared.speech.spoken import spoken

LONGEST_TEXT: Final = 30_000
TIME_LIMIT_S: Final = 120
_MISSING: Final = 3  # the child's exit code when the wheel's library is not there
# espeak-ng counts English words: measured over 80 to 240, its Vietnamese runs at 1.52 syllables for each of them.
_SYLLABLES_PER_WORD: Final = 1.52
_KILOBITS: Final = 64  # mono; as fine per channel as the 128 kb/s stereo the radio circulars have in mind
_SAMPLE_RATE: Final = 44_100
_KEPT_VARIABLES: Final = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "ESPEAK_DATA_PATH", "SYSTEMROOT")


class NoVoice(RuntimeError):
    """Speech could not be made; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Audio:
    """`data` is a whole MP3 file (MPEG-1 layer III, 64 kb/s, 44.1 kHz, mono); `seconds` its playing time."""

    data: bytes
    seconds: float
    mime: str = "audio/mpeg"


def say(text: str, *, per_minute: int = 190) -> Audio:
    """The text read aloud at about `per_minute` syllables, its numbers and abbreviations spoken in words.

    Takes some 0.2 s for a minute of speech. Raises NoVoice, and ValueError for an empty text or over 30,000 characters.
    """
    words = spoken(text).replace("\0", " ").strip()
    if not words or len(words) > LONGEST_TEXT:
        raise ValueError(f"a text of {len(words)} characters: give between 1 and {LONGEST_TEXT}")
    samples, sample_rate = _samples(_wav(words, round(per_minute / _SYLLABLES_PER_WORD)))
    if not any(samples):
        raise NoVoice(f"espeak-ng gave no sound for {len(words)} characters: the text has nothing that can be said")
    return Audio(data=_mp3(samples, sample_rate), seconds=len(samples) / 2 / sample_rate)


def _wav(words: str, pace: int) -> bytes:
    own = _run((sys.executable, "-P", "-m", "shared.speech.child", str(pace)), words)
    if own.returncode == 0:
        return own.stdout
    why = own.stderr.decode(errors="replace").strip() or f"exit code {own.returncode}"
    system = shutil.which("espeak-ng")
    if own.returncode != _MISSING or system is None:
        raise NoVoice(f"{why}; install the espeakng-loader wheel or the system's espeak-ng")
    return _wav_of_system(system, words, pace)


def _wav_of_system(program: str, words: str, pace: int) -> bytes:
    done = _run((program, "-v", "vi", "-b", "1", "-s", str(pace), "--stdin", "--stdout"), words)
    if done.returncode:
        raise NoVoice(f"{program}: {done.stderr.decode(errors='replace').strip()}; check that its data has voice vi")
    return done.stdout


def _run(command: tuple[str, ...], words: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    try:
        return subprocess.run(
            command, input=words.encode(), capture_output=True, timeout=TIME_LIMIT_S, check=False, env=environment
        )
    except subprocess.TimeoutExpired as fault:
        raise NoVoice(f"espeak-ng did not finish {len(words)} characters within {TIME_LIMIT_S} s") from fault


def _samples(wav: bytes) -> tuple[bytes, int]:
    """Mono 16-bit samples and their rate. A piped WAV gives no true length, so all there is is read."""
    try:
        with wave.open(io.BytesIO(wav)) as file:
            return file.readframes(len(wav) // 2), file.getframerate()
    except (wave.Error, EOFError) as fault:
        raise NoVoice(f"espeak-ng answered {len(wav)} bytes that are no WAV file: {fault}") from fault


def _mp3(samples: bytes, sample_rate: int) -> bytes:
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(sample_rate)
    encoder.set_out_sample_rate(_SAMPLE_RATE)
    encoder.set_bit_rate(_KILOBITS)
    encoder.set_quality(5)  # of 2 (slowest) to 7: a synthetic voice gains nothing from more
    return bytes(encoder.encode(samples) + encoder.flush())

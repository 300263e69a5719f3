"""How long a text takes at the microphone."""

import math
import re

from shared.speech.spoken import spoken

_SYLLABLE = re.compile(r"[^\W\d_]+(?:['ʼ][^\W\d_]+)*")


def syllables(text: str) -> int:
    """Syllables as read aloud: UBND counts as the four it stands for, 2026 as the six of its reading."""
    return len(_SYLLABLE.findall(spoken(text)))


def reading_seconds(text: str, *, per_minute: int = 190) -> int:
    """Whole seconds, rounded up. 180 to 200 syllables a minute is a news reader's pace."""
    return math.ceil(syllables(text) * 60 / per_minute)

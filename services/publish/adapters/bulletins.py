"""Radio bulletins as files: what the announcer reads, the same read aloud, and what the station has to know."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from services.publish.adapters import files
from services.publish.adapters.drafts import bulletin_script
from shared.speech.pace import reading_seconds
from shared.speech.spoken import spoken
from shared.speech.voice import say

KIND: Final = "radio"
AUDIO, SCRIPT, META = "audio.mp3", "script.txt", "meta.json"


@dataclass(frozen=True)
class Bulletin:
    """One item of a commune's radio programme. Dates are ISO."""

    id: str
    station: str
    title: str
    sapo: str
    body: str
    valid_until: str  # after this day it must not be aired
    approved_by: str
    consent_id: str

    @cached_property
    def script(self) -> str:
        """As it is read: dates, numbers and abbreviations in words."""
        return spoken(bulletin_script(station=self.station, title=self.title, sapo=self.sapo, body=self.body))

    @property
    def meta(self) -> dict[str, Any]:
        """Circular 39/2020/TT-BTTTT art. 3: an item like this is "thông thường", the commune chooses the slot."""
        return {
            "id": self.id,
            "title": self.title,
            "priority": "thông thường",
            "language": "vi",
            "est_seconds": reading_seconds(self.script),
            "slot": None,
            "valid_until": self.valid_until,
            "approved_by": self.approved_by,
            "consent_id": self.consent_id,
        }

    @property
    def meta_json(self) -> bytes:
        return json.dumps(self.meta, ensure_ascii=False, indent=2).encode()

    @cached_property
    def content(self) -> str:
        return files.content_address(self.script.encode(), self.meta_json)


def make(bulletin: Bulletin) -> str:
    """Make the files unless they are there; their content address. Raises NoVoice."""
    if not exists(bulletin.content):
        audio = say(bulletin.script)
        files.put(
            KIND,
            bulletin.content,
            {AUDIO: audio.data, SCRIPT: bulletin.script.encode(), META: bulletin.meta_json},
        )
    return bulletin.content


def exists(content: str) -> bool:
    return audio_path(content).is_file()


def size(content: str) -> int:
    """Bytes of the audio file."""
    return audio_path(content).stat().st_size


def remove(content: str) -> None:
    files.remove(KIND, content)


def audio_path(content: str) -> Path:
    return files.folder(KIND, content) / AUDIO


def script_path(content: str) -> Path:
    return files.folder(KIND, content) / SCRIPT

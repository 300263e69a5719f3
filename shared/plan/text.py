"""Words in the two languages of the product."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Vietnamese and in English. `str()` gives the Vietnamese, which is the official wording."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.vi

    def to(self, language: str) -> str:
        """The words in a language: English for "en" and its regions ("en_GB"), Vietnamese for every other."""
        return self.en if language[:2] == "en" else self.vi

"""First texts of stories and scripts for the announcer: our own templates in a sandbox.

What people wrote goes in as values, never as a template.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from services.publish.rules.words import lower_first, sentence, upper_first

TEMPLATES = Path(__file__).parents[1] / "templates" / "publish"
LONGEST_GIST = 200  # characters
CUT = "\x1e"  # the record separator: cleaned text cannot hold it


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a draft may know. Titles are the plan's Vietnamese ones."""

    subject_kind: str
    who: str  # the name, or what stands for it within a sentence
    named: bool
    place: str  # "thôn 3", or "do … giới thiệu" for units where nobody lives
    commune: str
    field: str
    model_kind: str
    movement: str
    areas: tuple[str, ...]
    initiative: bool
    direct_worker: bool
    headline: str
    story: str  # as the nominator wrote it
    happened_on: str  # dd/mm/yyyy, "" when nobody said
    recognised_on: str

    @property
    def gist(self) -> str:
        """The first sentence of the story, if it is short enough to stand above it; else ""."""
        first = re.match(r"[^\n]*?[.!?…](?=\s|$)", self.story.strip())
        return first[0] if first and len(first[0]) <= LONGEST_GIST else ""

    @property
    def where(self) -> str:
        """The place to name after the name: none for the nameless, nor where the name says it already."""
        return self.place if self.named and self.place.lower() not in self.who.lower() else ""


@dataclass(frozen=True, slots=True)
class Draft:
    title: str
    sapo: str  # the lines under the title that say it all
    body: str  # paragraphs, a blank line between them


def drafted(facts: Facts) -> Draft:
    """The first text for the facts, from the template of the subject kind, or the general one for kinds without one."""
    template = environment().select_template([f"drafts/{facts.subject_kind}.j2", "drafts/any.j2"])
    title, sapo, body = template.render(f=facts, cut=CUT).split(CUT)
    return Draft(one_line(title), one_line(sapo), paragraphs(body))


def bulletin_script(*, station: str, title: str, sapo: str, body: str) -> str:
    """The text that the announcer reads, numbers and abbreviations still as written; ends with a line break."""
    template = environment().get_template("channels/radio.j2")
    return f"{paragraphs(template.render(station=station, title=title, sapo=sapo, body=body))}\n"


def one_line(text: str) -> str:
    return " ".join(text.split())


def paragraphs(text: str) -> str:
    """Paragraphs of one line each, a blank line between them."""
    blocks = (one_line(part) for part in text.replace("\r\n", "\n").split("\n\n"))
    return "\n\n".join(part for part in blocks if part)


@cache
def environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(lower_first=lower_first, upper_first=upper_first, sentence=sentence)
    return made

"""The letters: one plain-text template each, the subject in its first line. Vietnamese, the language of the office."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.notify.rules.matter import Matter
from shared.web.filters import FILTERS

HERE = Path(__file__).parents[1] / "templates" / "notify" / "letters"


@dataclass(frozen=True, slots=True)
class Letter:
    """What the inbox shows and the mail says. `body` is paragraphs parted by blank lines."""

    subject: str
    body: str


def write(name: str, matter: Matter) -> Letter:
    """The letter of this name about this matter. Raises jinja2.TemplateError when the template does not fit it."""
    said = matter.said
    text = templates().get_template(f"{name}.txt").render(m=matter, said=said, plan=matter.plan)
    subject, _, body = text.partition("\n")
    return Letter(" ".join(subject.split()), body.strip())


@cache
def templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=False,  # noqa: S701 -- plain text; pages and the mail's HTML part escape it
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment

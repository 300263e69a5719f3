"""Gathers the strings of the product into the English catalogue, and finds what is still untranslated."""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from shared.web.i18n import LANGUAGES, SOURCE_LANGUAGE, catalogue_path

ROOT = Path(__file__).parents[2]
FOLDERS = ("gateway", "services", "shared")
METHODS = [
    ("**/templates/**.html", "jinja2.ext:babel_extract"),
    ("**/templates/**.xml", "jinja2.ext:babel_extract"),
    ("**.py", "python"),
]
OPTIONS = {pattern: {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"} for pattern, _how in METHODS[:2]}
KEYWORDS = {"_": None, "gettext": None, "lazy": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")  # Python's, and those that app.js fills
NOISE = tuple(
    f'"{name}:'
    for name in (
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)
HEADER = "# English words of Gương Sáng. `python -m shared.web.i18n update` keeps this file in step with the code."


def main(arguments: list[str]) -> int:
    """`update` rewrites the catalogues; `check` names what is missing and returns 1."""
    match arguments:
        case ["update"]:
            for language in LANGUAGES:
                if language != SOURCE_LANGUAGE:
                    update(language)
            return 0
        case ["check"]:
            faults = [fault for language in LANGUAGES if language != SOURCE_LANGUAGE for fault in faults_of(language)]
            sys.stdout.writelines(f"{fault}\n" for fault in faults)
            return 1 if faults else 0
        case _:
            sys.stderr.write("usage: python -m shared.web.i18n update|check\n")
            return 2


def update(language: str) -> None:
    """Bring the catalogue in step with the code: new strings come in empty, unused ones go, the rest stay."""
    catalogue = _read(language)
    catalogue.update(strings(), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    catalogue.header_comment, catalogue.fuzzy = HEADER, False
    written = io.BytesIO()
    write_po(written, catalogue, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    catalogue_path(language).write_text(_without_noise(written.getvalue().decode()), encoding="utf-8")


def _without_noise(text: str) -> str:
    # Dates and addresses that nobody fills in would only make every update a change.
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(NOISE))


def strings() -> Catalog:
    """Every translatable string of the product, with the files that say it."""
    found = Catalog(project="guongsang", charset="utf-8")
    for folder in FOLDERS:
        for filename, line, message, comments, context in said_in(folder):
            found.add(message, None, [(f"{folder}/{filename}", line)], auto_comments=comments, context=context)
    return found


@cache
def said_in(folder: str) -> tuple[Any, ...]:
    """What the folder's files say, read once in a process: (file, line, message, comments, context) of each string."""
    return tuple(extract_from_dir(ROOT / folder, METHODS, OPTIONS, KEYWORDS, ("i18n:",), strip_comment_tags=True))


def faults_of(language: str) -> Iterator[str]:
    """One sentence for each string that this language lacks, leaves uncertain, or fills with other placeholders."""
    catalogue = _read(language)
    for message in strings():
        if message.id:
            known = catalogue.get(_key(message), message.context)
            fault = _fault(message, known)
            if fault:
                yield f"{language}: {_key(message)!r} ({message.locations[0][0]}): {fault}"


def _fault(message: Message, known: Message | None) -> str:
    if known is None:
        return "not in the catalogue; run `python -m shared.web.i18n update`"
    texts = _texts(known.string)
    if not all(texts):
        return "not translated"
    if known.fuzzy:
        return "marked fuzzy"
    wanted = set(PLACEHOLDER.findall(" ".join(_texts(message.id))))
    given = set(PLACEHOLDER.findall(" ".join(texts)))
    return "" if wanted == given else f"placeholders {sorted(given)} instead of {sorted(wanted)}"


def _texts(words: str | Iterable[str] | None) -> list[str]:
    return [words] if isinstance(words, str) else list(words or [""])


def _key(message: Message) -> str:
    return _texts(message.id)[0]


def _read(language: str) -> Catalog:
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, project="guongsang", charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, locale=language)

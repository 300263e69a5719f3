"""The words of the pages. Source strings are Vietnamese; English is the catalogue `locale/en`.

`python -m shared.web.i18n update` gathers new strings from the code and the templates into the catalogue.
"""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment

SOURCE_LANGUAGE = "vi"
LANGUAGES = ("vi", "en")
LOCALE_DIR = Path(__file__).parent / "locale"

_language: ContextVar[str] = ContextVar("language", default=SOURCE_LANGUAGE)


def gettext(message: str, **values: object) -> str:
    """`message` in the current language, with `%(name)s` replaced by `values`.

    Without values the text comes back as it stands, so that "100%" needs no escape.
    """
    text = words().gettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, count: int, **values: object) -> str:
    """The form that fits `count`, with `%(count)s` and the other `values` filled in."""
    text = words().ngettext(singular, plural, count)
    return text % {"count": count, "num": count, **values}


_ = gettext


@dataclass(frozen=True, slots=True)
class LazyText:
    """A string that is put into the reader's language each time it is shown."""

    message: str

    def __str__(self) -> str:
        return gettext(self.message)


def lazy(message: str) -> LazyText:
    """For constants, which are made before anybody's language is known."""
    return LazyText(message)


def words() -> NullTranslations:
    """The current language's translator, for functions that take one."""
    return _catalogue(_language.get())


def current_language() -> str:
    """The language in which this request is answered: "vi" or "en"."""
    return _language.get()


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Everything inside speaks `language`; one that is not in LANGUAGES falls back to Vietnamese."""
    token = _language.set(language if language in LANGUAGES else SOURCE_LANGUAGE)
    try:
        yield
    finally:
        _language.reset(token)


def speak(environment: Environment) -> None:
    """Give a Jinja environment `_`, `gettext`, `ngettext` and `{% trans %}`."""
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    install = environment.install_gettext_callables  # type: ignore[attr-defined]  # added by the extension
    install(gettext, _plural, newstyle=True)


def catalogue_path(language: str) -> Path:
    return LOCALE_DIR / language / "LC_MESSAGES" / "guongsang.po"


def _plural(singular: str, plural: str, count: int) -> str:
    # Jinja's new style fills the placeholders itself, after escaping the values.
    return words().ngettext(singular, plural, count)


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    compiled = io.BytesIO()
    with catalogue_path(language).open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


if __name__ == "__main__":
    from shared.web.catalogue import main  # extraction is a developer's tool; pages never load it

    sys.exit(main(sys.argv[1:]))

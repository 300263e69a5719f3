"""Everything that the shared templates lean on, put into a Jinja environment in one call."""

from jinja2 import Environment

from shared.web import charts, parts
from shared.web.filters import FILTERS
from shared.web.i18n import speak
from shared.web.portrait import portrait


def dress(environment: Environment) -> None:
    """Words, filters, and the globals `charts`, `parts` and `portrait`; the caller still owes `url_static`."""
    speak(environment)
    environment.filters.update(FILTERS)
    environment.globals.update(charts=charts, parts=parts, portrait=portrait)

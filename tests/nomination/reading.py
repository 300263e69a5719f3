"""How the tests read a page."""

import html
import re
from typing import Any


def words(response: Any) -> str:
    """What a reader sees: the page without its tags."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", response.text))
    return re.sub(r"\s+", " ", text)


def id_of(draft: str) -> str:
    return draft.rpartition("/")[2]

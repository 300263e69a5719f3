"""How the tests read a page."""

import html
import re
from typing import Any

from httpx import Response


def words(response: Any) -> str:
    """What a reader sees: the page without its tags."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", response.text))
    return re.sub(r"\s+", " ", text)


def id_of(draft: str) -> str:
    return draft.rpartition("/")[2]


def leads_to(answer: Response) -> str:
    """The path of the page to which a sent form leads."""
    assert answer.next_request is not None, words(answer)
    return answer.next_request.url.path

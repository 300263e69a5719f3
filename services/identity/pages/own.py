"""What holds for every page about one's own account."""

from shared.access.principal import Principal
from shared.errors import Forbidden


def in_browser(who: Principal) -> Principal:
    """A leaked token must not be able to make more tokens, or to see which there are."""
    if who.by_token:
        raise Forbidden("account.not_by_token")
    return who

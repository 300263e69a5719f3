"""Expected refusals. Each carries a stable key that a page or the API puts into words; anything else is a bug."""

from http import HTTPStatus


class Refusal(Exception):
    """What was asked is understood and will not be done.

    `key` names the reason ("nomination.closed"); `details` are the values that the sentence shows.
    """

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(key)
        self.key = key
        self.details = details


class Refused(Refusal):
    """A rule of the plan or of the product forbids it."""


class NotFound(Refusal):
    """There is no such thing, or the asker may not know of it."""

    status = HTTPStatus.NOT_FOUND


class Gone(Refusal):
    """It was here and was taken back for good."""

    status = HTTPStatus.GONE


class Forbidden(Refusal):
    """The asker is known and has no right to it."""

    status = HTTPStatus.FORBIDDEN


class SignInNeeded(Refusal):
    """Nobody is signed in, and the page is not public."""

    status = HTTPStatus.UNAUTHORIZED


class Conflict(Refusal):
    """Somebody else changed it first, or the same request is under way."""

    status = HTTPStatus.CONFLICT


class TooLarge(Refusal):
    """The request body is over the bound of its route."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class Invalid(Refusal):
    """One or more fields are wrong: `faults` is {field: message key or sentence}."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("form.invalid")
        self.faults = faults

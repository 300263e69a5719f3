"""A refused try, shown on the form that it came from."""

from collections.abc import Callable
from http import HTTPStatus

from fastapi import Request
from starlette.responses import Response

from shared.errors import Refused
from shared.web.problems import sentence


def refused_with(
    request: Request, refusal: Refused, box: str, show: Callable[[dict[str, str], HTTPStatus], Response]
) -> Response:
    """The form again with the refusal at `box`; after too many tries, with the time until the next."""
    errors = {box: sentence(request, refusal.key, **refusal.details)}
    if refusal.key != "sign_in.too_many_tries":
        return show(errors, HTTPStatus.UNPROCESSABLE_ENTITY)
    response = show(errors, HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["retry-after"] = str(60 * int(str(refusal.details["minutes"])))
    return response

"""What a page needs of a request: who may ask, the session, and what was typed."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.access.session import session_of

Opened = Annotated[Session, Depends(session_of("nomination"), scope="function")]
Nominating = Annotated[Principal, may(Action.NOMINATE)]
Reading = Annotated[Principal, may(Action.READ_DOSSIER)]
TakingBack = Annotated[Principal, may(Action.WITHDRAW_NOMINATION)]

MOST_FILES = 10  # more than may be sent, so that one too many is said in words


@dataclass(frozen=True, slots=True)
class Posted:
    """A form as it arrived: {box: values}, and the bytes of each file that was chosen with its name."""

    typed: dict[str, list[str]]
    uploads: tuple[bytes, ...] = ()
    names: tuple[str, ...] = ()

    def one(self, box: str) -> str:
        values = self.typed.get(box, [])
        return values[0] if values else ""


def address_of(request: Request) -> str | None:
    """Where the request comes from, as the web server says."""
    return request.client.host if request.client else None


async def posted(request: Request) -> Posted:
    """Read the form, whether it came with or without files."""
    typed: dict[str, list[str]] = {}
    uploads: list[bytes] = []
    names: list[str] = []
    async with request.form(max_files=MOST_FILES, max_fields=200) as form:
        for box, value in form.multi_items():
            if isinstance(value, str):
                typed.setdefault(box, []).append(value)
            elif value.filename:
                uploads.append(await value.read())
                names.append(value.filename)
    return Posted(typed, tuple(uploads), tuple(names))


Form = Annotated[Posted, Depends(posted)]

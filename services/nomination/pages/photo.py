"""/anh: photos, to those who may see them."""

import re
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import FileResponse, Response

from services.nomination.adapters.photo_store import path_of
from services.nomination.pages.posted import Opened
from services.nomination.queries.photos import is_public, is_theirs, shown_by
from shared.access.door import public
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.audit.looks import opened
from shared.audit.note import note
from shared.errors import NotFound

router = APIRouter()
Looking = Annotated[Principal | None, public(more_for=Action.READ_DOSSIER)]
NAME = re.compile(r"([0-9a-f]{64})(?:-([1-9][0-9]{1,3}))?\.(webp|jpg)")
WIDTHS = (320, 640, 1280)  # in which pages ask for photos
KINDS = {"webp": "image/webp", "jpg": "image/jpeg"}


def named(name: str) -> tuple[str, Path, str]:
    """(content address, file, media type) of a picture's name. Raises NotFound.

    A width that the photo is too narrow for is answered with the whole photo: pages need not know how wide it was.
    """
    if (found := NAME.fullmatch(name)) is None or (found[2] and found[3] == "jpg"):
        raise NotFound("thing.unknown")
    width = int(found[2]) if found[2] else None
    path = path_of(found[1], width=width, jpeg=found[3] == "jpg")
    if width in WIDTHS and not path.is_file():
        path = path_of(found[1])
    return found[1], path, KINDS[found[3]]


@router.get("/anh/{name}")
def show(picture: Annotated[tuple[str, Path, str], Depends(named)], who: Looking, session: Opened) -> Response:
    """The picture; for everybody once the story is out with the nominee's consent, before only for those concerned."""
    address, path, kind = picture
    out = is_public(session, address)
    if not (out or is_theirs(session, address)) or not path.is_file():
        raise NotFound("thing.unknown")
    if who is not None and not out:
        note(session, opened(who, "photo", address, about=shown_by(session, address)))
    # An hour, not for ever: consent may be taken back.
    return FileResponse(path, media_type=kind, headers={"cache-control": "private, max-age=3600"})

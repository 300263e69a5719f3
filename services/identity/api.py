"""JSON routes."""

from typing import Annotated

from fastapi import APIRouter

from services.identity.schemas.me import Me, me
from shared.access.door import signed_in
from shared.access.principal import Principal

router = APIRouter(prefix="/api/v1")


@router.get("/me")
def who_am_i(who: Annotated[Principal, signed_in()]) -> Me:
    """Who the sender is and in which office; lets a program try its token."""
    return me(who)

"""Pages: sign-in, one's own account, another office, acting for another, people, units, and the role chooser."""

from fastapi import APIRouter

from services.identity.pages import (
    account,
    acting,
    chooser,
    enrolling,
    leaving,
    offices,
    password_link,
    people,
    sign_in,
    unit_changes,
    unit_import,
    units,
)

router = APIRouter()
for part in (
    sign_in,
    offices,
    account,
    chooser,
    acting,
    enrolling,
    leaving,
    people,
    password_link,
    unit_changes,
    unit_import,
    units,
):
    router.include_router(part.router)

"""Pages: sign-in, one's own account, another office, the role chooser of demonstrations, and units through time."""

from fastapi import APIRouter

from services.identity.pages import account, chooser, offices, sign_in, unit_changes, unit_import, units

router = APIRouter()
for part in (sign_in, offices, account, chooser, unit_changes, unit_import, units):
    router.include_router(part.router)

"""Pages: sign-in, one's own account, another office, and the role chooser of demonstrations."""

from fastapi import APIRouter

from services.identity.pages import account, chooser, offices, sign_in

router = APIRouter()
for part in (sign_in, offices, account, chooser):
    router.include_router(part.router)

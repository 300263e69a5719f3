"""Pages: sign-in, one's own account, another office, who may do what, and the role chooser of demonstrations."""

from fastapi import APIRouter

from services.identity.pages import account, chooser, offices, rights, sign_in

router = APIRouter()
for part in (sign_in, offices, account, chooser, rights):
    router.include_router(part.router)

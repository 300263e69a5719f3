"""Pages: sign-in, one's own account, another office, the role chooser of demonstrations, the audit trail."""

from fastapi import APIRouter

from services.identity.pages import account, answer, chooser, offices, sign_in, trail

router = APIRouter()
for part in (sign_in, offices, account, chooser, trail, answer):
    router.include_router(part.router)

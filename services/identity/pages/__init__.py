"""Pages: sign-in, one's own account, another office, acting for another, people, and the role chooser."""

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
)

router = APIRouter()
for part in (sign_in, offices, account, chooser, acting, enrolling, leaving, people, password_link):
    router.include_router(part.router)

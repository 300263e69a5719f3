"""Pages: signing in, one's own account, another office, cards, approval links, and the chooser of demonstrations."""

from fastapi import APIRouter

from services.identity.pages import (
    account,
    approvals,
    authenticator,
    card,
    cards,
    chooser,
    offices,
    provider,
    second_step,
    sign_in,
    tokens,
)

router = APIRouter()
for part in (
    sign_in, card, second_step, provider, offices, account, authenticator, tokens, cards, approvals, chooser
):  # fmt: skip
    router.include_router(part.router)

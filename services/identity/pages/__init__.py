"""Pages: signing in, accounts, cards, offices, people, units, rights, the audit trail, a demonstration's chooser."""

from fastapi import APIRouter

from services.identity.pages import (
    account,
    acting,
    answer,
    approvals,
    authenticator,
    card,
    cards,
    chooser,
    enrolling,
    leaving,
    offices,
    password_link,
    people,
    provider,
    rights,
    second_step,
    sign_in,
    tokens,
    trail,
    unit_changes,
    unit_import,
    units,
)

PARTS = (
    sign_in,
    card,
    second_step,
    provider,
    offices,
    account,
    authenticator,
    tokens,
    cards,
    approvals,
    chooser,
    acting,
    enrolling,
    leaving,
    people,
    password_link,
    unit_changes,
    unit_import,
    units,
    trail,
    answer,
    rights,
)

router = APIRouter()
for part in PARTS:
    router.include_router(part.router)

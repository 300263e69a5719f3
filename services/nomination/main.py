"""The front door of nomination."""

from celery import Celery

from services.nomination.api import description, imports, nominations
from services.nomination.commands.importing import PERFORMERS
from services.nomination.handlers import ear
from services.nomination.pages import (
    check,
    consent,
    consent_link,
    consent_look_up,
    evidence,
    form,
    graduation,
    home,
    importing,
    look_up,
    movements,
    nurture,
    nurture_deeds,
    on_paper,
    pairings,
    phone,
    photo,
    receipt,
    seen_before,
    succession,
    suggest,
    suggestions,
    supplement,
    take_out,
    whole,
    withdrawals,
)
from services.nomination.schemas.refusals import REFUSALS
from shared.service import Service
from shared.web.app import create_app

PHOTO_BODY = 11 * 1024 * 1024  # bytes: a photo of 10 MB and the form around it
TABLE_BODY = 11 * 1024 * 1024  # a table of 10 MB
FORM_BODY = 31 * 1024 * 1024  # three of them: without scripts they come as the camera made them

web = create_app(
    "nomination",
    [
        home.router,
        seen_before.router,
        phone.router,
        whole.router,
        take_out.router,
        on_paper.router,
        importing.router,
        succession.router,
        suggest.router,
        suggestions.router,
        pairings.router,
        receipt.router,
        supplement.router,
        evidence.router,
        withdrawals.router,
        consent.router,
        check.router,
        form.router,
        look_up.router,
        consent_link.router,
        consent_look_up.router,
        movements.router,
        nurture.router,
        graduation.router,  # before the deeds, whose addresses are alike
        nurture_deeds.router,
        photo.router,
        description.router,
        nominations.router,
        imports.router,
    ],
    refusals=REFUSALS,
    body_limits={"/api/v1/photos": PHOTO_BODY, "/api/v1/imports": TABLE_BODY, "/de-cu/": FORM_BODY},
)
service = Service(
    name="nomination",
    paths=(
        "/de-cu",
        "/goi-y",
        "/phong-trao",
        "/boi-duong",
        "/anh",
        "/tra-cuu",
        "/api/v1/nominations",
        "/api/v1/photos",
        "/api/v1/imports",
        "/api/v1/openapi.json",
        "/dong-y",
        "/rut-dong-y",
    ),
    web=web,
    ear=ear,
    performers=PERFORMERS,
)


def __getattr__(name: str) -> Celery:
    """`worker` is made when it is asked for: a web process has none."""
    if name == "worker":
        return service.worker()
    raise AttributeError(name)

"""The front door of review."""

from celery import Celery

from services.review import api
from services.review.handlers import ear
from services.review.pages import climbing, dossier, pauses, queue, take_out
from services.review.pages.words import REFUSALS
from shared.service import Service
from shared.web.app import create_app

ROUTERS = [api.router, queue.router, take_out.router, dossier.router, climbing.router, pauses.router]
web = create_app("review", ROUTERS, refusals=REFUSALS)
service = Service(name="review", paths=("/xet-duyet", "/api/v1/cases"), web=web, ear=ear)


def __getattr__(name: str) -> Celery:
    """`worker` is made when it is asked for: a web process has none, and one process has only one."""
    if name == "worker":
        return service.worker()
    raise AttributeError(name)

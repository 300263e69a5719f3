"""The front door of notify."""

from celery import Celery

from services.notify import api
from services.notify.commands.mailing import PERFORMERS
from services.notify.handlers import ear
from services.notify.pages import inbox, sent
from services.notify.pages.words import REFUSALS
from services.notify.settings import SERVICE
from shared.service import Service
from shared.web.app import create_app

web = create_app(SERVICE, [api.router, sent.router, inbox.router], refusals=REFUSALS)
service = Service(
    name=SERVICE,
    paths=("/thong-bao", "/api/v1/messages"),
    web=web,
    ear=ear,
    performers=PERFORMERS,
)


def __getattr__(name: str) -> Celery:
    """`worker` is made when it is asked for: a web process has none, and one process has only one."""
    if name == "worker":
        return service.worker()
    raise AttributeError(name)

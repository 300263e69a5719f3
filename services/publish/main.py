"""The front door of publish."""

from celery import Celery

from services.publish import api
from services.publish.commands.carrying import PERFORMERS
from services.publish.handlers import ear
from services.publish.pages import activities, desk, files, portal, previews, release, story, text
from services.publish.schemas.words import REFUSALS
from shared.service import Service
from shared.web.app import create_app

web = create_app(
    "publish",
    [
        portal.router,
        story.router,
        files.router,
        desk.router,
        text.router,
        release.router,
        previews.router,
        activities.router,
        api.router,
    ],
    refusals=REFUSALS,
)
service = Service(
    name="publish",
    paths=("/", "/guong", "/atom.xml", "/bien-tap", "/hoat-dong", "/api/v1/stories"),
    web=web,
    ear=ear,
    performers=PERFORMERS,
)


def __getattr__(name: str) -> Celery:
    """`worker` is made when it is asked for: a web process has none, and one process has only one."""
    if name == "worker":
        return service.worker()
    raise AttributeError(name)

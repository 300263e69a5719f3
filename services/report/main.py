"""Report's front door. `INDICATORS` are the names that a plan may hold its aims against."""

from celery import Celery

from services.report import api, pages
from services.report.handlers import ear
from services.report.queries import INDICATORS
from services.report.views.words import REFUSALS
from shared.service import Service
from shared.web.app import create_app

__all__ = ["INDICATORS", "service", "web"]

web = create_app("report", [pages.router, api.router], refusals=REFUSALS)

service = Service(
    name="report",
    paths=(
        "/ke-hoach",
        "/hanh-trinh",
        "/su-kien",
        "/tong-hop",
        "/tong-hop.csv",
        "/bao-cao",
        "/api/v1/plan",
        "/api/v1/road",
        "/api/v1/summary",
    ),
    web=web,
    ear=ear,
)


def __getattr__(name: str) -> Celery:
    """`worker` is made when it is asked for: a web process has none."""
    if name == "worker":
        return service.worker()
    raise AttributeError(name)

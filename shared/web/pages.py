"""Renders pages: templates of the service over the shared ones, with what every page shows around its content."""

import hashlib
from functools import cache, partial
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import Request
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse

from shared.access.principal import Principal
from shared.plan.shelf import plan_of, shelf
from shared.settings import settings
from shared.web.i18n import current_language
from shared.web.navigation import PEOPLE_MANAGERS, may_open, nav_of
from shared.web.seal_mark import chain_head
from shared.web.templating import dress

HERE = Path(__file__).parent
STATIC = HERE / "static"


def templates_of(service_dir: Path) -> Environment:
    """The service's Jinja environment: autoescape on, unknown names are errors."""
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(service_dir / "templates"), FileSystemLoader(HERE / "templates")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    dress(environment)
    environment.globals["url_static"] = url_static
    return environment


def render(request: Request, template: str, *, status_code: int = 200, **view: Any) -> HTMLResponse:
    """A whole page. `view` is all that the template knows besides the frame around it."""
    frame = frame_of(request)
    text = request.app.state.templates.get_template(template).render(frame | view)
    response = HTMLResponse(text, status_code)
    if asked := request.query_params.get("lang"):
        response.set_cookie("lang", asked[:2], max_age=31_536_000, samesite="lax", httponly=True)
    return response


def arrived(path: str, *, draft: str) -> RedirectResponse:
    """On to a page of ours, which throws away what the device has kept of the form `draft`: the server has it now."""
    return RedirectResponse(f"{path}#da-gui={quote(draft, safe='')}", HTTPStatus.SEE_OTHER)


def frame_of(request: Request) -> dict[str, Any]:
    """What base.html shows: who is here (the route's door found out), for which commune, where they may go."""
    who: Principal | None = getattr(request.state, "principal", None)
    plan = plan_of(who.plan_id) if who else next(iter(shelf().values()), None)
    return {
        "request": request,
        "who": who,
        "who_unit": plan.unit_by_id(who.unit_id).name.to(current_language()) if who and plan else "",
        "plan": plan,
        "place": plan.unit.name.to(current_language()) if plan else "",
        "sample": settings().demo,
        "chain_head": chain_head(request.app.state.service, plan.unit.id) if plan else "",
        "may_open": partial(may_open, who),
        "nav": nav_of(who, request.url.path),
        "people_managers": PEOPLE_MANAGERS,
        "lang": current_language(),
        "other_language": other_language(request),
    }


def other_language(request: Request) -> str:
    """The address of this page in the other language."""
    kept = [(name, value) for name, value in parse_qsl(request.url.query) if name != "lang"]
    return f"{request.url.path}?{urlencode([*kept, ('lang', 'en' if current_language() == 'vi' else 'vi')])}"


@cache
def url_static(path: str) -> str:
    """The address of a static file with its content's hash, so that browsers may keep it for a year."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:10]
    return f"/static/{path}?v={digest}"

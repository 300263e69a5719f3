"""A small application that serves the shared look alone, under the strict policy of the real one, and a browser."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from shared.access.principal import Office, Principal, Role
from shared.web import charts, parts
from shared.web.i18n import lazy, use_language
from shared.web.navigation import NavItem
from shared.web.templating import dress
from tests.serving import serving

WEB = Path(charts.__file__).parent
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; script-src 'self'; style-src 'self'; "
    "frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'"
)
TODAY = date(2026, 11, 22)


OFFICE = Office(Role.CLERK, UUID(int=1), "binh-luong-2023-2025")
WHO = Principal(UUID(int=2), "Vi Thị Nga", OFFICE, (OFFICE,))


@dataclass
class Seen:
    """What the browser sent."""

    posts: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Site:
    url: str
    seen: Seen


@pytest.fixture(scope="session")
def jinja() -> Environment:
    return environment()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    app = application()
    with serving(app) as address:
        yield Site(address, app.state.seen)


def environment() -> Environment:
    loader = FileSystemLoader([WEB / "templates", Path(__file__).parent / "templates"])
    made = Environment(autoescape=True, undefined=StrictUndefined, loader=loader)
    dress(made)
    made.globals["url_static"] = lambda path: f"/static/{path}"
    return made


def application() -> Starlette:
    jinja = environment()
    seen = Seen()

    def show(request: Request, template: str, status: int = 200, **view: object) -> Response:
        language = request.query_params.get("lang", "vi")
        with use_language(language):
            page = jinja.get_template(template).render(request=request, lang=language, **{**frame(), **view})
        return HTMLResponse(page, status)

    async def gallery(request: Request) -> Response:
        if request.method == "POST":
            form = await request.form()
            seen.posts.append({name: getattr(value, "size", value) for name, value in form.multi_items()})
        return show(request, "gallery.html", **sample_values())

    async def error(request: Request) -> Response:
        return show(request, "error.html", 404, **ERROR)

    async def plain(request: Request) -> Response:
        if request.method == "POST":
            seen.posts.append(dict(await request.form()))
            return show(request, "sent.html")
        return show(request, "plain.html")

    app = Starlette(
        routes=[
            Route("/gallery", gallery, methods=["GET", "POST"]),
            Route("/error", error),
            Route("/plain", plain, methods=["GET", "POST"]),
            Mount("/static", StaticFiles(directory=WEB / "static")),
        ]
    )
    app.add_middleware(BaseHTTPMiddleware, dispatch=strictly)
    app.state.seen = seen
    return app


async def strictly(request: Request, follow: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await follow(request)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def frame() -> dict[str, object]:
    labels = ["Việc của tôi", "Xét duyệt", "Kế hoạch", "Hoạt động", "Báo cáo", "Tổng hợp", "Thông báo"]
    nav = [NavItem("/gallery", lazy(label), label == labels[0]) for label in labels]
    return {
        "nav": nav,
        "who": WHO,
        "who_unit": "Văn phòng xã",
        "other_language": "?lang=en",
        "place": "Xã Bình Lương",
        "sample": True,
        "people_managers": frozenset({"clerk"}),
        "chain_head": "9f2c41ab07de",
    }


ERROR = {
    "title": "Không tìm thấy trang này",
    "what_happened": "Địa chỉ /guong/ba-lo-thi-am không còn ở đây.",
    "what_was_kept": "Bài viết đang dở vẫn còn trên máy của bạn.",
    "what_to_do": "Tìm theo tên người ở trang đầu.\n\nNếu vẫn không thấy, gọi cho Văn phòng xã.",
    "trace": "0198f2c4",
}


def sample_values() -> dict[str, object]:
    story, row, at = parts.StoryCard, parts.Row, datetime(2026, 11, 19, 8, 5, tzinfo=UTC)
    return {
        "today": TODAY,
        "soon": date(2026, 11, 24),
        "stories": [
            story(
                "Lò Thị Ấm",
                "Bà Ấm và nồi cháo nghĩa tình",
                "#1",
                "Mười năm nấu cháo miễn phí cho bệnh nhân nghèo ở trạm y tế xã.",
                "Giúp đỡ người khác",
                "Thôn Nà Phặc",
                date(2026, 11, 20),
            ),
            story(
                "Giàng A Pủa",
                "Hiến 800 m² đất làm đường đến trường",
                "#2",
                "Con đường mới rút ngắn lối đến trường của 42 em nhỏ.",
                "Xây dựng nông thôn mới",
                "Thôn Mơ",
                date(2026, 11, 12),
            ),
            story(
                "Tổ phụ nữ Thôn Quặn",
                "Lớp học buổi tối của những người mẹ",
                "#3",
                "Hai mươi ba chị em biết đọc, biết viết sau một mùa lúa.",
                "Học tập, dạy học",
                "Thôn Quặn",
                date(2026, 10, 27),
            ),
        ],
        "heat": [
            charts.HeatRow("Thôn Nà Phặc", [1, 2, 3, 4], "#"),
            charts.HeatRow("Thôn Mơ", [0, 1, 4, None], "#"),
            charts.HeatRow("Trường Tiểu học", [2, 0, 3, 1]),
        ],
        "units": [
            ("Hóa Quỳ", 100, "100%", "#a"),
            ("Xuân Bình", 85, "85%", "#b"),
            ("Thượng Ninh", 60, "60%", "#c"),
            ("Như Xuân", 20, "20%", "#d"),
            ("Thanh Quân", 0, "0%", "#e"),
            ("Thanh Phong", None, "", "#f"),
        ],
        "stages": [
            charts.Stage("Tiếp nhận", date(2026, 11, 1), date(2026, 11, 15), "Xong 15/11", "ok"),
            charts.Stage("Thẩm định", date(2026, 11, 12), date(2026, 11, 26), "Đang làm, hạn 26/11", "gold"),
            charts.Stage("Hội đồng xét", date(2026, 11, 27), date(2026, 11, 30), "Dự kiến 30/11"),
        ],
        "rows": [
            row("Người được đề cử", "Bà Lò Thị Ấm, 58 tuổi, thôn Nà Phặc", "#s1"),
            row(
                "Việc đã làm",
                "Mười năm nay bà nấu cháo miễn phí cho bệnh nhân nghèo ở trạm y tế xã, mỗi tuần hai "
                "buổi, khoảng 60 suất.",
                "#s2",
            ),
            row("Người đề cử", "Trưởng thôn Hoàng Văn Thượng"),
        ],
        "tasks": [
            parts.Task("Thêm một tấm ảnh", "#t1", "Chưa làm", "warn", "Ảnh chụp tại trạm y tế"),
            parts.Task("Xin chữ ký đồng ý", "#t2", "Xong", "ok"),
        ],
        "happenings": [
            parts.Happening(at, "Trưởng thôn gửi đề cử"),
            parts.Happening(at, "Văn phòng xã tiếp nhận", "Mã DC-2026-0147", "#n"),
            parts.Happening(date(2026, 11, 20), "Trạm y tế xác nhận", state="late"),
            parts.Happening("Dự kiến 30/11/2026", "Hội đồng họp xét", state="next"),
        ],
        "dossiers": [
            ("DC-2026-0147", "Lò Thị Ấm", "Thôn Nà Phặc", 87, date(2026, 11, 28), "warn", "Cần bổ sung"),
            ("DC-2026-0151", "Giàng A Pủa", "Thôn Mơ", 92, date(2026, 11, 22), "info", "Đang thẩm định"),
            ("DC-2026-0139", "Nguyễn Thị Thủy", "Trường Tiểu học", 78, date(2026, 11, 20), "gold", "Được công nhận"),
        ],
        "errors": {"area": "Hãy chọn một lĩnh vực.", "story": "Hãy kể việc đã làm, ít nhất 20 chữ."},
        "tags": [
            ("mute", "Nháp"),
            ("info", "Đã gửi"),
            ("warn", "Cần bổ sung"),
            ("gold", "Được công nhận"),
            ("ok", "Đã đăng"),
            ("bad", "Quá hạn"),
        ],
    }

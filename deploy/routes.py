"""Writes what the proxy has to know of the services: `python -m deploy.routes`, or `make routes`.

deploy/proxy/routes.conf says which service answers a path, deploy/proxy/safe_headers.conf what goes out with every file
that the proxy serves itself. Both are checked in, so that images can be built without the product's Python, and a test
holds that they are what this module would write.
"""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from shared.bus.broker import SERVICES
from shared.service import Service
from shared.web.middleware import SAFE_HEADERS

FOLDER = Path(__file__).parent / "proxy"
MADE = "# Made by `make routes`. Do not edit: a test compares it with the services' front doors.\n"


def main() -> None:
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def files() -> dict[str, str]:
    """{name below deploy/proxy: content}."""
    services = [import_module(f"services.{name}.main").service for name in SERVICES]
    return {"routes.conf": MADE + routes(services), "safe_headers.conf": MADE + headers()}


def routes(services: Iterable[Service]) -> str:
    """The lines of nginx's `map $uri $service`: the longest path first, as the gateway does it; "/" is the default."""
    table = sorted(
        ((path, service.name) for service in services for path in service.paths),
        key=lambda entry: (-len(entry[0]), entry[0]),
    )
    return "".join(f"{pattern(path):40} {name};\n" for path, name in table)


def pattern(path: str) -> str:
    """What nginx compares: "/de-cu" is itself and all below it, not "/de-cuong"."""
    return "default" if path == "/" else f"~^{path.replace('.', '[.]')}(?:/|$)"


def headers() -> str:
    """The headers that every answer carries, from the proxy as from the services."""
    return "".join(f'add_header {name} "{value}" always;\n' for name, value in SAFE_HEADERS.items())


if __name__ == "__main__":
    main()

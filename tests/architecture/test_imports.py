"""The house stands: contracts of imports, doors, files."""

import ast
import subprocess
import sys
from functools import cache
from importlib import import_module

import pytest

from shared.access.door import door_of
from shared.bus.broker import SERVICES
from shared.events.contract import ROOT
from shared.web.app import routes_of

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "base", "stuff", "manager"}
CODE = [
    path
    for folder in ("gateway", "services", "shared", "tests", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
]
PRODUCT = [path for path in CODE if path.relative_to(ROOT).parts[0] in {"gateway", "services", "shared"}]
OURS = [path for path in CODE if "tests" not in path.parts and "migrations" not in path.parts]


def name_of(path):
    return str(path.relative_to(ROOT))


def test_import_contracts_hold():
    linted = subprocess.run(
        [f"{sys.prefix}/bin/lint-imports", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert linted.returncode == 0, linted.stdout


#: Loads what is not ours once, then opens each service's front door in a fork that sees that service's folder only.
ALONE = """
import importlib, os, sys
folders, *services = sys.argv[1:]
for module in ("celery", "fastapi", "jinja2", "psycopg", "redis", "sqlmodel"):
    importlib.import_module(module)
for service in services:
    if os.fork() == 0:
        sys.path.insert(0, f"{folders}/{service}")
        print(importlib.import_module(f"services.{service}.main").service.name, flush=True)
        os._exit(0)
    os.wait()
"""


def test_each_service_stands_without_the_others(tmp_path):
    """With shared/ and one service in an otherwise empty folder, its front door opens."""
    for service in SERVICES:
        alone = tmp_path / service
        (alone / "services").mkdir(parents=True)
        (alone / "services" / "__init__.py").touch()
        (alone / "services" / service).symlink_to(ROOT / "services" / service)
        (alone / "shared").symlink_to(ROOT / "shared")

    opened = subprocess.run(
        [sys.executable, "-c", ALONE, tmp_path, *SERVICES],
        cwd=tmp_path,
        env={"PYTHONSAFEPATH": "1", "GUONGSANG_PLANS_DIR": str(ROOT / "plans")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert opened.stdout.split() == list(SERVICES), opened.stderr


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_has_a_door(service):
    routers = import_module(f"services.{service}.main").web.state.routers

    assert [route.path for route in routes_of(routers) if door_of(route.dependant) is None] == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_answers_every_route_that_it_has(service):
    """A route outside the service's own prefixes would never be reached behind the one address."""
    front = import_module(f"services.{service}.main").service
    routes = [route.path for route in routes_of(front.web.state.routers)]

    reached = [path for path in routes if any(one in {path, "/"} or path.startswith(f"{one}/") for one in front.paths)]

    assert routes == reached


def test_no_two_services_answer_the_same_prefix():
    paths = [path for name in SERVICES for path in import_module(f"services.{name}.main").service.paths]

    assert len(paths) == len(set(paths))


@cache
def nodes_of(path):
    """Every node of a file's syntax tree."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def test_a_file_is_short():
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in OURS}

    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_a_function_is_shorter():
    lengths = {
        (name_of(path), node.name): length_of(node)
        for path in OURS
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def length_of(node):
    """Lines of a function without its docstring."""
    docstring = node.body[0] if ast.get_docstring(node) else None
    lines = (node.end_lineno or 0) - node.lineno + 1
    return lines - ((docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0)


def test_no_file_has_a_name_that_says_nothing():
    assert [name_of(path) for path in CODE if path.stem in VAGUE] == []


def test_only_the_edges_commit():
    allowed = {"shared/database.py", "shared/migrations/upgrade.py"}
    found = {
        name_of(path)
        for path in PRODUCT
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    }

    assert found <= allowed


def test_only_the_clock_reads_the_clock():
    allowed = {"shared/clock.py", "gateway/embedded.py"}
    reads = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("datetime", "today")}
    found = {
        name_of(path)
        for path in PRODUCT
        for node in nodes_of(path)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in reads
    }

    assert found <= allowed

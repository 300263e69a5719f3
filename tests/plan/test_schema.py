"""The JSON schema that editors use: the same form as the reader's, and true of every plan."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from shared.plan import check
from shared.plan.schema import schema

ROOT = Path(__file__).parents[2]
PLANS = sorted([*(ROOT / "plans").rglob("*.yaml"), ROOT / "tests/plan/fixtures/suoi-mo-2026-2030.yaml"])


class JsonLoader(yaml.SafeLoader):
    """YAML as an editor's validator sees it: days stay text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 -- PyYAML's own shape
        letter: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
        for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read(path: Path) -> Any:
    return yaml.load(path.read_text(), Loader=JsonLoader)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    stored = json.loads((ROOT / "plans" / "plan.schema.json").read_text())
    Draft202012Validator.check_schema(stored)
    return Draft202012Validator(stored)


def test_the_stored_schema_is_the_generated_one() -> None:
    """When this fails: python -m shared.plan.schema > plans/plan.schema.json, and look at the difference."""
    stored = json.loads((ROOT / "plans" / "plan.schema.json").read_text())

    assert stored == schema()


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_plan_is_valid(validator: Draft202012Validator, path: Path) -> None:
    assert [error.json_path for error in validator.iter_errors(read(path))] == []


@pytest.mark.parametrize(
    ("change", "valid"),
    [
        ({}, True),
        ({"titel": "x"}, False),
        ({"period": {"starts_on": "2026-01-01"}}, False),
        ({"number": 12}, False),
        ({"channels": [{"id": "leaflet", "active": False}]}, False),
    ],
)
def test_schema_and_check_agree(
    validator: Draft202012Validator, tmp_path: Path, change: dict[str, Any], valid: bool
) -> None:
    content = read(PLANS[-1]) | change
    path = tmp_path / "plan.json.yaml"
    path.write_text(json.dumps(content, ensure_ascii=False))

    assert validator.is_valid(content) is valid
    assert (check(path) == []) is valid


def test_only_an_overlay_may_leave_things_out(validator: Draft202012Validator) -> None:
    part = {"id": "over", "channels": [{"id": "leaflet", "active": False}]}

    assert validator.is_valid({"based_on": "base.yaml", **part})
    assert not validator.is_valid(part)

"""The contract between services holds: released shapes, generated documents, hearers and handlers."""

import json
import subprocess
from importlib import import_module

import pytest

from shared.bus.broker import SERVICES
from shared.events.catalogue import CATALOGUE
from shared.events.contract import ROOT, SCHEMAS, documents

RELEASED = ROOT / "tests" / "contracts" / "released"


def test_generated_documents_say_what_the_classes_say():
    outdated = [path.name for path, expected in documents().items() if path.read_text(encoding="utf-8") != expected]

    assert outdated == [], "run `make contract`, then read what changed"


def test_no_document_describes_an_event_that_is_gone():
    assert {path.name for path in SCHEMAS.iterdir()} == {f"{full_type}.json" for full_type in CATALOGUE}


@pytest.mark.parametrize("full_type", sorted(CATALOGUE))
def test_a_released_event_keeps_its_shape(full_type):
    released = json.loads((RELEASED / f"{full_type}.json").read_text(encoding="utf-8"))

    assert CATALOGUE[full_type].model_json_schema() == released["schema"], "a released type never changes: declare .v2"


@pytest.mark.parametrize("full_type", sorted(CATALOGUE))
def test_a_released_sample_is_still_understood(full_type):
    released = json.loads((RELEASED / f"{full_type}.json").read_text(encoding="utf-8"))

    understood = CATALOGUE[full_type].model_validate(released["sample"])

    assert understood.model_dump(mode="json") == released["sample"]


def test_every_hearer_has_a_handler_and_every_handler_is_declared():
    declared = {(hearer, full) for full, cls in CATALOGUE.items() for hearer in cls.HEARD_BY}

    handled = {
        (name, event_class.TYPE)
        for name in SERVICES
        for event_class in import_module(f"services.{name}.main").service.ear.handlers
    }

    assert declared == handled


def test_the_asyncapi_document_is_valid():
    checked = subprocess.run(
        [
            "python",
            "-c",
            "import yaml; d = yaml.safe_load(open('docs/asyncapi.yaml')); assert d['asyncapi'] == '3.0.0'",
        ],
        cwd=ROOT,
        check=False,
    )

    assert checked.returncode == 0

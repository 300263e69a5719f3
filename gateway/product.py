"""What the product has that a plan may name: pages, documents, rules, indicators, events."""

from importlib import import_module
from pathlib import Path

from shared import documents
from shared.access.principal import Role
from shared.bus.broker import SERVICES
from shared.events.catalogue import event_names
from shared.plan import Known

#: {rule that a clause may name: where it is}. A test holds that each is there.
RULES = {
    "award_power": "services.review.rules.awards:power_to_award",
    "channel_mix": "services.publish.rules.stages:mix_is_complete",
    "child_check": "services.nomination.rules.consent:may_be_child",
    "consent_gate": "services.publish.rules.consent:require_story",
    "deadline_exclusive": "shared.plan.schedule:Deadline.is_met_by",
    "secrecy_check": "services.publish.rules.stages:require_checks",
}
SPOKEN = {"radio_bulletin"}  # documents that are heard, not printed


def known() -> Known:
    """Every name that a plan file may use for what realises a clause."""
    pages = {path for name in SERVICES for path in import_module(f"services.{name}.main").service.paths}
    templates = Path(str(documents.__file__)).parent / "templates"
    return Known(
        events=event_names(),
        pages=frozenset(path for path in pages if not path.startswith("/api/")),
        documents=frozenset(path.stem for path in templates.glob("*.typ")) | SPOKEN,
        rules=frozenset(RULES),
        indicators=frozenset(import_module("services.report.main").INDICATORS),
        roles=frozenset(Role),
        channels=frozenset(import_module("services.publish.main").service.performers),
    )

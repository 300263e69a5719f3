"""Looks for every nomination, id by id: in each service's rows, on the bus, and where the letters arrived."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from gateway.mailcatcher.inbox import count_by_message_id
from shared.bus.seal import EVENTS
from shared.database import owner_engine
from shared.events.nomination import NominationSubmitted
from shared.seal.chain import verify
from shared.seal.heads import published_heads

DRAINED = """
    SELECT (SELECT count(*) FROM bus.delivery WHERE state = 'pending')
         + (SELECT count(*) FROM bus.effect WHERE state IN ('planned', 'sending'))
         + (SELECT count(*) FROM bus.unsealed)
"""
#: Each has to find nothing. Names say what a find would be.
FAULTS = {
    "nominations without exactly one case": """
        SELECT n.id FROM nomination.nomination n LEFT JOIN review."case" c ON c.nomination_id = n.id
        GROUP BY n.id HAVING count(c.id) <> 1""",
    "nominations without exactly one submission event": """
        SELECT n.id FROM nomination.nomination n LEFT JOIN bus.event e ON e.correlationid = n.id
            AND e.type = 'vn.guongsang.nomination.submitted.v1' GROUP BY n.id HAVING count(e.id) <> 1""",
    "nominations whose opened case is not once on their timeline": """
        SELECT n.id FROM nomination.nomination n LEFT JOIN nomination.happening h
            ON h.nomination_id = n.id AND h.kind = 'opened' GROUP BY n.id HAVING count(h.id) <> 1""",
    "nominations that report does not count": """
        SELECT id FROM nomination.nomination EXCEPT SELECT nomination_id FROM report.nomination_fact""",
    "nominations that publish does not know": """
        SELECT id FROM nomination.nomination EXCEPT SELECT nomination_id FROM publish.dossier""",
    "nominations without exactly one receipt in notify": """
        SELECT n.id FROM nomination.nomination n LEFT JOIN notify.message m
            ON m.nomination_id = n.id AND m.letter = 'receipt' GROUP BY n.id HAVING count(m.id) <> 1""",
    "deliveries not done": "SELECT hearer, event_id, state, last_error FROM bus.delivery WHERE state <> 'done'",
    "events without a delivery for each hearer": """
        SELECT e.id FROM bus.event e LEFT JOIN bus.delivery d ON d.event_id = e.id
        WHERE e.type = 'vn.guongsang.nomination.submitted.v1' GROUP BY e.id HAVING count(*) <> """
    + str(len(NominationSubmitted.HEARD_BY)),
    "nominations whose receipt has no letter in the ledger": """
        SELECT m.nomination_id FROM notify.message m LEFT JOIN bus.effect e ON e.ref = m.id AND e.channel = 'mail'
        WHERE m.letter = 'receipt' AND e.key IS NULL""",
    "effects that the ledger does not end": "SELECT key, state FROM bus.effect WHERE state IN ('planned', 'sending')",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: faults to be mended, and figures."""

    faults: dict[str, list[Any]]
    figures: dict[str, Any]


def waiting() -> int:
    """What is still on its way."""
    with owner_engine().begin() as connection:
        return int(connection.execute(text(DRAINED)).scalar_one())


def check(var: Path, accepted: dict[str, str]) -> Verdict:
    """The verdict over a house that is drained."""
    faults: dict[str, list[Any]] = {}
    with owner_engine().begin() as connection:
        for name, query in FAULTS.items():
            faults[name] = [tuple(row) for row in connection.execute(text(query))]
        known = {str(one) for one in connection.execute(text("SELECT id FROM nomination.nomination")).scalars()}
        effects = {row.key: row.state for row in connection.execute(text("SELECT key, state FROM bus.effect"))}
        figures = {
            "nominations": len(known),
            "events": connection.execute(text("SELECT count(*) FROM bus.event")).scalar_one(),
            "deliveries": connection.execute(text("SELECT count(*) FROM bus.delivery")).scalar_one(),
            "deliveries sent again": connection.execute(
                text("SELECT count(*) FROM bus.delivery WHERE send_count > 1")
            ).scalar_one(),
            "most starts of one delivery": connection.execute(
                text("SELECT max(started_count) FROM bus.delivery")
            ).scalar_one(),
        }
    faults["accepted and missing"] = sorted(set(accepted.values()) - known)
    faults["never accepted and there"] = sorted(known - set(accepted.values()))
    faults |= letters_against(effects, count_by_message_id(var))
    faults["breaks of the chain"] = verify(owner_engine(), EVENTS, published_heads(var / "chain", EVENTS.name))
    figures |= {f"letters {state}": count for state, count in Counter(effects.values()).items()}
    return Verdict(faults, figures)


def letters_against(effects: dict[str, str], received: Counter[str]) -> dict[str, list[Any]]:
    """What the ledger says of letters, held against what the other side received."""
    at_the_other_side = Counter[str]()
    for message_id, count in received.items():
        at_the_other_side[message_id.strip("<>").partition("@")[0]] += count
    return {
        "letters received twice": [key for key, count in at_the_other_side.items() if count > 1],
        "letters received and not in the ledger": [key for key in at_the_other_side if key not in effects],
        "letters sent by the ledger and not received": [
            key for key, state in effects.items() if state == "sent" and at_the_other_side[key] != 1
        ],
        "letters received that the ledger holds for failed": [
            key for key, state in effects.items() if state in {"failed", "cancelled"} and at_the_other_side[key]
        ],
    }

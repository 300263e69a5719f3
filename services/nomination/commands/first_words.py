"""The consent that came with the nomination form becomes the first word, a child's own beside its guardian's."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.nomination.commands.filing import Filing
from services.nomination.rules.consent import TEXT_VERSION, GivenBy
from services.nomination.rules.parties import Capacity, State, first_capacity, own_word_needed
from shared.access.principal import Principal
from shared.ids import new_id


@dataclass(frozen=True, slots=True)
class FirstWords:
    """What is to be written of one dossier's consent: whole rows."""

    parties: list[dict[str, Any]]
    entries: list[dict[str, Any]]


def first_words(filed: Filing, who: Principal, at: datetime) -> FirstWords:
    """The consent that a dossier came with.

    Whoever says in the form that a guardian agreed says of a child of seven or more that it did, too.
    """
    dossier = filed.dossier
    party, entry = party_row(filed, who, at), entry_row(filed, who, at)
    if not own_word_needed(given_by=dossier.given_by, birth_year=dossier.birth_year, on_year=filed.submitted_on.year):
        return FirstWords([party], [entry])
    child = party | {"id": new_id(), "capacity": Capacity.CHILD.value, "name": dossier.name}
    return FirstWords([party, child], [entry, entry | {"party_id": child["id"]}])


def write_first_words(connection: Connection, words: Sequence[FirstWords]) -> None:
    """Write them in one statement, whatever their number. The dossiers' rows are there already."""
    parties = [row for each in words for row in each.parties]
    entries = [row for each in words for row in each.entries]
    connection.exec_driver_sql(WRITE, (as_json(parties), as_json(entries)))


def as_json(rows: Sequence[dict[str, Any]]) -> str:
    return json.dumps(rows, default=str, ensure_ascii=False)


def party_row(filed: Filing, who: Principal, at: datetime) -> dict[str, Any]:
    """The one who agreed in the form; named where that is the nominee."""
    dossier = filed.dossier
    return {
        "id": filed.nomination_id,
        "nomination_id": filed.nomination_id,
        "capacity": first_capacity(given_by=dossier.given_by, subject_kind=dossier.subject_kind).value,
        "name": dossier.name if dossier.given_by == GivenBy.SELF else "",
        "relation": "",
        "state": State.AGREED.value,
        "agreed": filed.uses,
        "added_at": at,
        "added_by": who.person_id,
    }


def entry_row(filed: Filing, who: Principal, at: datetime) -> dict[str, Any]:
    return {
        "party_id": filed.nomination_id,
        "number": 1,
        "nomination_id": filed.nomination_id,
        "kind": "given",
        "uses": filed.uses,
        "text_version": TEXT_VERSION,
        "proof": filed.dossier.proof,
        "way": "form",
        "reason": "",
        "said_on": filed.submitted_on,
        "scan": "",
        "scan_kind": "",
        "recorded_by": who.person_id,
        "recorded_by_name": who.name,
        "recorded_at": at,
    }


WRITE = """
    WITH parties AS (
        INSERT INTO nomination.consent_party
        SELECT * FROM json_populate_recordset(NULL::nomination.consent_party, %s::json)
    )
    INSERT INTO nomination.consent SELECT * FROM json_populate_recordset(NULL::nomination.consent, %s::json)
"""

"""Said by nomination: who is put forward, by whom, for what."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from shared.events.event import Event


class Nominee(BaseModel):
    """Personal data of the person, collective or household put forward."""

    name: str
    birth_year: int | None = None
    address: str = ""  # as people say it: "Thôn 3"


class Consent(BaseModel):
    """What the nominee agreed to, and how that is known (Law 91/2025/QH15: specific, verifiable, never by default)."""

    given_by: str  # "self" | "representative" | "guardian"
    proof: str  # "spoken" | "signed_paper" | "digital"
    publish_name: bool
    publish_story: bool
    publish_photo: bool
    text_version: str


class MovementLaunched(Event, type="movement.launched", version=1, subject="movement", heard_by=("report",)):
    """A unit of the commune launched an emulation movement."""

    movement_id: UUID
    unit_id: UUID
    title: str
    starts_on: date
    ends_on: date  # inclusive


class MovementFound(Event, type="movement.found", version=1, subject="nomination", heard_by=("report",)):
    """A unit's movement found a nominee. `nomination.submitted` names the movement of the plan that it is tied to."""

    movement_id: UUID
    nomination_id: UUID
    unit_id: UUID  # the nominating unit
    title: str


class NominationSubmitted(
    Event,
    type="nomination.submitted",
    version=1,
    subject="nomination",
    heard_by=("identity", "review", "publish", "notify", "report"),
):
    """A unit handed a dossier to the commune. From now on the commune owes an answer by `answer_by`."""

    nomination_id: UUID
    code: str  # printed on the receipt: "DC-2026-0147"
    unit_id: UUID
    unit_key: str
    source: str  # "village" | "organisation" | "media" | "council"
    subject_kind: str
    model_kind: str
    field: str
    movement: str
    areas: list[str]
    initiative: bool
    direct_worker: bool
    headline: str  # one line: what was done
    story: str
    happened_on: date | None
    photo: str | None  # content address of the re-encoded photo
    submitted_on: date
    answer_by: date
    consent: Consent
    personal: Nominee


class NominationImported(
    Event, type="nomination.imported", version=1, subject="nomination", heard_by=("notify", "report")
):
    """A dossier comes in with a table of them; `nomination.submitted` follows. `import.finished` tells of them all."""

    nomination_id: UUID
    import_id: UUID
    unit_id: UUID  # the nominating unit


class ImportFinished(Event, type="import.finished", version=1, subject="import", heard_by=("notify", "report")):
    """A table of nominations has gone in, as far as its rows were right; at least one was."""

    import_id: UUID
    unit_id: UUID  # who brought it
    nominator_id: UUID  # whoever handed them in
    added: int
    faulty: int  # rows that have to be corrected and brought again
    submitted_on: date  # the day of the last of them
    answer_by: date  # of the last of them


class NominationWithdrawn(
    Event,
    type="nomination.withdrawn",
    version=1,
    subject="nomination",
    heard_by=("identity", "review", "publish", "notify", "report"),
):
    """The unit took its dossier back. Whatever was drafted or published from it has to stop."""

    nomination_id: UUID
    code: str
    unit_id: UUID
    reason: str


class NominationResubmitted(
    Event,
    type="nomination.resubmitted",
    version=1,
    subject="nomination",
    heard_by=("review", "notify", "report"),
):
    """The unit gave what was missing. What it said before stands; this is added to it."""

    nomination_id: UUID
    code: str
    unit_id: UUID
    number: int  # the request that it answers: that of `case.returned`
    addition: str
    resubmitted_on: date
    answer_by: date  # the new day for the answer: counted anew from the complete dossier


class EvidenceAttached(Event, type="evidence.attached", version=1, subject="nomination", heard_by=("review", "report")):
    """A file went off with a dossier or its supplement. Its content stays with nomination; the hashes hold it fast."""

    nomination_id: UUID
    evidence_id: UUID
    unit_id: UUID
    number: int  # the supplement that it came with, 0 for the dossier itself
    kind: str  # "picture" | "pdf" | "document" | "sheet" | "text" | "sound"
    sha256: str  # of the file as it is kept, made anew
    size: int  # bytes, of the same
    brought_sha256: str  # of the file as it came, which is not kept


class NominationTransferred(
    Event,
    type="nomination.transferred",
    version=1,
    subject="nomination",
    heard_by=("identity", "review", "publish", "notify", "report"),
):
    """An open dossier goes on under the plan of the commune that took over. Said under that plan; the code stays."""

    nomination_id: UUID
    code: str
    from_plan: str
    to_plan: str
    from_unit_id: UUID
    to_unit_id: UUID
    transferred_on: date


class NomineeMerged(Event, type="nominee.merged", version=1, subject="nomination", heard_by=("report",)):
    """Somebody of the commune found that two nominations are about one nominee. Both stay as they are."""

    nomination_id: UUID  # the later one
    other_id: UUID
    code: str
    other_code: str
    unit_id: UUID
    level: str  # "very_likely" | "possible" | "related": as the product had suggested it
    reasons: list[str]
    same_deed: bool  # whether both seemed to tell of one achievement


class NomineeSeparated(Event, type="nominee.separated", version=1, subject="nomination", heard_by=("report",)):
    """Somebody of the commune found that two nominations, alike as they look, are about two nominees."""

    nomination_id: UUID  # the later one
    other_id: UUID
    code: str
    other_code: str
    unit_id: UUID


class NomineeReconsidered(Event, type="nominee.reconsidered", version=1, subject="nomination", heard_by=("report",)):
    """What was found about two nominations was taken back: whether they are about one nominee is open again."""

    nomination_id: UUID  # the later one
    other_id: UUID
    code: str
    other_code: str
    unit_id: UUID


class SuggestionReceived(
    Event, type="suggestion.received", version=1, subject="suggestion", heard_by=("notify", "report")
):
    """Somebody told a unit of a good deed. Who did it and who told it stays with nomination."""

    suggestion_id: UUID
    unit_id: UUID  # who answers
    origin: str  # "citizen" | "village" | "organisation" | "media" | "council"
    from_unit_id: UUID | None  # the unit that told it; none for a citizen
    received_on: date
    answer_by: date


class SuggestionPassed(Event, type="suggestion.passed", version=1, subject="suggestion", heard_by=("notify", "report")):
    """Another unit answers a suggestion from now on."""

    suggestion_id: UUID
    from_unit_id: UUID
    unit_id: UUID
    origin: str
    passed_on: date
    answer_by: date


class SuggestionEndorsed(Event, type="suggestion.endorsed", version=1, subject="suggestion", heard_by=("report",)):
    """The unit makes a nomination of it: a draft, to be filled in and sent."""

    suggestion_id: UUID
    nomination_id: UUID
    unit_id: UUID
    origin: str
    endorsed_on: date


class SuggestionDeclined(Event, type="suggestion.declined", version=1, subject="suggestion", heard_by=("report",)):
    """The unit does not take it up; its reason stays with nomination, for whoever told it."""

    suggestion_id: UUID
    unit_id: UUID
    origin: str
    declined_on: date

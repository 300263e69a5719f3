"""The rows of the service, in the schema `nomination`."""

from services.nomination.models.consent import ConsentEntry, ConsentLink, ConsentParty, ConsentWithdrawal
from services.nomination.models.dossier import DraftSheet, Happening, Nomination, Supplement
from services.nomination.models.files import EvidenceRow, GivenUp, PhotoRow
from services.nomination.models.importing import Imported, ImportRow, ImportRun
from services.nomination.models.movement import Movement
from services.nomination.models.nurture import Candidate, MeasureRow, TrailRow
from services.nomination.models.pairing import Pairing
from services.nomination.models.suggestion import Suggestion
from services.nomination.models.table import CODE_NUMBER, Attempt, EndedPlan, Idempotency, Table

__all__ = [
    "CODE_NUMBER",
    "Attempt",
    "Candidate",
    "ConsentEntry",
    "ConsentLink",
    "ConsentParty",
    "ConsentWithdrawal",
    "DraftSheet",
    "EndedPlan",
    "EvidenceRow",
    "GivenUp",
    "Happening",
    "Idempotency",
    "ImportRow",
    "ImportRun",
    "Imported",
    "MeasureRow",
    "Movement",
    "Nomination",
    "Pairing",
    "PhotoRow",
    "Suggestion",
    "Supplement",
    "Table",
    "TrailRow",
]

"""The rows of the service, in the schema `nomination`."""

from services.nomination.models.dossier import Candidate, DraftSheet, Happening, Nomination, Supplement
from services.nomination.models.files import EvidenceRow, PhotoRow
from services.nomination.models.movement import Movement
from services.nomination.models.table import CODE_NUMBER, EndedPlan, Idempotency, Table

__all__ = [
    "CODE_NUMBER",
    "Candidate",
    "DraftSheet",
    "EndedPlan",
    "EvidenceRow",
    "Happening",
    "Idempotency",
    "Movement",
    "Nomination",
    "PhotoRow",
    "Supplement",
    "Table",
]

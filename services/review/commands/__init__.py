"""The steps of a case: load, ask the rules, change, say so. Nothing here commits."""

from services.review.commands.climbing import keep_consent, note_answer, put_forward
from services.review.commands.following import propose_commendation
from services.review.commands.judging import decide, score
from services.review.commands.tabling import count_evidence, open_case, take_back, transfer
from services.review.commands.waiting import hold, keep_supplement, release, resume, return_case
from services.review.commands.watching import begin_day

__all__ = [
    "begin_day",
    "count_evidence",
    "decide",
    "hold",
    "keep_consent",
    "keep_supplement",
    "note_answer",
    "open_case",
    "propose_commendation",
    "put_forward",
    "release",
    "resume",
    "return_case",
    "score",
    "take_back",
    "transfer",
]

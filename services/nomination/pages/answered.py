"""What a form about consent says: yes to what, or no."""

from fastapi import Request

from services.nomination.adapters.remaking import remade_evidence
from services.nomination.commands.answering import Word
from services.nomination.commands.taking_back import TakenBack
from services.nomination.pages.posted import Posted
from services.nomination.rules.fault import Fault, Incomplete
from shared.evidence.evidence import Evidence, NotTaken


def word_in(form: Posted) -> Word:
    """The answer. Raises Incomplete where neither yes nor no was said: silence is neither (Law 91/2025/QH15)."""
    if (said := form.one("answer")) not in {"yes", "no"}:
        raise Incomplete({"answer": Fault("party.answer_missing")})
    return Word(said == "yes", (*form.typed.get("purposes", ()), *form.typed.get("channels", ())))


def taken_back_in(form: Posted) -> TakenBack:
    """What somebody wants no longer."""
    everything = form.one("all") == "1"
    return TakenBack(tuple(form.typed.get("uses", ())), everything=everything, reason=form.one("reason"))


async def typed_and_scan(request: Request) -> tuple[Posted, Evidence | NotTaken | None]:
    """What was typed, and the first file that was chosen, made anew before a session is opened; or why it was not."""
    typed: dict[str, list[str]] = {}
    chosen = ("", b"")
    async with request.form(max_files=3, max_fields=50) as form:
        for box, value in form.multi_items():
            if isinstance(value, str):
                typed.setdefault(box, []).append(value)
            elif value.filename and not chosen[0]:
                chosen = (value.filename, await value.read())
    name, upload = chosen
    try:
        return Posted(typed), await remade_evidence(upload, name) if name else None
    except NotTaken as refused:
        return Posted(typed), refused

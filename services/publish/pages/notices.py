"""What the nominee's consent means for the text in front of the editor."""

from typing import NamedTuple

from services.publish.commands.editing import Text
from services.publish.models import Dossier
from services.publish.queries.stories import carried_channels
from services.publish.rules.consent import named_in
from services.publish.schemas.words import REFUSALS
from shared.web.i18n import _, current_language


class Note(NamedTuple):
    kind: str  # info, ok, warn or bad
    text: str


def consent_notes(dossier: Dossier, text: Text) -> list[Note]:
    """What was not agreed, the worst first; one calm line when all was."""
    notes = []
    if dossier.held_until:
        notes.append(Note("bad", str(REFUSALS["story.held"])))
    if dossier.consents_waiting:
        notes.append(Note("bad", str(REFUSALS["consent.waiting"]) % {"count": dossier.consents_waiting}))
    if not dossier.publish_story:
        notes.append(Note("bad", str(REFUSALS["consent.story_missing"])))
    if not dossier.publish_name:
        found = named_in(dossier.name, f"{text.title} {text.sapo} {text.body}")
        notes.append(
            Note("bad", str(REFUSALS["consent.name_in_text"]) % {"value": found})
            if found
            else Note("warn", _("Người được nêu gương không đồng ý nêu tên. Hãy giữ cách gọi chung trong bài."))
        )
    if dossier.photo and not dossier.publish_photo:
        notes.append(Note("warn", _("Người được nêu gương không đồng ý đăng ảnh, nên bài không có ảnh.")))
    if closed := [
        channel.title.to(current_language())
        for channel in carried_channels(dossier.plan)
        if not dossier.agreed.covers(channel.id)
    ]:
        notes.append(Note("warn", _("Không đồng ý đăng ở: %(channels)s.", channels=", ".join(closed))))
    return notes or [Note("ok", _("Người được nêu gương đã đồng ý cho đăng bài, nêu tên và đăng ảnh nếu có."))]

"""Keeps our copy of what was nominated, recognised and withdrawn."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from services.publish.models import Dossier
from services.publish.rules.consent import OF_THE_FORM
from shared.bus.ear import NotYet
from shared.events.nomination import NominationSubmitted
from shared.events.review import CaseRecognised


def keep_dossier(session: Session, *, plan_id: str, said: NominationSubmitted) -> None:
    """Store the dossier as it was submitted; a second telling changes nothing."""
    if session.get(Dossier, said.nomination_id) is not None:
        return
    session.add(
        Dossier(
            nomination_id=said.nomination_id,
            plan_id=plan_id,
            code=said.code,
            unit_id=said.unit_id,
            subject_kind=said.subject_kind,
            model_kind=said.model_kind,
            field=said.field,
            movement=said.movement,
            areas=list(said.areas),
            initiative=said.initiative,
            direct_worker=said.direct_worker,
            headline=said.headline,
            story=said.story,
            happened_on=said.happened_on,
            photo=said.photo,
            submitted_on=said.submitted_on,
            name=said.personal.name,
            consent_text=said.consent.text_version,
            publish_name=said.consent.publish_name,
            publish_story=said.consent.publish_story,
            publish_photo=said.consent.publish_photo,
            agreed_channels=list(OF_THE_FORM),
        )
    )


def note_recognition(dossier: Dossier, said: CaseRecognised) -> None:
    dossier.recognised_on = said.decided_on
    dossier.recognised_because = said.reason


def let_rest(session: Session, nomination_id: UUID, *, until: date | None) -> None:
    """Let nothing go out of a dossier that is held; None: it goes on. Raises NotYet before the dossier is known."""
    dossier = session.get(Dossier, nomination_id, with_for_update=True)
    if dossier is None:
        raise NotYet("the nomination that is held")
    dossier.held_until = until

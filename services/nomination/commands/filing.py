"""A dossier ready to be handed in: as a row, and as the event that says so."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.nomination.rules.consent import TEXT_VERSION
from services.nomination.rules.dossier import Dossier
from services.nomination.rules.movements import Launched
from services.nomination.rules.names import keys_of, parsed_name
from services.nomination.rules.same_deed import fingerprint
from services.nomination.rules.sources import Source, source_of
from services.nomination.rules.stages import Stage
from services.nomination.rules.uses import uses_of_form
from shared.events.nomination import Consent, NominationSubmitted, Nominee
from shared.holidays import holidays_from
from shared.plan import Plan, Unit
from shared.plan.questions import answer_by
from shared.text.fold import folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A complete dossier with everything that submission adds, except the code."""

    nomination_id: UUID
    plan: Plan
    unit: Unit
    dossier: Dossier
    submitted_on: date
    answer_by: date
    launched: Launched | None = None  # the unit's movement that found the nominee
    import_id: UUID | None = None  # the table that it came in with

    @property
    def movement(self) -> str:
        """The plan's movement that it counts to."""
        return self.launched.carries_out if self.launched else self.dossier.movement

    @property
    def source(self) -> Source:
        return source_of(self.unit.kind)

    @property
    def uses(self) -> list[str]:
        """What was agreed to in the form."""
        told = self.dossier
        return uses_of_form(name=told.publish_name, story=told.publish_story, photo=told.publish_photo)


def filing(*, nomination_id: UUID, plan: Plan, unit: Unit, dossier: Dossier, today: date) -> Filing:
    """The dossier handed in today; the commune answers within the plan's working days."""
    due = answer_by(plan, submitted_on=today, holidays=holidays_from(today.year))
    return Filing(nomination_id=nomination_id, plan=plan, unit=unit, dossier=dossier, submitted_on=today, answer_by=due)


def columns_of(filed: Filing, code: str) -> dict[str, Any]:
    """The columns of a nomination that submission fills."""
    dossier = filed.dossier
    name = parsed_name(dossier.name, subject_kind=dossier.subject_kind)
    return {
        "unit_id": filed.unit.id,
        "source": filed.source.value,
        "stage": Stage.SUBMITTED.value,
        "code": code,
        "subject_kind": dossier.subject_kind,
        "name": dossier.name,
        "birth_year": dossier.birth_year,
        "address": dossier.address,
        "field": dossier.field,
        "headline": dossier.headline,
        "story": dossier.story,
        "happened_on": dossier.happened_on,
        "model_kind": dossier.model_kind,
        "movement": filed.movement,
        "movement_id": filed.launched.id if filed.launched else None,
        "areas": list(dossier.areas),
        "initiative": dossier.initiative,
        "direct_worker": dossier.direct_worker,
        "photo": dossier.photo,
        "more_photos": list(dossier.more_photos),
        "phone": dossier.phone,
        "given_by": dossier.given_by,
        "proof": dossier.proof,
        "publish_name": dossier.publish_name,
        "publish_story": dossier.publish_story,
        "publish_photo": dossier.publish_photo,
        "consent_text": TEXT_VERSION,
        "agreed": filed.uses,
        "submitted_on": filed.submitted_on,
        "answer_by": filed.answer_by,
        "name_folded": folded(dossier.name),
        "search": folded(f"{code} {dossier.name} {dossier.headline}"),
        "name_keys": list(keys_of(name, subject_kind=dossier.subject_kind, birth_year=dossier.birth_year)),
        "fingerprint": fingerprint_of(filed),
    }


def fingerprint_of(filed: Filing) -> UUID:
    """By what the very same dossier is known when its unit sends it again."""
    told = filed.dossier
    return fingerprint(unit_id=filed.unit.id, name=told.name, headline=told.headline, happened_on=told.happened_on)


def event_of(filed: Filing, code: str) -> NominationSubmitted:
    """The fact that the dossier was handed in."""
    dossier = filed.dossier
    return NominationSubmitted(
        nomination_id=filed.nomination_id,
        code=code,
        unit_id=filed.unit.id,
        unit_key=filed.unit.key,
        source=filed.source.value,
        subject_kind=dossier.subject_kind,
        model_kind=dossier.model_kind,
        field=dossier.field,
        movement=filed.movement,
        areas=list(dossier.areas),
        initiative=dossier.initiative,
        direct_worker=dossier.direct_worker,
        headline=dossier.headline,
        story=dossier.story,
        happened_on=dossier.happened_on,
        photo=dossier.photo,
        submitted_on=filed.submitted_on,
        answer_by=filed.answer_by,
        consent=Consent(
            given_by=dossier.given_by,
            proof=dossier.proof,
            publish_name=dossier.publish_name,
            publish_story=dossier.publish_story,
            publish_photo=dossier.publish_photo,
            text_version=TEXT_VERSION,
        ),
        personal=Nominee(name=dossier.name, birth_year=dossier.birth_year, address=dossier.address),
    )

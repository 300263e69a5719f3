"""What the announcer and the printer are given."""

from datetime import timedelta

from services.publish.adapters.bulletins import Bulletin
from services.publish.adapters.leaflets import Leaflet
from services.publish.models import Dossier, Story, StoryRevision
from services.publish.rules.words import lower_first
from services.publish.settings import publish_settings
from shared.clock import day_of, now
from shared.documents.shapes import Leaflet as Shape
from shared.plan import Plan
from shared.settings import settings


def bulletin_of(story: Story, text: StoryRevision, dossier: Dossier, plan: Plan) -> Bulletin:
    """The radio item of one version of a story; before its approval, a preview of it."""
    approved_on = day_of(story.approved_at or now())
    return Bulletin(
        id=str(story.id),
        station=f"Đài truyền thanh {lower_first(str(plan.unit.name))}",
        title=text.title,
        sapo=text.sapo,
        body=text.body,
        valid_until=(approved_on + timedelta(days=publish_settings().bulletin_valid_days)).isoformat(),
        approved_by=str(story.approved_by or ""),
        consent_id=f"{dossier.code}/{dossier.consent_text}",
    )


def leaflet_of(story: Story, text: StoryRevision, plan: Plan) -> Leaflet:
    """The printed page of one version of a story; before its approval, a preview of it."""
    commune = lower_first(str(plan.unit.name))
    return Leaflet(
        Shape(
            masthead=f"Gương sáng {commune}",
            issuer=f"Ủy ban nhân dân {commune}",
            issued_on=day_of(story.approved_at or now()),
            kind=str(plan.model_kind(story.model_kind).title),
            field=str(plan.field(story.field).title),
            name=story.shown_name,
            unit=f"{plan.unit_by_id(story.unit_id).name}, {commune}",
            achievement=text.title,
            story=(text.sapo, *(part for part in text.body.split("\n\n") if part)),
            url=f"{settings().public_url}/guong/{story.slug or ''}",
            sample=plan.sample or settings().demo,
        )
    )

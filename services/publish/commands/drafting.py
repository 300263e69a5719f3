"""Writes the first text of a story from the dossier."""

from uuid import UUID

from sqlmodel import Session

from services.publish.adapters.drafts import CUT, Draft, Facts, drafted
from services.publish.commands.revisions import keep_revision
from services.publish.models import Dossier, Story
from services.publish.queries.stories import story_of_nomination
from services.publish.rules.consent import without_name
from services.publish.rules.limits import LONGEST_BODY, LONGEST_SAPO, LONGEST_TITLE
from services.publish.rules.stages import Stage
from services.publish.rules.words import lower_first, nameless, place_of, shortened, upper_first
from shared.bus.record import record
from shared.clock import now
from shared.events.publish import StoryDrafted
from shared.ids import new_id
from shared.plan import Plan
from shared.text.dates import shown_day


def draft_story(session: Session, dossier: Dossier, plan: Plan) -> UUID | None:
    """Draft the story of a recognised dossier; its id. None when there is one already, or the dossier was withdrawn."""
    if dossier.withdrawn_at is not None or story_of_nomination(session, dossier.nomination_id):
        return None
    facts = facts_of(dossier, plan)
    text = fitted(drafted(facts))
    story = Story(
        id=new_id(),
        nomination_id=dossier.nomination_id,
        plan_id=plan.id,
        origin=dossier.origin,
        commune_id=plan.unit.id,
        unit_id=dossier.unit_id,
        field=dossier.field,
        subject_kind=dossier.subject_kind,
        model_kind=dossier.model_kind,
        direct_worker=dossier.direct_worker,
        shown_name=upper_first(facts.who),
        photo=dossier.photo if dossier.publish_photo else None,
        stage=Stage.DRAFT,
        recognised_on=dossier.recognised_on,
        title=text.title,
        sapo=text.sapo,
        body=text.body,
        created_at=now(),
        updated_at=now(),
    )
    session.add(story)
    session.flush()  # the revision refers to it
    keep_revision(session, story, saved_by=None)
    record(session, said_of(story), plan)
    return story.id


def said_of(story: Story) -> StoryDrafted:
    return StoryDrafted(
        story_id=story.id,
        nomination_id=story.nomination_id,
        title=story.title,
        field=story.field,
        model_kind=story.model_kind,
    )


def facts_of(dossier: Dossier, plan: Plan) -> Facts:
    """What the draft may say: nothing that the nominee did not agree to."""
    unit = plan.unit_by_id(dossier.unit_id)
    who = (
        dossier.name
        if dossier.publish_name
        else nameless(dossier.subject_kind, unit_kind=unit.kind, unit=str(unit.name), commune=str(plan.unit.name))
    )
    return Facts(
        subject_kind=dossier.subject_kind,
        who=who,
        named=dossier.publish_name,
        place=place_of(unit_kind=unit.kind, unit=str(unit.name)),
        commune=str(plan.unit.name),
        field=str(plan.field(dossier.field).title),
        model_kind=str(plan.model_kind(dossier.model_kind).title),
        movement=str(plan.movement(dossier.movement).title) if dossier.movement else "",
        areas=tuple(str(plan.achievement_area(area).title) for area in dossier.areas),
        initiative=dossier.initiative,
        direct_worker=dossier.direct_worker,
        headline=spoken_of(dossier, dossier.headline, instead=who).rstrip("."),
        story=spoken_of(dossier, dossier.story, instead=who).replace("\n", "\n\n"),
        happened_on=shown_day(dossier.happened_on) if dossier.happened_on else "",
        recognised_on=shown_day(dossier.recognised_on) if dossier.recognised_on else "",
    )


def spoken_of(dossier: Dossier, text: str, *, instead: str) -> str:
    """The nominator's words, without the name of somebody who did not agree to be named."""
    bare = text.replace(CUT, " ")
    return bare if dossier.publish_name else without_name(bare, name=dossier.name, instead=lower_first(instead))


def fitted(draft: Draft) -> Draft:
    """The draft within the bounds of its boxes."""
    return Draft(
        title=shortened(draft.title, LONGEST_TITLE),
        sapo=shortened(draft.sapo, LONGEST_SAPO),
        body=draft.body[:LONGEST_BODY],
    )

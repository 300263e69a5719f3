"""Keeps to what was agreed: our copy of it, and what a story shows."""

from sqlmodel import Session

from services.publish.commands.drafting import facts_of
from services.publish.models import Dossier, Story
from services.publish.queries.stories import story_of_nomination
from services.publish.rules.consent import CLASSES
from services.publish.rules.stages import Stage
from services.publish.rules.words import upper_first
from shared.bus.ear import NotYet
from shared.events.nomination import ConsentAwaited, ConsentDeclined, ConsentGiven, ConsentWithdrawn

KNOWN_CLASSES = frozenset({*CLASSES.values(), "social"})


def keep_consent(session: Session, said: ConsentAwaited | ConsentGiven | ConsentDeclined | ConsentWithdrawn) -> Dossier:
    """What holds from now on, for all who have to agree; the gate asks it of each channel.

    A story that is not out yet shows the name and the photo only if that is agreed. Raises NotYet.
    """
    dossier = session.get(Dossier, said.nomination_id, with_for_update=True)
    if dossier is None:
        raise NotYet("the nomination that consent is about")
    agreed = set(said.agreed)
    dossier.publish_name, dossier.publish_story, dossier.publish_photo = (
        use in agreed for use in ("name", "story", "photo")
    )
    dossier.agreed_channels = sorted(agreed & KNOWN_CLASSES)
    dossier.consents_waiting = said.waiting
    story = story_of_nomination(session, dossier.nomination_id)
    if story is not None and story.stage != Stage.WITHDRAWN:
        session.refresh(story, with_for_update=True)
        show_what_is_agreed(story, dossier)
    return dossier


def show_what_is_agreed(story: Story, dossier: Dossier) -> None:
    """The name above the story, and its photo."""
    story.photo = dossier.photo if dossier.publish_photo else None
    story.shown_name = upper_first(facts_of(dossier, dossier.plan).who)

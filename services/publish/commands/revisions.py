"""Keeps every text that was saved."""

from uuid import UUID

from sqlmodel import Session

from services.publish.models import Story, StoryRevision


def keep_revision(session: Session, story: Story, *, saved_by: UUID | None) -> None:
    """Store the story's present text under its version; None is the product itself."""
    session.add(
        StoryRevision(
            story_id=story.id,
            version=story.version,
            title=story.title,
            sapo=story.sapo,
            body=story.body,
            saved_by=saved_by,
            saved_at=story.updated_at,
        )
    )

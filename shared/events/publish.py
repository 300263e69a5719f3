"""Said by publish: stories, channels and activities."""

from datetime import date
from uuid import UUID

from shared.events.event import Event


class StoryDrafted(Event, type="story.drafted", version=1, subject="story", heard_by=("notify", "report")):
    """A first text was written from the dossier; an editor takes it from here."""

    story_id: UUID
    nomination_id: UUID
    title: str
    field: str
    model_kind: str


class StoryApproved(Event, type="story.approved", version=1, subject="story", heard_by=("report",)):
    """An editor approved the text for the named channels."""

    story_id: UUID
    nomination_id: UUID
    title: str
    slug: str
    channels: list[str]


class StoryPublished(Event, type="story.published", version=1, subject="story", heard_by=("nomination", "report")):
    """The story is out on one channel. Said once per channel, when the channel's effect is known to be done."""

    story_id: UUID
    nomination_id: UUID
    channel: str
    kind: str  # model kind
    title: str
    address: str  # path below the installation's public address, or the outside address
    published_on: date


class StoryPublicationFailed(
    Event, type="story.publication_failed", version=1, subject="story", heard_by=("notify", "report")
):
    """A channel refused the story for good, or nobody can tell whether it took it: a person has to look."""

    story_id: UUID
    nomination_id: UUID
    channel: str
    reason: str


class StoryWithdrawn(
    Event, type="story.withdrawn", version=1, subject="story", heard_by=("nomination", "notify", "report")
):
    """The story was taken off the channels that can be taken back; `cannot_recall` names those that cannot."""

    story_id: UUID
    nomination_id: UUID
    reason: str
    cannot_recall: list[str]


class WithdrawalCarriedOut(
    Event, type="withdrawal.carried_out", version=1, subject="withdrawal", heard_by=("nomination", "report")
):
    """What a consent no longer covers is gone from every channel of ours, its files with it."""

    withdrawal_id: UUID
    nomination_id: UUID
    stopped: list[str]  # the channels that it was taken off
    cannot_recall: list[str]  # those of them where copies left our hands
    still_out: list[str]  # the channels where the rest may stay
    carried_out_on: date


class RoleModelIntroduced(
    Event,
    type="role_model.introduced",
    version=1,
    subject="story",
    heard_by=("nomination", "notify", "report"),
):
    """A role model became known to the public: its story is out on a first channel. This is what quotas count, once."""

    story_id: UUID
    nomination_id: UUID
    unit_id: UUID
    field: str
    subject_kind: str
    model_kind: str
    direct_worker: bool
    title: str
    introduced_on: date


class ActivityRecorded(Event, type="activity.recorded", version=1, subject="activity", heard_by=("report",)):
    """Something the plan asks for was done: a talk, a contest, a print run, support to a candidate."""

    activity_id: UUID
    activity_kind: str
    clause_id: str  # the clause it carries out, or "" when only the kind says it
    unit_id: UUID
    title: str
    held_on: date
    participants: int
    cost_vnd: int

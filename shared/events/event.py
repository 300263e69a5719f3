"""What an event is: a fact in the past tense, with a type, a subject and the services that hear it."""

from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

PREFIX = "vn.guongsang"


class Event(BaseModel):
    """A fact. Subclasses declare themselves in the class heading.

        class CaseOpened(Event, type="case.opened", version=1, subject="case", heard_by=("nomination", "report")): …

    The subject's id is the field `<subject>_id`. `heard_by` names the services whose handlers get it, each exactly
    once and in the order of the subject's versions.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    NAME: ClassVar[str]
    VERSION: ClassVar[int]
    TYPE: ClassVar[str]
    SUBJECT: ClassVar[str]
    HEARD_BY: ClassVar[tuple[str, ...]]
    SPEAKER: ClassVar[str]

    def __init_subclass__(
        cls,
        *,
        type: str,  # noqa: A002 -- CloudEvents' own word
        version: int,
        subject: str,
        heard_by: tuple[str, ...],
        **kwargs: Any,
    ) -> None:
        super().__init_subclass__(**kwargs)
        cls.NAME, cls.VERSION, cls.SUBJECT, cls.HEARD_BY = type, version, subject, heard_by
        cls.TYPE = f"{PREFIX}.{type}.v{version}"
        cls.SPEAKER = speaker_of(cls.__module__)
        if cls.TYPE in CATALOGUE:
            raise TypeError(f"two classes declare the event type {cls.TYPE}")
        CATALOGUE[cls.TYPE] = cls

    @property
    def subject_id(self) -> UUID:
        """The id of the thing that the fact is about."""
        found: UUID = getattr(self, f"{self.SUBJECT}_id")
        return found

    @property
    def subject_path(self) -> str:
        """The envelope's `subject`: "nomination/0199…"."""
        return f"{self.SUBJECT}/{self.subject_id}"


def speaker_of(module: str) -> str:
    """The service whose events a module declares: `shared.events.review`, or a part of `shared.events.nomination`."""
    own = module.removeprefix(f"{__package__}.")
    return own.partition(".")[0] if own != module else module.rpartition(".")[2]


#: {full type: class}: filled by importing `shared.events.catalogue`.
CATALOGUE: dict[str, type[Event]] = {}

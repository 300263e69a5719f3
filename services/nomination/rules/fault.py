"""What is wrong with one field of a dossier."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from shared.errors import Invalid


@dataclass(frozen=True, slots=True)
class Fault:
    """`key` names the sentence ("name.too_short"); `details` are the values that it shows."""

    key: str
    details: Mapping[str, object] = field(default_factory=dict, hash=False)


#: {field of the dossier: what is wrong with it}
Faults: TypeAlias = dict[str, Fault]


class Incomplete(Invalid):
    """A dossier that cannot be sent yet; `missing` says why, field by field."""

    def __init__(self, missing: Faults) -> None:
        super().__init__({name: fault.key for name, fault in missing.items()})
        self.missing = missing

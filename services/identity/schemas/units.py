"""Units in words, and as the API gives them."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.identity.rules.rolling import Undecided
from services.identity.rules.units import Succession
from services.identity.rules.versions import Version
from shared.web.i18n import LazyText, lazy

KIND_NAMES: dict[str, LazyText] = {
    "province": lazy("Tỉnh, thành phố"),
    "district": lazy("Huyện"),
    "commune": lazy("Xã"),
    "ward": lazy("Phường"),
    "township": lazy("Thị trấn"),
    "special_zone": lazy("Đặc khu"),
    "village": lazy("Thôn"),
    "neighbourhood": lazy("Tổ dân phố"),
    "office": lazy("Cơ quan"),
    "organisation": lazy("Đoàn thể"),
    "health_station": lazy("Trạm y tế"),
    "police": lazy("Công an"),
    "school": lazy("Trường học"),
    "media": lazy("Cổng thông tin, đài"),
    "council": lazy("Hội đồng"),
    "party_committee": lazy("Đảng ủy"),
    "peoples_council": lazy("Hội đồng nhân dân"),
}


class UnitOut(BaseModel):
    """A unit as it was on a day. `valid_until` is exclusive; without it the version still holds."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    name: str
    kind: str
    code: str | None
    code_list: str | None
    parent_id: UUID | None
    valid_from: date
    valid_until: date | None

    @classmethod
    def of(cls, version: Version) -> "UnitOut":
        return cls(
            id=version.unit_id,
            name=version.name,
            kind=version.kind,
            code=version.code,
            code_list=version.code_list,
            parent_id=version.parent_id,
            valid_from=version.valid_from,
            valid_until=version.valid_until,
        )


class UnitPage(BaseModel):
    """Units that were on a day, in the order of their ids. `next` is where the following page begins, if one does."""

    model_config = ConfigDict(extra="forbid")

    as_at: date
    items: list[UnitOut]
    next: UUID | None


class SuccessionOut(BaseModel):
    model_config = ConfigDict(extra="forbid")

    predecessor_id: UUID
    successor_id: UUID
    on: date
    how: str
    share: str

    @classmethod
    def of(cls, found: Succession) -> "SuccessionOut":
        return cls(
            predecessor_id=found.predecessor_id,
            successor_id=found.successor_id,
            on=found.on,
            how=found.how.value,
            share=found.share.value,
        )


class UnitHistory(BaseModel):
    """A unit through time. Its figures belong to `rolled_up_to` on that day; None where a split left it undecided."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    as_at: date
    versions: list[UnitOut]
    took_over: list[SuccessionOut]
    gone_into: list[SuccessionOut]
    successors: list[UUID]
    rolled_up_to: UUID | None
    undecided_among: list[UUID]


def rolled(found: UUID | Undecided) -> tuple[UUID | None, list[UUID]]:
    """(the unit that figures belong to, or None; the units among which that is undecided)."""
    return (None, list(found.choices)) if isinstance(found, Undecided) else (found, [])

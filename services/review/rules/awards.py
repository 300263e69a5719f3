"""Which office may award what, and since when: dated data, because laws change and old decisions stay."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.errors import Refused
from shared.plan import Text

GIAY_KHEN = "giay_khen"


class Track(StrEnum):
    """For what a recognised model is submitted to the chair."""

    ROLE_MODEL_MERIT = "role_model_merit"  # being the role model (plan II.4)
    PUBLICITY_MERIT = "publicity_merit"  # merit in publicising role models (plan V.4)


@dataclass(frozen=True, slots=True)
class AwardPower:
    """For some days, the chair of a unit of `unit_tier` may award `form`. Both ends count; None is open."""

    form: str
    unit_tier: str  # "commune" | "district" | "province"
    valid_from: date | None
    valid_to: date | None
    source: str

    def holds(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


FORMS: dict[str, Text] = {
    GIAY_KHEN: Text("Giấy khen", "Certificate of Merit"),
    "lao_dong_tien_tien": Text("Lao động tiên tiến", "Advanced Worker"),
    "gia_dinh_van_hoa": Text("Gia đình văn hóa", "Cultural Family"),
    "tap_the_lao_dong_tien_tien": Text("Tập thể lao động tiên tiến", "Advanced Labour Collective"),
    "chien_si_thi_dua_co_so": Text("Chiến sĩ thi đua cơ sở", "Grassroots Emulation Fighter"),
    "thon_to_dan_pho_van_hoa": Text("Thôn, tổ dân phố văn hóa", "Cultural Village or Residential Group"),
    "bang_khen": Text("Bằng khen", "Diploma of Merit"),
}

LAW = "Luật Thi đua, khen thưởng số 06/2022/QH15, Điều 80; trước 01/01/2024: Luật năm 2003, Điều 79, 80"
DECREE = "Nghị định số 129/2025/NĐ-CP"
LAST_DISTRICT_DAY, FIRST_TWO_TIER_DAY = date(2025, 6, 30), date(2025, 7, 1)  # the district tier ended in between

POWERS: tuple[AwardPower, ...] = (
    AwardPower(GIAY_KHEN, "commune", None, None, LAW),
    AwardPower("lao_dong_tien_tien", "commune", None, None, LAW),
    AwardPower("gia_dinh_van_hoa", "commune", None, None, LAW),
    AwardPower("tap_the_lao_dong_tien_tien", "district", None, LAST_DISTRICT_DAY, LAW),
    AwardPower("tap_the_lao_dong_tien_tien", "commune", FIRST_TWO_TIER_DAY, None, DECREE),
    AwardPower("chien_si_thi_dua_co_so", "district", None, LAST_DISTRICT_DAY, LAW),
    AwardPower("chien_si_thi_dua_co_so", "commune", FIRST_TWO_TIER_DAY, None, DECREE),
    AwardPower("thon_to_dan_pho_van_hoa", "district", None, LAST_DISTRICT_DAY, LAW),
    AwardPower("thon_to_dan_pho_van_hoa", "commune", FIRST_TWO_TIER_DAY, None, DECREE),
    AwardPower("bang_khen", "province", None, None, LAW),
)

#: {kind of unit: the tier whose powers its chair has}. A ward or township has those of a commune.
TIERS = {
    "commune": "commune", "ward": "commune", "township": "commune", "special_zone": "commune",
    "district": "district", "province": "province",
}  # fmt: skip


def power_to_award(form: str, *, unit_kind: str, on: date) -> AwardPower:
    """The power by which the chair of such a unit awards the form on a day.

    Raises Refused("award.unknown_form" | "award.no_power"): the second one has to be put forward to the next tier.
    """
    if form not in FORMS:
        raise Refused("award.unknown_form", form=form)
    for power in POWERS:
        if power.form == form and power.unit_tier == TIERS.get(unit_kind) and power.holds(on):
            return power
    raise Refused("award.no_power", form=str(FORMS[form]), day=f"{on:%d/%m/%Y}")


def forms_within_power(*, unit_kind: str, on: date) -> tuple[str, ...]:
    """The forms that the chair of such a unit may award on a day, in the order of the table."""
    tier = TIERS.get(unit_kind)
    return tuple(power.form for power in POWERS if power.unit_tier == tier and power.holds(on))


@dataclass(frozen=True, slots=True)
class Base:
    """A legal text as a paper cites it. Both ends count; None is open."""

    citation: str
    valid_from: date | None
    valid_to: date | None


BASES: tuple[Base, ...] = (
    Base("Luật Thi đua, Khen thưởng ngày 26 tháng 11 năm 2003 (sửa đổi, bổ sung năm 2005, 2009, 2013)", None,
         date(2023, 12, 31)),
    Base("Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022", date(2024, 1, 1), None),
    Base("Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ", None, date(2023, 12, 31)),
    Base("Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ", date(2024, 1, 1), LAST_DISTRICT_DAY),
    Base("Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ", FIRST_TWO_TIER_DAY, None),
)  # fmt: skip


def bases_in_force(day: date) -> tuple[str, ...]:
    """The law on emulation and commendation and its decree of that day, as a paper cites them."""
    return tuple(
        base.citation
        for base in BASES
        if (base.valid_from is None or base.valid_from <= day) and (base.valid_to is None or day <= base.valid_to)
    )

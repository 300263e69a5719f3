"""When and where the merger takes place."""

from datetime import date, datetime
from pathlib import Path

from shared.clock import VIETNAM

FORMERS = ("binh-luong-2023-2025", "hoa-quy-2023-2025")
SUCCESSOR = "hoa-quy-2025"
PLANS = Path(__file__).parents[1] / "merger"
#: The run begins a little before midnight, so that the day breaks while it runs.
EVE = datetime(2025, 6, 30, 23, 59, 0, tzinfo=VIETNAM)
THE_DAY = date(2025, 7, 1)
SINCE = date(2025, 4, 8)  # soon loaded, and both communes have stories out, whose old addresses are asked for

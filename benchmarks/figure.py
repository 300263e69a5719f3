"""What a benchmark gives: figures with their repetitions, beside a peer's where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured. The small size only shows that a benchmark runs."""

    repetitions: int
    seconds: float  # of load, per repetition
    events: int  # ours, per repetition
    tasks: int  # the peer's, which is slower
    nominations: int


FULL = Size(repetitions=5, seconds=5.0, events=20_000, tasks=2_000, nominations=500)
SMALL = Size(repetitions=1, seconds=0.5, events=300, tasks=50, nominations=5)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `goal` is the ratio to the peer, or, where there is none, the figure itself."""

    name: str
    unit: str
    ours: Sequence[float]
    peer: Sequence[float] = ()
    goal: float | None = None
    less_is_better: bool = False

    @property
    def value(self) -> float:
        """The median of ours."""
        return median(self.ours)

    @property
    def ratio(self) -> float | None:
        """The median of ours to the median of the peer."""
        return self.value / median(self.peer) if self.peer else None

    @property
    def met(self) -> bool | None:
        if self.goal is None:
            return None
        reached = self.value if self.ratio is None else self.ratio
        return reached <= self.goal if self.less_is_better else reached >= self.goal


HEAD = f"{'':52} {'median':>9} {'least':>9} {'most':>9} {'peer':>9} {'ratio':>6} {'goal':>7}  n"


def line(figure: Figure) -> str:
    """Median, range, peer, ratio and goal, below the columns of HEAD."""
    peer = f"{median(figure.peer):9,.0f}" if figure.peer else " " * 9
    ratio = f"{figure.ratio:6.1f}" if figure.ratio is not None else " " * 6
    goal = "" if figure.goal is None else f"{'≤' if figure.less_is_better else '≥'} {figure.goal:g}"
    mark = {None: "", True: "met", False: "MISSED"}[figure.met]
    name = f"{figure.name}, {figure.unit}"
    values = f"{figure.value:9,.0f} {min(figure.ours):9,.0f} {max(figure.ours):9,.0f}"
    return f"{name:52} {values} {peer} {ratio} {goal:>7}  {len(figure.ours)} {mark}"

"""Memory of the whole embedded run: every process of it, engines included, each page counted once (PSS)."""

import urllib.request
from pathlib import Path

from benchmarks.figure import Figure, Size
from benchmarks.road import Driver, travel
from gateway.supervisor import kernel
from tests.chaos.run import House, until

GOAL_MB = 900
PAGES = ("/", "/ke-hoach", "/tra-cuu", "/dang-nhap", "/chon-vai", "/atom.xml", "/thu-mau")


def measure(size: Size, opened: House) -> list[Figure]:
    """After some nominations went all the way and pages were looked at: what is loaded late is loaded by then."""
    travel(Driver.of(opened), count=min(size.nominations, 50), rate=5)
    for path in PAGES * 4:
        with urllib.request.urlopen(f"http://127.0.0.1:{opened.port}{path}", timeout=30) as answer:
            answer.read()
    until(opened.whole, within_s=30, what="whole")
    sizes = by_process(opened)
    largest = sorted(sizes.items(), key=lambda entry: -entry[1])
    print("  ".join(f"{name} {size_mb:.0f}" for name, size_mb in largest))
    return [Figure("memory of the whole embedded run (PSS)", "MB", [sum(sizes.values())], (), GOAL_MB, True)]


def by_process(opened: House) -> dict[str, float]:
    """{process: MB with all that it started}, the supervisor among them."""
    found = {name: sum(map(pss_mb, family(state.pid))) for name, state in opened.states().items() if state.pid}
    return found | {"supervisor": pss_mb(opened.process.pid)}


def family(pid: int) -> list[int]:
    return [pid, *(member for child in kernel.children(pid) for member in family(child))]


def pss_mb(pid: int) -> float:
    """Proportional set size (proc(5)); 0 for a process that has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))

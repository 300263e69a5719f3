"""Every benchmark runs and gives figures. What they are is for `make bench` on a quiet machine."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.xdist_group("heavy")
@pytest.mark.parametrize(("names", "figures"), [(("intake", "hop", "relay"), 3), (("memory", "road", "phone"), 13)])
def test_every_benchmark_gives_figures(names, figures):
    small = [sys.executable, "-m", "benchmarks", *names, "--small", "--json"]

    ended = subprocess.run(small, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    found = json.loads(ended.stdout.splitlines()[-1])
    assert len(found) == figures
    assert all(value > 0 for figure in found for value in (*figure["ours"], *figure["peer"]))

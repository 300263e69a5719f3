"""The small storm: every kind of process is killed while nominations come in, and each of them is looked for."""

import re
import subprocess
import sys

import pytest

from tests.chaos.run import ROOT

LONGEST_S = 900


@pytest.mark.xdist_group("heavy")
def test_nothing_is_lost_and_nothing_done_twice_whatever_is_killed(record_property):
    storm = [sys.executable, "-m", "tests.chaos", "--nominations", "500", "--kills", "5"]

    ended = subprocess.run(storm, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST_S, check=False)

    seed = re.search(r"--seed (\d+)", ended.stdout)
    record_property("seed", seed.group(1) if seed else "")
    assert ended.returncode == 0, ended.stdout + ended.stderr

"""The merger of 1 July 2025 on real processes: all counts add up, and every link from before still opens."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WITHIN_S = 300


@pytest.mark.xdist_group("once")
def test_two_communes_merge_and_nothing_is_lost(tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GUONGSANG_")}
    environment |= {"GUONGSANG_VAR_DIR": str(tmp_path / "var")}

    driven = subprocess.run(
        [f"{sys.prefix}/bin/guongsang", "demo", "--merger"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )

    assert driven.returncode == 0, driven.stdout + driven.stderr
    assert "Everything adds up, and every old link opens." in driven.stdout
    assert driven.stdout.count("The same Idempotency-Key gets the same receipt") == 2
    assert driven.stdout.count("GET /guong/") == 3, "old addresses of stories of both communes are among the links"

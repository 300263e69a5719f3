"""The demonstration's one nomination, with the real plan and with one that is very different."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REAL = ROOT / "plans" / "binh-luong-2023-2025.yaml"
SECOND = ROOT / "tests" / "plan" / "fixtures" / "suoi-mo-2026-2030.yaml"
WITHIN_S = 240


@pytest.mark.xdist_group("once")
@pytest.mark.parametrize("plan_file", [REAL, SECOND], ids=lambda path: path.stem)
def test_one_nomination_travels_to_the_last_report_under_any_plan(plan_file, tmp_path):
    plans = tmp_path / "plans"
    plans.mkdir()
    shutil.copy(plan_file, plans)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GUONGSANG_")}
    environment |= {"GUONGSANG_PLANS_DIR": str(plans), "GUONGSANG_VAR_DIR": str(tmp_path / "var")}

    driven = subprocess.run(
        [f"{sys.prefix}/bin/guongsang", "demo", "--once"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )

    assert driven.returncode == 0, driven.stdout + driven.stderr
    assert "FAILED" not in driven.stdout
    assert "clauses touched: " in driven.stdout.splitlines()[-1]

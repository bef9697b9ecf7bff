"""One build: a new DuckDB file made from nothing by one ``dbt build``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from footing.locks import close_lock
from footing.paths import ROOT, Paths

PROJECT = ROOT / "dbt_project"


class BuildFailed(Exception):
    """A model or a test of the build failed; the text names them and what they said."""


def build(paths: Paths, period: str) -> Path:
    """Build the months up to ``period`` (``YYYY-MM``) and give the file.

    Raises
    ------
    BuildFailed
        When a model or test fails; the file is left for a look, nothing is published.
    footing.locks.Busy
        When another close is at work.
    """
    with close_lock(paths.work):
        for left in (paths.build_file, Path(f"{paths.build_file}.wal"), paths.built, paths.audited):
            left.unlink(missing_ok=True)
        _dbt(paths, period)
        paths.built.write_text(json.dumps({"period": period}))
    return paths.build_file


def _dbt(paths: Paths, period: str) -> None:
    target = paths.work / "dbt"
    environment = os.environ | {
        "FOOTING_TYPED": str(paths.typed),
        "FOOTING_ROLLUP": str(paths.rollup),
        "FOOTING_BUILD_FILE": str(paths.build_file),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    command = [
        str(Path(sys.executable).with_name("dbt")), "build", "--exclude-resource-type", "unit_test",
        "--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target-path", str(target),
        "--log-path", str(paths.data / "logs"), "--vars", json.dumps({"period": f"{period}-01"}),
    ]  # fmt: skip
    results = target / "run_results.json"
    results.unlink(missing_ok=True)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    said = done.stdout[-2000:]
    if results.exists():
        nodes = json.loads(results.read_text())["results"]
        bad = [
            f"- {n['unique_id']}: {' '.join(str(n['message']).split())[:400]}"
            for n in nodes
            if n["status"] in ("error", "fail")
        ]
        said = "\n".join(bad) or said
    raise BuildFailed(f"the build of {period} failed; nothing is published:\n{said}")

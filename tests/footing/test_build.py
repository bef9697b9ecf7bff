"""One build: nothing left of the one before, and a failure that says which nodes failed and why."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from footing import build as building
from footing.build import BuildFailed
from footing.locks import Busy, close_lock
from footing.paths import Paths

FAKE_DBT = """#!{python}
import json, os, sys
from pathlib import Path
arguments = dict(zip(sys.argv, sys.argv[1:]))
build = Path(os.environ["FOOTING_BUILD_FILE"])
Path({seen!r}).write_text(json.dumps({{
    "existed": build.exists(), "vars": json.loads(arguments["--vars"]), "project": arguments["--project-dir"],
    "typed": os.environ["FOOTING_TYPED"], "rollup": os.environ["FOOTING_ROLLUP"], "build": str(build),
}}))
build.write_text("built")
print("what dbt printed")
results = {results!r}
if results is not None:
    target = Path(arguments["--target-path"])
    target.mkdir(parents=True, exist_ok=True)
    (target / "run_results.json").write_text(json.dumps({{"results": results}}))
sys.exit({code})
"""


def fake_dbt(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int = 0,
    results: list[dict[str, str]] | None = None,
) -> Path:
    """Stand in for dbt: note what it was asked, leave results, end with a code."""
    folder, seen = tmp_path / "bin", tmp_path / "seen.json"
    folder.mkdir(exist_ok=True)
    script = FAKE_DBT.format(python=sys.executable, seen=str(seen), results=results, code=code)
    (folder / "dbt").write_text(script)
    (folder / "dbt").chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(folder / "python"))
    return seen


def test_a_build_begins_from_nothing_and_gets_absolute_paths(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = fake_dbt(tmp_path, monkeypatch)
    paths.work.mkdir(parents=True)
    paths.build_file.write_text("old")
    paths.audited.write_text("{}")
    assert building.build(paths, "2026-10").read_text() == "built"
    asked = json.loads(seen.read_text())
    assert asked["existed"] is False
    assert asked["vars"] == {"period": "2026-10-01"}
    assert [asked[name] for name in ("typed", "rollup", "build")] == [
        str(paths.typed),
        str(paths.rollup),
        str(paths.build_file),
    ]
    assert all(Path(asked[name]).is_absolute() for name in ("typed", "rollup", "build", "project"))
    assert json.loads(paths.built.read_text()) == {"period": "2026-10"}
    assert not paths.audited.exists(), "an older audit would vouch for the new build"


def test_a_failed_build_names_the_nodes_and_what_they_said(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = [
        {"unique_id": "model.footing.int_a", "status": "error", "message": "Binder\n  Error: no column b"},
        {"unique_id": "test.footing.shares", "status": "fail", "message": "Got 3 results"},
        {"unique_id": "model.footing.int_c", "status": "success", "message": "OK"},
    ]
    fake_dbt(tmp_path, monkeypatch, code=1, results=results)
    with pytest.raises(BuildFailed) as caught:
        building.build(paths, "2026-10")
    text = str(caught.value)
    assert "- model.footing.int_a: Binder Error: no column b" in text
    assert "- test.footing.shares: Got 3 results" in text
    assert "int_c" not in text
    assert not paths.built.exists()


def test_a_build_that_ends_before_any_node_says_what_dbt_printed(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_dbt(tmp_path, monkeypatch, code=2)
    with pytest.raises(BuildFailed, match="what dbt printed"):
        building.build(paths, "2026-10")


def test_a_second_build_is_refused_and_leaves_the_first_alone(paths: Paths) -> None:
    paths.work.mkdir(parents=True)
    paths.build_file.write_text("at work")
    with close_lock(paths.work), pytest.raises(Busy):
        building.build(paths, "2026-10")
    assert paths.build_file.read_text() == "at work"

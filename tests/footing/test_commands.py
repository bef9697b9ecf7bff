"""What a person calls: the command, the summary, the local Airflow."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from footing import airflow_local, cli, pipeline, summary
from footing.audit import AuditFailed
from footing.paths import ROOT, Paths

SUMMARY_TABLES = """
create table dim_month as select date '2026-10-01' as period_month, 'final' as data_status;
create table meta_organization as select 'Test' as name, true as is_fictional;
create table rpt_monthly as
    select *, date '2026-10-01' as period_month, 'month' as "window", 'gwp' as indicator, 'amortised' as recognition
    from (values
        ('total', 'it', null, null, 'location', 8750, 7840, 9690), ('total', 'it', null, null, 'market', 8610, 6660, 12170),
        ('total', 'ai', null, null, 'location', 2890, 2510, 3280),
        ('total', 'undecided', null, null, 'location', 1640, 1350, 1940),
        ('scope', 'it', 2, null, 'location', 4480, 3970, 4980), ('phase', 'ai', null, 'usage', 'location', 1410, 1200, 1620))
        as t (level, total, scope, lifecycle_phase, accounting_basis, amount, amount_low, amount_high);
create table rpt_conservation as select 'bill' as check_name, 0.0 as difference, 1e-9 as tolerance, 3 as rejected
    union all select 'jobs', 5.0, 1e-9, 0;
create table rpt_warnings as select 'telemetry_gap' as code, date '2026-10-01' as period_month, 'no row' as text;
create table rpt_restatements as select 1.5 as difference;
"""


def test_the_summary_shows_totals_proof_warnings_and_places(
    paths: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "footing-2026-10-r1-abcd1234.duckdb"
    with duckdb.connect(str(file)) as con:
        con.execute(SUMMARY_TABLES)
    figures = summary.show(file, paths)
    assert figures["IT total location"] == 8750
    assert figures["AI location"] == 2890
    shown = capsys.readouterr().out
    for text in (
        "Test (fictional, synthetic data) · close of October 2026 · final", "8.75  [7.84 … 9.69]",
        "8.61  [6.66 … 12.17]", "undecided", "IT · Scope 2", "AI · usage", "1 of 2 sums foot", "3 rows rejected",
        "telemetry_gap", "restated by a provider: 1", str(file), f"{file.stem}-en.pdf", f"{file.stem}-checks.html",
        "make dashboard",
    ):  # fmt: skip
        assert text in shown, text


def test_a_fault_that_a_person_can_mend_is_one_message_and_exit_code_2(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (paths.config / "organization.yml").write_text("name: x\n")
    assert cli.main(["type"]) == 2
    assert capsys.readouterr().err.startswith("footing: organization.yml, field country")

    def fail(period: str) -> str:
        raise AuditFailed("critical checks failed")

    monkeypatch.setattr(pipeline, "build", fail)
    assert cli.main(["close", "2026-10"]) == 2
    assert "critical checks failed" in capsys.readouterr().err


def test_a_month_written_otherwise_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["close", "2026-1"])
    assert "not a month" in capsys.readouterr().err


def test_rebuild_throws_away_what_is_made_and_nothing_else(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("typed", "rollup", "work", "landing", "published", "reports"):
        (paths.data / folder).mkdir(parents=True)
        (paths.data / folder / "file").touch()
    closed: list[str] = []
    monkeypatch.setattr(cli, "_close", closed.append)
    assert cli.main(["rebuild", "2026-10"]) == 0
    assert closed == ["2026-10"]
    assert sorted(path.name for path in paths.data.iterdir()) == ["landing", "published", "reports"]


def test_airflows_settings_are_for_loopback_and_a_shell_can_read_them(paths: Paths) -> None:
    lines = airflow_local.as_shell(airflow_local.settings(paths, 8123))
    script = f"{lines}\nprintenv AIRFLOW__API__HOST AIRFLOW__CORE__EXECUTION_API_SERVER_URL AIRFLOW_HOME"
    told = subprocess.run(
        ["sh", "-c", script], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert told == ["127.0.0.1", "http://127.0.0.1:8123/execution/", str(paths.data / "airflow")]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()


def test_ending_airflow_ends_all_that_its_parts_started(tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    script = f"sleep 60 & echo $! > {noted}; wait"
    part = subprocess.Popen(["sh", "-c", script], start_new_session=True)
    while not noted.exists() or not noted.read_text().strip():
        time.sleep(0.05)
    child = int(noted.read_text())
    airflow_local._end([part])
    assert part.poll() is not None
    deadline = time.monotonic() + 5
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(child)


def test_the_module_runs_as_a_command() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "footing", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert all(name in told for name in ("run-demo", "close", "rebuild", "type", "summary", "airflow-env"))


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    told = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    phony = next(line for line in makefile.splitlines() if line.startswith(".PHONY:")).split()[1:]
    assert {line.split()[0] for line in told.splitlines()} == set(phony)

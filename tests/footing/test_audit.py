"""The gate's two doors: severities decide, results are kept, an old answer never stands for new documents."""

from __future__ import annotations

import json
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

import connectors
from expectations import gate
from expectations.results import CheckResult
from footing import audit, landing, typed
from footing.paths import Paths
from footing.storage import Store
from tests.footing.support import MONTH, bill, build_file, pages, source


def result(check_id: str, severity: str, success: bool, door: str = "marts") -> CheckResult:
    return CheckResult(
        None, door, "ledger", check_id, "amounts are finite", severity, success, 3, 1, "1 of 3", "look at it"
    )


def audited(paths: Paths, monkeypatch: pytest.MonkeyPatch, *results: CheckResult) -> list[CheckResult]:
    monkeypatch.setattr(gate, "check_marts", lambda build: list(results))
    return audit.check_marts(paths)


@pytest.fixture
def built(paths: Paths) -> Paths:
    build_file(
        paths.build_file,
        [("a", 1.0)],
        "insert into rpt_data_quality values"
        " ('dcgm', 'documents', 'deliveries', 'rows', 'has rows', 'warning', false, 0, 0, '0', 'ask again')",
    )
    paths.built.write_text(json.dumps({"period": "2026-10"}))
    return paths


def stored(paths: Paths) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(paths.build_file), read_only=True) as con:
        return con.execute("select door, check_id, success from rpt_data_quality order by all").fetchall()


def test_warnings_pass_and_both_doors_stand_in_the_file(
    built: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        results = audited(
            built, monkeypatch, result("finite", "critical", True), result("high", "warning", False)
        )
    assert len(results) == 3
    assert stored(built) == [
        ("documents", "rows", False),
        ("marts", "finite", True),
        ("marts", "high", False),
    ]
    assert json.loads(built.audited.read_text()) == {
        "period": "2026-10",
        "sha256": audit.file_hash(built.build_file),
    }
    assert len(json.loads((built.work / "audit.json").read_text())) == 3
    assert "amounts are finite" in (built.work / "checks.html").read_text()


def test_a_critical_failure_vouches_for_nothing_and_says_what_to_do(
    built: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(audit.AuditFailed) as caught:
        audited(built, monkeypatch, result("finite", "critical", False), result("high", "warning", False))
    assert "ledger / finite: amounts are finite; found 1 of 3. look at it" in str(caught.value)
    assert "high" not in str(caught.value)
    assert not built.audited.exists()
    assert (built.work / "checks.html").exists(), "the page is what a person looks at now"


def test_a_critical_failure_at_the_documents_door_stops_the_marts_too(
    built: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    with duckdb.connect(str(built.build_file)) as con:
        con.execute("update rpt_data_quality set severity = 'critical'")
    with pytest.raises(audit.AuditFailed, match="dcgm / rows"):
        audited(built, monkeypatch, result("finite", "critical", True))


def test_without_a_finished_build_there_is_nothing_to_audit(paths: Paths) -> None:
    with pytest.raises(audit.AuditFailed, match="no finished build"):
        audit.check_marts(paths)


def land(paths: Paths, content: bytes) -> None:
    store, connector = Store(paths.landing), connectors.load("electricity_bill")
    landing.land(store, "electricity", "electricity_bill", connector, MONTH, iter(pages("par1", [content])))
    typed.type_source(store, paths.typed, source())
    typed.write_documents(store, paths.typed, [source()])


def test_documents_are_checked_again_when_they_changed_and_only_then(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, str]] = []

    def check(folder: Any, sources: list[dict[str, str]]) -> list[CheckResult]:
        asked.extend(sources)
        return [result(f"run {len(asked)}", "warning", True, "documents")]

    monkeypatch.setattr(gate, "check_documents", check)
    land(paths, bill(1))
    for _ in range(2):
        audit.check_changed(paths, [source()])
    assert asked == [{"source_id": "electricity", "connector": "electricity_bill", "kind": "meter"}]
    land(paths, bill(2))
    audit.check_changed(paths, [source()])
    assert len(asked) == 2
    audit.write_checks(paths.typed, [source(), source(id="another")])
    assert pq.read_table(paths.typed / "_checks.parquet").column("check_id").to_pylist() == ["run 2"]


def test_no_check_at_all_still_makes_a_typed_table(paths: Paths) -> None:
    audit.write_checks(paths.typed, [source()])
    assert pq.read_schema(paths.typed / "_checks.parquet") == audit.CHECKS

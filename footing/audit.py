"""The two doors: documents as they come in, marts before they are published."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import duckdb
import pyarrow as pa

from expectations import gate, page
from expectations.results import CheckResult
from footing.config import SourceEntry
from footing.paths import Paths
from footing.typed import write_table

CHECKS = pa.schema([
    ("source_id", pa.string()), ("door", pa.string()), ("suite", pa.string()), ("check_id", pa.string()),
    ("description", pa.string()), ("severity", pa.string()), ("success", pa.bool_()), ("rows_checked", pa.int64()),
    ("rows_failed", pa.int64()), ("observed", pa.string()), ("remedy", pa.string()),
])  # fmt: skip


class AuditFailed(Exception):
    """A critical check failed: nothing is published; the text names the checks and their remedies."""


def check_source(paths: Paths, source: SourceEntry) -> list[CheckResult]:
    """Run a source's document suites on its current deliveries and keep the results.

    Raises
    ------
    AuditFailed
        When a critical check fails.
    """
    results = gate.check_documents(
        paths.typed, [{"source_id": source.id, "connector": source.connector, "kind": source.kind}]
    )
    kept = paths.typed / "_checks" / f"{source.id}.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(
        json.dumps([dataclasses.asdict(result) for result in results], indent=1, ensure_ascii=False)
    )
    _decide(results)
    return results


def write_checks(typed: Path, sources: list[SourceEntry]) -> None:
    """Write ``typed/_checks.parquet`` from the results that the sources' last checks left."""
    rows = []
    for source in sources:
        kept = typed / "_checks" / f"{source.id}.json"
        rows += json.loads(kept.read_text()) if kept.exists() else []
    write_table(pa.Table.from_pylist(rows, schema=CHECKS), typed / "_checks.parquet")


def check_marts(paths: Paths) -> list[CheckResult]:
    """Run the marts' suites on the build, add them to ``rpt_data_quality`` and decide.

    Raises
    ------
    AuditFailed
        When a critical check of either door fails.
    """
    results = gate.check_marts(paths.build_file)
    rows = [dataclasses.asdict(result) for result in results]
    with duckdb.connect(str(paths.build_file)) as con:
        con.execute("delete from rpt_data_quality where door = 'marts'")
        con.register("results", pa.Table.from_pylist(rows, schema=CHECKS))
        con.execute("insert into rpt_data_quality by name select * from results")
        names = [field.name for field in dataclasses.fields(CheckResult)]
        stored = con.execute(
            f"select {', '.join(names)} from rpt_data_quality order by door, source_id, suite, check_id"
        ).fetchall()
    everything = [CheckResult(**dict(zip(names, row, strict=True))) for row in stored]
    body = json.dumps([dataclasses.asdict(result) for result in everything], indent=1, ensure_ascii=False)
    (paths.work / "audit.json").write_text(body)
    (paths.work / "checks.html").write_text(
        page.render(everything, "Checks of the monthly close", {}), encoding="utf-8"
    )
    _decide(everything)
    return everything


def _decide(results: list[CheckResult]) -> None:
    failed = [result for result in results if result.severity == "critical" and not result.success]
    if failed:
        lines = [
            f"- {r.source_id or r.suite} / {r.check_id}: {r.description}; found {r.observed}. {r.remedy}"
            for r in failed
        ]
        raise AuditFailed("critical checks failed; nothing is published:\n" + "\n".join(lines))

"""The two doors: documents as they come in, marts before they are published."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import Path

import duckdb
import pyarrow as pa

from expectations import gate, page
from expectations.results import CheckResult
from footing.config_models import SourceEntry
from footing.locks import close_lock
from footing.parquet import whole, write_table
from footing.paths import Paths
from footing.typed import parser_version

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
    state = _state(paths.typed, source)
    asked = {"source_id": source.id, "connector": source.connector, "kind": source.kind}
    results = gate.check_documents(paths.typed, [asked])
    kept = {"of": state, "results": [dataclasses.asdict(result) for result in results]}
    _write_json(_kept(paths.typed, source), kept)
    _decide(results)
    return results


def check_changed(paths: Paths, sources: list[SourceEntry]) -> None:
    """Check the sources whose documents, parser or suites are not those of their last check.

    Raises
    ------
    AuditFailed
        When a critical check fails.
    """
    for source in sources:
        kept = _kept(paths.typed, source)
        if not kept.exists() or json.loads(kept.read_text())["of"] != _state(paths.typed, source):
            check_source(paths, source)


def write_checks(typed: Path, sources: list[SourceEntry]) -> None:
    """Write ``typed/_checks.parquet`` from the results that the sources' last checks left."""
    rows: list[dict[str, object]] = []
    for source in sources:
        kept = _kept(typed, source)
        rows += json.loads(kept.read_text())["results"] if kept.exists() else []
    write_table(pa.Table.from_pylist(rows, schema=CHECKS), typed / "_checks.parquet")


def check_marts(paths: Paths) -> list[CheckResult]:
    """Run the marts' suites on the build, add them to ``rpt_data_quality`` and decide.

    What passes is noted with the hash of the build file: publication takes that very file or none.

    Raises
    ------
    AuditFailed
        When a critical check of either door fails.
    """
    with close_lock(paths.work):
        if not paths.built.exists():
            raise AuditFailed("there is no finished build to audit; build the month first")
        period = json.loads(paths.built.read_text())["period"]
        results = gate.check_marts(paths.build_file)
        everything = _add_to_build(paths.build_file, results)
        _write_json(paths.work / "audit.json", [dataclasses.asdict(result) for result in everything])
        page_html = page.render(everything, "Checks of the monthly close", {"month": period})
        (paths.work / "checks.html").write_text(page_html, encoding="utf-8")
        _decide(everything)
        _write_json(paths.audited, {"period": period, "sha256": file_hash(paths.build_file)})
    return everything


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _add_to_build(build_file: Path, results: list[CheckResult]) -> list[CheckResult]:
    """Store the marts' results beside those of the documents and give both."""
    names = [field.name for field in dataclasses.fields(CheckResult)]
    listed = pa.Table.from_pylist([dataclasses.asdict(result) for result in results], schema=CHECKS)
    with duckdb.connect(str(build_file)) as con:
        con.execute("delete from rpt_data_quality where door = 'marts'")
        con.register("results", listed)
        con.execute("insert into rpt_data_quality by name select * from results")
        stored = con.execute(
            f"select {', '.join(names)} from rpt_data_quality order by door, source_id, suite, check_id"
        ).fetchall()
    return [CheckResult(**dict(zip(names, row, strict=True))) for row in stored]


def _state(typed: Path, source: SourceEntry) -> str:
    """What a check's answer depends on: the source's documents as they were read, and the suites."""
    with duckdb.connect() as con:
        rows = con.execute(
            "select delivery_id, doc_key, complete, rows_accepted, rows_rejected, parse_error"
            " from read_parquet(?) where source_id = ? order by all",
            [str(typed / "_documents.parquet"), source.id],
        ).fetchall()
    suites = [file.read_bytes() for file in sorted(Path(gate.__file__).parent.rglob("*.py"))]
    read = f"{parser_version(source.connector)} {source.kind} {rows}".encode()
    return hashlib.sha256(b"".join([read, *suites])).hexdigest()[:16]


def _kept(typed: Path, source: SourceEntry) -> Path:
    return typed / "_checks" / f"{source.id}.json"


def _write_json(path: Path, content: object) -> None:
    with whole(path) as temporary:
        temporary.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")


def _decide(results: list[CheckResult]) -> None:
    failed = [result for result in results if result.severity == "critical" and not result.success]
    if failed:
        lines = [
            f"- {r.source_id or r.suite} / {r.check_id}: {r.description}; found {r.observed}. {r.remedy}"
            for r in failed
        ]
        raise AuditFailed("critical checks failed; nothing is published:\n" + "\n".join(lines))

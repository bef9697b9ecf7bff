"""The gate: runs the suites on pandas batches in an ephemeral context; severities decide, not the whole's success."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

import duckdb

from expectations.results import CheckResult

# A suite whose source has too many rows for a frame names a query of its own over `rows`.
ROWS = "select * from rows order by doc_key, document_row"


def check_documents(typed: Path, sources: list[dict[str, str]]) -> list[CheckResult]:
    """Validate each source's current deliveries and their rows.

    Parameters
    ----------
    typed : Path
        Folder of typed files with ``_documents.parquet``.
    sources : list of dict
        ``source_id``, ``connector`` and ``kind`` of each source to look at.
    """
    from expectations.suites import deliveries

    results: list[CheckResult] = []
    for source in sources:
        module = importlib.import_module(f"expectations.suites.{source['connector']}")
        frames = _frames(typed, source, getattr(module, "QUERY", ROWS))
        rows = getattr(module, "columns", lambda frame: frame)(frames["rows"])
        for name, frame, expectations in (
            ("deliveries", frames["deliveries"], deliveries.suite(source["kind"])),
            (source["connector"], rows, module.suite()),
        ):
            results += _validate(frame, expectations, source["source_id"], "documents", name)
    return results


def check_marts(build_file: Path) -> list[CheckResult]:
    """Validate the marts of a build."""
    from expectations.suites import marts

    results: list[CheckResult] = []
    with duckdb.connect(str(build_file), read_only=True) as con:
        for suite in marts.suites():
            frame = con.sql(suite.query).df()
            results += _validate(frame, suite.expectations, None, "marts", suite.name)
    return results


def _frames(typed: Path, source: dict[str, str], query: str) -> dict[str, Any]:
    snapshot = source["kind"] in ("register", "lca")
    with duckdb.connect() as con:
        con.execute(
            f"""create table current_documents as
            select * from read_parquet('{typed}/_documents.parquet')
            where source_id = ? and complete and readable
            qualify dense_rank() over (
                partition by request, {"null" if snapshot else "period_month"} order by period_month desc, seq desc
            ) = 1""",
            [source["source_id"]],
        )
        deliveries = con.sql(
            """select delivery_id, sum(rows_accepted)::bigint as rows_accepted,
                sum(rows_rejected) / greatest(sum(rows_accepted) + sum(rows_rejected), 1) as share_rejected
            from current_documents group by delivery_id order by delivery_id"""
        ).df()
        con.execute(
            f"""create view rows as select typed.* from read_parquet('{typed}/{source["connector"]}/*.parquet') as typed
            semi join current_documents using (doc_key)"""
        )
        rows = con.sql(query).df()
    return {"deliveries": deliveries, "rows": rows}


def _validate(
    frame: Any, expectations: list[Any], source_id: str | None, door: str, suite_name: str
) -> list[CheckResult]:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    batch = (
        context.data_sources.add_pandas("frames")
        .add_dataframe_asset(suite_name)
        .add_batch_definition_whole_dataframe("whole")
        .get_batch({"dataframe": frame})
    )
    validated = batch.validate(
        gx.ExpectationSuite(name=suite_name, expectations=expectations), result_format="SUMMARY"
    )
    return [_result(item, len(frame), source_id, door, suite_name) for item in validated.results]


def _result(item: Any, rows: int, source_id: str | None, door: str, suite_name: str) -> CheckResult:
    told = item.to_json_dict()
    config, found = told["expectation_config"], told["result"]
    severity = str(getattr(item.expectation_config.severity, "value", item.expectation_config.severity))
    failed = int(found.get("unexpected_count") or 0)
    samples = [str(value) for value in (found.get("partial_unexpected_list") or [])[:3]]
    if told.get("exception_info", {}).get("raised_exception"):
        samples = ["the check itself failed: " + str(told["exception_info"].get("exception_message"))[:200]]
    observed = f"{failed} of {rows} rows" + (f", e.g. {', '.join(samples)}" if samples else "")
    if "observed_value" in found:
        observed = str(found["observed_value"])
    meta = config["meta"]
    return CheckResult(
        source_id, door, suite_name, meta["check_id"], meta["description"], severity, bool(told["success"]), rows, failed,
        observed, meta["remedy"],
    )  # fmt: skip

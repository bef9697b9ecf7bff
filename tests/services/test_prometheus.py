"""A month of GPU power pulled from a real Prometheus: every kWh put in comes out, once."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import requests

from connectors.base import Document, Secrets, Source
from connectors.prometheus import connector
from footing import rollup
from footing.parquet import write_table

from .prometheus_server import (
    COUNTER,
    LABELS,
    METRIC,
    MONTH,
    MONTH_END,
    MONTH_START,
    NODE,
    STEP_SECONDS,
    site_series,
)
from .reading import assert_whole, fetched, rows_of


def source(query: str = METRIC) -> Source:
    return Source("dcgm", "prometheus", ("par1",), {"query": query, "step_seconds": STEP_SECONDS})


@pytest.fixture(scope="module")
def documents(prometheus_url: str) -> list[Document]:
    return fetched(connector, source(), MONTH, Secrets(host=prometheus_url))


def test_energy_per_gpu_and_pod_is_what_was_put_in(documents: list[Document]) -> None:
    got: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows_of(connector, documents):
        got[row["gpu"], row["pod"] or ""] += row["value"] * row["step_seconds"] / 3.6e6
    put_in: dict[tuple[str, str], float] = defaultdict(float)
    for series in site_series():
        put_in[str(series.gpu), series.pod] += series.kwh_within(MONTH_START, MONTH_END)
    assert got == pytest.approx(dict(put_in), rel=1e-9)


def test_the_steps_that_samples_end_fill_the_month_once(documents: list[Document]) -> None:
    rows = rows_of(connector, documents)
    times = [row["ts"].replace(tzinfo=UTC) for row in rows]
    assert min(times) == MONTH_START + timedelta(seconds=STEP_SECONDS)
    assert max(times) == MONTH_END
    assert len({(row["uuid"], row["pod"], row["ts"]) for row in rows}) == len(rows)


def test_a_month_is_asked_in_windows_that_the_server_takes(
    prometheus_url: str, documents: list[Document]
) -> None:
    span = f"start={MONTH_START.timestamp()}&end={MONTH_END.timestamp()}&step={STEP_SECONDS}"
    whole = requests.get(f"{prometheus_url}/api/v1/query_range?query={METRIC}&{span}", timeout=30)
    assert whole.status_code == 400
    assert "exceeded maximum resolution" in whole.json()["error"]
    assert len(documents) > 1
    assert_whole(documents)


def test_the_same_question_gets_the_same_bytes(prometheus_url: str, documents: list[Document]) -> None:
    again = fetched(connector, source(), MONTH, Secrets(host=prometheus_url))
    assert [d.data for d in again] == [d.data for d in documents]


def test_counters_zones_and_labels_come_from_their_queries_and_roll_up_to_what_was_put_in(
    prometheus_url: str, tmp_path: Path
) -> None:
    options = {"queries": [COUNTER, NODE, LABELS], "step_seconds": STEP_SECONDS}
    family = Source("meters", "prometheus", ("par1",), options)
    documents = fetched(connector, family, MONTH, Secrets(host=prometheus_url))
    assert_whole(documents)
    schema = connector.SCHEMA.insert(0, pa.field("doc_key", pa.string()))
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for document in documents:
        rows = [{"doc_key": "d"} | row for row in rows_of(connector, [document])]
        write_table(pa.Table.from_pylist(rows, schema=schema), tmp_path / "samples.parquet")
        for name in ("gpu_hours", "meter_hours", "pod_labels"):
            rollup.run(rollup.text_of(name), tmp_path / "samples.parquet", [], tmp_path / "out.parquet")
            found[name] += pq.read_table(tmp_path / "out.parquet").to_pylist()
    # 360 W for a day; at noon and midnight the counter starts again from nothing: those minutes' energy is not in it.
    kwh = sum(row["kwh"] for row in found["gpu_hours"])
    assert kwh == pytest.approx(0.36 * (24 - 2 / 60), rel=1e-9)
    zones = {row["zone"]: 0.0 for row in found["meter_hours"]}
    for row in found["meter_hours"]:
        zones[row["zone"]] += row["kwh"]
    assert zones == {"package": pytest.approx(2.4), "dram": pytest.approx(0.96)}
    # Their first sample, at midnight, ends the step of the day before.
    labels = [json.loads(row["labels"]) for row in found["pod_labels"]]
    assert labels == [{"label_footing_project": "P-DOCAI"}] * 2


def test_an_unknown_metric_is_a_readable_document_without_rows(prometheus_url: str) -> None:
    documents = fetched(connector, source("NO_SUCH_METRIC"), MONTH, Secrets(host=prometheus_url))
    assert_whole(documents)
    assert rows_of(connector, documents) == []


def test_a_wrong_query_is_an_error_with_the_servers_words(prometheus_url: str) -> None:
    with pytest.raises(Exception, match="parse error"):
        fetched(connector, source("sum("), MONTH, Secrets(host=prometheus_url))


@pytest.mark.parametrize(("kind", "name"), [("config", "scrape.yml"), ("rules", "rules.yml")])
def test_what_the_documentation_tells_operators_to_set_up_is_valid(kind: str, name: str) -> None:
    docs = Path(__file__).parents[2] / "docs/sources/prometheus"
    checked = subprocess.run(
        ["promtool", "check", kind, str(docs / name)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr

"""Typed files: every landed document read once per parser, rows in = accepted + rejected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import connectors
from connectors.base import Document, Parsed, Reject
from footing import landing, rollup, typed
from footing.storage import Store
from tests.footing.support import MONTH, bill, pages, source

BILLS = connectors.load("electricity_bill")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "landing"))


def land(store: Store, *contents: bytes, request: str = "par1") -> landing.Delivery:
    [made] = landing.land(
        store, "electricity", "electricity_bill", BILLS, MONTH, iter(pages(request, contents))
    )
    return made


def documents(store: Store, folder: Path) -> list[dict[str, Any]]:
    typed.write_documents(store, folder, [source("par1", "lon1")])
    return pq.read_table(folder / "_documents.parquet").to_pylist()


def test_rows_in_are_accepted_plus_rejected(store: Store, tmp_path: Path) -> None:
    delivery = land(store, bill(10, "absurd", 30))
    assert typed.type_source(store, tmp_path, source()) == []
    key = delivery.documents[0].doc_key
    rows = pq.read_table(tmp_path / "electricity_bill" / f"{key}.parquet").to_pylist()
    rejects = pq.read_table(tmp_path / "_rejects" / "electricity_bill" / f"{key}.parquet").to_pylist()
    assert [(row["doc_key"], row["document_row"], row["consumption_kwh"]) for row in rows] == [
        (key, 1, 10.0),
        (key, 3, 30.0),
    ]
    assert [(r["doc_key"], r["document_row"], r["field"], r["value"]) for r in rejects] == [
        (key, 2, "consumption_kwh", "absurd")
    ]
    assert all(rejects[0][name] for name in ("reason", "remedy", "text"))
    [row] = documents(store, tmp_path)
    assert (row["rows_accepted"], row["rows_rejected"], row["parse_error"]) == (2, 1, None)
    assert (row["readable"], row["complete"], row["seq"], row["period_month"].isoformat()) == (
        True,
        True,
        1,
        "2026-03-01",
    )


def test_a_document_that_cannot_be_read_holds_up_no_other_and_its_delivery_does_not_count(
    store: Store, tmp_path: Path
) -> None:
    land(store, bill(1), b"wrong,header\n1,2\n")
    land(store, bill(2), request="lon1")
    [problem] = typed.type_source(store, tmp_path, source("par1", "lon1"))
    assert "page-2.csv" in problem
    assert problem.startswith(f"electricity-par1-{MONTH}-001-")
    rows = documents(store, tmp_path)
    assert [(r["request"], r["part"], r["rows_accepted"], r["readable"]) for r in rows] == [
        ("lon1", 1, 1, True),
        ("par1", 1, 1, False),
        ("par1", 2, 0, False),
    ]
    assert rows[2]["parse_error"] in problem


def test_an_unreadable_document_is_forgiven_once_a_later_delivery_replaces_it(
    store: Store, tmp_path: Path
) -> None:
    land(store, b"wrong,header\n1,2\n")
    assert len(typed.type_source(store, tmp_path, source())) == 1
    land(store, bill(1))
    assert typed.type_source(store, tmp_path, source()) == []


def test_a_document_is_read_once_and_again_by_a_changed_parser(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    parse = type(BILLS).parse

    def counting(self: Any, document: Document) -> Iterator[Parsed]:
        read.append(document.name)
        return parse(self, document)

    monkeypatch.setattr(type(BILLS), "parse", counting)
    land(store, bill(1))
    for _ in range(2):
        typed.type_source(store, tmp_path, source())
    assert read == ["page-1.csv"]
    monkeypatch.setattr(typed, "parser_version", lambda connector: "another")
    typed.type_source(store, tmp_path, source())
    assert read == ["page-1.csv"] * 2


def test_batches_go_to_disk_as_they_come(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = BILLS.SCHEMA
    batch = pa.RecordBatch.from_pylist([{"document_row": 1, "consumption_kwh": 1.0}], schema=schema)
    grown: list[int] = []

    def parse(self: Any, document: Document) -> Iterator[Parsed]:
        for number in range(5):
            written = sum(path.stat().st_size for path in (tmp_path / "electricity_bill").glob("*.part"))
            grown.append(written)
            yield Parsed(batch, (Reject(number, "kwh", "x", "why", "mend it", "text"),))

    monkeypatch.setattr(type(BILLS), "parse", parse)
    delivery = land(store, bill(1))
    typed.type_source(store, tmp_path, source())
    assert grown == sorted(set(grown)), "nothing was written between batches"
    written = tmp_path / "electricity_bill" / f"{delivery.documents[0].doc_key}.parquet"
    assert pq.ParquetFile(written).metadata.num_row_groups == 5
    [row] = documents(store, tmp_path)
    assert (row["rows_accepted"], row["rows_rejected"]) == (5, 5)


def test_a_parser_that_breaks_leaves_no_half_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parse(self: Any, document: Document) -> Iterator[Parsed]:
        raise RuntimeError("a bug")
        yield

    monkeypatch.setattr(type(BILLS), "parse", parse)
    land(store, bill(1))
    with pytest.raises(RuntimeError, match="a bug"):
        typed.type_source(store, tmp_path, source())
    assert [path.name for path in (tmp_path / "electricity_bill").iterdir()] == ["_empty.parquet"]
    [row] = documents(store, tmp_path)
    assert (row["readable"], row["parse_error"]) == (False, "not read yet: run the source's ingest")


def test_every_connector_has_an_empty_file_of_its_schema_that_follows_the_code(tmp_path: Path) -> None:
    stale = tmp_path / "prometheus" / "_empty.parquet"
    stale.parent.mkdir()
    pq.write_table(pa.table({"old": [1]}), stale)
    typed.ensure_empty(tmp_path)
    for name in connectors.NAMES:
        table = pq.read_table(tmp_path / name / "_empty.parquet")
        assert table.num_rows == 0
        assert table.column_names == ["doc_key", *connectors.load(name).SCHEMA.names]
    assert pq.read_schema(tmp_path / "_rejects" / "_empty.parquet") == typed.REJECTS


def typed_power(folder: Path, doc_key: str, *watts: float) -> None:
    schema = connectors.load("prometheus").SCHEMA.insert(0, pa.field("doc_key", pa.string()))
    rows = [
        {"doc_key": doc_key, "metric": "DCGM_FI_DEV_POWER_USAGE", "ts": 900_000_000 * n, "value": value,
         "step_seconds": 900.0, "uuid": "GPU-1", "kind": "power", "level": "gpu", "board_series": 1}
        for n, value in enumerate(watts, start=1)
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / "prometheus" / f"{doc_key}.parquet")


def rolled(folder: Path) -> tuple[set[str], float]:
    files = {path.name for path in (folder / "gpu_hours").glob("*.parquet")}
    table = pq.read_table(folder / "gpu_hours")
    return files, sum(table.column("kwh").to_pylist())


def test_telemetry_is_rolled_up_once_per_document_parser_and_sql(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, made = tmp_path / "typed", tmp_path / "rollup"
    typed.ensure_empty(read)
    typed_power(read, "a", 400, 400)
    typed_power(read, "b", 800)
    rollup.roll_up(read, made)
    first, kwh = rolled(made)
    assert kwh == pytest.approx((400 + 400 + 800) * 0.25 / 1000)
    assert len(first) == 3
    assert "_empty.parquet" in first

    ran: list[Path] = []
    run = rollup.run
    monkeypatch.setattr(
        rollup, "run", lambda query, document, *others: (ran.append(document), run(query, document, *others))
    )
    rollup.roll_up(read, made)
    assert {path.stem for path in ran} == {"_empty"}

    (read / "prometheus" / "b.parquet").unlink()
    rollup.roll_up(read, made)
    kept, kwh = rolled(made)
    assert kept < first
    assert kwh == pytest.approx(0.2)

    typed_power(read, "a", 100)
    monkeypatch.setattr(rollup, "parser_version", lambda connector: "another")
    rollup.roll_up(read, made)
    assert rolled(made)[1] == pytest.approx(0.025)

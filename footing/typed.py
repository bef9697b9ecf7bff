"""Typed Parquet per landed document: accepted rows, rejects beside them, and how the reading went."""

from __future__ import annotations

import datetime as dt
import fcntl
import functools
import hashlib
import json
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import connectors
from connectors.base import Connector, Document, ParseError
from footing.config_models import SourceEntry
from footing.landing import Delivery, Landed, deliveries
from footing.parquet import whole, write_table
from footing.storage import Store

REJECTS = pa.schema([
    ("doc_key", pa.string()), ("document_row", pa.int64()), ("field", pa.string()), ("value", pa.string()),
    ("reason", pa.string()), ("remedy", pa.string()), ("text", pa.string()),
])  # fmt: skip
DOCUMENTS = pa.schema([
    ("delivery_id", pa.string()), ("source_id", pa.string()), ("connector", pa.string()), ("request", pa.string()),
    ("period_month", pa.date32()), ("seq", pa.int32()), ("complete", pa.bool_()), ("retrieved_at", pa.timestamp("us")),
    ("document_sha256", pa.string()), ("document_name", pa.string()), ("part", pa.int32()), ("last_part", pa.int32()),
    ("bytes", pa.int64()), ("options", pa.string()), ("doc_key", pa.string()), ("rows_accepted", pa.int64()),
    ("rows_rejected", pa.int64()), ("parse_error", pa.string()), ("readable", pa.bool_()),
])  # fmt: skip


def type_source(store: Store, typed: Path, source: SourceEntry) -> list[str]:
    """Read every landed document of a source that this parser has not read yet.

    Gives what could not be read of the newest delivery of each request and month: what a later one replaces is
    nobody's worry any more.
    """
    connector = connectors.load(source.connector)
    ensure_empty(typed)
    landed_deliveries = deliveries(store, source.id)
    newest = {(delivery.request, delivery.period): delivery.delivery_id for delivery in landed_deliveries}
    problems = []
    for delivery in landed_deliveries:
        for landed in delivery.documents:
            if _outcome(typed, source.connector, landed) is None:
                _read(store, typed, source, connector, delivery, landed)
            outcome = _outcome(typed, source.connector, landed)
            current = newest[delivery.request, delivery.period] == delivery.delivery_id
            if current and outcome and outcome["error"]:
                problems.append(f"{delivery.delivery_id}: {outcome['error']}")
    return problems


def write_documents(store: Store, typed: Path, sources: list[SourceEntry]) -> None:
    """Write ``typed/_documents.parquet``: every delivery × document of all sources with how its reading went."""
    typed.mkdir(parents=True, exist_ok=True)
    with (typed / "_documents.lock").open("w") as lock:
        # Listed and written under one lock: of two sources' tasks, the later list is the one that stays.
        fcntl.flock(lock, fcntl.LOCK_EX)
        rows = []
        for source in sources:
            for delivery in deliveries(store, source.id):
                outcomes = [_outcome(typed, source.connector, d) or _unread() for d in delivery.documents]
                readable = all(not outcome["error"] for outcome in outcomes)
                pairs = zip(delivery.documents, outcomes, strict=True)
                rows += [_row(delivery, landed, outcome, readable) for landed, outcome in pairs]
        write_table(pa.Table.from_pylist(rows, schema=DOCUMENTS), typed / "_documents.parquet")


def ensure_empty(typed: Path) -> None:
    """Write an empty, rightly typed Parquet for every connector, so that a build without a source still runs."""
    for name in connectors.NAMES:
        empty = typed / name / "_empty.parquet"
        schema = _schema(connectors.load(name))
        if not empty.exists() or pq.read_schema(empty) != schema:
            write_table(schema.empty_table(), empty)
    rejects = typed / "_rejects" / "_empty.parquet"
    if not rejects.exists():
        write_table(REJECTS.empty_table(), rejects)


@functools.cache
def parser_version(connector: str) -> str:
    """Hash of the connectors' code: when it changes, documents are read anew."""
    folder = Path(connectors.__file__).parent
    own = [folder / "base.py", *sorted(folder.glob("_*.py")), folder / f"{connector}.py"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in own)).hexdigest()[:12]


def _schema(connector: Connector) -> pa.Schema:
    return connector.SCHEMA.insert(0, pa.field("doc_key", pa.string()))


def _outcome(typed: Path, connector: str, landed: Landed) -> dict[str, object] | None:
    path = typed / "_parses" / connector / f"{landed.doc_key}.json"
    if not path.exists():
        return None
    outcome: dict[str, object] = json.loads(path.read_text())
    return outcome if outcome["parser"] == parser_version(connector) else None


def _unread() -> dict[str, object]:
    return {"rows_accepted": 0, "rows_rejected": 0, "error": "not read yet: run the source's ingest"}


def _read(
    store: Store, typed: Path, source: SourceEntry, connector: Connector, delivery: Delivery, landed: Landed
) -> None:
    rows = typed / source.connector / f"{landed.doc_key}.parquet"
    rejects = typed / "_rejects" / source.connector / f"{landed.doc_key}.parquet"
    outcome: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        local = Path(folder) / "document"
        store.copy_to(landed.path(source.id, delivery.period), local)
        document = Document(
            local, landed.name, delivery.request, landed.part, landed.last_part, landed.options
        )
        try:
            outcome = _stream(connector, document, landed.doc_key, rows, rejects) | {"error": None}
        except ParseError as problem:
            outcome = {"rows_accepted": 0, "rows_rejected": 0, "error": str(problem)}
            write_table(_schema(connector).empty_table(), rows)
            write_table(REJECTS.empty_table(), rejects)
    note = typed / "_parses" / source.connector / f"{landed.doc_key}.json"
    with whole(note) as temporary:
        temporary.write_text(json.dumps(outcome | {"parser": parser_version(source.connector)}))


def _stream(
    connector: Connector, document: Document, doc_key: str, rows: Path, rejects: Path
) -> dict[str, object]:
    """Write batch after batch, so that memory does not grow with the document."""
    schema, accepted, rejected = _schema(connector), 0, 0
    with (
        whole(rows) as rows_part,
        whole(rejects) as rejects_part,
        pq.ParquetWriter(rows_part, schema) as taken,
        pq.ParquetWriter(rejects_part, REJECTS) as refused,
    ):
        for parsed in connector.parse(document):
            keys = pa.array([doc_key] * parsed.rows.num_rows, pa.string())
            taken.write_batch(pa.RecordBatch.from_arrays([keys, *parsed.rows.columns], schema=schema))
            accepted += parsed.rows.num_rows
            if parsed.rejects:
                listed = [{"doc_key": doc_key, **vars(reject)} for reject in parsed.rejects]
                refused.write_table(pa.Table.from_pylist(listed, schema=REJECTS))
                rejected += len(listed)
    return {"rows_accepted": accepted, "rows_rejected": rejected}


def _row(delivery: Delivery, landed: Landed, outcome: dict[str, object], readable: bool) -> dict[str, object]:
    return {
        "delivery_id": delivery.delivery_id, "source_id": delivery.source_id, "connector": delivery.connector,
        "request": delivery.request, "period_month": dt.date.fromisoformat(f"{delivery.period}-01"), "seq": delivery.seq,
        "complete": delivery.complete,
        "retrieved_at": dt.datetime.fromisoformat(delivery.retrieved_at).replace(tzinfo=None),
        "document_sha256": landed.sha256, "document_name": landed.name, "part": landed.part,
        "last_part": landed.last_part, "bytes": landed.bytes,
        "options": json.dumps(landed.options, sort_keys=True, ensure_ascii=False), "doc_key": landed.doc_key,
        "rows_accepted": outcome["rows_accepted"], "rows_rejected": outcome["rows_rejected"],
        "parse_error": outcome["error"], "readable": readable,
    }  # fmt: skip

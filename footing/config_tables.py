"""The checked configuration as Parquet tables for the build, and the references between them."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from footing.config import (
    TABLES,
    ConfigError,
    Organization,
    Row,
    SourceEntry,
    load_organization,
    load_sources,
    load_table,
)

ARROW = {str: pa.string(), float: pa.float64(), int: pa.int64(), bool: pa.bool_(), dt.date: pa.date32()}
REFERENCES = {
    # table, column → the table and column it must stand in
    ("sites", "entity_id"): ("entities", "entity_id"),
    ("site_parameters", "site_id"): ("sites", "site_id"),
    ("meters", "site_id"): ("sites", "site_id"),
    ("loads", "site_id"): ("sites", "site_id"),
    ("loads", "project_id"): ("projects", "project_id"),
    ("projects", "entity_id"): ("entities", "entity_id"),
    ("project_calendar", "project_id"): ("projects", "project_id"),
    ("allocation_rules", "project_id"): ("projects", "project_id"),
    ("budgets", "project_id"): ("projects", "project_id"),
}


def write_tables(config: Path, typed: Path) -> None:
    """Check the whole configuration and write ``typed/_config/*.parquet``.

    Raises
    ------
    ConfigError
        On the first fault; nothing is written then.
    """
    organization, sources = load_organization(config), load_sources(config)
    tables = {name: load_table(config, name) for name in TABLES}
    check_references(tables, sources)
    folder = typed / "_config"
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder, "organization", Organization, [organization.model_dump()])
    for name, rows in tables.items():
        _write(folder, name, TABLES[name], [row.model_dump() for row in rows])
    _write_sources(folder, sources)


def check_references(tables: dict[str, list[Row]], sources: list[SourceEntry]) -> None:
    """Refuse an id that stands nowhere."""
    for (table, column), (other, key) in REFERENCES.items():
        known = {getattr(row, key) for row in tables[other]}
        for number, row in enumerate(tables[table], start=1):
            value = getattr(row, column)
            if value is not None and value not in known:
                raise ConfigError(
                    f"{table}.csv, row {number}, field {column}: {value!r} is not in {other}.csv; add it there or correct it"
                )
    ids = {source.id for source in sources} | {"*"}
    for number, row in enumerate(tables["allocation_rules"], start=1):
        source_id = row.model_dump()["source_id"]
        if source_id not in ids:
            raise ConfigError(
                f"allocation_rules.csv, row {number}, field source_id: {source_id!r} is not in sources.yml"
            )


def _write_sources(folder: Path, sources: list[SourceEntry]) -> None:
    columns = {
        "source_id": [s.id for s in sources], "title": [s.title for s in sources],
        "connector": [s.connector for s in sources], "kind": [s.kind for s in sources],
        "cadence": [s.cadence for s in sources], "via": [s.via for s in sources],
        "first_period": [dt.date.fromisoformat(f"{s.first_period}-01") for s in sources],
        "available_day": [s.available_day for s in sources],
    }  # fmt: skip
    pq.write_table(pa.table(columns), folder / "sources.parquet")
    pairs = [(s.id, request) for s in sources for request in s.requests]
    requests = pa.table({"source_id": [p[0] for p in pairs], "request": [p[1] for p in pairs]})
    pq.write_table(requests, folder / "requests.parquet")


def _write(folder: Path, name: str, model: type[Row], rows: Iterable[dict[str, Any]]) -> None:
    schema = pa.schema([(field, _arrow(info.annotation)) for field, info in model.model_fields.items()])
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), folder / f"{name}.parquet")


def _arrow(annotation: Any) -> pa.DataType:
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        annotation = next(kind for kind in typing.get_args(annotation) if kind is not type(None))
    if typing.get_origin(annotation) is typing.Literal:
        return pa.string()
    return ARROW[annotation]

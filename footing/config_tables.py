"""The checked configuration as Parquet tables for the build, and the references between them."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from footing.config import ConfigError, load_organization, load_sources, load_table
from footing.config_models import TABLES, Organization, SourceEntry
from footing.config_rows import Row
from footing.parquet import write_table

ARROW = {str: pa.string(), float: pa.float64(), int: pa.int64(), bool: pa.bool_(), dt.date: pa.date32()}
SOURCES = pa.schema([
    ("source_id", pa.string()), ("title", pa.string()), ("connector", pa.string()), ("kind", pa.string()),
    ("cadence", pa.string()), ("via", pa.string()), ("first_period", pa.date32()), ("available_day", pa.int64()),
])  # fmt: skip
REQUESTS = pa.schema([("source_id", pa.string()), ("request", pa.string()), ("site_id", pa.string())])
# What stands in a provider's halls stands at no site of ours.
PROVIDERS_SITE = "cloud"
REFERENCES = {
    # table, column → the table and column it must stand in
    ("sites", "entity_id"): ("entities", "entity_id"),
    ("site_parameters", "site_id"): ("sites", "site_id"),
    ("meters", "site_id"): ("sites", "site_id"),
    ("instruments", "meter_id"): ("meters", "meter_id"),
    ("loads", "site_id"): ("sites", "site_id"),
    ("loads", "project_id"): ("projects", "project_id"),
    ("equipment", "site_id"): ("sites", "site_id"),
    ("equipment", "project_id"): ("projects", "project_id"),
    ("entities", "parent_entity_id"): ("entities", "entity_id"),
    ("projects", "entity_id"): ("entities", "entity_id"),
    ("project_calendar", "project_id"): ("projects", "project_id"),
    ("allocation_rules", "project_id"): ("projects", "project_id"),
    ("budgets", "project_id"): ("projects", "project_id"),
    ("usage_profiles", "project_id"): ("projects", "project_id"),
    ("usage_profiles", "site_id"): ("sites", "site_id"),
    ("regions", "site_id"): ("sites", "site_id"),
    ("capacity_prices", "site_id"): ("sites", "site_id"),
    ("asset_moves", "from_site_id"): ("sites", "site_id"),
    ("asset_moves", "to_site_id"): ("sites", "site_id"),
}

PATTERNS = (
    ("allocation_rules", "pattern"),
    ("statement_coverage", "service_pattern"),
    ("model_aliases", "pattern"),
    ("suppliers", "supplier"),
)


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
    known = {row.model_dump()["site_id"] for row in tables["sites"]}
    requests = [
        {"source_id": source.id, "request": request, "site_id": site_of(source, request, known)}
        for source in sources
        for request in source.requests
    ]
    folder = typed / "_config"
    _write(folder, "organization", Organization, [organization.model_dump()])
    for name, rows in tables.items():
        _write(folder, name, TABLES[name], [row.model_dump() for row in rows])
    _write_sources(folder, sources)
    write_table(pa.Table.from_pylist(requests, schema=REQUESTS), folder / "requests.parquet")


def site_of(source: SourceEntry, request: str, known: set[str]) -> str | None:
    """Give the site that a request tells of: option ``site``, else the request's own name.

    Raises
    ------
    ConfigError
        When telemetry or jobs name no site that is in ``sites.csv``: their energy would stand nowhere.
    """
    site = {**source.options, **source.options_by_request.get(request, {})}.get("site", request)
    if site in known:
        return str(site)
    if site == PROVIDERS_SITE or source.kind not in ("telemetry", "jobs"):
        return None
    raise ConfigError(
        f"sources.yml, source {source.id}, field options_by_request.{request}.site: {site!r} is not in sites.csv; "
        f"name the site where it stands, or {PROVIDERS_SITE!r} for a provider's machines"
    )


def check_references(tables: dict[str, list[Row]], sources: list[SourceEntry]) -> None:
    """Refuse an id that stands nowhere, and a pattern that the build cannot run."""
    known = {
        (other, key): {getattr(row, key) for row in tables[other]} for other, key in REFERENCES.values()
    } | {("sources", "id"): {source.id for source in sources} | {"*"}}
    places = {
        **REFERENCES,
        ("allocation_rules", "source_id"): ("sources", "id"),
        ("usage_profiles", "source_id"): ("sources", "id"),
        ("suppliers", "covered_by"): ("sources", "id"),
    }
    for (table, column), (other, key) in places.items():
        for line, row in enumerate(tables[table], start=2):
            value = getattr(row, column)
            # A supplier may be covered by several sources, written one after the other.
            values = value.split() if column == "covered_by" and value else [value]
            if unknown := [one for one in values if one is not None and one not in known[other, key]]:
                there = "sources.yml" if other == "sources" else f"{other}.csv"
                raise ConfigError(
                    f"{table}.csv, line {line}, field {column}: {unknown[0]!r} is not in {there}; "
                    "add it there or correct it"
                )
    for table, column in PATTERNS:
        for line, row in enumerate(tables[table], start=2):
            pattern = getattr(row, column)
            try:
                # RE2, as in DuckDB: no look-around, no back-references.
                pc.match_substring_regex(pa.scalar(""), pattern)
            except pa.ArrowInvalid as error:
                raise ConfigError(
                    f"{table}.csv, line {line}, field {column}: {pattern!r} is no RE2 pattern ({error}); correct it"
                ) from None


def _write_sources(folder: Path, sources: list[SourceEntry]) -> None:
    rows = [
        {
            "source_id": source.id,
            "first_period": dt.date.fromisoformat(f"{source.first_period}-01"),
            # A source that is asked daily brings one month's delivery at a time, as a monthly one does.
            "cadence": "once" if source.cadence == "once" else "monthly",
            **source.model_dump(include={"title", "connector", "kind", "via", "available_day"}),
        }
        for source in sources
    ]
    write_table(pa.Table.from_pylist(rows, schema=SOURCES), folder / "sources.parquet")


def _write(folder: Path, name: str, model: type[Row], rows: Iterable[dict[str, Any]]) -> None:
    schema = pa.schema([(field, _arrow(info.annotation)) for field, info in model.model_fields.items()])
    write_table(pa.Table.from_pylist(list(rows), schema=schema), folder / f"{name}.parquet")


def _arrow(annotation: Any) -> pa.DataType:
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        annotation = next(kind for kind in typing.get_args(annotation) if kind is not type(None))
    if typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    if typing.get_origin(annotation) is typing.Literal:
        return pa.string()
    return ARROW[annotation]

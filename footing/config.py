"""Reading the organization's configuration: every fault names file, row, field and remedy.

DAG files import this module, so it loads nothing heavy.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from footing.config_models import KEYS, TABLES, Organization, SourceEntry
from footing.config_rows import Row
from footing.paths import ROOT

M = TypeVar("M", bound=BaseModel)


class ConfigError(Exception):
    """The configuration is wrong; the text names file, row, field and remedy."""


def load_sources(folder: Path) -> list[SourceEntry]:
    """Read and check ``sources.yml``.

    Raises
    ------
    ConfigError
        On the first fault.
    """
    entries = _yaml(folder / "sources.yml").get("sources") or []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigError("sources.yml, field sources: not a list of entries; begin each with '- id: …'")
    sources = []
    for n, entry in enumerate(entries, start=1):
        place = f"sources.yml, source {n} ({entry.get('id', 'without id')})"
        source = _checked(SourceEntry, entry, place)
        source.options = with_mapping(folder, source.options, f"{place}, field options.mapping")
        for request, options in source.options_by_request.items():
            where = f"{place}, field options_by_request.{request}.mapping"
            source.options_by_request[request] = with_mapping(folder, options, where)
        sources.append(source)
    _unique("sources.yml, field id", (source.id for source in sources))
    known = known_connectors()
    for source in sources:
        place = f"sources.yml, source {source.id}"
        if source.connector not in known:
            raise ConfigError(
                f"{place}, field connector: no connector {source.connector!r}; known are {', '.join(known)}"
            )
        # Compared as they are written in the names of deliveries, where other characters become "_".
        _unique(f"{place}, field requests", (file_safe(request) for request in source.requests))
        if strange := sorted(set(source.options_by_request) - set(source.requests)):
            raise ConfigError(
                f"{place}, field options_by_request: {strange[0]!r} is not among requests; add or correct it"
            )
    return sources


def load_organization(folder: Path) -> Organization:
    """Read and check ``organization.yml``."""
    return _checked(Organization, _yaml(folder / "organization.yml"), "organization.yml")


def load_table(folder: Path, name: str) -> list[Row]:
    """Read and check one CSV table.

    Raises
    ------
    ConfigError
        On the first fault: header, encoding, a cell, or a key that stands twice.
    """
    path, model = folder / f"{name}.csv", TABLES[name]
    raw = _lines(path)
    header, body = (raw[0][1] if raw else []), raw[1:]
    needed = [field for field, info in model.model_fields.items() if info.is_required()]
    _check_header(path.name, header, list(model.model_fields), needed)
    rows = []
    for line, cells in body:
        if len(cells) != len(header):
            raise ConfigError(
                f"{path.name}, line {line}: {len(cells)} cells where the header has {len(header)}; "
                "put text that holds a comma in double quotes"
            )
        rows.append(
            _checked(
                model,
                {field: cell.strip() or None for field, cell in zip(header, cells, strict=True)},
                f"{path.name}, line {line}",
            )
        )
    key = KEYS[name]
    _unique(
        f"{path.name}, field {' + '.join(key)}",
        (" + ".join(str(getattr(row, field)) for field in key) for row in rows),
    )
    return rows


def known_connectors() -> list[str]:
    """Names of the connector modules, found without loading them."""
    return sorted(
        path.stem
        for path in (ROOT / "connectors").glob("*.py")
        if path.stem != "base" and not path.stem.startswith("_")
    )


def file_safe(text: str) -> str:
    """Give the text as it may stand in a file name."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", text)


def with_mapping(folder: Path, options: dict[str, Any], place: str) -> dict[str, Any]:
    """Lay options over those of the file ``mappings/<mapping>.yml`` that they name; an empty entry takes one away."""
    if "mapping" not in options:
        return options
    name = str(options["mapping"])
    path = folder / "mappings" / f"{file_safe(name)}.yml"
    if not path.exists():
        known = ", ".join(sorted(file.stem for file in path.parent.glob("*.yml"))) or "none"
        raise ConfigError(f"{place}: no file mappings/{name}.yml; there are {known}")
    merged = _yaml(path)
    for key, value in options.items():
        if key == "mapping":
            continue
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            value = {k: v for k, v in {**merged[key], **value}.items() if v is not None}
        merged[key] = value
    return merged


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    if not path.exists():
        raise ConfigError(f"{path.name}: the file is missing; keep at least its header line")
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path.name}: not UTF-8 ({error.reason}); save it as CSV UTF-8") from None
    except csv.Error as error:
        raise ConfigError(f"{path.name}, line {reader.line_num}: {error}; correct the quotes") from None


def _check_header(file: str, header: list[str], fields: list[str], needed: list[str]) -> None:
    if missing := [field for field in needed if field not in header]:
        raise ConfigError(
            f"{file}, line 1: the column {missing[0]!r} is missing; it needs {', '.join(needed)}"
        )
    if unknown := [name for name in header if name not in fields]:
        raise ConfigError(f"{file}, line 1: unknown column {unknown[0]!r}; it may have {', '.join(fields)}")
    _unique(f"{file}, line 1", header)


def _unique(place: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ConfigError(f"{place}: {value!r} stands twice; keep one or give each its own")
        seen.add(value)


def _yaml(path: Path) -> dict[str, Any]:
    if not path.exists():
        raise ConfigError(
            f"{path.name}: the file is missing in {path.parent.name}/; copy the bundled one and edit it"
        )
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path.name}: not UTF-8 ({error.reason}); save it as UTF-8") from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{path.name}: not valid YAML: {error}; correct it there") from None
    if not isinstance(content, dict):
        raise ConfigError(f"{path.name}: not a mapping of fields; copy the bundled one and edit it")
    return content


def _checked(model: type[M], values: dict[str, Any], place: str) -> M:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "(row)"
        found = "" if first["type"] == "missing" else f" (found {first.get('input')!r})"
        raise ConfigError(f"{place}, field {field}: {first['msg']}{found}; correct it") from None

"""AWS Data Exports, table CARBON_EMISSIONS: the files that AWS delivers to a bucket, Parquet or gzip CSV."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from connectors import _aws_lines, base
from connectors._aws import client, explained
from connectors._batches import BATCH_ROWS, RowError, batches
from connectors._csv import first_bytes, rows
from connectors._http import SourceError
from connectors._s3 import Stored, copy, listed

VALUES = {
    "total_scope_1_emissions": "scope1_t_co2e",
    "total_scope_2_lbm_emissions": "scope2_location_t_co2e",
    "total_scope_2_mbm_emissions": "scope2_market_t_co2e",
    "total_scope_3_lbm_emissions": "scope3_location_t_co2e",
    "total_scope_3_mbm_emissions": "scope3_market_t_co2e",
    "total_lbm_emissions": "total_location_t_co2e",
    "total_mbm_emissions": "total_market_t_co2e",
}
REQUIRED = {"usage_account_id", "region_code", "product_code"}
# An export has the columns that its query names; a copy that went through a Glue table also has its partition's.
KNOWN = REQUIRED | {"payer_account_id", "location", "model_version", "last_refresh_timestamp", "usage_period",
                    "usage_period_start", "usage_period_end"} | {
    f"{name}_{end}" for name in VALUES for end in ("value", "unit")}  # fmt: skip
PARTITION = re.compile(
    r"/model_version=(?P<version>[^/]+)/usage_period=(?P<period>\d{4}-\d\d)/(?:(?P<execution>[^/]+)/)?[^/]+$",
    re.IGNORECASE,
)


class Connector(base.Connector):
    """One request is one export; see ``docs/sources/aws.md``."""

    SCHEMA = _aws_lines.SCHEMA

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Copy the month's files of every model version, as the newest execution's manifests name them.

        ``options``: ``bucket``, ``prefix`` (none when empty), ``export`` (else the request is its name).

        Raises
        ------
        NotYetPublished
            When no export has the month yet.
        SourceError
            When an export is delivered anew while it is read, or AWS refuses.
        """
        found = False
        for request in source.requests:
            options = source.options_for(request)
            bucket, export = str(options["bucket"]), str(options.get("export") or request)
            root = "/".join(part for part in (str(options.get("prefix") or "").strip("/"), export) if part)
            with (
                explained(f"{source.id} ({request}, {period})"),
                tempfile.TemporaryDirectory() as folder,
            ):
                s3 = client("s3", secrets)
                before = list(listed(s3, bucket, f"{root}/"))
                files = _files(s3, bucket, root, before, period)
                paths = [Path(folder) / str(part) for part in range(1, len(files) + 1)]
                for (_, key), path in zip(files, paths, strict=True):
                    with path.open("wb") as out:
                        copy(s3, bucket, key, out)
                if list(listed(s3, bucket, f"{root}/")) != before:
                    raise SourceError(
                        f"{source.id} ({request}, {period}): the export was delivered anew while it was read; ask again"
                    )
                for part, ((version, key), path) in enumerate(zip(files, paths, strict=True), start=1):
                    found = True
                    told = {"model_version": version, "usage_period": period}
                    name = f"{version}-{key.rsplit('/', 1)[-1]}"
                    yield base.Document(path, name, request, part, len(files), told)
        if not found:
            raise base.NotYetPublished(f"{source.id}: no export has the month {period} yet")

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one data file; what its partition says of month and model version must be what its rows say."""
        read = _parquet_rows if first_bytes(document, 4) == b"PAR1" else _csv_rows
        return batches(_checked(read(document), document.options), self.SCHEMA)


def _files(s3: Any, bucket: str, root: str, objects: list[Stored], period: str) -> list[tuple[str, str]]:
    """The month's data files as (model version, key): of each version the newest execution's, all of them."""
    manifests = [
        o for o in objects if o.key.startswith(f"{root}/metadata/") and o.key.endswith("Manifest.json")
    ]
    data = [o for o in objects if o.key.startswith(f"{root}/data/")]
    if not manifests:
        return _listed_files(data, period)
    newest: dict[str, Stored] = {}
    for manifest in sorted(manifests, key=_stamp):
        at = PARTITION.search(manifest.key)
        if at is None or at["period"] == period:
            newest[at["version"] if at else ""] = manifest
    files: dict[str, list[str]] = {}
    for manifest in sorted(newest.values(), key=_stamp):
        named: dict[str, list[str]] = {}
        for key in _manifest_keys(s3, bucket, manifest.key):
            at = PARTITION.search(key)
            if at and at["period"] == period:
                named.setdefault(at["version"], []).append(key)
        files |= named
    keys = {stored.key for stored in data}
    for key in (key for named_keys in files.values() for key in named_keys if key not in keys):
        raise SourceError(
            f"s3://{bucket}/{key}: the manifest names it and it is not there; ask again when AWS has delivered it"
        )
    return [(version, key) for version in sorted(files) for key in sorted(files[version])]


def _listed_files(data: list[Stored], period: str) -> list[tuple[str, str]]:
    executions: dict[str, dict[str, list[Stored]]] = {}
    for stored in data:
        at = PARTITION.search(stored.key)
        if at and at["period"] == period:
            executions.setdefault(at["version"], {}).setdefault(at["execution"] or "", []).append(stored)
    newest = {version: max(found.values(), key=lambda files: max(map(_stamp, files)))
              for version, found in executions.items()}  # fmt: skip
    return [(version, stored.key) for version in sorted(newest) for stored in newest[version]]


def _stamp(stored: Stored) -> str:
    """When an object's execution ran: as its folder says (a copied bucket has other times), else when it was written."""
    at = PARTITION.search(stored.key)
    said = re.match(r"\d{8}T\d{6}", at["execution"] or "") if at else None
    return said[0] if said else f"{stored.modified.astimezone(dt.UTC):%Y%m%dT%H%M%S}"


def _manifest_keys(s3: Any, bucket: str, key: str) -> list[str]:
    body = io.BytesIO()
    copy(s3, bucket, key, body)
    try:
        urls = [str(url) for url in json.loads(body.getvalue())["dataFiles"]]
    except (ValueError, KeyError, TypeError):
        raise SourceError(
            f"s3://{bucket}/{key}: the manifest has no list 'dataFiles'; compare with docs/sources/aws.md"
        ) from None
    return [_key_of(url, bucket) for url in urls]


def _key_of(url: str, bucket: str) -> str:
    """The key in ``s3://bucket/key``, ``https://bucket.s3.…/key``, ``https://s3.…/bucket/key``, or a bare key."""
    parts = urlsplit(url)
    if parts.scheme == "s3" and parts.netloc == bucket:
        return parts.path.lstrip("/")
    if parts.scheme == "https":
        path = unquote(parts.path).lstrip("/")
        if parts.netloc.startswith(f"{bucket}.s3"):
            return path
        if path.startswith(f"{bucket}/"):
            return path.removeprefix(f"{bucket}/")
    if not parts.scheme:
        return url.lstrip("/")
    raise SourceError(
        f"the manifest names {url.split('?')[0]}, which is not in the bucket {bucket}; correct options.bucket"
    )


Numbered = tuple[int, str, Mapping[str, Any] | base.Reject]


def _csv_rows(document: base.Document) -> Iterator[Numbered]:
    return rows(document, ",", REQUIRED, KNOWN)


def _parquet_rows(document: base.Document) -> Iterator[Numbered]:
    try:
        file = pq.ParquetFile(
            io.BytesIO(document.data) if isinstance(document.data, bytes) else document.data
        )
        names = set(file.schema_arrow.names)
        for wrong, what in ((REQUIRED - names, "is missing"), (names - KNOWN, "is unknown to this format")):
            if wrong:
                raise base.ParseError(
                    f"{document.name}: column {min(wrong)!r} {what}; compare the export's query with docs/sources/aws.md"
                )
        seen: dict[int, int] = {}
        row = 0
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            for entry in batch.to_pylist():
                row += 1
                text = json.dumps(entry, default=str, ensure_ascii=False)
                first = seen.setdefault(hash(text), row)
                if first == row:
                    yield row, text, entry
                else:
                    reason, remedy = f"duplicate of row {first}", "ask AWS support why a line stands twice"
                    yield row, text, base.Reject(row, "(row)", text[:200], reason, remedy, text)
    except (pa.ArrowInvalid, OSError) as error:
        raise base.ParseError(
            f"{document.name}: broken or truncated Parquet ({error}); fetch it again"
        ) from None


def _checked(
    numbered: Iterator[Numbered], options: Mapping[str, Any]
) -> Iterator[dict[str, Any] | base.Reject]:
    for row, text, cells in numbered:
        if isinstance(cells, base.Reject):
            yield cells
            continue
        try:
            yield {"document_row": row} | _line(cells, options)
        except RowError as error:
            yield error.reject(row, text)


def _line(cells: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    line: dict[str, Any] = {
        "period_month": _month(cells, options.get("usage_period")),
        "account_id": _aws_lines.account("usage_account_id", cells["usage_account_id"]),
        "model_version": _version(cells, options.get("model_version")),
    }
    line |= {name: cells.get(name) or None
             for name in ("payer_account_id", "region_code", "location", "product_code")}  # fmt: skip
    line |= {
        ours: _aws_lines.tonnes(f"{theirs}_value", cells.get(f"{theirs}_value"), cells.get(f"{theirs}_unit"))
        for theirs, ours in VALUES.items()
    }
    if all(line[name] is None for name in _aws_lines.MEASURES):
        raise RowError("total_lbm_emissions_value", "", "no column holds a figure",
                       "name the value columns in the export's query (docs/sources/aws.md)")  # fmt: skip
    return line


def _month(cells: Mapping[str, Any], said: str | None) -> dt.date:
    text = str(cells.get("usage_period_start") or said or "")
    try:
        month = dt.date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        raise RowError("usage_period_start", text, "is not a month", "export the month again") from None
    if said and f"{month:%Y-%m}" != said:
        raise RowError("usage_period_start", text, f"stands in the partition usage_period={said}",
                       "put the file back where AWS delivered it")  # fmt: skip
    return month


def _version(cells: Mapping[str, Any], said: str | None) -> str:
    version = _aws_lines.model_version("model_version", cells.get("model_version") or said)
    if said and version != said:
        raise RowError("model_version", version, f"stands in the partition model_version={said}",
                       "put the file back where AWS delivered it")  # fmt: skip
    return version


connector = Connector()

"""Google Cloud's Carbon Footprint export: the BigQuery table itself, or extracts of it as CSV, JSON or Parquet."""

from __future__ import annotations

import datetime as dt
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from connectors import base
from connectors._batches import RowError, batches, number
from connectors._csv import first_bytes, lines, rows

# A billion kilograms in one line is a fortieth of Google's own yearly total: the unit must be wrong.
MAX_KG = 1e9
PAGE_ROWS = 20_000

TEXTS = {
    "billing_account_id": "billing_account_id",
    "project.id": "project_id",
    "project.number": "project_number",
    "service.id": "service_id",
    "service.description": "service_description",
    "location.location": "location",
    "location.region": "region",
    "carbon_model_version": "carbon_model_version",
}
NUMBERS = {
    "carbon_footprint_kgCO2e.scope1": "scope1_kg_co2e",
    "carbon_footprint_kgCO2e.scope2.location_based": "scope2_location_kg_co2e",
    "carbon_footprint_kgCO2e.scope2.market_based": "scope2_market_kg_co2e",
    "carbon_footprint_kgCO2e.scope3": "scope3_kg_co2e",
    "carbon_footprint_total_kgCO2e.location_based": "total_location_kg_co2e",
    "carbon_footprint_total_kgCO2e.market_based": "total_market_kg_co2e",
}
# BigQuery promises no order; an unchanged month must give the same bytes.
ORDER = "order by project.number, service.id, location.location, carbon_model_version"
# Deprecated in August 2025 and null since; allowed, never read into an amount.
DEPRECATED = {"carbon_footprint_total_kgCO2e.after_offsets", "carbon_offsets_kgCO2e"}
REQUIRED = {"usage_month", *TEXTS, *NUMBERS}


class Connector(base.Connector):
    """One request is one billing account; see ``docs/sources/google_carbon_footprint.md``."""

    SCHEMA = pa.schema(
        [("document_row", pa.int64()), ("usage_month", pa.date32())]
        + [(name, pa.string()) for name in TEXTS.values()]
        + [(name, pa.float64()) for name in NUMBERS.values()]
    )

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Query the month of each billing account and page through the answer.

        ``extra`` of the connection: ``project``, ``table`` (dataset.carbon_footprint), ``keyfile_dict`` for a service
        account (else the environment's default credentials), ``api_endpoint`` for a private endpoint.
        """
        from google.cloud import bigquery

        client = _client(secrets)
        table = str(secrets.extra["table"]).replace("`", "")
        # Identifiers cannot be parameters: the table's name comes from the connection, its quotes taken out.
        query = (
            f"select * from `{table}` where usage_month = @month and billing_account_id = @account {ORDER}"
        )
        for account in source.requests:
            parameters = [
                bigquery.ScalarQueryParameter("month", "DATE", f"{period}-01"),
                bigquery.ScalarQueryParameter("account", "STRING", account),
            ]
            config = bigquery.QueryJobConfig(query_parameters=parameters)
            answer = client.query(query, job_config=config).result(page_size=PAGE_ROWS)
            if not answer.total_rows:
                raise base.NotYetPublished(f"{source.id}: no rows for {account} in {period} yet")
            last_part = -(-answer.total_rows // PAGE_ROWS)
            for part, page in enumerate(_pages(answer), start=1):
                name = f"carbon_footprint-{period}-{part}.ndjson"
                yield base.Document(page, name, account, part, last_part, source.options_for(account))

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read an extract in any of the three formats; nested fields take their dotted names."""
        head = first_bytes(document, 4)
        if head == b"PAR1":
            return batches(_checked(_parquet_rows(document), document.name), self.SCHEMA)
        if head[:1] in (b"{", b"["):
            return batches(_checked(_json_rows(document), document.name), self.SCHEMA)
        return batches(_checked(_csv_rows(document), document.name), self.SCHEMA)


def _client(secrets: base.Secrets) -> Any:
    from google.api_core.client_options import ClientOptions
    from google.auth.credentials import AnonymousCredentials
    from google.cloud import bigquery
    from google.oauth2 import service_account

    keyfile, endpoint = secrets.extra.get("keyfile_dict"), secrets.extra.get("api_endpoint")
    credentials: Any = None
    if keyfile:
        info = json.loads(keyfile) if isinstance(keyfile, str) else dict(keyfile)
        credentials = service_account.Credentials.from_service_account_info(info)  # type: ignore[no-untyped-call]
    elif secrets.extra.get("anonymous"):
        credentials = AnonymousCredentials()  # type: ignore[no-untyped-call]
    options = ClientOptions(api_endpoint=str(endpoint)) if endpoint else None
    return bigquery.Client(
        project=secrets.extra.get("project"), credentials=credentials, client_options=options
    )


def _pages(answer: Any) -> Iterator[bytes]:
    page: list[str] = []
    for row in answer:
        page.append(json.dumps(dict(row), default=str, sort_keys=True, ensure_ascii=False))
        if len(page) == PAGE_ROWS:
            yield ("\n".join(page) + "\n").encode()
            page = []
    if page:
        yield ("\n".join(page) + "\n").encode()


Numbered = tuple[int, str, dict[str, Any] | base.Reject]


def _csv_rows(document: base.Document) -> Iterator[Numbered]:
    yield from rows(document, ",", REQUIRED, REQUIRED | DEPRECATED)


def _json_rows(document: base.Document) -> Iterator[Numbered]:
    first = first_bytes(document, 1)
    if first == b"[":
        try:
            entries = json.load(document.open())
        except (ValueError, EOFError, OSError, zlib.error) as error:
            raise base.ParseError(
                f"{document.name}: the JSON array is broken ({error}); the document is truncated, fetch it again"
            ) from None
        texts: Iterator[str] = (json.dumps(entry, ensure_ascii=False) for entry in entries)
    else:
        texts = (line for line in lines(document) if line.strip())
    seen: dict[int, int] = {}
    for row, text in enumerate(texts, start=1):
        try:
            entry = json.loads(text)
        except ValueError as error:
            raise base.ParseError(
                f"{document.name}, line {row}: not JSON ({error}); the document is truncated, fetch it again"
            ) from None
        first_row = seen.setdefault(hash(text.strip()), row)
        if first_row != row:
            yield (
                row,
                text,
                base.Reject(
                    row, "(row)", "", f"duplicate of row {first_row}", "remove one of the two", text.strip()
                ),
            )
            continue
        yield row, text, _flat(entry, document.name, row)


def _parquet_rows(document: base.Document) -> Iterator[Numbered]:
    try:
        file = pq.ParquetFile(
            document.data if not isinstance(document.data, bytes) else io.BytesIO(document.data)
        )
        row = 0
        for batch in file.iter_batches(batch_size=PAGE_ROWS):
            for entry in batch.to_pylist():
                row += 1
                yield row, json.dumps(entry, default=str), _flat(entry, document.name, row)
    except pa.ArrowInvalid as error:
        raise base.ParseError(f"{document.name}: broken Parquet ({error}); fetch it again") from None


def _flat(entry: Mapping[str, Any], name: str, row: int) -> dict[str, Any]:
    if isinstance(entry.get("carbon_footprint_kgCO2e"), int | float):
        raise base.ParseError(
            f"{name}, row {row}, field carbon_footprint_kgCO2e: a single number, the table's shape before 2022; "
            "run a backfill of the transfer to get the scopes"
        )
    flat: dict[str, Any] = {}
    stack: list[tuple[str, Any]] = list(entry.items())
    while stack:
        key, value = stack.pop()
        if isinstance(value, Mapping):
            stack.extend((f"{key}.{inner}", deep) for inner, deep in value.items())
        else:
            flat[key] = value
    for parent in ("project", "location", "service"):
        if entry.get(parent, "absent") is None:
            flat.pop(parent)
            flat |= {key: None for key in TEXTS if key.startswith(f"{parent}.")}
    missing, unknown = sorted(REQUIRED - set(flat)), sorted(set(flat) - REQUIRED - DEPRECATED)
    if missing or unknown:
        what = f"field {missing[0]!r} is missing" if missing else f"field {unknown[0]!r} is unknown"
        raise base.ParseError(
            f"{name}, row {row}: {what}; the export's shape has changed: compare with docs/sources"
        )
    return {key: None if value is None else str(value) for key, value in flat.items()}


def _checked(numbered: Iterator[Numbered], name: str) -> Iterator[dict[str, Any] | base.Reject]:
    for row, text, cells in numbered:
        if isinstance(cells, base.Reject):
            yield cells
            continue
        try:
            yield {"document_row": row} | _line(cells)
        except RowError as error:
            yield error.reject(row, text)


def _line(cells: Mapping[str, Any]) -> dict[str, Any]:
    month = str(cells["usage_month"] or "")
    try:
        day = dt.date.fromisoformat(month[:10])
    except ValueError:
        raise RowError("usage_month", month, "is not a date YYYY-MM-DD", "export it again") from None
    if day.day != 1:
        raise RowError("usage_month", month, "is not the first day of a month", "export it again")
    line: dict[str, Any] = {"usage_month": day}
    line |= {
        ours: (str(cells[theirs]) or None) if cells[theirs] is not None else None
        for theirs, ours in TEXTS.items()
    }
    line |= {
        ours: number(theirs, cells[theirs], minimum=0, maximum=MAX_KG) for theirs, ours in NUMBERS.items()
    }
    for needed in ("billing_account_id", "service_description"):
        if not line[needed]:
            raise RowError(needed, "", "is empty", "export it again")
    if (
        line["scope1_kg_co2e"] is None
        or line["scope2_location_kg_co2e"] is None
        or line["scope3_kg_co2e"] is None
    ):
        raise RowError(
            "carbon_footprint_kgCO2e",
            "",
            "scope 1, scope 2 (location) or scope 3 is empty",
            "export it again",
        )
    return line


connector = Connector()

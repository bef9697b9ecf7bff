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
from connectors._files import fetch_files
from connectors._google_shapes import NUMBERS, OFFSETS, TEXTS, UNDIVIDED, columns_of_header, flat
from connectors._options import accounting_basis

# A billion kilograms in one line is a fortieth of Google's own yearly total: the unit must be wrong.
MAX_KG = 1e9
PAGE_ROWS = 20_000

# BigQuery promises no order; an unchanged month must give the same bytes.
ORDER = "order by project.number, service.id, location.location, carbon_model_version"


class Connector(base.Connector):
    """One request is one billing account; see ``docs/sources/google.md``."""

    SCHEMA = pa.schema(
        [("document_row", pa.int64()), ("usage_month", pa.date32())]
        + [(name, pa.string()) for name in TEXTS.values()]
        + [(name, pa.float64()) for name in NUMBERS.values()]
        + [("total_undivided_kg_co2e", pa.float64()), ("undivided_basis", pa.string())]
        + [(name, pa.float64()) for name in OFFSETS.values()]
    )

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Query the month of each billing account and page through the answer, or read extracts from a bucket.

        With ``extra.url`` of the connection the extracts stand under ``<url>/<billing account>/<period>/`` (or where
        the option ``path`` says) and BigQuery is not asked.

        ``extra`` of the connection: ``project``, ``table`` (dataset.carbon_footprint), ``keyfile_dict`` for a service
        account (else the environment's default credentials), ``api_endpoint`` for a private endpoint.
        """
        if secrets.extra.get("url"):
            yield from fetch_files(source, period, secrets)
            return
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
        head, numbered = first_bytes(document, 4), _csv_rows
        if head == b"PAR1":
            numbered = _parquet_rows
        elif head[:1] in (b"{", b"["):
            numbered = _json_rows
        return batches(_checked(numbered(document), accounting_basis(document)), self.SCHEMA)


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
    required, known = columns_of_header(next(lines(document)))
    yield from rows(document, ",", required, known)


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
        yield row, text, flat(entry, document.name, row)


def _parquet_rows(document: base.Document) -> Iterator[Numbered]:
    try:
        file = pq.ParquetFile(
            document.data if not isinstance(document.data, bytes) else io.BytesIO(document.data)
        )
        row = 0
        for batch in file.iter_batches(batch_size=PAGE_ROWS):
            for entry in batch.to_pylist():
                row += 1
                yield row, json.dumps(entry, default=str), flat(entry, document.name, row)
    except pa.ArrowInvalid as error:
        raise base.ParseError(f"{document.name}: broken Parquet ({error}); fetch it again") from None


def _checked(numbered: Iterator[Numbered], basis: str) -> Iterator[dict[str, Any] | base.Reject]:
    for row, text, cells in numbered:
        if isinstance(cells, base.Reject):
            yield cells
            continue
        try:
            yield {"document_row": row} | _line(cells, basis)
        except RowError as error:
            yield error.reject(row, text)


def _line(cells: Mapping[str, Any], basis: str) -> dict[str, Any]:
    month = str(cells["usage_month"] or "")
    try:
        day = dt.date.fromisoformat(month[:10])
    except ValueError:
        raise RowError("usage_month", month, "is not a date YYYY-MM-DD", "export it again") from None
    if day.day != 1:
        raise RowError("usage_month", month, "is not the first day of a month", "export it again")
    line: dict[str, Any] = {"usage_month": day}
    line |= {ours: str(cells.get(theirs) or "") or None for theirs, ours in TEXTS.items()}
    for theirs, ours in {**NUMBERS, **OFFSETS}.items():
        line[ours] = number(theirs, cells.get(theirs), minimum=0, maximum=MAX_KG)
    for needed in ("billing_account_id", "service_description"):
        if not line[needed]:
            raise RowError(needed, "", "is empty", "export it again")
    if UNDIVIDED in cells:
        line["total_undivided_kg_co2e"] = number(UNDIVIDED, cells[UNDIVIDED], minimum=0, maximum=MAX_KG)
        line["undivided_basis"] = basis
        if line["total_undivided_kg_co2e"] is None:
            raise RowError(UNDIVIDED, "", "is empty", "export it again")
    elif None in (line["scope1_kg_co2e"], line["scope2_location_kg_co2e"], line["scope3_kg_co2e"]):
        raise RowError(UNDIVIDED, "", "scope 1, scope 2 (location) or scope 3 is empty", "export it again")
    return line


connector = Connector()

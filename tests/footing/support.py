"""Small invented documents, sources and build files that the tests of the library share."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from connectors.base import Document
from footing.config_models import SourceEntry

COLUMNS = {
    "supplier": "supplier", "invoice_number": "invoice", "invoice_line": "line", "meter_id": "meter",
    "period_from": "from", "period_to": "to", "consumption_kwh": "kwh", "reading_type": "reading",
    "amount": "net", "currency": "currency", "is_credit_note": "credit",
}  # fmt: skip
OPTIONS: dict[str, Any] = {
    "columns": COLUMNS, "delimiter": ",", "decimal": ".", "date_order": "YMD", "period_to": "exclusive",
}  # fmt: skip
MONTH = "2026-03"


def bill(*kwh: object, invoice: str = "F1", meter: str = "M1") -> bytes:
    """An invented bill with one line per consumption."""
    lines = [
        f"Test supplier,{invoice},{n},{meter},2026-03-01,2026-04-01,{value},actual,10.00,EUR,no"
        for n, value in enumerate(kwh, start=1)
    ]
    return ("\n".join([",".join(COLUMNS.values()), *lines]) + "\n").encode()


def source(*requests: str, **changes: Any) -> SourceEntry:
    """A source of electricity bills."""
    entry = {
        "id": "electricity", "title": "Bills", "connector": "electricity_bill", "kind": "meter",
        "requests": list(requests or ("par1",)), "first_period": "2026-01", "options": OPTIONS,
    }  # fmt: skip
    return SourceEntry.model_validate(entry | changes)


def pages(request: str, contents: Iterable[bytes], last_part: int | None = None) -> list[Document]:
    """The pages of one answer; ``last_part`` is how many the source says there are."""
    listed = list(contents)
    last = last_part or len(listed)
    return [
        Document(content, f"page-{part}.csv", request, part, last, OPTIONS)
        for part, content in enumerate(listed, start=1)
    ]


def build_file(path: Path, rows: Iterable[tuple[str, float]], *statements: str) -> Path:
    """A small build: a fact table with a comment, a dimension, a view, a macro and the checks' table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as con:
        con.execute("create table fct_emissions (emission_id varchar, amount double, retrieved_at timestamp)")
        con.executemany(
            "insert into fct_emissions values (?, ?, now() at time zone 'UTC')", [list(row) for row in rows]
        )
        con.execute("comment on table fct_emissions is 'An emission''s row'")
        con.execute("comment on column fct_emissions.amount is 'kg CO2e'")
        con.execute("create table dim_site as select 'par1' as site_id, null::double as pue")
        con.execute("create view fct_emissions_allocated as select emission_id, amount from fct_emissions")
        con.execute("create macro sums(keep) as table select sum(amount) as s from fct_emissions where keep")
        con.execute(
            "create table rpt_data_quality (source_id varchar, door varchar, suite varchar, check_id varchar,"
            " description varchar, severity varchar, success boolean, rows_checked bigint, rows_failed bigint,"
            " observed varchar, remedy varchar)"
        )
        for statement in statements:
            con.execute(statement)
    return path

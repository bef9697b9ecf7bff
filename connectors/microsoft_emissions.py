"""Microsoft's Emissions Impact Dashboard and Sustainability API as dropped CSV: tonnes per subscription and service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number
from connectors._files import fetch_files
from connectors._mapped_csv import Fields, read

# The fields of the API's EnrollmentEmission; the dashboard's exports have display names.
COLUMNS = {
    "month": "dateKey", "enrollment_id": "enrollmentId", "subscription_id": "subscriptionId",
    "subscription_name": "subscriptionName", "service": "azureServiceName", "sub_service": "subService",
    "region": "azureRegionName", "scope": "scopeId", "emissions": "totalEmissions",
}  # fmt: skip
REQUIRED = {"month", "subscription_id", "service", "scope", "emissions"}
TEXTS = ("enrollment_id", "subscription_name", "sub_service", "region")
# Ten thousand tonnes in one line of one month is another unit.
MAX_TONNES = 1e4


class Connector(base.Connector):
    """One request is a billing account; options as in :mod:`connectors._mapped_csv`; see ``docs/sources/azure.md``."""

    SCHEMA = pa.schema(
        [("document_row", pa.int64()), ("month", pa.date32())]
        + [(name, pa.string()) for name in ("subscription_id", "service", "scope", *TEXTS)]
        + [("emissions_t_co2e", pa.float64())]
    )

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the month's exports from a folder or bucket."""
        return fetch_files(source, period, secrets, (".csv", ".csv.gz"))

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one export under the API's field names, or those that ``options.columns`` maps."""
        mapped = replace(document, options={"columns": COLUMNS, **document.options})
        return batches(read(mapped, REQUIRED, _line), self.SCHEMA)


def _line(row: int, fields: Fields) -> dict[str, Any]:
    fields.need("month")
    month = fields.date("month")
    if month is None or month.day != 1:
        raise RowError("month", fields.text("month"), "is not the first day of a month", "export it again")
    stated = fields.need("scope")
    scope = stated.lower().removeprefix("scope").strip()
    if scope not in ("1", "2", "3"):
        raise RowError("scope", stated, "is not scope 1, 2 or 3", "export the rows of the scopes alone")
    emissions = number(
        "emissions", fields.need("emissions"), decimal=fields.decimal, minimum=0, maximum=MAX_TONNES
    )
    return {
        "month": month,
        "subscription_id": fields.need("subscription_id").lower(),
        "service": fields.need("service"),
        "scope": scope,
        "emissions_t_co2e": emissions,
    } | {name: fields.text(name) for name in TEXTS}  # fmt: skip


connector = Connector()

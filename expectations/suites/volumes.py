"""Volumes of use, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty

# A thousand million requests a month of one product.
MAX_REQUESTS = 1e9


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        not_empty("volumes", "export the month's volumes"),
        *(
            filled(column, "fill it in at the source")
            for column in ("month", "project", "metric", "quantity")
        ),
        between("quantity", 0, MAX_REQUESTS, "check the unit", "warning", where="metric == 'requests'"),
    ]

"""Invoice lines, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty

# A line of IT services; above it somebody exported cents, or the whole year.
MAX_LINE = 10_000_000


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        not_empty("invoices", "export the month's accounts-payable lines"),
        *(
            filled(column, "ask accounts payable for the missing field")
            for column in ("supplier", "invoice_number", "invoice_date", "amount_ex_vat", "currency")
        ),
        between("amount_ex_vat", -MAX_LINE, MAX_LINE, "check the decimal mark and the unit", "warning"),
    ]

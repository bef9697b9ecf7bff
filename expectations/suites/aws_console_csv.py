"""Rows of the AWS console's yearly CSV, before they are shown."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty, one_of


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        not_empty("savings", "download the year's file again"),
        filled("service", "download the year's file again"),
        filled("region", "download the year's file again"),
        one_of("unit", ["t", "kg"], "set options.unit of the source"),
        between("usage_year", 2019, 2100, "download the year's file again"),
    ]

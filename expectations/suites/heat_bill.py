"""Bill lines of heat, steam and cooling, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty, one_of

# A building on a district network; the organization may raise it for large sites.
MAX_LINE_KWH = 5_000_000


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        not_empty("bills", "drop the bills of the month"),
        filled("meter_id", "ask the supplier for the delivery point"),
        filled("consumption_kwh", "ask the supplier for the consumption"),
        one_of("kind", ["heat", "steam", "cooling"], "set options.kind of the source"),
        between("consumption_kwh", -MAX_LINE_KWH, MAX_LINE_KWH, "check the unit: options.unit", "warning"),
    ]

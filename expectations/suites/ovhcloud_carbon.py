"""Rows of OVHcloud's carbon calculator, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import all_true, between, filled, not_empty

# A row is one server, or one flavor in one datacenter: 100 t a month is far above what any has shown.
MAX_ROW_KG = 100_000
# Three parts and a total, each rounded to 0.01 kg on its own.
ROUNDING_KG = 0.02


def suite() -> list[Any]:
    """The suite of the typed rows; ``location_adds_up`` and ``market_adds_up`` are derived in ``columns``."""
    remedy = "ask for the month again, or ask OVHcloud's support"
    needed = (
        "month", "service_type", "manufacturing_kg_co2e", "electricity_location_kg_co2e", "electricity_market_kg_co2e",
        "operational_location_kg_co2e", "operational_market_kg_co2e",
    )  # fmt: skip
    return [
        not_empty("statement", "check the account and the month"),
        *(filled(column, remedy) for column in needed),
        filled("datacenter", "rows without a datacenter stand under region '-'", "warning"),
        between("total_location_kg_co2e", 0, MAX_ROW_KG, "check the unit: the file is in kg", "warning"),
        *(
            all_true(
                f"{basis}_adds_up",
                f"{basis}_total_equals_parts",
                f"{basis} total = manufacturing + electricity + operational within {ROUNDING_KG} kg",
                remedy,
            )
            for basis in ("location", "market")
        ),
    ]


def columns(rows: Any) -> Any:
    """Add what the suite looks at."""
    for basis in ("location", "market"):
        parts = rows["manufacturing_kg_co2e"] + rows[f"electricity_{basis}_kg_co2e"]
        parts = parts + rows[f"operational_{basis}_kg_co2e"]
        total = rows[f"total_{basis}_kg_co2e"]
        rows = rows.assign(
            **{f"{basis}_adds_up": total.isna() | ((parts - total).abs() <= ROUNDING_KG + 1e-9)}
        )
    return rows

"""Google Carbon Footprint rows, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import all_true, between, filled, not_empty

# One project, service and region of a single customer: 100 t a month is far above what any line has shown.
MAX_LINE_KG = 100_000


def suite() -> list[Any]:
    """The suite of the typed rows; ``has_figures`` and ``total_matches`` are derived in ``columns``."""
    remedy = "export the month again, or ask Google support"
    return [
        not_empty("export", "check the billing account and the month of the export"),
        *(filled(column, remedy) for column in ("usage_month", "billing_account_id", "service_description")),
        all_true(
            "has_figures",
            "scopes_or_undivided_total",
            "scope 1, 2 (location) and 3 are filled, or the undivided total of tables made before 2022",
            remedy,
        ),
        filled("scope2_market_kg_co2e", "the location figure stands in, marked as substituted", "warning"),
        filled("carbon_model_version", "name the export's model version", "warning"),
        between("total_location_kg_co2e", 0, MAX_LINE_KG, "check the unit: the export is in kg", "warning"),
        all_true(
            "total_matches",
            "total_equals_parts",
            "stated location total = scope 1 + 2 + 3 within 0.01 kg",
            remedy,
        ),
    ]


def columns(rows: Any) -> Any:
    """Add what the suite looks at."""
    scopes = rows[["scope1_kg_co2e", "scope2_location_kg_co2e", "scope3_kg_co2e"]]
    parts = scopes.sum(axis=1, skipna=False)
    return rows.assign(
        has_figures=parts.notna() | rows["total_undivided_kg_co2e"].notna(),
        total_matches=rows["total_location_kg_co2e"].isna()
        | ((parts - rows["total_location_kg_co2e"]).abs() <= 0.01),
    )

"""AWS rows of either source, before they are used: the same columns, so the same claims."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import all_true, between, filled, not_empty

# One account, region and service: 100 t a month is far above what a line of one customer has shown.
MAX_LINE_T = 100
# A gram: AWS states doubles and rounds none of them, as far as its documentation says.
TOLERANCE_T = 1e-6
SCOPES = {
    "location": ["scope1_t_co2e", "scope2_location_t_co2e", "scope3_location_t_co2e"],
    "market": ["scope1_t_co2e", "scope2_market_t_co2e", "scope3_market_t_co2e"],
}


def suite() -> list[Any]:
    """The suite of the typed rows; ``<basis>_total_matches`` are derived in ``columns``."""
    remedy = "ask the month again, or AWS support"
    return [
        not_empty("statement", "check the account, the month and the export's state at AWS"),
        *(filled(column, remedy) for column in ("period_month", "account_id", "model_version")),
        filled("product_code", "lines without a product code share one claim per region", "warning"),
        filled("total_location_t_co2e", "name total_lbm_emissions_value in the export's query", "warning"),
        filled("total_market_t_co2e", "the location figure stands in, marked as substituted", "warning"),
        between("total_location_t_co2e", 0, MAX_LINE_T, "check the unit: AWS states tonnes", "warning"),
        *(
            all_true(
                f"{basis}_total_matches",
                f"{basis}_total_equals_scopes",
                f"stated {basis} total = scope 1 + 2 + 3 within a gram, where scopes are stated",
                remedy,
            )
            for basis in SCOPES
        ),
    ]


def columns(rows: Any) -> Any:
    """Add per basis whether the stated total is the sum of its scopes; v2 has no scope 3, older exports no scopes."""
    matches = {}
    before_scope3 = rows["model_version"].astype(str).str.match(r"v[0-2]\.")
    for basis, scopes in SCOPES.items():
        total = rows[f"total_{basis}_t_co2e"].astype(float)
        scopes_stated = rows[scopes[:2]].notna().all(axis=1) & (rows[scopes[2]].notna() | before_scope3)
        difference = (rows[scopes].astype(float).sum(axis=1) - total).abs()
        matches[f"{basis}_total_matches"] = ~scopes_stated | total.isna() | (difference <= TOLERANCE_T)
    return rows.assign(**matches)

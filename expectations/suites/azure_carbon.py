"""Resources of Azure Carbon Optimization, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, claim, filled, not_empty

# One resource: 100 t in a month is far above what any has shown.
MAX_RESOURCE_KG = 100_000


def suite() -> list[Any]:
    """The suite of the typed rows."""
    remedy = "ask for the month again, or ask Microsoft's support"
    return [
        not_empty("resources", "check the subscriptions and the month"),
        *(filled(column, remedy) for column in ("month", "scope", "subscription_id", "decision")),
        between("kg_co2e", 0, MAX_RESOURCE_KG, "check the unit: the API answers in kg", "warning"),
        claim(
            "ExpectColumnValuesToBeInSet", "no_subscription_denied", "Azure denied no subscription",
            "give the service principal the role Carbon Optimization Reader on it", "warning",
            column="decision", value_set=["Allowed"],
        ),
    ]  # fmt: skip

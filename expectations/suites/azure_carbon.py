"""Resources of Azure Carbon Optimization, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import all_true, between, claim, filled, not_empty

# One resource: 100 t in a month is far above what any has shown.
MAX_RESOURCE_KG = 100_000


def suite() -> list[Any]:
    """The suite of the typed rows; ``stands_once`` and ``has_all_scopes`` are derived in ``columns``."""
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
        all_true(
            "stands_once", "resource_stands_once", "a resource stands once per month and scope, on one page of one request",
            "list each subscription in one request only; if so it is, ask for the month again: its pages shifted",
        ),
        all_true("has_all_scopes", "scopes_complete", "each month holds scopes 1, 2 and 3", "ask for the month again"),
    ]  # fmt: skip


def columns(rows: Any) -> Any:
    """Add what the suite looks at; rows that are not ``Allowed`` are subscriptions and no resources."""
    keys = ["month", "scope", "subscription_id"]
    repeated = rows.assign(resource=rows["resource_id"].str.lower()).duplicated(
        [*keys, "resource"], keep=False
    )
    # The scopes of refusals count: all subscriptions may be refused.
    scopes = rows.groupby("month")["scope"].transform("nunique")
    return rows.assign(stands_once=(rows["decision"] != "Allowed") | ~repeated, has_all_scopes=scopes == 3)

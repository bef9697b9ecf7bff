"""Resources of Azure Carbon Optimization, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import all_true, between, not_empty, one_of

# One resource: 100 t in a month is far above what any has shown.
MAX_RESOURCE = 100_000
KEYS = ["month", "scope", "resource_id"]


def suite() -> list[Any]:
    """The suite of the typed rows; ``stands_once`` and the rest are derived in ``columns``."""
    remedy = "ask for the month again"
    return [
        not_empty("resources", "check the subscriptions and the month"),
        one_of("scope", ["1", "2", "3"], remedy),
        between("kg_co2e", 0, MAX_RESOURCE, "check the unit: the answer is in kg", "warning"),
        all_true(
            "has_figure", "resource_has_figure", "every resource has an id, a subscription and a figure", remedy
        ),
        all_true(
            "stands_once", "resource_stands_once",
            "a resource stands once per month and scope, on one page of one request",
            "list each subscription in one request only; if it is, ask for the month again (pages shifted)",
        ),
        all_true(
            "has_all_scopes", "scopes_complete", "each month holds scopes 1, 2 and 3", remedy,
        ),
        all_true(
            "is_answered", "subscriptions_answered", "no subscription was refused",
            "give the service principal the role Carbon Optimization Reader on the subscription, and ask for the month again",
            "warning",
        ),
    ]  # fmt: skip


def columns(rows: Any) -> Any:
    """Add what the suite looks at; rows with a ``decision`` are refused subscriptions and no resources."""
    resource = rows["decision"].isna()
    filled = rows[["subscription_id", "resource_id", "kg_co2e"]].notna().all(axis=1)
    # The scopes of resources and refusals alike: all subscriptions may be refused.
    scopes = rows.groupby("month")["scope"].transform("nunique")
    return rows.assign(
        has_figure=~resource | filled,
        stands_once=~resource | ~rows.duplicated(["decision", *KEYS], keep=False),
        has_all_scopes=scopes == 3,
        is_answered=resource,
    )

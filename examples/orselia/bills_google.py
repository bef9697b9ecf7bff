"""Google's bills: the statement's projects, services and regions, two billing accounts, two currencies."""

from __future__ import annotations

from pathlib import Path

from examples.orselia.bills import Bill, Charge, Line, charges, special, write_bill
from examples.orselia.google import GROUP, SERVICES, UK, USES, Use
from examples.orselia.story import MONTHS

BILLS = {
    GROUP: Bill("focus_google", GROUP, "Orsélia", "Google Cloud", "Google Cloud EMEA Limited", "EUR",
                own_columns=("x_ServiceId",), sub_account_type="Project"),
    UK: Bill("focus_google", UK, "Orsélia UK", "Google Cloud", "Google Cloud EMEA Limited", "GBP",
             own_columns=("x_ServiceId",), sub_account_type="Project"),
}  # fmt: skip
# SKU, unit, quantity per kg of the use's first month, list price.
SKUS = {
    "Vertex AI": (
        ("Training Pipelines A2 Highgpu", "hour", 0.45, 4.4),
        ("Online Prediction N1", "hour", 6.0, 0.24),
    ),
    "Compute Engine": (("N2 Instance Core", "hour", 60.0, 0.037), ("Balanced PD Capacity", "gibibyte month", 40.0, 0.11)),
    "Cloud Storage": (("Standard Storage", "gibibyte month", 500.0, 0.023),),
    "BigQuery": (("Analysis", "tebibyte", 1.2, 6.9), ("Active Logical Storage", "gibibyte month", 90.0, 0.02)),
}  # fmt: skip
CATEGORIES = {
    "Vertex AI": "AI and Machine Learning",
    "Compute Engine": "Compute",
    "Cloud Storage": "Storage",
    "BigQuery": "Analytics",
}
PROJECTS: dict[str, str | None] = {
    "orselia-fraud-prod": "P-FRAUD",
    "orselia-fraud-dev": "P-FRAUD",
    "orselia-uk-lab7": None,
}
# Who uses the shared platform: project and part of the quantity.
SHARED: dict[str, tuple[tuple[str | None, float], ...]] = {
    "orselia-ai-platform": (("P-AIPLAT", 0.4), ("P-CLAIMS", 0.3), ("P-DOCAI", 0.2), ("P-ASSIST", 0.1))
}


def _lines(use: Use) -> list[Line]:
    users = SHARED.get(use.project, ((PROJECTS.get(use.project, ""), 1.0),))
    return [
        Line(
            use.service, CATEGORIES[use.service], use.project, use.region,
            f"//{use.service.lower().replace(' ', '')}/{use.project}/{use.location}/{user or 'main'}".lower(),
            sku, unit, per_kg * (use.scope2 + use.scope3) * part, price, use.growth, use.first, use.last, user,
            more=(("SubAccountName", use.project), ("RegionName", use.region),
                  ("x_ServiceId", SERVICES[use.service])),
        )
        for user, part in users
        for sku, unit, per_kg, price in SKUS[use.service]
    ]  # fmt: skip


LINES = {
    account: [line for use in USES if use.account == account for line in _lines(use)] for account in BILLS
}


def write_history(root: Path) -> None:
    """Write both accounts' bills of each month."""
    for month in MONTHS:
        for account in BILLS:
            write_bill(root, BILLS[account], month, bill(account, month))


def bill(account: str, month: str) -> list[Charge]:
    """One account and month: usage, a spending credit, tax."""
    rows = charges(BILLS[account], LINES[account], month)
    total = sum(float(row["BilledCost"] or 0) for row in rows)
    return [
        *rows,
        special("Credit", "Compute Engine", "Sustained use discount", -round(0.03 * total, 2)),
        special("Tax", "Invoice", "VAT", round(0.2 * total, 2)),
    ]

"""Scaleway's bill: the SKUs of the footprint, by project, region and zone, each on a few resources."""

from __future__ import annotations

from pathlib import Path

from examples.orselia.bills import Bill, Charge, Line, charges, special, write_bill
from examples.orselia.scaleway import ASSIST, CLAIMS, ORGANIZATION, PROJECTS, SKUS, Sku
from examples.orselia.story import MONTHS

BILL = Bill(
    "focus_scaleway", ORGANIZATION, "Orsélia", "Scaleway", "Scaleway SAS", "EUR", sub_account_type="Project"
)
# Service, category, unit, list price in EUR, quantity of the SKU's first month, resources.
PRODUCTS = {
    "generative_apis": ("Generative APIs", "AI and Machine Learning", "1M tokens", 0.9, 140.0, 2),
    "managed_inference": ("Managed Inference", "AI and Machine Learning", "Hours", 0.93, 640.0, 1),
    "object_storage": ("Object Storage", "Storage", "GB-Months", 0.0146, 7000.0, 3),
    "load_balancer": ("Load Balancer", "Networking", "Hours", 0.014, 730.0, 2),
    "instances": ("Instances", "Compute", "Hours", 0.75, 730.0, 3),
    "kubernetes": ("Kubernetes Kapsule", "Compute", "Hours", 0.11, 730.0, 2),
    "managed_relational_databases": ("Managed Database", "Databases", "Hours", 0.2, 730.0, 2),
}
OWNERS = {ASSIST: "P-ASSIST", CLAIMS: "P-CLAIMS"}


def _lines(sku: Sku) -> list[Line]:
    service, category, unit, price, quantity, count = PRODUCTS[sku.product]
    zone = (("AvailabilityZone", sku.zone),) if sku.zone else ()
    name = sku.sku.strip("/").replace("/", "-")
    return [
        Line(
            service, category, sku.project, sku.region, f"{PROJECTS[sku.project]}-{name}-{number}", sku.sku, unit,
            quantity / number, price, sku.growth, sku.first, sku.last, OWNERS.get(sku.project, ""), paid=1.0,
            more=(*zone, ("SubAccountName", PROJECTS[sku.project]), ("ResourceType", sku.product),
                  ("ResourceName", f"{name}-{number}")),
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


LINES = tuple(line for sku in SKUS for line in _lines(sku))


def write_history(root: Path) -> None:
    """Write the bill of each month."""
    for month in MONTHS:
        write_bill(root, BILL, month, bill(month))


def bill(month: str) -> list[Charge]:
    """One month: usage and tax."""
    rows = charges(BILL, LINES, month)
    total = sum(float(row["BilledCost"] or 0) for row in rows)
    return [*rows, special("Tax", "Tax", "TVA", round(0.2 * total, 2))]

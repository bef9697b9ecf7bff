"""OVHcloud's bill: servers by name and instances by flavor; one month that credits pay whole."""

from __future__ import annotations

from pathlib import Path

from examples.orselia.bills import Bill, Charge, Line, charges, special, write_bill
from examples.orselia.ovhcloud import ACCOUNT, BARE, MACHINES, Machine
from examples.orselia.story import MONTHS

FREE = "2025-08"
"""Everything is written at zero, beside a credit."""

CLOUD_PROJECT = "8c1f27be904d4e5f8a60d1b2c3e4f506"
BILL = Bill("focus_ovh", ACCOUNT, "Orsélia", "OVHcloud", "OVH SAS", "EUR", sub_account_type="Project")
# EUR per hour of a server of the range or of a flavor.
PRICES = {
    "SCALE": 0.92, "ADVANCE": 0.27, "HGR-AI": 3.9, "STORAGE": 0.61, "b3-64": 0.5, "b3-32": 0.25, "l40s-90": 1.4,
    "t1-45": 2.1,
}  # fmt: skip
REGIONS = {"GRA": "Gravelines", "SBG": "Strasbourg"}
COUNTS = {"b3-64": 4, "b3-32": 3, "l40s-90": 1, "t1-45": 1}
"""Instances of each flavor; each has its own resource."""

OWNERS = {
    "ns3104417": ("P-CLAIMS",), "ns3107702": ("P-ASSIST",), "b3-64": ("P-CLAIMS", "P-DOCAI", "P-AIPLAT", ""),
    "l40s-90": ("P-ASSIST",), "t1-45": ("P-DOCAI",),
}  # fmt: skip


def _lines(machine: Machine) -> list[Line]:
    bare = machine.kind == BARE
    count = 1 if bare else COUNTS[machine.name]
    owners = OWNERS.get(machine.name, ("",) * count)
    service, category = ("Bare Metal", "Compute") if bare else ("Public Cloud Instances", "Compute")
    return [
        Line(
            service, category, "" if bare else CLOUD_PROJECT, machine.datacenter,
            machine.domain if bare else f"{machine.datacenter.lower()}-{machine.name}-{number}",
            machine.range if bare else machine.name, "Hours", 730, PRICES[machine.range if bare else machine.name],
            machine.growth, machine.first, machine.last, owners[number - 1], paid=1.0,
            more=(("ResourceName", machine.name if bare else f"{machine.name}-{number}"),
                  ("ResourceType", machine.kind), ("RegionName", REGIONS[machine.datacenter])),
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


LINES = (
    *(line for machine in MACHINES for line in _lines(machine)),
    # Billed, and not in the calculator.
    Line("AI Endpoints", "AI and Machine Learning", CLOUD_PROJECT, "GRA", "ai-endpoints-assist", "mixtral-8x22b",
         "1M tokens", 260, 0.9, 1.08, "2025-10", project="P-ASSIST", paid=1.0,
         more=(("ResourceName", "ai-endpoints-assist"), ("ResourceType", "AI-ENDPOINTS"), ("RegionName", "Gravelines"))),
    Line("Object Storage", "Storage", CLOUD_PROJECT, "GRA", "orselia-archive", "standard", "GB-Months", 18000, 0.007, 1.01,
         "2025-01", more=(("ResourceName", "orselia-archive"), ("RegionName", "Gravelines"))),
)  # fmt: skip


def write_history(root: Path) -> None:
    """Write the bill of each month since the account exists."""
    for month in MONTHS:
        if month >= min(line.first for line in LINES):
            write_bill(root, BILL, month, bill(month))


def bill(month: str) -> list[Charge]:
    """One month: usage and tax; in the free month all usage costs nothing and a credit says so."""
    rows = charges(BILL, LINES, month)
    total = sum(float(row["BilledCost"] or 0) for row in rows)
    if month == FREE:
        costs = (
            "ListCost",
            "ContractedCost",
            "EffectiveCost",
            "BilledCost",
            "ListUnitPrice",
            "ContractedUnitPrice",
        )
        zero: Charge = dict.fromkeys(costs, 0.0)
        zero |= {
            f"PricingCurrency{name}": 0.0
            for name in ("EffectiveCost", "ListUnitPrice", "ContractedUnitPrice")
        }
        return [
            *(row | zero for row in rows),
            special("Credit", "Public Cloud Instances", "Startup credits", -250.0),
        ]
    return [*rows, special("Tax", "Tax", "TVA", round(0.2 * total, 2))]

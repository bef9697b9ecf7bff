"""The Azure bill: the statement's resources, their ids in another case, and a few that the statement lacks."""

from __future__ import annotations

from pathlib import Path

from examples.orselia.azure import AI, ML, RESOURCES, SCIENCE, SQL, STORE, SUBSCRIPTIONS, VM, Resource
from examples.orselia.bills import Bill, Charge, Line, charges, special, write_bill
from examples.orselia.story import MONTHS

ENROLLMENT = "7402118"
BILL = Bill(
    "focus_azure", ENROLLMENT, "Orsélia", "Microsoft", "Microsoft", "EUR", "NULL",
    ("x_ResourceGroupName", "x_SkuMeterCategory"),
    account_id=f"/providers/Microsoft.Billing/billingAccounts/{ENROLLMENT}", sub_account_type="Subscription",
)  # fmt: skip
# Service, category, meter, unit, list price in EUR.
KINDS = {
    ML: ("Azure Machine Learning", "AI and Machine Learning", "NC24ads A100 v4", "1 Hour", 3.9),
    AI: ("Cognitive Services", "AI and Machine Learning", "gpt-4o Input regional Tokens", "1K", 0.0026),
    STORE: ("Storage Accounts", "Storage", "Hot LRS Data Stored", "1 GB/Month", 0.0195),
    VM: ("Virtual Machines", "Compute", "D8s v5", "1 Hour", 0.42),
    SQL: ("SQL Database", "Databases", "vCore", "1 Hour", 0.27),
}
# How much of the meter a kilogram of the first month stands for: invented, so that costs have a plausible size.
PER_KG = {ML: 4.5, AI: 9_000.0, STORE: 900.0, VM: 27.0, SQL: 40.0}


def _line(resource: Resource) -> Line:
    service, category, meter, unit, price = KINDS[resource.kind]
    regions = {
        "france central": ("francecentral", "France Central"),
        "sweden central": ("swedencentral", "Sweden Central"),
    }
    region, region_name = regions[resource.location]
    own = (
        ("ResourceName", resource.name.split("/")[-1]),
        ("ResourceType", resource.kind),
        ("RegionName", region_name),
        ("SubAccountName", SUBSCRIPTIONS[resource.subscription]),
        ("x_ResourceGroupName", resource.group),
        ("x_SkuMeterCategory", service),
    )
    return Line(
        service, category, f"/subscriptions/{resource.subscription}", region, resource.bill_id, meter, unit,
        resource.kg * PER_KG[resource.kind], price, resource.growth, resource.first, resource.last,
        resource.project, more=own,
    )  # fmt: skip


LINES = (
    *(_line(resource) for resource in RESOURCES),
    # Traffic has a meter and no place in the statement.
    Line("Bandwidth", "Networking", f"/subscriptions/{SCIENCE}", "francecentral", "", "Standard Data Transfer Out",
         "1 GB", 1400, 0.07, 1.01, more=(("x_SkuMeterCategory", "Bandwidth"),)),
)  # fmt: skip


def write_history(root: Path) -> None:
    """Write the bill of each month."""
    for month in MONTHS:
        write_bill(root, BILL, month, bill(month))


def bill(month: str) -> list[Charge]:
    """One month: usage, support, tax and a marketplace offer."""
    rows = charges(BILL, LINES, month)
    own: Charge = {"SubAccountId": f"/subscriptions/{SCIENCE}", "SubAccountName": SUBSCRIPTIONS[SCIENCE]}
    return [
        *rows,
        special("Purchase", "Support", "Standard support plan", 85.0),
        special(
            "Purchase", "SaaS", "Redaction add-in, monthly", 140.0, PublisherName="Caviardage SAS", **own
        ),
        special("Tax", "Tax", "TVA", round(0.2 * sum(float(row["BilledCost"] or 0) for row in rows), 2)),
    ]

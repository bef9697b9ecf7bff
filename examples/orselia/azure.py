"""Azure Carbon Optimization: one answer per month and scope, wrapped in what was asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from examples.orselia.story import MONTHS, rng, write

SCIENCE, DESK = "00000000-0000-0000-0000-0000000a1001", "00000000-0000-0000-0000-0000000a1002"
SUBSCRIPTIONS = {SCIENCE: "Data Science", DESK: "Workplace"}
DENIED = (DESK, "2026-03")
"""The month in which the reader's role was missing on one subscription."""

# Shares of a resource's emissions by scope, invented; they sum to one.
SCOPES = {"Scope1": 0.015, "Scope2": 0.335, "Scope3": 0.65}
ML = "Microsoft.MachineLearningServices/workspaces"
AI = "Microsoft.CognitiveServices/accounts"
STORE = "Microsoft.Storage/storageAccounts"
VM = "Microsoft.Compute/virtualMachines"
SQL = "Microsoft.Sql/servers/databases"


@dataclass(frozen=True)
class Resource:
    """A resource: kg CO2e of its first month over all scopes, growth, its life, and whose it is."""

    subscription: str
    group: str
    kind: str
    name: str
    kg: float
    growth: float = 1.003
    project: str | None = ""
    first: str = "2024-10"
    last: str = "2026-10"
    location: str = "france central"

    @property
    def bill_id(self) -> str:
        """The id as the bill writes it; the statement writes it in lower case."""
        kind, _, child = self.kind.partition("/servers/")
        parts = self.name.split("/")
        tail = f"{kind}/servers/{parts[0]}/{child}/{parts[1]}" if child else f"{kind}/{self.name}"
        return f"/subscriptions/{self.subscription}/resourceGroups/{self.group}/providers/{tail}"


RESOURCES = (
    Resource(SCIENCE, "RG-Docai-Prod", ML, "mlw-docai", 46, 1.015, "P-DOCAI"),
    Resource(SCIENCE, "RG-Docai-Prod", AI, "aoai-docai", 14, 1.03, "P-DOCAI", first="2025-06"),
    Resource(SCIENCE, "RG-Docai-Prod", STORE, "stdocaiprod", 12, 1.02, "P-DOCAI"),
    Resource(SCIENCE, "RG-Docai-Prod", VM, "vm-docai-ocr-01", 27, 1.0, "P-DOCAI"),
    Resource(
        SCIENCE,
        "RG-Assist",
        AI,
        "aoai-assist-swc",
        9,
        1.04,
        "P-ASSIST",
        "2025-06",
        "2026-01",
        "sweden central",
    ),
    Resource(SCIENCE, "RG-Assist", AI, "aoai-assist-frc", 19, 1.09, "P-ASSIST", first="2026-02"),
    Resource(SCIENCE, "RG-Assist", STORE, "stassist", 4, 1.03, "P-ASSIST", first="2025-06"),
    Resource(SCIENCE, "RG-Assist", VM, "vm-assist-index", 11, 1.01, "P-ASSIST", first="2025-10"),
    Resource(SCIENCE, "RG-AIPlatform", ML, "mlw-platform", 31, 1.01, "P-AIPLAT"),
    Resource(SCIENCE, "RG-AIPlatform", STORE, "stfeaturestore", 18, 1.015, "P-AIPLAT"),
    Resource(SCIENCE, "RG-AIPlatform", SQL, "sql-features/db-features", 13, 1.004, "P-AIPLAT"),
    Resource(SCIENCE, "RG-Fraud-Lab", VM, "vm-fraud-lab-gpu", 22, 1.005, "P-FRAUD"),
    Resource(SCIENCE, "RG-Sandbox", VM, "vm-sandbox-07", 8, project=None),
    Resource(DESK, "RG-Portal", VM, "vm-portal-01", 26),
    Resource(DESK, "RG-Portal", VM, "vm-portal-02", 25),
    Resource(DESK, "RG-Portal", SQL, "sql-portal/db-policies", 34, 1.005),
    Resource(DESK, "RG-Portal", SQL, "sql-portal/db-brokers", 17, 1.005),
    Resource(DESK, "RG-Portal", STORE, "stportalassets", 9, 1.01),
    Resource(DESK, "RG-Claims-Desk", VM, "vm-claims-gw-01", 21, 1.0, "P-CLAIMS"),
    Resource(DESK, "RG-Claims-Desk", VM, "vm-claims-gw-02", 21, 1.0, "P-CLAIMS"),
    Resource(DESK, "RG-Claims-Desk", STORE, "stclaimsmedia", 19, 1.02, "P-CLAIMS"),
    Resource(DESK, "RG-Shared", VM, "vm-bastion", 7, 1.0),
    Resource(DESK, "RG-Shared", STORE, "stbackup", 28, 1.006),
    Resource(DESK, "RG-Shared", STORE, "stlogs", 12, 1.008),
)


def living(month: str) -> list[Resource]:
    """Give the resources of a month."""
    return [resource for resource in RESOURCES if resource.first <= month <= resource.last]


def write_history(root: Path) -> None:
    """Write one page per month and scope."""
    for month in MONTHS:
        for scope in SCOPES:
            data = json.dumps(page(month, scope), indent=1) + "\n"
            name = f"carbonEmissionReports-{month}-{scope}-1.json"
            write(root, ("azure_carbon", "subscriptions", month, name), data.encode())


def page(month: str, scope: str) -> dict[str, object]:
    """Give what was asked and what came back; Azure answers 200 although one subscription is refused."""
    denied = DENIED[0] if month == DENIED[1] else ""
    resources = [resource for resource in living(month) if resource.subscription != denied]
    decisions: list[dict[str, str]] = []
    for subscription in SUBSCRIPTIONS:
        allowed = subscription != denied
        why = {} if allowed else {"denialReason": "Carbon Optimization Reader permission required"}
        decisions.append(
            {"subscriptionId": subscription, "decision": "Allowed" if allowed else "Denied"} | why
        )
    return {
        "asked": {"scope": scope, "month": f"{month}-01", "subscriptions": list(SUBSCRIPTIONS), "page": 1},
        "answer": {
            "value": [_item(resource, month, scope) for resource in resources],
            "skipToken": "",
            "subscriptionAccessDecisionList": decisions,
        },
    }


def level(resource: Resource, month: str) -> float:
    """How much more a resource emits than in its first month; 0 while it isn't."""
    if not resource.first <= month <= resource.last:
        return 0.0
    months = MONTHS.index(month) - MONTHS.index(resource.first)
    return resource.growth**months * (0.98 + 0.04 * rng("azure", resource.bill_id, month).random())


def kg(resource: Resource, month: str, scope: str) -> float:
    """Emissions of a resource and scope in a month, kg CO2e."""
    return round(resource.kg * SCOPES[scope] * level(resource, month), 6)


def _item(resource: Resource, month: str, scope: str) -> dict[str, object]:
    before = MONTHS.index(month) - 1
    return {
        "dataType": "ResourceItemDetailsData",
        "itemName": resource.name.split("/")[-1],
        "categoryType": "Resource",
        "latestMonthEmissions": kg(resource, month, scope),
        "previousMonthEmissions": kg(resource, MONTHS[before], scope) if before >= 0 else 0.0,
        "subscriptionId": resource.subscription,
        "resourceGroup": resource.group.lower(),
        "resourceId": resource.bill_id.lower(),
        "location": resource.location,
        "resourceType": resource.kind.lower(),
    }

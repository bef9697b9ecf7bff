"""Pages of Azure Carbon Optimization in the documented form; every figure is made up."""

import json

SUBSCRIPTION = "00000000-0000-4000-8000-000000000001"


def resource(name, kg, **changes):
    """Give one resource of an answer."""
    return {
        "dataType": "ResourceItemDetailsData", "itemName": name, "categoryType": "Resource",
        "latestMonthEmissions": kg, "previousMonthEmissions": 0.1, "subscriptionId": SUBSCRIPTION,
        "resourceGroup": "RG", "resourceType": "microsoft.storage/storageaccounts", "location": "east us",
        "resourceId": f"/subscriptions/{SUBSCRIPTION}/resourceGroups/RG/providers/microsoft.storage/storageaccounts/{name}",
    } | changes  # fmt: skip


def page(values, *, asked=None, decisions=None, **changes):
    """Give a page with one resource per value, and what was asked for it."""
    question = {"scope": "Scope3", "month": "2026-09-01", "subscriptions": [SUBSCRIPTION], "page": 1}
    allowed = [{"subscriptionId": SUBSCRIPTION, "decision": "Allowed"}]
    answer = {
        "value": [resource(f"train-{n}", value) for n, value in enumerate(values, 1)],
        "subscriptionAccessDecisionList": allowed if decisions is None else decisions,
    }
    return json.dumps({"asked": question | (asked or {}), "answer": answer | changes}).encode()

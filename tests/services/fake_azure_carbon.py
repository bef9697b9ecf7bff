"""Azure Carbon Optimization, api-version 2025-04-01: its two routes as the SDK 1.0.0 asks them; every figure is made up."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .fake_http import Asked, Fake, Reply, as_json

TOKEN = "eyJ0b2tlbg.carbon-reader.c2lnbmF0dXJl"
REPORTS = "/providers/Microsoft.Carbon/carbonEmissionReports"
RANGE = "/providers/Microsoft.Carbon/queryCarbonEmissionDataAvailableDateRange"
FIGURES = {"Scope1": 1.0, "Scope2": 20.0, "Scope3": 4.0}


def subscription(number: int) -> str:
    """Give the id of a made-up subscription."""
    return f"00000000-0000-0000-0000-{number:012d}"


@dataclass
class AzureCarbon(Fake):
    """Subscriptions with resources of the same figures; pages hold two resources."""

    resources: dict[str, int] = field(default_factory=lambda: {subscription(1): 3, subscription(2): 2})
    denied: dict[str, str | None] = field(default_factory=dict)
    span: tuple[str, str] = ("2025-10-01", "2026-09-01")
    queries: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, asked: Asked) -> Reply:
        """Answer those who hold the token; refuse what the service refuses."""
        sent = {name.lower(): value for name, value in asked.headers.items()}
        place = urlsplit(asked.path)
        if sent.get("authorization") != f"Bearer {TOKEN}":
            return as_json(
                401, {"error": {"code": "ExpiredAuthenticationToken", "message": "The token has expired."}}
            )
        if parse_qs(place.query).get("api-version") != ["2025-04-01"]:
            return as_json(
                400, {"error": {"code": "InvalidApiVersionParameter", "message": "unknown version"}}
            )
        if place.path == RANGE:
            return as_json(200, {"startDate": self.span[0], "endDate": self.span[1]})
        if place.path != REPORTS:
            return as_json(404, {"error": {"code": "NotFound", "message": place.path}})
        query = json.loads(asked.body)
        self.queries.append(query)
        fault = self._refusal(query)
        return (
            as_json(400, {"error": {"code": "BadRequest", "message": fault}}) if fault else self._page(query)
        )

    def _refusal(self, query: dict[str, Any]) -> str:
        if query["dateRange"]["start"] != query["dateRange"]["end"]:
            return "ItemDetailsReport takes one month"
        if len(query["subscriptionList"]) > 100 or query["pageSize"] > 5000:
            return "at most 100 subscriptions and 5000 items"
        if any(one != one.lower() for one in query["subscriptionList"]):
            return "lower case"
        return "" if len(query["carbonScopeList"]) == 1 else "the answer would be the sum of the scopes"

    def _page(self, query: dict[str, Any]) -> Reply:
        scope = query["carbonScopeList"][0]
        found = [
            {
                "dataType": "ResourceItemDetailsData", "itemName": f"vm{n}", "categoryType": "Resource",
                "latestMonthEmissions": FIGURES[scope], "previousMonthEmissions": 0.5, "subscriptionId": one,
                "resourceGroup": "rg", "resourceId": f"/subscriptions/{one}/resourceGroups/rg/vm{n}",
                "location": "france central", "resourceType": "microsoft.compute/virtualmachines",
            }
            for one in query["subscriptionList"] if one not in self.denied
            for n in range(self.resources.get(one, 0))
        ]  # fmt: skip
        start = int(query.get("skipToken") or 0)
        decisions = [
            {"subscriptionId": one, "decision": "Denied" if one in self.denied else "Allowed"}
            | ({"denialReason": self.denied[one]} if self.denied.get(one) else {})
            for one in query["subscriptionList"]
        ]
        more = {"skipToken": str(start + 2)} if start + 2 < len(found) else {}
        return as_json(
            200, {"value": found[start : start + 2], "subscriptionAccessDecisionList": decisions} | more
        )

"""Entra ID's sign-in and Carbon Optimization behind it on one loopback server over TLS; every figure is made up.

Form: Azure/azure-rest-api-specs, specification/carbon (MIT); skip tokens and limits as documented there.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from .fake_http import Asked, Fake, Reply, as_json

TENANT, CLIENT, SECRET = "11111111-1111-4111-8111-111111111111", "app-id", "a-client-secret"
TOKEN = "a-bearer-token"
REPORTS = "/providers/Microsoft.Carbon/carbonEmissionReports"
RANGE = "/providers/Microsoft.Carbon/queryCarbonEmissionDataAvailableDateRange"
# What a machine and a store of each subscription emit, kg CO2e.
KG = {"Scope1": (0.25, 0.125), "Scope2": (4.5, 1.5), "Scope3": (8.0, 2.75)}


@dataclass
class Azure(Fake):
    """Subscriptions with two resources each; those in ``denied`` answer 200 and give nothing."""

    last_month: str = "2026-10-01"
    denied: dict[str, str] = field(default_factory=dict)
    page_size: int = 5000
    asked: list[dict[str, Any]] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    repeats_token: bool = False

    def answer(self, asked: Asked) -> Reply:
        """Sign in whoever knows the secret, and answer the two operations to the token alone."""
        place = urlsplit(asked.path)
        if place.path.endswith("/openid-configuration"):
            return as_json(200, self._discovery())
        if place.path.endswith("/oauth2/v2.0/token"):
            return self._token(parse_qs(asked.body.decode()))
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return as_json(
                401, {"error": {"code": "AuthenticationFailed", "message": "Authentication failed."}}
            )
        if parse_qs(place.query).get("api-version") != ["2025-04-01"]:
            return as_json(400, {"error": {"code": "InvalidApiVersion", "message": "unknown version"}})
        if place.path == RANGE:
            return as_json(200, {"startDate": "2025-11-01", "endDate": self.last_month})
        if place.path == REPORTS:
            return self._report(json.loads(asked.body))
        return as_json(404, {"error": {"code": "NotFound", "message": "no such operation"}})

    def _discovery(self) -> dict[str, str]:
        root = f"{self.url}/{TENANT}"
        return {
            "issuer": f"{root}/v2.0",
            "token_endpoint": f"{root}/oauth2/v2.0/token",
            "authorization_endpoint": f"{root}/oauth2/v2.0/authorize",
            "device_authorization_endpoint": f"{root}/oauth2/v2.0/devicecode",
        }

    def _token(self, form: dict[str, list[str]]) -> Reply:
        self.scopes += form.get("scope", [])
        if (form.get("client_id"), form.get("client_secret")) != ([CLIENT], [SECRET]):
            said = "AADSTS7000222: The provided client secret keys are expired."
            return as_json(401, {"error": "invalid_client", "error_description": said})
        return as_json(200, {"token_type": "Bearer", "expires_in": 3599, "access_token": TOKEN})

    def _report(self, query: dict[str, Any]) -> Reply:
        self.asked.append(query)
        wanted, span = query["subscriptionList"], query["dateRange"]
        fits = (
            (query["reportType"], query["categoryType"]) == ("ItemDetailsReport", "Resource")
            and len(query["carbonScopeList"]) == 1 and span["start"] == span["end"] and span["start"].endswith("-01")
            and 1 <= len(wanted) <= 100 and all(one == one.lower() for one in wanted)
            and 1 <= query["pageSize"] <= 5000 and {"orderBy", "sortDirection"} <= set(query)
        )  # fmt: skip
        if not fits:
            return as_json(400, {"error": {"code": "InvalidRequest", "message": "invalid query parameters"}})
        items = [
            item
            for one in wanted
            if one not in self.denied
            for item in _items(one, query["carbonScopeList"][0])
        ]
        start = int(query.get("skipToken", "page-0").removeprefix("page-"))
        end = start + self.page_size
        answer: dict[str, Any] = {
            "subscriptionAccessDecisionList": [self._decision(one) for one in wanted],
            "value": items[start:end],
        }
        if end < len(items):
            answer["skipToken"] = "page-0" if self.repeats_token else f"page-{end}"
        return as_json(200, answer)

    def _decision(self, subscription: str) -> dict[str, str]:
        if subscription in self.denied:
            why = self.denied[subscription]
            return {"subscriptionId": subscription, "decision": "Denied"} | (
                {"denialReason": why} if why else {}
            )
        return {"subscriptionId": subscription, "decision": "Allowed"}


def _items(subscription: str, scope: str) -> list[dict[str, Any]]:
    kinds = (("vm-1", "microsoft.compute/virtualmachines"), ("st1", "microsoft.storage/storageaccounts"))
    return [
        {
            "dataType": "ResourceItemDetailsData", "itemName": name, "categoryType": "Resource",
            "latestMonthEmissions": kg, "previousMonthEmissions": 0.05, "monthOverMonthEmissionsChangeRatio": 1.0,
            "monthlyEmissionsChangeValue": 0.05, "subscriptionId": subscription, "resourceGroup": "RG",
            "resourceId": f"/subscriptions/{subscription}/resourceGroups/RG/providers/{kind}/{name}",
            "resourceType": kind, "location": "east us",
        }
        for (name, kind), kg in zip(kinds, KG[scope], strict=True)
    ]  # fmt: skip


def write_certificate(path: Path) -> Path:
    """Write a key and its self-signed certificate for 127.0.0.1: Azure's SDK sends no token without TLS."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.IPv4Address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    path.write_bytes(key.private_bytes(pem, form, serialization.NoEncryption()) + made.public_bytes(pem))
    return path

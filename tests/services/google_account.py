"""A Google service account that exists only for the test, and a statement for it to read."""

from __future__ import annotations

import json
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from .fake_bigquery import PROJECT

MONTH = "2026-03"
ACCOUNTS = ("01A2B3-C4D5E6-F70819", "0F9E8D-7C6B5A-493827")


def service_account_key(token_uri: str) -> dict[str, str]:
    """Give a key file with a fresh private key; its tokens come from ``token_uri``."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "type": "service_account",
        "project_id": PROJECT,
        "private_key_id": "test",
        "private_key": pem.decode(),
        "client_email": f"footing@{PROJECT}.iam.gserviceaccount.com",
        "token_uri": token_uri,
    }


def airflow_connection(fake_url: str) -> str:
    """Give the JSON of an Airflow Google connection that leads to the fake."""
    extra = {
        "project": PROJECT,
        "table": "carbon.carbon_footprint",
        "keyfile_dict": json.dumps(service_account_key(f"{fake_url}/token")),
        "api_endpoint": fake_url,
    }
    return json.dumps({"conn_type": "google_cloud_platform", "extra": extra})


def statement(account: str, lines: int, month: str = MONTH) -> list[dict[str, Any]]:
    """Give made-up export rows of one account, each with figures of its own."""
    rows: list[dict[str, Any]] = []
    for line in range(1, lines + 1):
        scope1, location, market, scope3 = 0.5 * line, 20.0 + line, 3.25 * line, 7.0 + line / 8
        rows.append(
            {
                "usage_month": f"{month}-01",
                "billing_account_id": account,
                "project": {"id": f"fraud-{line}", "number": str(1000 + line)},
                "service": {"id": "F17B-412E-CB64", "description": "Vertex AI"},
                "location": {"location": "us-central1", "region": "us-central1"},
                "carbon_model_version": "14",
                "carbon_footprint_kgCO2e": {
                    "scope1": scope1,
                    "scope2": {"location_based": location, "market_based": market},
                    "scope3": scope3,
                },
                "carbon_footprint_total_kgCO2e": {
                    "location_based": scope1 + location + scope3,
                    "market_based": scope1 + market + scope3,
                },
            }
        )
    return rows

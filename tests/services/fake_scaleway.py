"""Scaleway's Environmental Footprint API v1alpha1: its two routes as the SDK 2.12.0 asks them; every figure is made up."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .fake_http import Asked, Fake, Reply, as_json

ACCESS_KEY, SECRET_KEY = "SCW00000000000000TST", "deadbeef-0000-4000-8000-000000000001"
ORGANIZATION = "99999999-9999-4999-8999-999999999999"
DATA, REPORTS = (
    "/environmental-footprint/v1alpha1/data/query",
    "/environmental-footprint/v1alpha1/reports/availability",
)
SAMPLE = Path(__file__).parents[1] / "connectors/samples/scaleway_impact_synthetic.json"


@dataclass
class Scaleway(Fake):
    """One organization: its month's impact, and the months whose reports are out."""

    impact: dict[str, Any] = field(default_factory=lambda: json.loads(SAMPLE.read_text()))
    reports: list[str] = field(default_factory=lambda: ["2026-08-01T00:00:00Z", "2026-09-01T00:00:00Z"])
    asked_spans: list[tuple[str, str]] = field(default_factory=list)

    def answer(self, asked: Asked) -> Reply:
        """Answer the two routes to those who hold the key, and only in ISO 8601."""
        sent = {name.lower(): value for name, value in asked.headers.items()}
        if sent.get("x-auth-token") != SECRET_KEY:
            return as_json(401, {"message": "authentication is denied", "type": "denied_authentication"})
        place = urlsplit(asked.path)
        query = {name: values[0] for name, values in parse_qs(place.query).items()}
        start, end = query.get("start_date", ""), query.get("end_date", "")
        if query.get("organization_id") != ORGANIZATION or not all(
            d.endswith("T00:00:00Z") for d in (start, end)
        ):
            return as_json(400, {"message": "invalid argument(s)", "type": "invalid_arguments"})
        if place.path == REPORTS:
            months = [month for month in self.reports if start <= month <= end]
            return as_json(200, {"month_summary_reports": months, "yearly_summary_reports": []})
        if place.path == DATA:
            self.asked_spans.append((start, end))
            return as_json(200, self.impact)
        return as_json(404, {"message": "not found"})

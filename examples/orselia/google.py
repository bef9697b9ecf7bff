"""Google's Carbon Footprint export, as CSV extracts with dotted names: one per billing account and month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from examples.orselia.story import MONTHS, rng, write

GROUP, UK = "01A7C4-5E90B2-D36F18", "0B42E9-C81D57-3FA60C"
RESTATED = "2026-03"
HEADER = (
    "usage_month,billing_account_id,project.id,project.number,service.id,service.description,location.location,"
    "location.region,carbon_model_version,carbon_footprint_total_kgCO2e.location_based,"
    "carbon_footprint_total_kgCO2e.market_based,carbon_footprint_kgCO2e.scope1,"
    "carbon_footprint_kgCO2e.scope2.location_based,carbon_footprint_kgCO2e.scope2.market_based,"
    "carbon_footprint_kgCO2e.scope3"
)
SERVICES = {
    "Vertex AI": "C7E2-9256-1C43", "Compute Engine": "6F81-5844-456A",
    "Cloud Storage": "95FF-2EF5-5EA1", "BigQuery": "24E6-581D-38E5",
}  # fmt: skip
NUMBERS = {
    "orselia-fraud-prod": "418207735961", "orselia-fraud-dev": "902316648107",
    "orselia-ai-platform": "557190284633", "orselia-web": "230985517742", "orselia-uk-web": "671420938856",
    "orselia-uk-lab7": "846031297510",
}  # fmt: skip
# Invented shares: how much of a row's scope 2 stays on the market basis, by region.
MARKET_SHARE = {"us-central1": 0.36, "europe-west9": 0.55, "europe-west2": 0.4, "eu": 0.45}


@dataclass(frozen=True)
class Use:
    """A service in a project and place: scope 2 (location) and 3 of its first month in kg, and its growth."""

    account: str
    project: str
    service: str
    location: str
    region: str
    scope2: float
    scope3: float
    growth: float
    first: str = "2024-10"
    last: str = "2026-10"


USES = (
    Use(
        GROUP,
        "orselia-fraud-prod",
        "Vertex AI",
        "us-central1",
        "us-central1",
        392,
        244,
        1.028,
        last="2025-12",
    ),
    Use(GROUP, "orselia-fraud-prod", "BigQuery", "us-central1", "us-central1", 71, 48, 1.02, last="2025-12"),
    Use(
        GROUP,
        "orselia-fraud-prod",
        "Cloud Storage",
        "us-central1",
        "us-central1",
        24,
        31,
        1.015,
        last="2026-02",
    ),
    Use(
        GROUP,
        "orselia-fraud-prod",
        "Vertex AI",
        "europe-west9",
        "europe-west9",
        66,
        470,
        1.022,
        first="2026-01",
    ),
    Use(
        GROUP, "orselia-fraud-prod", "BigQuery", "europe-west9", "europe-west9", 11, 62, 1.02, first="2026-01"
    ),
    Use(
        GROUP,
        "orselia-fraud-prod",
        "Cloud Storage",
        "europe-west9",
        "europe-west9",
        4,
        39,
        1.015,
        first="2026-01",
    ),
    Use(GROUP, "orselia-fraud-dev", "Vertex AI", "us-central1", "us-central1", 83, 52, 1.02, last="2026-01"),
    Use(
        GROUP, "orselia-fraud-dev", "Vertex AI", "europe-west9", "europe-west9", 13, 88, 1.01, first="2026-01"
    ),
    Use(GROUP, "orselia-fraud-dev", "Compute Engine", "europe-west9-b", "europe-west9", 7, 38, 1.01),
    Use(GROUP, "orselia-ai-platform", "BigQuery", "EU", "eu", 22, 41, 1.012),
    Use(GROUP, "orselia-ai-platform", "Cloud Storage", "EU", "eu", 12, 27, 1.02),
    Use(GROUP, "orselia-web", "Compute Engine", "europe-west9-a", "europe-west9", 14, 76, 1.003),
    Use(GROUP, "orselia-web", "Cloud Storage", "europe-west9", "europe-west9", 2, 9, 1.01),
    Use(UK, "orselia-uk-web", "Compute Engine", "europe-west2-c", "europe-west2", 46, 33, 1.004),
    Use(UK, "orselia-uk-web", "Cloud Storage", "europe-west2", "europe-west2", 7, 8, 1.01),
    Use(UK, "orselia-uk-lab7", "Compute Engine", "europe-west2-b", "europe-west2", 29, 22, 1.01),
)


def model_version(month: str) -> int:
    """Tell which model published a month first."""
    return 14 if month < "2026-01" else 15 if month < "2026-07" else 16


def write_history(root: Path) -> None:
    """Write what the export held when each month first came out."""
    for month in MONTHS:
        for account in (GROUP, UK):
            write(
                root, ("gcp_carbon", account, month, f"carbon_footprint_{month}.csv"), extract(account, month)
            )


def write_restatement(root: Path) -> None:
    """March 2026 of the group account once more: newer model, more for Vertex AI, one line withdrawn."""
    data = extract(GROUP, RESTATED, restated=True)
    write(root, ("gcp_carbon", GROUP, RESTATED, f"carbon_footprint_{RESTATED}.csv"), data)


def extract(account: str, month: str, *, restated: bool = False) -> bytes:
    """One account and month."""
    version = model_version(month) + restated
    lines = [HEADER]
    for use in USES:
        if use.account != account or not use.first <= month <= use.last:
            continue
        if restated and (use.project, use.service) == ("orselia-web", "Cloud Storage"):
            continue
        scope1, scope2, market, scope3 = _figures(use, month)
        if restated and use.service == "Vertex AI":
            scope2 = round(scope2 * 1.12, 6)
        totals = (scope1 + scope2 + scope3, scope1 + market + scope3)
        cells = [f"{month}-01", account, use.project, NUMBERS[use.project], SERVICES[use.service], use.service,
                 use.location, use.region, version, *_rounded((*totals, scope1, scope2, market, scope3))]  # fmt: skip
        lines.append(",".join(str(cell) for cell in cells))
    return ("\n".join(lines) + "\n").encode()


def _figures(use: Use, month: str) -> tuple[float, float, float, float]:
    noise = rng("google", use.project, use.service, use.location, month)
    months = MONTHS.index(month) - MONTHS.index(use.first)
    level = use.growth**months * (0.98 + 0.04 * noise.random())
    if month == "2026-01" and (use.last, use.project) == ("2026-01", "orselia-fraud-dev"):
        level *= 0.3  # the rest of the move
    if month >= "2026-01" and use.region == "us-central1" and use.service == "Cloud Storage":
        level *= 0.35
    scope2 = round(use.scope2 * level, 6)
    return (
        round(0.02 * scope2, 6),
        scope2,
        round(scope2 * MARKET_SHARE[use.region], 6),
        round(use.scope3 * level, 6),
    )


def _rounded(values: tuple[float, ...]) -> Iterator[str]:
    return (f"{value:.6f}" for value in values)

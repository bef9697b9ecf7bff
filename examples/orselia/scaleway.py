"""Scaleway's environmental footprint API: one JSON answer per month, projects down to SKUs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from examples.orselia.story import MONTHS, month_end, month_start, rng, write

ORGANIZATION = "1f3e9c52-7a40-4b6d-9c11-0e5d2a8b6f70"
ASSIST, CLAIMS, WEB = (
    "5c0a7d11-42be-4f7e-8d30-6b1f94e2a001",
    "5c0a7d11-42be-4f7e-8d30-6b1f94e2a002",
    "5c0a7d11-42be-4f7e-8d30-6b1f94e2a003",
)
PROJECTS = {ASSIST: "assist-lab", CLAIMS: "claims-vision", WEB: "agencies-web"}


@dataclass(frozen=True)
class Sku:
    """A SKU in a project and place (no zone: a regional one): kg CO2e and m3 of water of its first month."""

    project: str
    region: str
    zone: str
    sku: str
    service: str
    product: str
    kg: float
    water: float
    growth: float = 1.004
    first: str = "2024-10"
    last: str = "2026-10"


SKUS = (
    Sku(ASSIST, "fr-par", "", "/ai/generative-apis/run_par", "ai", "generative_apis", 2.4, 0.011, 1.09, "2025-06"),
    Sku(ASSIST, "fr-par", "", "/storage/object/standard_par", "storage", "object_storage", 0.9, 0.004, 1.03, "2025-06"),
    Sku(ASSIST, "fr-par", "fr-par-2", "/ai/managed-inference/l4_par2", "ai", "managed_inference", 14.5, 0.06, 1.03,
        "2025-10"),
    Sku(CLAIMS, "fr-par", "", "/storage/object/standard_par", "storage", "object_storage", 3.1, 0.013, 1.02),
    Sku(CLAIMS, "fr-par", "fr-par-2", "/compute/gpu_l4_1/run_par2", "compute", "instances", 11.0, 0.045, 1.02,
        "2025-11"),
    Sku(CLAIMS, "nl-ams", "nl-ams-1", "/compute/gpu_l4_1/run_ams1", "compute", "instances", 24.0, 0.02, 1.01,
        last="2025-11"),
    Sku(WEB, "fr-par", "", "/network/lb_s/run_par", "network", "load_balancer", 1.2, 0.005),
    Sku(WEB, "fr-par", "", "/storage/object/standard_par", "storage", "object_storage", 2.2, 0.009),
    Sku(WEB, "fr-par", "fr-par-1", "/compute/pro2_s/run_par1", "compute", "instances", 17.5, 0.07),
    Sku(WEB, "fr-par", "fr-par-1", "/containers/kapsule/run_par1", "containers", "kubernetes", 6.5, 0.026),
    Sku(WEB, "fr-par", "fr-par-2", "/databases/rdb_db_pro2_xs/run_par2", "databases", "managed_relational_databases",
        8.5, 0.034),
    Sku(WEB, "pl-waw", "pl-waw-2", "/compute/pro2_xs/run_waw2", "compute", "instances", 13.0, 0.012),
)  # fmt: skip


def write_history(root: Path) -> None:
    """Write one answer per month."""
    for month in MONTHS:
        data = json.dumps(answer(month), indent=1) + "\n"
        name = f"impact-{month}.json"
        write(root, ("scaleway_footprint", ORGANIZATION, month, name), data.encode())


def living(month: str) -> list[Sku]:
    """Give the SKUs of a month, by project, region and zone."""
    return [sku for sku in SKUS if sku.first <= month <= sku.last]


def level(sku: Sku, month: str) -> float:
    """How much more a SKU is used than in its first month."""
    months = MONTHS.index(month) - MONTHS.index(sku.first)
    return sku.growth**months * (0.98 + 0.04 * rng("scaleway", sku.project, sku.sku, month).random())


def answer(month: str) -> dict[str, Any]:
    """One month: impacts at each level, each the sum of the leaves below it, to the digit."""
    skus = living(month)
    return {
        "start_date": f"{month_start(month):%Y-%m-%dT%H:%M:%SZ}",
        "end_date": f"{month_end(month):%Y-%m-%dT%H:%M:%SZ}",
        "total_impact": _impact(skus, month),
        "projects": [
            {"project_id": project, "total_project_impact": _impact(mine, month), "regions": _regions(mine, month)}
            for project, mine in _groups(skus, lambda sku: sku.project)
        ],
    }  # fmt: skip


def _regions(skus: list[Sku], month: str) -> list[dict[str, Any]]:
    return [
        {
            "region": region,
            "total_region_impact": _impact(mine, month),
            "zones": [
                {"zone": zone, "total_zone_impact": _impact(leaves, month), "skus": _leaves(leaves, month)}
                for zone, leaves in _groups(mine, lambda sku: sku.zone)
                if zone
            ],
            "skus": _leaves([sku for sku in mine if not sku.zone], month),
        }
        for region, mine in _groups(skus, lambda sku: sku.region)
    ]


def _leaves(skus: list[Sku], month: str) -> list[dict[str, Any]]:
    return [
        {
            "sku": sku.sku,
            "service_category": sku.service,
            "product_category": sku.product,
            "total_sku_impact": _impact([sku], month),
        }
        for sku in skus
    ]


def _groups(skus: list[Sku], key: Callable[[Sku], str]) -> Iterable[tuple[str, list[Sku]]]:
    return [(name, list(group)) for name, group in groupby(sorted(skus, key=key), key)]


def _impact(skus: list[Sku], month: str) -> dict[str, float]:
    parts = [(sku, level(sku, month)) for sku in skus]
    carbon = sum((Decimal(f"{sku.kg * share:.6f}") for sku, share in parts), Decimal(0))
    water = sum((Decimal(f"{sku.water * share:.6f}") for sku, share in parts), Decimal(0))
    return {"kg_co2_equivalent": float(carbon), "m3_water_usage": float(water)}

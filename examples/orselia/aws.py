"""AWS's carbon emissions data export: gzipped CSV, one file per month and model version."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from examples.orselia.story import MONTHS, month_end, month_start, rng, write

EXPORT = "orselia-carbon"
PAYER = "900173554082"
SCIENCE, DIGITAL = "004215773910", "118830046275"
NEW_MODEL = "2025-10"
SIDE_BY_SIDE = ("2025-10", "2025-11", "2025-12")
"""Three months in which the export delivers the old and the new model version."""

RESTATED = "2026-07"
MOVE = "2025-09"
"""Training moves from Ireland to Paris."""

UNIT = "MTCO2e"
MEASURES = (
    "total_mbm_emissions", "total_lbm_emissions", "total_scope_1_emissions", "total_scope_2_lbm_emissions",
    "total_scope_2_mbm_emissions", "total_scope_3_lbm_emissions", "total_scope_3_mbm_emissions",
)  # fmt: skip
HEADER = (
    "last_refresh_timestamp", "usage_period_start", "usage_period_end", "payer_account_id", "usage_account_id",
    "location", "region_code", "product_code", "model_version",
    *(f"{measure}_{cell}" for measure in MEASURES for cell in ("value", "unit")),
)  # fmt: skip
PLACES = {
    "eu-west-3": "Europe (Paris)",
    "eu-west-1": "Europe (Ireland)",
    "global": "Global Services",
}
# Invented shares: how much of a row's scope 2 stays on the market basis.
MARKET_SHARE = {
    ("eu-west-3", "AmazonEC2"): "0.38", ("eu-west-3", "AmazonS3"): "0.38", ("eu-west-3", "Other"): "0.41",
    ("eu-west-1", "AmazonEC2"): "0", ("eu-west-1", "AmazonS3"): "0.004", ("eu-west-1", "Other"): "0.009",
    ("global", "Other"): "0.2",
}  # fmt: skip
RESTATED_SHARE = "0.14"
"""What the restatement puts in place of the Irish shares."""


@dataclass(frozen=True)
class Use:
    """A product of an account in a region: scope 2 (location) and 3 of its first month in kg, and its growth."""

    account: str
    region: str
    product: str
    scope2: float
    scope3: float
    growth: float
    first: str = "2024-10"
    last: str = "2026-10"


USES = (
    Use(SCIENCE, "eu-west-1", "AmazonEC2", 74, 38, 1.006),
    Use(SCIENCE, "eu-west-1", "AmazonS3", 21, 19, 1.004),
    Use(SCIENCE, "eu-west-1", "Other", 196, 88, 1.03, last="2025-10"),
    Use(SCIENCE, "eu-west-3", "AmazonEC2", 24, 92, 1.022),
    Use(SCIENCE, "eu-west-3", "AmazonS3", 6, 24, 1.02),
    Use(SCIENCE, "eu-west-3", "Other", 9, 31, 1.015),
    Use(SCIENCE, "eu-west-3", "Other", 46, 148, 1.035, first=MOVE),
    Use(DIGITAL, "eu-west-1", "AmazonEC2", 88, 46, 0.998),
    Use(DIGITAL, "eu-west-1", "Other", 32, 21, 1.002),
    Use(DIGITAL, "eu-west-3", "AmazonEC2", 39, 142, 1.004),
    Use(DIGITAL, "eu-west-3", "AmazonS3", 7, 26, 1.01),
    Use(DIGITAL, "eu-west-3", "Other", 12, 51, 1.006),
    Use(DIGITAL, "global", "Other", 9, 11, 1.003),
)


def versions(month: str) -> list[str]:
    """Tell which model versions a month's delivery holds, the oldest first."""
    old = ["v2.0.0"] if month < NEW_MODEL or month in SIDE_BY_SIDE else []
    return old + (["v3.0.0"] if month >= NEW_MODEL else [])


def write_history(root: Path) -> None:
    """Write what the export held when each month first came out."""
    for month in MONTHS:
        for version in versions(month):
            _write(root, month, version, statement(month, version))


def write_restatement(root: Path) -> None:
    """July 2026 once more: the same model version, more on the market basis in Ireland."""
    _write(root, RESTATED, "v3.0.0", statement(RESTATED, "v3.0.0", restated=True))


def statement(month: str, version: str, *, restated: bool = False) -> str:
    """One month in one model version."""
    refreshed = f"{month_end(month):%Y-%m}-20T05:41:07.000Z"
    if restated:
        refreshed = "2026-11-12T17:20:30.000Z"
    head = (
        refreshed,
        f"{month_start(month):%Y-%m-%dT00:00:00.000Z}",
        f"{month_end(month):%Y-%m-%dT00:00:00.000Z}",
    )
    lines = [",".join(HEADER)]
    for account, region, product in sorted({(use.account, use.region, use.product) for use in USES}):
        figures = _figures(account, region, product, month, version, restated)
        if figures is None:
            continue
        where = (PAYER, account, PLACES[region], "" if region == "global" else region, product, version)
        cells = [cell for value in figures for cell in (("", "") if value is None else (f"{value:f}", UNIT))]
        lines.append(",".join((*head, *where, *cells)))
    return "\n".join(lines) + "\n"


def level(use: Use, month: str) -> float:
    """How much more a use is than in its first month; 0 while it isn't."""
    if not use.first <= month <= use.last:
        return 0.0
    months = MONTHS.index(month) - MONTHS.index(use.first)
    noise = rng("aws", use.account, use.region, use.product, use.first, month).random()
    # The last workloads of Ireland run out after the move.
    rest = 0.25 if use.last == "2025-10" and month >= MOVE else 1.0
    return use.growth**months * (0.98 + 0.04 * noise) * rest


def _write(root: Path, month: str, version: str, text: str) -> None:
    name = f"{EXPORT}-{version}-{month}.csv.gz"
    write(root, ("aws_carbon", EXPORT, month, name), gzip.compress(text.encode(), 9, mtime=0))


def _figures(
    account: str, region: str, product: str, month: str, version: str, restated: bool
) -> tuple[Decimal | None, ...] | None:
    """Give a row's figures in tonnes, in the order of the columns; a total is the sum of its scopes to the digit."""
    uses = [use for use in USES if (use.account, use.region, use.product) == (account, region, product)]
    levels = [level(use, month) for use in uses]
    if not any(levels):
        return None
    scope2 = _tonnes(sum(use.scope2 * part for use, part in zip(uses, levels, strict=True)))
    share = RESTATED_SHARE if restated and region == "eu-west-1" else MARKET_SHARE[region, product]
    scope1 = _tonnes(float(scope2) * 15)
    market = _tonnes(float(scope2) * 1000 * float(share))
    if version == "v2.0.0":
        return scope1 + market, scope1 + scope2, scope1, scope2, market, None, None
    scope3 = _tonnes(sum(use.scope3 * part for use, part in zip(uses, levels, strict=True)))
    upstream = _tonnes(float(scope3) * 920)
    return scope1 + market + upstream, scope1 + scope2 + scope3, scope1, scope2, market, scope3, upstream


def _tonnes(kg: float) -> Decimal:
    return Decimal(f"{kg / 1000:.9f}")

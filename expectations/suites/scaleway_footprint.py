"""Leaves of Scaleway's environmental footprint, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import all_true, between, filled, not_empty

# One SKU of one project: 100 t, or 100,000 m³, in a month is far above what any has shown.
MAX_SKU = 100_000
# What each level's leaves have in common.
LEVELS = {
    "organization": [],
    "project": ["project_id"],
    "region": ["project_id", "region"],
    "zone": ["project_id", "region", "zone"],
}
# Of a total, or a gram per leaf where that is more: Scaleway does not say how it rounds.
RELATIVE, PER_LEAF = 1e-4, 0.001


def suite() -> list[Any]:
    """The suite of the typed rows; ``<level>_adds_up`` is derived in ``columns``."""
    remedy = "ask for the month again, or ask Scaleway's support"
    return [
        not_empty("impact", "check the organization and the month"),
        *(filled(column, remedy) for column in ("month", "project_id", "region", "sku", "kg_co2e")),
        between("kg_co2e", 0, MAX_SKU, "check the unit: the answer is in kg", "warning"),
        between("water_m3", 0, MAX_SKU, "check the unit: the answer is in m³", "warning"),
        *(
            all_true(
                f"{level}_adds_up",
                f"{level}_total_equals_leaves",
                f"the {level}'s stated totals = its SKUs, each counted once, in kg and in m³",
                remedy,
            )
            for level in LEVELS
        ),
    ]


def columns(rows: Any) -> Any:
    """Add what the suite looks at: per level, whether the leaves below sum to the stated total."""
    for level, names in LEVELS.items():
        # Regional SKUs stand in no zone and have no zone's total.
        keys = [
            rows[name].fillna("-") for name in (*(["doc_key"] if "doc_key" in rows else []), "month", *names)
        ]
        passes = rows["month"].notna()
        for figure in ("kg_co2e", "water_m3"):
            stated, leaves = rows[f"{level}_{figure}"], rows[figure].groupby(keys)
            allowed = (stated.abs() * RELATIVE).clip(lower=leaves.transform("size") * PER_LEAF)
            passes &= stated.isna() | ((leaves.transform("sum") - stated).abs() <= allowed)
        rows = rows.assign(**{f"{level}_adds_up": passes})
    return rows

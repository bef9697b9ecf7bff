"""What the products were used for: one CSV per month from the product teams."""

from __future__ import annotations

from pathlib import Path

from examples.orselia.story import MONTHS, rng, write

# project: first month in use, requests then, growth per month, users, right answers in a sample of 100
PRODUCTS = {
    "P-CLAIMS": ("2024-10", 86_000, 1.06, 118, 91),
    "P-DOCAI": ("2025-09", 41_000, 1.05, 9_400, 94),
    "P-FRAUD": ("2024-10", 152_000, 1.01, 14, 88),
    "P-ASSIST": ("2026-07", 12_500, 1.18, 260, 86),
}


def write_history(root: Path) -> None:
    """Write the months' volumes."""
    for month in MONTHS:
        write(root, ("volumes", "products", month, f"volumes-{month}.csv"), export(month))


def export(month: str) -> bytes:
    """Requests, users and accuracy of the products in use, and the group's staff."""
    rows = ["month,project,metric,quantity,unit"]
    for project, (first, requests, growth, users, right) in PRODUCTS.items():
        if month < first:
            continue
        dice = rng("volumes", project, month)
        served = (
            requests * growth ** (MONTHS.index(month) - MONTHS.index(first)) * (0.97 + 0.06 * dice.random())
        )
        rows.append(f"{month},{project},requests,{round(served)},request")
        rows.append(f"{month},{project},users,{round(users * (0.98 + 0.04 * dice.random()))},user")
        rows.append(f"{month},{project},accuracy,{(right + dice.randrange(-2, 3)) / 100},share")
    rows.append(f"{month},P-AIPLAT,employees,{34 + MONTHS.index(month) // 4},employee")
    return ("\n".join(rows) + "\n").encode()

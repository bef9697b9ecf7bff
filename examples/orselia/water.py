"""Water invoices of the Paris site: one per calendar month, from a meter that is read from afar."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

from examples.orselia.story import MONTHS, month_end, month_start, rng, write

HEADER = "Fournisseur;N° facture;Compteur;Du;Au;Volume (m3);Rejet (m3);Montant HT;Devise;Avoir"
METER = "EP-93-004417"
BASE_M3 = 21.0
"""Offices and humidifiers, all year round."""

COOLING_M3 = 26.0
"""What the towers evaporate more in the warmest month than in the coldest."""

EVAPORATED = 0.8
"""Of what is taken in beyond the base; a second meter tells the works what returns to the sewer."""

EUR_PER_M3 = 4.38


def write_bills(root: Path) -> None:
    """Write one invoice for every month."""
    noise = rng("water", "par1")
    for n, month in enumerate(MONTHS):
        begin, end = month_start(month).date(), month_end(month).date()
        warmth = (1 - math.cos(2 * math.pi * (begin.month - 1) / 12)) / 2
        m3 = round((BASE_M3 + COOLING_M3 * warmth * (1 + 0.1 * n / 24)) * (0.96 + 0.08 * noise.random()))
        write(root, ("water", "par1", month, f"facture_eau_{month}.csv"), _invoice(n, begin, end, m3))


def _invoice(n: int, begin: dt.date, end: dt.date, m3: int) -> bytes:
    last = end - dt.timedelta(days=1)
    price = f"{m3 * EUR_PER_M3:.2f}".replace(".", ",")
    cells = ["Régie des Eaux de la Plaine", f"EAU-{40912 + 61 * n}", METER, f"{begin:%d/%m/%Y}", f"{last:%d/%m/%Y}",
             str(m3), str(round(m3 - EVAPORATED * (m3 - BASE_M3))), price, "EUR", "Non"]  # fmt: skip
    return f"{HEADER}\n{';'.join(cells)}\n".encode()

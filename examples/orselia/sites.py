"""What the sites read themselves (roof, generator, meters inside) and the heat of the Paris offices."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

from examples.orselia import generator
from examples.orselia.story import MONTHS, month_end, month_start, rng, write

GENERATOR, ROOF, FEED, COOLING = "par1-groupe", "par1-toiture", "par1-tgbt-it", "par1-froid"
HEAT_STATION = "SST-75-11482"
ROOF_SINCE, METERS_SINCE = "2025-06", "2026-01"
"""The roof is in service and the generator's meter read from June 2025, the meters of the IT feed and of cooling from January 2026."""

ROOF_KWP = 36.0
YIELD = (32, 52, 88, 115, 132, 138, 142, 126, 98, 64, 36, 27)
"""Invented kWh per kWp and month for a flat roof near Paris, 1,050 a year."""
HEAT_MWH = (21.4, 18.9, 15.2, 8.8, 3.1, 1.2, 1.1, 1.0, 1.9, 7.6, 14.3, 19.8)

READINGS = "compteur;du;au;kwh;agent"
HEAT = "Réseau;Facture;Sous-station;Période du;Période au;Énergie (MWh);Montant HT;Devise"


def roof_kwh(month: str) -> float:
    """What the roof made in a month."""
    if month < ROOF_SINCE:
        return 0.0
    return round(ROOF_KWP * YIELD[int(month[5:]) - 1] * (0.93 + 0.14 * rng("roof", month).random()), 1)


def generator_kwh(month: str) -> float:
    """What the generator gave the site: until June 2025 it was tested on a load bank, and no meter was read."""
    return 0.0 if month < ROOF_SINCE else generator.metered_kwh(month)


def measured_pue(month: str) -> float:
    """PUE of par1 by its own meters: cooling works harder in summer."""
    season = math.cos((int(month[5:]) - 7) / 6 * math.pi)
    return 1.33 + 0.05 * season + 0.01 * rng("pue", month).random()


def write_sites(root: Path, feed_kwh: dict[str, float]) -> None:
    """Write readings of own meters of par1 and heat bills of the Paris offices; ``feed_kwh`` is what IT and its cooling drew."""
    for month in MONTHS:
        begin, end = month_start(month).date(), month_end(month).date()
        if month >= ROOF_SINCE:
            kwh = {ROOF: roof_kwh(month), GENERATOR: generator_kwh(month)}
            if month >= METERS_SINCE:
                kwh |= {FEED: feed_kwh[month], COOLING: feed_kwh[month] * (1 - 1 / measured_pue(month))}
            lines = [
                f"{meter};{begin:%d/%m/%Y};{end:%d/%m/%Y};{_comma(value)};relevé GTB"
                for meter, value in kwh.items()
            ]
            write(root, ("site_meters", "par1", month, f"releves_{month}.csv"), _text(READINGS, lines))
        write(root, ("heat", "office-par", month, f"chaleur_{month}.csv"), _heat(month, begin, end))


def _heat(month: str, begin: dt.date, end: dt.date) -> bytes:
    mwh = HEAT_MWH[begin.month - 1] * (0.92 + 0.16 * rng("heat", month).random())
    last = end - dt.timedelta(days=1)
    cells = ["Chaleur Séquanaise", f"CS-{month.replace('-', '')}-0417", HEAT_STATION, f"{begin:%d/%m/%Y}",
             f"{last:%d/%m/%Y}", f"{mwh:.2f}".replace(".", ","), _comma(mwh * 81.3), "EUR"]  # fmt: skip
    return _text(HEAT, [";".join(cells)])


def _comma(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _text(header: str, lines: list[str]) -> bytes:
    return ("\n".join([header, *lines]) + "\n").encode()

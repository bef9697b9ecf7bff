"""What burns and leaks: the logs of a generator, a van, the offices' gas and the cooling machines of par1."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from examples.orselia import generator
from examples.orselia.story import MONTHS, month_end, month_start, rng, write

FIRST = MONTHS[0]
"""The logs are asked for once; each export holds all lines so far and stands under the first period."""

# Offices heat with gas: kWh of a month by its number, gross calorific value.
GAS_KWH = {1: 41_000, 2: 36_500, 3: 29_000, 4: 15_500, 5: 6_000, 6: 2_100, 7: 1_900, 8: 1_700, 9: 3_200, 10: 14_000,
           11: 27_500, 12: 37_500}  # fmt: skip
FUEL_HEADER = "N°;Repère;Usage;Carburant;Quantité;Unité;Date"
GAS_HEADER = "Facture;PCE;Usage;Énergie;Consommation;Unité;Du;Au;Avoir"
COLD_HEADER = "Fiche;Machine;Fluide;Opération;Kg;Date"
PCE = "21436587091234"
COLD: tuple[tuple[str, str, str, str, str], ...] = (
    # The chiller is weighed each New Year's Eve; between two counts the mass balance tells its leak.
    ("par1-chw1", "R410A", "Pesée", "120", "2024-12-31"),
    ("par1-split-ups", "R-22", "Complément", "1,2", "2025-03-18"),
    ("par1-chw1", "R410A", "Complément", "9", "2025-07-22"),
    ("par1-chw1", "R410A", "Pesée", "119", "2025-12-31"),
    # The old R-22 unit goes, and one with R-32 takes its place.
    ("par1-split-ups", "R-22", "Récupération", "3,1", "2026-02-11"),
    ("par1-split-ups-2", "R-32", "Mise en charge", "2,8", "2026-02-12"),
    # A valve of the chiller breaks.
    ("par1-chw1", "R410A", "Complément", "14", "2026-06-09"),
)


def write_logs(root: Path) -> None:
    """Write the three logs as they stood in October 2026."""
    write(root, ("fuel", "par1", FIRST, "carnet_gnr.csv"), _fuel())
    write(root, ("fuel", "office-par", FIRST, "factures_gaz.csv"), _gas())
    write(root, ("refrigerants", "par1", FIRST, "carnet_fluides.csv"), _cold())


def _fuel() -> bytes:
    dice = rng("scope1", "fuel")
    lines = [FUEL_HEADER]
    for month in MONTHS:
        day = month_start(month).date()
        burnt = {8: generator.tested_litres(month), 19: generator.outage_litres(month)}
        lines += [
            _line(len(lines) + n, "par1-gen1", "Groupe", "GNR", litres, day.replace(day=number))
            for n, (number, litres) in enumerate(item for item in burnt.items() if item[1])
        ]
        van = 52 + 18 * dice.random()
        lines.append(_line(len(lines), "it-van-1", "Véhicule", "Gazole", van, day.replace(day=23)))
    return ("\n".join(lines) + "\n").encode()


def _line(number: int, place: str, use: str, fuel: str, litres: float, day: dt.date) -> str:
    return f"{number};{place};{use};{fuel};{f'{litres:.1f}'.replace('.', ',')};L;{day:%d/%m/%Y}"


def _gas() -> bytes:
    dice = rng("scope1", "gas")
    lines = [GAS_HEADER]
    for n, month in enumerate(MONTHS):
        begin, last = month_start(month).date(), month_end(month).date() - dt.timedelta(days=1)
        kwh = round(GAS_KWH[begin.month] * (0.92 + 0.16 * dice.random()))
        lines.append(
            f"GZ-{7120 + 11 * n};{PCE};Chauffage;Gaz naturel;{kwh};kWh PCS;{begin:%d/%m/%Y};{last:%d/%m/%Y};Non"
        )
    return ("\n".join(lines) + "\n").encode()


def _cold() -> bytes:
    lines = [COLD_HEADER]
    for n, (machine, fluid, work, kg, day) in enumerate(COLD, start=1):
        lines.append(f"FI-{n:03d};{machine};{fluid};{work};{kg};{dt.date.fromisoformat(day):%d/%m/%Y}")
    return ("\n".join(lines) + "\n").encode()

"""Electricity invoices: a French supplier by calendar month, a British one from the 21st to the 20th."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from examples.orselia.machines import Board, site_kwh_by_day
from examples.orselia.story import MONTHS, NEW_SERVERS, START, month_end, month_start, rng, write

PUE = {"par1": 1.35, "lon1": 1.45}
FEED_SHARE = {"par1": 0.85, "lon1": 1.0}
DECLARED_KW = {"par1": (14.1, 15.3), "lon1": (11.2, 12.0)}
"""Servers, storage and GPU hosts, before and after the two GPU servers of March 2025."""
UNDECLARED_KW = {"par1": 6.1, "lon1": 3.2}
"""Network and what nobody declared: the part of the bill that stays undecided."""

METER = {"par1": "30001450728316", "lon1": "1200045678901"}
CORRECTED = "2025-05"
"""par1: an estimated invoice of this month is credited and billed again from a reading."""

FRENCH = "Fournisseur;N° facture;Ligne;PDL;Du;Au;Consommation (kWh);Type de relevé;Montant HT;Devise;Avoir"
BRITISH = "Supplier,Invoice No,Line,MPAN,Period From,Period To,kWh,Read Type,Net Amount,Currency,Credit Note"


def write_bills(root: Path, boards: list[Board]) -> None:
    """Bills of both sites for every month."""
    daily = {site: _metered_by_day(site, boards) for site in PUE}
    for n, month in enumerate(MONTHS):
        begin, end = month_start(month).date(), month_end(month).date()
        kwh = round(_between(daily["par1"], begin, end), 1)
        write(
            root, ("electricity", "par1", month, f"facture_{month}.csv"), _french(n, month, begin, end, kwh)
        )
        if month == CORRECTED:
            write(
                root,
                ("electricity", "par1", month, f"rectification_{month}.csv"),
                _correction(n, begin, end, kwh),
            )
        write(root, ("electricity", "lon1", month, f"invoice_{month}.csv"), _british(n, begin, daily["lon1"]))


def _metered_by_day(site: str, boards: list[Board]) -> list[float]:
    noise = rng("electricity", site)
    days = []
    for day, gpu_kwh in enumerate(site_kwh_by_day(boards, site)):
        declared = DECLARED_KW[site][START + dt.timedelta(days=day) >= NEW_SERVERS]
        undeclared = UNDECLARED_KW[site] * (1 + 0.08 * day / 761) * (0.97 + 0.06 * noise.random())
        days.append((gpu_kwh + 24 * (declared + undeclared)) * PUE[site] / FEED_SHARE[site])
    return days


def _between(daily: list[float], begin: dt.date, end: dt.date) -> float:
    """KWh of the days from ``begin`` up to ``end``; days outside the story are like its nearest day."""
    first = START.date()
    days = range((begin - first).days, (end - first).days)
    return sum(daily[min(max(day, 0), len(daily) - 1)] for day in days)


def _comma(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def _french_line(
    number: str, line: int, begin: dt.date, end: dt.date, kwh: float, reading: str, credit: bool
) -> str:
    last = end - dt.timedelta(days=1)
    cells = ["Électricité Horizon", number, str(line), METER["par1"], f"{begin:%d/%m/%Y}", f"{last:%d/%m/%Y}",
             _comma(kwh, 1), reading, _comma(kwh * 0.1487, 2), "EUR", "Oui" if credit else "Non"]  # fmt: skip
    return ";".join(cells)


def _french(n: int, month: str, begin: dt.date, end: dt.date, kwh: float) -> bytes:
    estimated = month == CORRECTED
    billed = round(kwh * 1.09, 1) if estimated else kwh
    line = _french_line(
        f"FH-{20318 + 37 * n}", 1, begin, end, billed, "Estimé" if estimated else "Réel", False
    )
    return f"{FRENCH}\n{line}\n".encode()


def _correction(n: int, begin: dt.date, end: dt.date, kwh: float) -> bytes:
    number = 20318 + 37 * n
    credit = _french_line(f"AV-{number + 9}", 1, begin, end, -round(kwh * 1.09, 1), "Estimé", True)
    again = _french_line(f"FH-{number + 10}", 1, begin, end, kwh, "Réel", False)
    return f"{FRENCH}\n{credit}\n{again}\n".encode()


def _british(n: int, month: dt.date, daily: list[float]) -> bytes:
    begin = month.replace(day=21)
    end = (begin + dt.timedelta(days=20)).replace(day=21)
    periods = [(n + 1, begin, end)]
    if n == 0:
        periods.insert(0, (0, dt.date(2024, 9, 21), begin))
    lines = [BRITISH]
    for number, since, until in periods:
        kwh = round(_between(daily, since, until))
        last = until - dt.timedelta(days=1)
        lines.append(
            f"Thames Valley Power,TVP{884100 + number},1,{METER['lon1']},{since:%d/%m/%Y},{last:%d/%m/%Y},"
            f"{kwh},Actual,{kwh * 0.2361:.2f},GBP,No"
        )
    return ("\n".join(lines) + "\n").encode()

"""Write the bundled organization's documents: ``python -m examples.orselia.generate [folder]``.

The same seed gives the same bytes. All documents are synthetic but Boavizta's data set, which is real and kept.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

from examples.orselia import accounting, paper, telemetry
from examples.orselia.timeline import MONTHS, jobs

SITES = ("par1", "lon1")


def write(folder: Path, months: list[str]) -> None:
    """Write the documents of some months, and the register, below ``folder``."""
    all_jobs = jobs()
    history = folder / "1-history"
    for month in months:
        for account in (paper.FRENCH, paper.BRITISH):
            _put(history / "gcp_carbon" / account / month / "carbon_footprint.csv", paper.google(account, month))
        for site in SITES:
            body = gzip.compress(telemetry.answer(site, month, all_jobs), mtime=0)
            _put(history / "dcgm" / site / month / "query_range.json.gz", body)
            _put(history / "slurm" / site / month / "sacct.psv", accounting.sacct(site, month, all_jobs))
        bills = history / "electricity"
        _put(bills / "par1" / month / "factures.csv", paper.bills_paris(month))
        _put(bills / "lon1" / month / "invoice.csv", paper.bills_london(month))
        if month == MONTHS[0]:
            _put(bills / "lon1" / month / "invoice-september.csv", paper.bills_london(month, before=True))
            _put(history / "assets" / "register" / month / "alm_hardware.csv", paper.register())
        if month == paper.RESTATED:
            restated = folder / "2-restatement" / "gcp_carbon" / paper.FRENCH / month / "carbon_footprint.csv"
            _put(restated, paper.google(paper.FRENCH, month, restated=True))


def _put(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "drops", MONTHS)

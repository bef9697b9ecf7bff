"""What attributing telemetry to jobs costs beside a plain hourly roll-up: ``python -m benchmarks.telemetry``."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from benchmarks._machine import description, measure, record
from benchmarks._telemetry_files import BOARDS, MINUTES, write

RATIO, LIMIT_MB, MEMORY_GROWTH, TIME_GROWTH, CONSERVED = 5.0, 600, 1.2, 12.0, 1e-9


class Runs:
    """Times and peaks of both ways over one folder, interleaved so that a noisy minute hits both."""

    def __init__(self, folder: Path, repeats: int) -> None:
        self.seconds: dict[str, list[float]] = {"plain": [], "attributed": []}
        self.peak_mb: dict[str, float] = {"plain": 0.0, "attributed": 0.0}
        self.kwh: dict[str, float] = {}
        self.least = self.jobs_kwh = 0.0
        for _ in range(repeats):
            for way in self.seconds:
                done = measure("-m", "benchmarks._telemetry_run", way, str(folder))
                seconds, kwh, jobs_kwh, least = map(float, done.output.split())
                self.seconds[way].append(seconds)
                self.peak_mb[way] = max(self.peak_mb[way], done.peak_mb)
                self.kwh[way] = kwh
                if way == "attributed":
                    self.jobs_kwh, self.least = jobs_kwh, least
                print(f"{way}: {seconds:.2f} s, {done.peak_mb:.0f} MB", flush=True)

    def median(self, way: str) -> float:
        """Give the median seconds of a way."""
        return statistics.median(self.seconds[way])

    @property
    def ratio(self) -> float:
        """Give how much longer attributing takes than rolling up."""
        return self.median("attributed") / self.median("plain")

    @property
    def lost(self) -> float:
        """Give the share of the measured energy that neither jobs nor idle have."""
        return abs(self.kwh["attributed"] / self.kwh["plain"] - 1)

    def line(self, clusters: int, jobs: int) -> str:
        """Give a row of the table."""
        return (
            f"| {clusters * BOARDS * MINUTES / 1e6:,.1f} M | {jobs:,} | {self.median('plain'):,.2f} s "
            f"| {self.median('attributed'):,.2f} s | {self.ratio:.2f} | {self.peak_mb['plain']:,.0f} MB "
            f"| {self.peak_mb['attributed']:,.0f} MB | {self.jobs_kwh / self.kwh['attributed']:.1%} | {self.lost:.0e} |"
        )


def _measured(clusters: int, repeats: int) -> tuple[Runs, str]:
    with tempfile.TemporaryDirectory(prefix="footing-bench-") as name:
        jobs = write(Path(name), clusters)
        runs = Runs(Path(name), repeats)
    return runs, runs.line(clusters, jobs)


def main() -> None:
    """Measure one cluster and ten; print and record the ratios; fail above a limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--no-record", action="store_true", help="print only")
    asked = parser.parse_args()
    (one, first), (ten, second) = _measured(1, asked.repeats), _measured(10, 1)
    memory = ten.peak_mb["attributed"] / one.peak_mb["attributed"]
    seconds = ten.median("attributed") / one.median("attributed")
    growth = f"Ten times the samples: {memory:.2f} × the memory, {seconds:.1f} × the time."
    print(first, second, growth, sep="\n")
    body = "\n".join([
        "Typed one-minute samples of boards without a label, and Slurm jobs of random length with idle gaps, synthetic: a month",
        "of 1,000 boards per cluster, one document each. *Plain* is one hourly sum per board; *attributed* is the roll-up",
        "`job_hours` (it makes its own hourly sums). Median of interleaved runs; ten clusters once. Lost: what jobs and idle",
        "miss of the energy measured.", "",
        "| samples | jobs | plain | attributed | ratio | peak, plain | peak, attributed | of jobs | lost |",
        "|---|---|---|---|---|---|---|---|---|", first, second, "", growth,
        f"Limits: ratio {RATIO:g}, {LIMIT_MB} MB, {MEMORY_GROWTH:g} × the memory, {TIME_GROWTH:g} × the time, {CONSERVED:g} lost.",
        "", description("duckdb"),
    ])  # fmt: skip
    if not asked.no_record:
        record("Telemetry to jobs", body)
    within = [
        one.ratio <= RATIO, max(one.peak_mb["attributed"], ten.peak_mb["attributed"]) <= LIMIT_MB,
        memory <= MEMORY_GROWTH, seconds <= TIME_GROWTH, max(one.lost, ten.lost) <= CONSERVED,
        min(one.least, ten.least) >= -1e-12,
    ]  # fmt: skip
    if not all(within):
        raise SystemExit(f"above a limit: {within}")


if __name__ == "__main__":
    main()

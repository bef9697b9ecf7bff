"""How fast, and in how much memory, a FOCUS export is read and rolled up: ``python -m benchmarks.focus_ingest``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks._focus_file import write
from benchmarks._machine import description, measure, record

LIMIT_MB = 1_000


def main() -> None:
    """Make the file, read it in a child process, print and record the result; fail above the memory limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--format", choices=["csv", "csv.gz", "parquet"], action="append")
    parser.add_argument("--no-record", action="store_true", help="print only")
    asked = parser.parse_args()
    lines = [
        "| file | rows | size | seconds | rows/s | peak memory | groups |",
        "|---|---|---|---|---|---|---|",
    ]
    worst = 0.0
    for kind in asked.format or ["csv", "csv.gz", "parquet"]:
        with tempfile.TemporaryDirectory(prefix="footing-bench-") as folder:
            path = Path(folder) / f"focus.{kind}"
            write(path, asked.rows)
            done = measure("-m", "benchmarks._focus_run", str(path), folder)
            accepted, groups = done.output.split()
            if int(accepted) != asked.rows:
                raise SystemExit(f"{accepted} of {asked.rows} rows were accepted")
            lines.append(
                f"| {kind} | {asked.rows:,} | {path.stat().st_size / 1e6:,.0f} MB | {done.seconds:,.1f} "
                f"| {asked.rows / done.seconds:,.0f} | {done.peak_mb:,.0f} MB | {int(groups):,} |"
            )
            print(lines[-1], flush=True)
            worst = max(worst, done.peak_mb)
    body = "\n".join([
        "One synthetic FOCUS 1.2 export through the real path: landed document → typed Parquet and rejects → both",
        f"roll-ups, in one child process. Limit: {LIMIT_MB:,} MB of peak memory.", "", *lines, "",
        description("pyarrow", "duckdb"),
    ])  # fmt: skip
    if not asked.no_record:
        record("FOCUS ingest", body)
    if worst > LIMIT_MB:
        raise SystemExit(f"peak memory {worst:,.0f} MB is above {LIMIT_MB:,} MB")


if __name__ == "__main__":
    main()

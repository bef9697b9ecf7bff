"""How fast a large asset register with faulty lines is read: ``python -m benchmarks.asset_register``."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._machine import ROOT, description, measure, record
from connectors import load
from connectors.base import Document
from footing import typed
from footing.config import with_mapping

LIMIT_SECONDS = 30.0
HEADER = (
    "asset_tag,serial_number,model_category,manufacturer,model,quantity,po_number,order_date,install_date,retirement_date,"
    "install_status,location,cost_center,cost"
)
# One line in fifty is faulty, each kind as often as the other: date, class, model, quantity, width.
FAULTS = 5
KINDS = (
    ("Server", "PowerEdge R760 4x L40S"),
    ("Laptop", "Latitude 7430"),
    ("Monitor", "P2422H"),
    ("Network", "7050X3"),
)


def line(number: int) -> str:
    """One line of a synthetic ServiceNow export."""
    kind, model = KINDS[number % len(KINDS)]
    day, quantity, end = f"20{18 + number % 9}-{1 + number % 12:02d}-{1 + number % 28:02d}", "1", ""
    if number % 50 == 0:
        fault = number // 50 % FAULTS
        day = "31/02/2024" if fault == 0 else day
        kind = "Teapot" if fault == 1 else kind
        model = "" if fault == 2 else model
        quantity = "-3" if fault == 3 else quantity
        end = ",x" if fault == 4 else ""
    return (
        f"A{number:07d},S{number:09d},{kind},Dell,{model},{quantity},PO-{number // 7},{day},{day},,In use,"
        f"site-{number % 20},CC-{number % 90},{900 + number % 400}.50{end}"
    )


def read(path: Path, folder: Path) -> None:
    """Read the file as an ingest does, into typed Parquet and rejects; print seconds, accepted and rejected."""
    options = with_mapping(ROOT / "config", {"mapping": "servicenow"}, "benchmark")
    document = Document(path, path.name, "all", options=options)
    started = time.monotonic()
    outcome = typed.write_rows(
        load("asset_register"), document, "d", folder / "rows.parquet", folder / "rejects.parquet"
    )
    print(time.monotonic() - started, outcome["rows_accepted"], outcome["rows_rejected"])


def main() -> None:
    """Make the register, read it in a child process, print and record the result; fail above the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--no-record", action="store_true", help="print only")
    parser.add_argument("--read", nargs=2, type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read:
        read(*asked.read)
        return
    with tempfile.TemporaryDirectory(prefix="footing-bench-") as folder:
        path = Path(folder) / "register.csv"
        path.write_text("\n".join([HEADER, *(line(number) for number in range(1, asked.rows + 1))]) + "\n")
        done = measure("-m", "benchmarks.asset_register", "--read", str(path), folder)
        size = path.stat().st_size / 1e6
    seconds, accepted, rejected = (float(word) for word in done.output.split())
    if (accepted, rejected) != (asked.rows - asked.rows // 50, asked.rows // 50):
        sys.exit(
            f"{accepted:.0f} accepted and {rejected:.0f} rejected of {asked.rows} lines, one in fifty faulty"
        )
    row = f"| {asked.rows:,} | {size:,.0f} MB | {rejected:,.0f} | {seconds:,.1f} | {asked.rows / seconds:,.0f} | {done.peak_mb:,.0f} MB |"
    print(row)
    body = "\n".join([
        "One synthetic register, 2 % of its lines faulty in five ways, read through the shipped ServiceNow mapping into typed",
        f"Parquet and rejects, each with row, field, reason and remedy. Limit: {LIMIT_SECONDS:.0f} s.", "",
        "| lines | size | rejected | seconds | lines/s | peak memory |", "|---|---|---|---|---|---|", row, "",
        description("pyarrow"),
    ])  # fmt: skip
    if not asked.no_record:
        record("Asset register", body)
    if seconds > LIMIT_SECONDS:
        sys.exit(f"{seconds:.1f} s is above {LIMIT_SECONDS:.0f} s")


if __name__ == "__main__":
    main()

"""Child process of ``focus_ingest``: land, read and roll up one export, print rows accepted and groups made."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow.parquet as pq

import connectors
from connectors.base import Document
from footing import landing, rollup, typed
from footing.config_models import SourceEntry
from footing.storage import Store


def main(path: Path, folder: Path) -> None:
    """Do for one document what a month's ingest and the start of a build do."""
    source = SourceEntry(
        id="billing",
        title="Billing",
        connector="focus",
        kind="billing",
        requests=["acc-1"],
        first_period="2026-09",
    )
    store, connector = Store(str(folder / "landing")), connectors.load("focus")
    document = Document(path, path.name, "acc-1", 1, 1, {"provider": "aws"})
    landing.land(store, source.id, source.connector, connector, "2026-09", [document])
    problems = typed.type_source(store, folder / "typed", source)
    if problems:
        raise SystemExit("; ".join(problems))
    rollup.roll_up(folder / "typed", folder / "rollup")
    counted = [
        sum(pq.read_metadata(file).num_rows for file in place.glob("*.parquet"))
        for place in (folder / "typed" / "focus", folder / "rollup" / "focus_usage")
    ]
    print(*counted)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

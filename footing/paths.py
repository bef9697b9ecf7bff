"""Where things stand: all paths from the environment, with defaults inside the checkout."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Paths:
    """Folders and URLs of one installation. ``inbox`` and ``landing`` may be object storage (``s3://…``)."""

    config: Path
    data: Path
    inbox: str
    landing: str

    @classmethod
    def from_env(cls) -> Paths:
        """Read ``FOOTING_CONFIG``, ``FOOTING_DATA``, ``FOOTING_INBOX`` and ``FOOTING_LANDING``."""
        data = Path(os.environ.get("FOOTING_DATA", ROOT / "data")).resolve()
        return cls(
            config=Path(os.environ.get("FOOTING_CONFIG", ROOT / "config")).resolve(),
            data=data,
            inbox=os.environ.get("FOOTING_INBOX", str(data / "inbox")),
            landing=os.environ.get("FOOTING_LANDING", str(data / "landing")),
        )

    @property
    def typed(self) -> Path:
        """Parquet per document, and the tables that the build reads beside it."""
        return self.data / "typed"

    @property
    def rollup(self) -> Path:
        """Telemetry rolled up per document."""
        return self.data / "rollup"

    @property
    def work(self) -> Path:
        """What one build or audit leaves."""
        return self.data / "work"

    @property
    def build_file(self) -> Path:
        """The DuckDB file that dbt writes: always the same path."""
        return self.work / "build.duckdb"

    @property
    def built(self) -> Path:
        """Which month the build file is of."""
        return self.work / "built.json"

    @property
    def audited(self) -> Path:
        """What the audit vouched for: the month and the hash of the build file it looked at."""
        return self.work / "audited.json"

    @property
    def published(self) -> Path:
        """Immutable published files and the pointer ``current.duckdb``."""
        return self.data / "published"

    @property
    def current(self) -> Path:
        """The pointer to the newest published file."""
        return self.published / "current.duckdb"

    @property
    def reports(self) -> Path:
        """Report packs and checks' pages."""
        return self.data / "reports"

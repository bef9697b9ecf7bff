"""Which published file is shown: the pointer is resolved once, so that a screen never mixes two revisions."""

from __future__ import annotations

import datetime as dt
import os
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = re.compile(r"footing-(?P<period>\d{4}-\d{2})-r(?P<revision>\d+)-(?P<hash8>[0-9a-f]{8})\.duckdb")


@dataclass(frozen=True)
class Publication:
    """An immutable published file and what its name says."""

    path: Path
    period: str
    revision: int
    hash8: str

    @property
    def month(self) -> dt.date:
        """First day of the last month in the file."""
        return dt.date.fromisoformat(f"{self.period}-01")


def pointer() -> Path:
    """``published/current.duckdb`` under ``FOOTING_DATA`` (default: ``data`` in the checkout)."""
    return Path(os.environ.get("FOOTING_DATA", ROOT / "data")) / "published" / "current.duckdb"


def current() -> Publication | None:
    """The file that the pointer names now; None before the first publication."""
    path = pointer().resolve()
    return describe(path) if path.is_file() and NAME.fullmatch(path.name) else None


def describe(path: Path) -> Publication:
    """Read period, revision and hash from a published file's name.

    Raises
    ------
    ValueError
        When the file is not named as publication names files.
    """
    name = NAME.fullmatch(path.name)
    if name is None:
        raise ValueError(
            f"{path.name}: not a published file, expected footing-<period>-r<revision>-<hash8>.duckdb"
        )
    return Publication(path, name["period"], int(name["revision"]), name["hash8"])

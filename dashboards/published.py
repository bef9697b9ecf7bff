"""The published file: found through the pointer, opened read-only under its own name."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = re.compile(r"footing-(?P<period>\d{4}-\d{2})-r(?P<revision>\d+)-(?P<hash8>[0-9a-f]{8})\.duckdb")


@dataclass(frozen=True)
class Published:
    """A published file and what its name says."""

    path: Path
    period: str
    revision: int
    hash8: str


def newest() -> Published | None:
    """The file that ``published/current.duckdb`` points to now; None when nothing has been published."""
    pointer = Path(os.environ.get("FOOTING_DATA", ROOT / "data")) / "published" / "current.duckdb"
    return named(pointer.resolve()) if pointer.exists() else None


def named(path: Path) -> Published:
    """Read period, revision and hash from a published file's name.

    Raises
    ------
    ValueError
        When the name is not that of a published file.
    """
    found = NAME.fullmatch(path.name)
    if not found:
        raise ValueError(f"{path.name}: not a published file (footing-<period>-r<revision>-<hash8>.duckdb)")
    return Published(path, found["period"], int(found["revision"]), found["hash8"])

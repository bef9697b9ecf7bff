"""What a Slurm job held of its nodes: memory, how busy its processors were, and what its partition is built of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from connectors import base
from connectors._batches import RowError

KEYS = {"gpu", "processor", "processors", "cpus"}
REMEDY = "run sacct again without a format of your own"
_GIB = {"": 2**20, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40, "P": 2**50}
_TIME = re.compile(r"(?:(?:(\d+)-)?(\d+):)?(?:(\d+):)?(\d+(?:\.\d+)?)")


def hardware(document: base.Document) -> Mapping[str, Mapping[str, Any]]:
    """Give what the nodes of each partition are built of, ``*`` for the others: ``options.nodes`` of the source.

    Raises
    ------
    ParseError
        When a partition's entry is no mapping, has an unknown key, or names a processor without both numbers.
    """
    nodes = document.options.get("nodes") or {}
    for partition, built in nodes.items():
        where = f"{document.name}, options.nodes.{partition} of the source"
        if not isinstance(built, Mapping) or not built.keys() <= KEYS:
            raise base.ParseError(
                f"{where}: takes only {', '.join(sorted(KEYS))}; correct config/sources.yml"
            )
        numbers = [built.get("processors"), built.get("cpus")]
        if "processor" in built and not all(isinstance(number, int) and number > 0 for number in numbers):
            raise base.ParseError(
                f"{where}: a processor needs its number per node (processors) and Slurm's CPUs per node (cpus)"
            )
    return nodes


def built_of(row: Mapping[str, Any], nodes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Give the processor, its number and the CPUs of a node of the job's partition; a named GPU where Slurm names none."""
    built = nodes.get(str(row["partition"])) or nodes.get("*") or {}
    return {
        "gpu_type": row["gpu_type"] or built.get("gpu"),
        "processor": built.get("processor"),
        "node_processors": built.get("processors"),
        "node_cpus": built.get("cpus"),
    }


def memory_gb(text: str | None) -> float | None:
    """Read Slurm's memory (``512000M``, ``1.5T``; megabytes without a letter) as GB of 10^9 bytes, null when absent.

    Raises
    ------
    RowError
        When the text is no size.
    """
    if not text:
        return None
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([KMGTP]?)[nc]?", text)
    if not found:
        raise RowError("AllocTRES", f"mem={text}", "is no size of memory", REMEDY)
    return float(found[1]) * _GIB[found[2]] / 1e9


def busy_share(total: str | None, available_s: str | None) -> float | None:
    """Give processor time used ÷ held, at most 1; null where Slurm recorded none (no accounting of tasks).

    Parameters
    ----------
    total
        ``TotalCPU``: ``[DD-]HH:MM:SS`` or ``MM:SS.mmm`` or seconds.
    available_s
        ``CPUTimeRAW``: elapsed seconds × allocated CPUs.

    Raises
    ------
    RowError
        When a text is no time.
    """
    if not total or not available_s:
        return None
    found = _TIME.fullmatch(total)
    if not found or not available_s.isdigit():
        raise RowError("TotalCPU", total, f"is no time used of {available_s} s", REMEDY)
    days, first, second, seconds = found.groups()
    # Of two parts the first is minutes, of three hours.
    hours, minutes = (first, second) if second is not None else (None, first)
    used = float(seconds) + 60 * int(minutes or 0) + 3600 * int(hours or 0) + 86_400 * int(days or 0)
    return min(used / int(available_s), 1.0) if used and int(available_s) else None

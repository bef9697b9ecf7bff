"""Slurm accounting rows, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty

# Partitions rarely allow more than a month.
MAX_SECONDS = 45 * 86_400


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        not_empty("accounting", "run sacct again: -S and -E must enclose the month"),
        filled("job_id_raw", "run sacct again with JobIDRaw"),
        filled("submit_at", "run sacct again with Submit"),
        between("elapsed_s", 0, MAX_SECONDS, "look at the job: its clock or its end is wrong", "warning"),
        between("alloc_gpus", 0, 4096, "look at the job's AllocTRES", "warning"),
    ]

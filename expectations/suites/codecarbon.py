"""CodeCarbon rows, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import all_true, between, filled, not_empty

# A run longer than that was forgotten, or its clock was wrong.
MAX_SECONDS = 45 * 86_400
# A node of eight boards draws some 10 kW: 45 days of it.
MAX_KWH = 12_000
# Between full immersion cooling and a bad server room.
MAX_PUE = 2.5
# The tool writes the parts and their sum with all digits.
ROUNDING = 1e-6


def columns(rows: Any) -> Any:
    """Add whether the parts give the sum, per row."""
    parts = rows["cpu_energy_kwh"] + rows["gpu_energy_kwh"] + rows["ram_energy_kwh"]
    off = (parts - rows["energy_consumed_kwh"]).abs()
    return rows.assign(sum_equals_parts=off <= ROUNDING + ROUNDING * parts)


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        not_empty("runs", "collect emissions.csv of the node, with its .bak files", "warning"),
        filled("ended_at", "correct the timestamp where the tracker wrote it"),
        filled("run_id", "upgrade CodeCarbon: without run ids totals of one run cannot be told apart", "warning"),
        between("duration_s", 0, MAX_SECONDS, "look at the run: its clock or its end is wrong", "warning"),
        between("energy_consumed_kwh", 0, MAX_KWH, "look at the run: no node uses this", "warning"),
        between("pue", 1, MAX_PUE, "look at the PUE that the run's owner set", "warning"),
        all_true("sum_equals_parts", "sum_equals_parts", "energy is the sum of CPU, GPU and memory",
                 "the file was edited or its columns slipped: collect it again"),
    ]  # fmt: skip

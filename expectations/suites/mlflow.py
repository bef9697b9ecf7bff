"""MLflow runs, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty

MAX_SECONDS = 45 * 86_400


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        not_empty(
            "runs", "no run in the month: is the connection's user allowed to see the experiments?", "warning"
        ),
        filled("run_id", "fetch the month again"),
        filled("started_at", "correct the run where it was logged"),
        between("duration_s", 0, MAX_SECONDS, "look at the run: its clock or its end is wrong", "warning"),
        filled("project", "set the tag footing.project where the run is started", "warning"),
        filled(
            "energy_value", "log the run's energy, or name its metric in options.energy_metric", "warning"
        ),
    ]

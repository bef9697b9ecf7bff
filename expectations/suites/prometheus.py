"""Samples of power and energy, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty, one_of

# The largest boards draw 1,400 W; below 5 W a data-center board is off or not measured.
MAX_WATTS, MIN_WATTS = 1_500, 5
BOARDS = 'level == "gpu" and kind == "power"'


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        not_empty("telemetry", "the source lost its telemetry: job hours × watts stand in", "warning"),
        filled(
            "device_id",
            "keep the label that names the device (UUID, node_name, instance) in relabelling rules",
        ),
        filled("ts", "fetch the month again"),
        one_of(
            "level",
            ["gpu", "cpu", "pod", "node", "rack", "labels"],
            "correct the queries or options.meters of the source",
        ),
        between(
            "value", 0, MAX_WATTS, "check the exporter: a board cannot draw this", "warning", where=BOARDS
        ),
        between(
            "value",
            MIN_WATTS,
            None,
            "check the exporter: a board in service draws more",
            "warning",
            mostly=0.95,
            where=BOARDS,
        ),
        filled("model_name", "keep the modelName label", "warning", where=BOARDS),
    ]

"""OpenCost's allocation of a cluster, before it is used as a key."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty

# The service counts a day's minutes; a pod that started and ended within one has fewer.
DAY_MINUTES = 1_440


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        not_empty("allocation", "is Prometheus behind OpenCost keeping the whole month?", "warning"),
        filled("day", "fetch the month again"),
        filled("cluster", "set CLUSTER_ID of OpenCost, or the source's request stands for it", "warning"),
        between("minutes", 0, DAY_MINUTES, "ask with step=1d", "warning"),
        between("gpu_hours", 0, None, "look at the namespace in OpenCost"),
    ]

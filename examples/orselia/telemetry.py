"""DCGM power as Prometheus answers ``query_range``: 15-minute steps, one answer per site and month."""

from __future__ import annotations

import datetime as dt
import json
import math
import random
from typing import Any

from examples.orselia.timeline import NODES, SEED, STEP, Job, Node, month_end, month_start, pods

LOST = ("lon1", "2026-02")
TIME_SLICED = ("par1", "2026-05")
SENTINELS = ("lon1", "2025-08")
UNSUPPORTED = "9223372036854775794"


def answer(site: str, month: str, jobs: list[Job]) -> bytes:
    """The answer's bytes; an empty matrix in the month whose telemetry was lost."""
    result: list[dict[str, Any]] = []
    if (site, month) != LOST:
        for node in (n for n in NODES if n.site == site):
            for gpu in range(node.gpus):
                result += _board(node, gpu, month, jobs)
    if (site, month) == SENTINELS:
        for point in result[0]["values"][40:46]:
            point[1] = UNSUPPORTED
    body = {"status": "success", "data": {"resultType": "matrix", "result": result}}
    return json.dumps(body, separators=(",", ":")).encode()


def _board(node: Node, gpu: int, month: str, jobs: list[Job]) -> list[dict[str, Any]]:
    rng = random.Random(f"{SEED}-{node.name}-{gpu}-{month}")
    pod = next((p for p in pods(month) if p.node == node and p.gpu == gpu), None)
    running = [j for j in jobs if j.node == node and j.start < month_end(month) and j.end > month_start(month)]
    series: dict[tuple[str, ...], list[list[Any]]] = {}
    at = month_start(month) + STEP
    while at <= month_end(month):
        job = next((j for j in running if j.start < at <= j.end), None)
        load = job.load if job else pod.load * _day(at) if pod else 0.0
        watts = node.idle_w + (node.full_w - node.idle_w) * load
        holder = ("hpc_job", str(job.number)) if job else ("pod", pod.namespace, pod.name) if pod else ("idle",)
        shown = 5 * round((watts * rng.uniform(0.96, 1.04)) / 5)
        series.setdefault(holder, []).append([int(at.timestamp()), str(shown)])
        at += STEP
    if (node.site, month) == TIME_SLICED and pod and gpu == 0:
        # The board is time-sliced: the exporter shows its whole power once for each of the two pods.
        series[("pod", "docai-serving", "docai-burst-0")] = [list(p) for p in series[("pod", pod.namespace, pod.name)]]
    return [{"metric": _labels(node, gpu, holder), "values": values} for holder, values in sorted(series.items())]


def _day(at: dt.datetime) -> float:
    """Advisers and claims handlers work by day: requests follow them."""
    weekday = 1.0 if at.weekday() < 5 else 0.55
    return weekday * (0.75 + 0.45 * math.sin((at.hour - 8) / 24 * 2 * math.pi))


def _labels(node: Node, gpu: int, holder: tuple[str, ...]) -> dict[str, str]:
    board = 1 + gpu + 10 * [n.name for n in NODES].index(node.name)
    labels = {
        "DCGM_FI_DRIVER_VERSION": "550.90.07",
        "Hostname": node.name,
        "UUID": f"GPU-5f1c0e5e-0000-0000-0000-{board:012d}",
        "__name__": "DCGM_FI_DEV_POWER_USAGE",
        "cluster": node.site,
        "device": f"nvidia{gpu}",
        "gpu": str(gpu),
        "instance": f"{node.name}:9400",
        "job": "dcgm",
        "modelName": node.model,
        "pci_bus_id": f"00000000:{16 + gpu}:00.0",
    }
    if holder[0] == "hpc_job":
        labels["hpc_job"] = holder[1]
    if holder[0] == "pod":
        labels |= {"namespace": holder[1], "pod": holder[2], "container": "main"}
    return dict(sorted(labels.items()))

"""Prometheus answers (query_range) with the power of every board."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from examples.orselia.machines import Board
from examples.orselia.pods import Pod
from examples.orselia.story import (
    LOST,
    MONTHS,
    SENTINEL_MONTH,
    START,
    STEP,
    month_end,
    month_start,
    slot,
    write,
)

METRIC = "DCGM_FI_DEV_POWER_USAGE"
SENTINEL = 9223372036854775794
EMPTY = '{"status":"success","data":{"resultType":"matrix","result":[]}}'
FIRST_END = int(START.timestamp()) + STEP


def write_telemetry(root: Path, boards: list[Board], pods: dict[int, Pod]) -> None:
    """One gzipped answer per site and month."""
    for site in ("par1", "lon1"):
        mine = [board for board in boards if board.node.site == site]
        for month in MONTHS:
            text = EMPTY if (site, month) == LOST else answer(site, month, mine, pods)
            name = f"query_range-{month}.json.gz"
            write(root, ("dcgm", site, month, name), gzip.compress(text.encode(), 9, mtime=0))


def answer(site: str, month: str, boards: list[Board], pods: dict[int, Pod]) -> str:
    """One month of one site as the server writes it."""
    begin, end = slot(month_start(month)), slot(month_end(month))
    result = []
    for position, board in enumerate(boards):
        series: dict[int, list[str]] = {}
        broken = 6 if site == "par1" and month == SENTINEL_MONTH and position == 2 else 0
        for index in range(max(begin, board.first_slot), end):
            holder, watts = board.holder[index], board.watts[index]
            if broken and holder == 0:
                watts, broken = SENTINEL, broken - 1
            point = f'[{FIRST_END + index * STEP},"{watts}"]'
            series.setdefault(holder, []).append(point)
            if index in board.second:
                series.setdefault(board.second[index], []).append(point)
        for holder, points in series.items():
            metric = json.dumps(_labels(board, holder, pods), separators=(",", ":"))
            result.append(f'{{"metric":{metric},"values":[{",".join(points)}]}}')
    return '{"status":"success","data":{"resultType":"matrix","result":[' + ",".join(result) + "]}}"


def _labels(board: Board, holder: int, pods: dict[int, Pod]) -> dict[str, str]:
    node = board.node
    labels = {
        "DCGM_FI_DRIVER_VERSION": "550.90.07",
        "Hostname": node.name,
        "UUID": board.uuid,
        "__name__": METRIC,
        "cluster": node.site,
        "device": f"nvidia{board.index}",
        "gpu": str(board.index),
        "instance": f"{node.name}:9400",
        "job": "dcgm",
        "modelName": node.model,
        "pci_bus_id": f"00000000:{16 + board.index:02X}:00.0",
    }
    if holder > 0:
        labels["hpc_job"] = str(holder)
    elif holder < 0:
        pod = pods[holder]
        labels |= {"container": pod.container, "namespace": pod.namespace, "pod": pod.name}
    return dict(sorted(labels.items()))

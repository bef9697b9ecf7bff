"""Slurm accounting as ``sacct -P`` prints it, with local times and invented user names."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from connectors.slurm_sacct import COLUMNS
from examples.orselia.timeline import Job, month_end, month_start

ZONES = {"par1": ZoneInfo("Europe/Paris"), "lon1": ZoneInfo("Europe/London")}
USERS = ("amartin", "bnguyen", "csmith", "dleroy")
HOST_W = 650


def sacct(site: str, month: str, jobs: list[Job]) -> bytes:
    """All jobs that ran in the month; one that is still running a day later has no end yet."""
    rows = [COLUMNS.replace(",", "|")]
    for job in jobs:
        if job.node.site == site and job.start < month_end(month) and job.end > month_start(month):
            rows += _rows(job, pulled=month_end(month) + dt.timedelta(days=1), zone=ZONES[site])
    return ("\n".join(rows) + "\n").encode()


def _rows(job: Job, pulled: dt.datetime, zone: ZoneInfo) -> list[str]:
    running = job.end > pulled
    seconds = int((min(job.end, pulled) - job.start).total_seconds())
    node = job.node
    board_w = node.idle_w + (node.full_w - node.idle_w) * job.load
    joules = round((board_w * node.gpus + HOST_W) * seconds) if node.site == "par1" and not running else 0
    tres = f"cpu=64,gres/gpu:{node.gres}={node.gpus},gres/gpu={node.gpus},mem=512G,node=1"

    def row(suffix: str, name: str, energy: int) -> str:
        main = suffix == ""
        local = [_local(job.start, zone)] * 3 + [_local(job.start, zone), "Unknown" if running else _local(job.end, zone)]
        fields = [
            job.label + suffix, f"{job.number}{suffix}", name, node.site, job.account,
            USERS[job.number % 4] if main else "", "gpu" if main else "", "normal" if main else "",
            "RUNNING" if running else job.state if main else job.state.split(" ")[0],
            "1:0" if job.state == "FAILED" else "0:0", *local[1:2], *local[1:2], local[3], local[4], str(seconds),
            "00:00:00", "64", "1", ("billing=64," if main else "") + tres, "billing=64," + tres if main else "",
            str(energy) if energy else ("0" if not main else ""), f"{energy / 1e6:.2f}M" if energy else "0", "",
            "00:00.100", str(seconds * 64), node.name, job.comment if main else "",
        ]  # fmt: skip
        return "|".join(fields)

    return [row("", job.name, joules), row(".batch", "batch", joules), row(".extern", "extern", 0)]


def _local(at: dt.datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%dT%H:%M:%S}"

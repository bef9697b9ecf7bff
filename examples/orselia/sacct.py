"""Slurm accounting as ``sacct -a -P -D -S <month> -E <next month> -o …`` prints it at the month's end."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from examples.orselia.jobs import Job
from examples.orselia.machines import Board
from examples.orselia.story import MONTHS, STEP, rng, write

HEADER = (
    "JobID|JobIDRaw|JobName|Cluster|Account|User|Partition|QOS|State|ExitCode|Submit|Eligible|Start|End|ElapsedRaw|"
    "Suspended|AllocCPUS|NNodes|AllocTRES|ReqTRES|ConsumedEnergyRaw|ConsumedEnergy|TRESUsageInTot|TotalCPU|CPUTimeRAW|"
    "NodeList|Comment"
)
ZONES = {"par1": "Europe/Paris", "lon1": "Europe/London"}
HOST_W = 1200
"""What a GPU server draws beside its boards; the energy plugin of par1 sees the whole node."""

PEOPLE = {
    "nlp-docai": ("agarnier", "mlopez"), "claims-ml": ("tdubois",), "fraud-ml": ("njansen",),
    "assist": ("yhaddad", "clegrand"), "aiplat": ("svc-platform",), "default": ("invite1", "stagiaire2"),
}  # fmt: skip


def write_sacct(root: Path, jobs: dict[str, list[Job]], boards: list[Board]) -> None:
    """One file per site and month: every job that ran in the month, local time."""
    for site, zone_name in ZONES.items():
        zone = ZoneInfo(zone_name)
        for month in MONTHS:
            begin = dt.datetime.fromisoformat(f"{month}-01").replace(tzinfo=zone)
            end = (begin + dt.timedelta(days=32)).replace(day=1)
            lines = [HEADER]
            for job in jobs[site]:
                if job.start_at < end and job.end_at > begin:
                    lines += _rows(job, site, zone, end, boards)
            write(root, ("slurm", site, month, f"sacct-{month}.psv"), ("\n".join(lines) + "\n").encode())


def _rows(job: Job, site: str, zone: ZoneInfo, asked_at: dt.datetime, boards: list[Board]) -> list[str]:
    running = job.end_at > asked_at
    energy = _node_joules(job, boards) if site == "par1" and not running else None
    end = "Unknown" if running else _local(job.end_at, zone)
    elapsed = int(((asked_at if running else job.end_at) - job.start_at).total_seconds())
    state = "RUNNING" if running else job.state
    cpus = 16 * len(job.boards)
    user = rng("user", str(job.number)).choice(PEOPLE[job.kind.account])
    start, submit = (
        _local(job.start_at, zone),
        _local(job.start_at - dt.timedelta(seconds=job.waited_s), zone),
    )
    gres = f"gres/gpu:{job.node.gres}={len(job.boards)},gres/gpu={len(job.boards)}"
    # A job with an srun step has the energy on its own row too; one with a batch step alone only there.
    on_job = energy if job.kind.srun else None
    code = {"FAILED": "1:0", "CANCELLED": "0:15"}.get(state, "0:0")

    def row(name: str, step: str, joules: int | None) -> str:
        tres_energy = f"energy={joules}," if joules and not step else ""
        plugin = "" if joules is None and not step else str(joules or 0)
        asked = submit if not step else start
        tail = job.kind.comment if not step else ""
        shown = f"{state} by 10421" if state == "CANCELLED" and not step else state
        fields = [
            f"{job.job_id}{step}", f"{job.number}{step}", name, site, job.kind.account,
            *((user, "gpu", "normal") if not step else ("", "", "")), shown, code if not step else "0:0",
            asked, asked, start, end, elapsed, "00:00:00", cpus, 1,
            f"billing={cpus},cpu={cpus},{tres_energy}{gres},mem={cpus * 8}G,node=1" if not step
            else f"cpu={cpus},{gres},mem={cpus * 8}G,node=1",
            f"billing={cpus},cpu={cpus},{gres},mem={cpus * 8}G,node=1" if not step else "",
            plugin, _human(plugin), "" if not step else f"cpu=00:00:00,energy={joules or 0}", "00:00:00",
            elapsed * cpus, job.node.name, tail,
        ]  # fmt: skip
        return "|".join(str(field) for field in fields)

    steps = [row("batch", ".batch", energy), row("extern", ".extern", None)]
    if job.kind.srun:
        steps.append(row("python", ".0", energy))
    return [row(job.kind.name, "", on_job), *steps]


def _local(when: dt.datetime, zone: ZoneInfo) -> str:
    return when.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S")


def _node_joules(job: Job, boards: list[Board]) -> int:
    span = range(job.begin, job.end)
    drawn = sum(sum(board.watts[span.start : span.stop]) for board in boards if board.node is job.node)
    return (drawn + HOST_W * len(span)) * STEP


def _human(joules: str) -> str:
    if not joules or joules == "0":
        return joules
    value = float(joules)
    return f"{value / 1e9:.2f}G" if value >= 1e9 else f"{value / 1e6:.2f}M"

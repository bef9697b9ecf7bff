"""When what ran: the jobs and pods of Orsélia's two clusters, in steps of 15 minutes (UTC)."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

SEED = 20261123
STEP = dt.timedelta(minutes=15)
MONTHS = [f"{2024 + (9 + i) // 12}-{(9 + i) % 12 + 1:02d}" for i in range(25)]


def month_start(month: str) -> dt.datetime:
    """First instant of a month, UTC."""
    return dt.datetime.fromisoformat(f"{month}-01").replace(tzinfo=dt.UTC)


def month_end(month: str) -> dt.datetime:
    """First instant of the month after, UTC."""
    return (month_start(month) + dt.timedelta(days=32)).replace(day=1)


@dataclass(frozen=True)
class Node:
    """A server with boards of one model."""

    site: str
    name: str
    scheduler: str
    gpus: int
    model: str
    gres: str
    idle_w: int
    full_w: int


NODES = (
    Node("par1", "par1-gpu01", "slurm", 4, "NVIDIA H100 80GB HBM3", "h100", 70, 560),
    Node("par1", "par1-gpu02", "slurm", 4, "NVIDIA H100 80GB HBM3", "h100", 70, 560),
    Node("par1", "par1-gpu03", "kubernetes", 4, "NVIDIA A100-SXM4-80GB", "a100", 55, 330),
    Node("lon1", "lon1-gpu01", "slurm", 4, "NVIDIA L40S", "l40s", 35, 300),
    Node("lon1", "lon1-gpu02", "kubernetes", 4, "NVIDIA L40S", "l40s", 35, 300),
)


@dataclass(frozen=True)
class Job:
    """A Slurm job that holds a whole node."""

    node: Node
    number: int
    label: str
    name: str
    account: str
    comment: str
    state: str
    start: dt.datetime
    end: dt.datetime
    load: float


def _share_of_time(node: Node, month: str) -> float:
    """How much of a month the node's boards train: the spike of spring 2025, then less and less."""
    if "2025-04" <= month <= "2025-06":
        return 0.92
    if node.site == "lon1":
        return 0.25 if month < "2026-01" else 0.12
    if "2026-01" <= month <= "2026-06":
        return 0.34
    return 0.30 if month < "2026-01" else 0.16


def _kind(rng: random.Random, month: str) -> tuple[str, str, str, float]:
    """Name, account, comment and load of the next job; about one in twelve carries no label that anyone knows."""
    if rng.random() < 0.08:
        return rng.choice(["run.sh", "test", "jupyter"]), "default", "", 0.55
    if "2025-04" <= month <= "2025-06" and rng.random() < 0.9:
        return "train-docai-v2", "docai", "{project:P-DOCAI,lifecycle_phase:development}", 0.93
    if "2026-01" <= month <= "2026-06" and rng.random() < 0.45:
        return "finetune-assist", "assist", "{project:P-ASSIST,lifecycle_phase:development}", 0.85
    if rng.random() < 0.25:
        return "train-triage", "claims", "{project:P-CLAIMS,lifecycle_phase:production}", 0.8
    name = rng.choice(["train-docai", "eval-docai", "exp-docai"])
    return name, "docai", "{project:P-DOCAI,lifecycle_phase:development}" if rng.random() < 0.7 else "", 0.8


def jobs() -> list[Job]:
    """All jobs from the first to the last month, numbered per cluster."""
    made: list[Job] = []
    number = {"par1": 40_100, "lon1": 7_300}
    for node in (n for n in NODES if n.scheduler == "slurm"):
        rng = random.Random(f"{SEED}-{node.name}")
        now, last = month_start(MONTHS[0]) + dt.timedelta(hours=5), month_end(MONTHS[-1])
        while now < last - dt.timedelta(hours=80):
            month = f"{now:%Y-%m}"
            length = STEP * rng.randint(16, 280)
            name, account, comment, load = _kind(rng, month)
            number[node.site] += rng.randint(1, 4)
            raw = number[node.site]
            state = rng.choices(["COMPLETED", "FAILED", "CANCELLED by 1001"], [0.92, 0.05, 0.03])[0]
            label = f"{raw - 1}_1" if name.startswith("eval") else str(raw)
            end = _off_clock_change(now + length)
            made.append(Job(node, raw, label, name, account, comment, state, now, end, load))
            idle = (end - now) * (1 / _share_of_time(node, month) - 1) * rng.uniform(0.6, 1.4)
            now = _off_clock_change(end + STEP * max(round(idle / STEP), 1))
    return made


def _off_clock_change(at: dt.datetime) -> dt.datetime:
    """Move away from the hour that local clocks show twice or not at all."""
    return at + dt.timedelta(hours=3) if at.weekday() == 6 and at.day >= 25 and at.hour < 3 else at


@dataclass(frozen=True)
class Pod:
    """A serving pod that holds one board for the month."""

    node: Node
    gpu: int
    namespace: str
    name: str
    load: float


def pods(month: str) -> list[Pod]:
    """What serves in a month. Claims triage takes more boards and works them harder every month."""
    paris, london = NODES[2], NODES[4]
    index = MONTHS.index(month)
    triage = min(1 + index // 6, 4)
    made = [Pod(paris, gpu, "claims-triage", f"triage-{gpu}", 0.25 + 0.02 * index) for gpu in range(triage)]
    if month >= "2025-09":
        made += [Pod(london, gpu, "docai-serving", f"docai-{gpu}", 0.3 + 0.015 * (index - 11)) for gpu in range(2)]
    if month >= "2026-07":
        made.append(Pod(london, 2, "assist-serving", "assist-0", 0.35))
    if index % 3 != 1:
        made.append(Pod(london, 3, "sandbox", "notebook-0", 0.2))
    return made

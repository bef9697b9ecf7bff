"""What Slurm runs: kinds of jobs, how often each comes by month, and a simple scheduler."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from examples.orselia.machines import NODES, Board, Node
from examples.orselia.story import SLOTS, SPIKE, at, month_of, rng


@dataclass(frozen=True)
class Kind:
    """A kind of job: who runs it, its size, and how hard it drives its boards (share of nameplate watts)."""

    name: str
    account: str
    comment: str
    gpus: int
    hours: tuple[int, int]
    drive: float
    tasks: int = 1
    """More than one: an array job."""
    srun: bool = False


def _label(project: str, phase: str = "") -> str:
    return f"{{project:{project},lifecycle_phase:{phase}}}" if phase else f"{{project:{project}}}"


KINDS = {
    "docai_train": Kind(
        "train-docai-llm", "nlp-docai", _label("P-DOCAI", "development"), 4, (30, 90), 0.86, srun=True
    ),
    "docai_sft": Kind(
        "sft-docai", "nlp-docai", _label("P-DOCAI", "development"), 2, (8, 24), 0.74, srun=True
    ),
    "docai_eval": Kind("eval-docai", "nlp-docai", _label("P-DOCAI", "development"), 1, (1, 4), 0.5, tasks=3),
    "docai_batch": Kind("batch-docai-backlog", "nlp-docai", _label("P-DOCAI"), 2, (5, 14), 0.55),
    "claims_retrain": Kind("retrain-claims", "claims-ml", "", 2, (6, 14), 0.7, srun=True),
    "claims_batch": Kind(
        "batch-claims-scoring", "claims-ml", _label("P-CLAIMS", "production"), 1, (4, 10), 0.5
    ),
    "fraud_proto": Kind("proto-fraud-graph", "fraud-ml", _label("P-FRAUD", "development"), 1, (3, 10), 0.55),
    "assist_proto": Kind("proto-assist", "assist", _label("P-ASSIST", "ideation"), 1, (2, 8), 0.45),
    "assist_eval": Kind(
        "eval-assist", "assist", _label("P-ASSIST", "qualification"), 1, (3, 9), 0.5, tasks=3
    ),
    "assist_sft": Kind(
        "sft-assist", "assist", _label("P-ASSIST", "development"), 4, (10, 26), 0.74, srun=True
    ),
    "assist_sweep": Kind(
        "sweep-assist", "assist", _label("P-ASSIST", "development"), 1, (2, 6), 0.6, tasks=4
    ),
    "assist_retrain": Kind("retrain-assist", "assist", _label("P-ASSIST"), 2, (6, 12), 0.7, srun=True),
    "aiplat_bench": Kind("bench-nccl", "aiplat", "", 4, (1, 3), 0.6, srun=True),
    "untagged": Kind("run.sh", "default", "", 1, (4, 16), 0.6),
}
UNTAGGED_SHARE = 0.08


@dataclass(eq=False)
class Job:
    """One job or array task, as scheduled."""

    kind: Kind
    node: Node
    boards: list[Board]
    begin: int
    end: int
    state: str
    begin_offset_s: int
    end_offset_s: int
    waited_s: int
    array: int | None
    """Number of the array this task belongs to."""
    task: int = 0
    number: int = 0
    """JobIDRaw."""
    job_id: str = ""

    @property
    def start_at(self) -> dt.datetime:
        """Start, UTC."""
        return at(self.begin) + dt.timedelta(seconds=self.begin_offset_s)

    @property
    def end_at(self) -> dt.datetime:
        """End, UTC."""
        return at(self.end) - dt.timedelta(seconds=self.end_offset_s)


def _mix(month: str) -> tuple[float, dict[str, float]]:
    """Wanted utilization and the weight of each kind in a month."""
    common = {"claims_retrain": 1.0, "claims_batch": 1.5, "fraud_proto": 0.7, "aiplat_bench": 0.5}
    if month in SPIKE:
        return 0.96, {"docai_train": 8.0, "docai_sft": 1.0, "docai_eval": 0.6, "claims_batch": 0.4}
    if month < "2025-04":
        return 0.5, common | {"docai_train": 0.9, "docai_sft": 2.5, "docai_eval": 1.5}
    if month < "2025-09":
        return 0.4, common | {"docai_sft": 2.5, "docai_eval": 2.0, "assist_proto": 0.8}
    if month < "2025-10":
        return 0.3, common | {"docai_batch": 2.0, "assist_proto": 1.0}
    if month < "2026-01":
        return 0.3, common | {"docai_batch": 2.0, "assist_eval": 2.0}
    if month < "2026-07":
        return 0.3, common | {"docai_batch": 2.2, "assist_sft": 0.9, "assist_sweep": 0.9}
    return 0.3, common | {"docai_batch": 2.6, "assist_retrain": 1.6, "claims_batch": 2.2}


def _ambiguous(index: int) -> bool:
    """Whether a local time near this slot comes twice (last Sunday of October)."""
    when = at(index)
    last_sunday = when.month == 10 and when.day > 24 and when.weekday() == 6
    return last_sunday and when.hour <= 2


def schedule(boards: list[Board]) -> dict[str, list[Job]]:
    """Fill the Slurm boards with jobs; by site, numbered in the order of their start."""
    jobs: dict[str, list[Job]] = {"par1": [], "lon1": []}
    for node in NODES:
        if node.manager == "slurm":
            jobs[node.site] += _fill(node, [board for board in boards if board.node is node])
    for site, first in (("par1", 48_210), ("lon1", 7_105)):
        _number(jobs[site], first)
        _draw(jobs[site])
    return jobs


def _fill(node: Node, boards: list[Board]) -> list[Job]:
    dice = rng("jobs", node.name)
    free = [board.first_slot for board in boards]
    jobs: list[Job] = []
    arrays = 0
    while True:
        month = month_of(min(min(free), SLOTS - 1))
        busy, weights = _mix(month)
        names = list(weights)
        name = (
            "untagged"
            if dice.random() < UNTAGGED_SHARE
            else dice.choices(names, [weights[n] for n in names])[0]
        )
        kind = KINDS[name]
        wanted = kind.gpus * kind.tasks
        chosen = sorted(sorted(range(4), key=lambda i: (free[i], i))[:wanted])
        length = dice.randint(kind.hours[0] * 4, kind.hours[1] * 4)
        gap = int(dice.expovariate(1.0) * length * (1 - busy) / busy)
        # Nobody leaves the boards of a training campaign waiting for long.
        begin = max(free[i] for i in chosen) + min(gap, 400)
        while _ambiguous(begin):
            begin += 1
        if begin >= SLOTS - 8:
            return jobs
        arrays += kind.tasks > 1
        for task in range(kind.tasks):
            mine = chosen[task * kind.gpus : (task + 1) * kind.gpus]
            job = _job(
                dice, kind, node, [boards[i] for i in mine], begin, length, arrays if kind.tasks > 1 else None
            )
            job.task = task
            for i in mine:
                free[i] = job.end
            jobs.append(job)


def _job(
    dice: random.Random, kind: Kind, node: Node, mine: list[Board], begin: int, length: int, array: int | None
) -> Job:
    luck = dice.random()
    state = "FAILED" if luck < 0.04 else "CANCELLED" if luck < 0.07 else "COMPLETED"
    if state != "COMPLETED":
        length = max(2, length // 4)
    elif array is not None:
        length = max(2, round(length * (0.7 + 0.6 * dice.random())))
    end = begin + length
    while _ambiguous(end):
        end += 1
    return Job(kind, node, mine, begin, min(end, SLOTS), state, dice.randrange(1, 40), dice.randrange(1, 40),
               dice.randrange(2, 5400), array)  # fmt: skip


def _number(jobs: list[Job], first: int) -> None:
    """Give numbers as slurmctld does: the last task of an array takes over the array's own number."""
    jobs.sort(key=lambda job: (job.begin, job.node.name, job.array or 0, job.task))
    number = first
    groups: dict[tuple[str, int], list[Job]] = {}
    for job in jobs:
        if job.array is not None:
            groups.setdefault((job.node.name, job.array), []).append(job)
    for job in jobs:
        if job.array is None:
            job.number, job.job_id = number, str(number)
            number += 1
        elif job.task == 0:
            tasks = groups[job.node.name, job.array]
            for task in tasks:
                task.job_id = f"{number}_{task.task}"
                task.number = number if task is tasks[-1] else number + task.task + 1
            number += len(tasks)


def _draw(jobs: list[Job]) -> None:
    for job in jobs:
        noise = rng("draw", job.node.name, str(job.number))
        mean = job.node.board_w * job.kind.drive * (0.94 + 0.12 * noise.random())
        for board in job.boards:
            for index in range(job.begin, job.end):
                watts = mean + 30 * (noise.random() - 0.5)
                board.watts[index] = min(round(watts), job.node.board_w)
                board.holder[index] = job.number

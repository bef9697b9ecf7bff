"""Runs that P-ASSIST logged to its MLflow server from the Slurm boards of par1, in the pages that the connector lands."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from examples.orselia.jobs import Job
from examples.orselia.story import MONTHS, STEP, month_end, month_start, rng, write

SERVER, FIRST = "ds-team", "2026-01"
KINDS = {
    "assist_sft": "fine-tuning",
    "assist_sweep": "sweep",
    "assist_retrain": "retraining",
    "assist_eval": "evaluation",
}
PAGE = 5
UNDER = 0.96
"""What the tracker reads of what the boards drew: it samples every fifteen seconds and starts late."""


def write_logged(root: Path, jobs: list[Job]) -> None:
    """A delivery of pages per month: the runs that began and ended in it, tasks of an array inside a parent."""
    for month in MONTHS:
        if month < FIRST:
            continue
        inside = [
            job for job in jobs
            if _kind(job) in KINDS and month_start(month) <= job.start_at and job.end_at < month_end(month)
        ][:9]  # fmt: skip
        runs = [_run(job, inside) for job in inside]
        pages = [runs[at : at + PAGE] for at in range(0, len(runs), PAGE)] or [[]]
        for number, page in enumerate(pages, start=1):
            used = sorted({run["info"]["experiment_id"] for run in page})
            named = {"experiments": {one: list(KINDS.values())[int(one) - 1] for one in used}, "runs": page}
            data = json.dumps(named, ensure_ascii=False, sort_keys=True, indent=1).encode()
            write(root, ("mlflow", SERVER, month, f"runs-{month}-{number}.json"), data)


def _kind(job: Job) -> str:
    return "assist_" + job.kind.name.split("-")[0] if job.kind.account == "assist" else ""


def _id(job: Job) -> str:
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"{job.number}.mlflow.orselia.example").hex


def _run(job: Job, others: list[Job]) -> dict[str, Any]:
    kind = _kind(job)
    drawn = sum(sum(board.watts[job.begin : job.end]) for board in job.boards) * STEP / 3_600_000
    kwh = UNDER * drawn * (1 + 0.02 * rng("logged", str(job.number)).random())
    tags = {"footing.project": "P-ASSIST", "mlflow.source.name": f"{kind.removeprefix('assist_')}.py"}
    # The first task of an array starts the others; none of them holds their energy.
    first = next(other for other in others if other.array == job.array and _kind(other) == kind)
    if job.array is not None and first is not job:
        tags["mlflow.parentRunId"] = _id(first)
    ended = int(job.end_at.timestamp()) * 1000
    metrics = [{"key": "energy_kwh", "step": 0, "timestamp": ended, "value": round(kwh, 6)}]
    return {
        "data": {
            # A parent that held its tasks' energy, too, would hide them.
            "metrics": [] if job.array is not None and first is job else metrics,
            "params": [{"key": "n_gpus", "value": str(len(job.boards))}],
            "tags": [{"key": key, "value": value} for key, value in sorted(tags.items())],
        },
        "info": {
            "end_time": ended,
            "experiment_id": str(list(KINDS).index(kind) + 1),
            "lifecycle_stage": "active",
            "run_id": _id(job),
            "run_name": f"{job.kind.name}-{job.number}",
            "start_time": int(job.start_at.timestamp()) * 1000,
            "status": "FAILED"
            if job.state == "FAILED"
            else "FINISHED"
            if job.state == "COMPLETED"
            else "KILLED",
        },
    }

"""What the tests log to a real MLflow server."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .mlflow_server import call, install, start_mlflow


@dataclass(frozen=True)
class Logged:
    """One run as it is logged; times are UTC, an ``end`` of None leaves it running."""

    name: str
    start: str
    end: str | None
    status: str = "FINISHED"
    metric: tuple[str, list[float]] | None = None
    project: str | None = "P-001"
    parent: str | None = None
    experiment: str = "fraud-scoring"
    deleted: bool = False
    params: dict[str, str] = field(default_factory=lambda: {"n_gpus": "4", "api_key": "s3cret"})


RUNS = (
    Logged("inside", "2026-09-10T10:00", "2026-09-10T12:00", metric=("energy_kwh", [0.25, 1.5])),
    Logged("failed", "2026-09-11T10:00", "2026-09-11T10:30", "FAILED", ("gpu_energy_j", [3.6e6])),
    Logged("killed", "2026-09-12T10:00", "2026-09-12T11:00", "KILLED"),
    Logged("across", "2026-08-31T22:00", "2026-09-01T02:00", metric=("energy_kwh", [8.0])),
    Logged("running", "2026-09-30T23:00", None, metric=("energy_kwh", [0.5])),
    Logged("parent", "2026-09-20T00:00", "2026-09-20T06:00", project="P-002", metric=("energy_kwh", [6.0])),
    Logged("child", "2026-09-20T01:00", "2026-09-20T02:00", project=None, parent="parent", metric=("energy_kwh", [1.0])),
    Logged("deleted", "2026-09-21T01:00", "2026-09-21T02:00", deleted=True, metric=("energy_kwh", [2.0])),
    Logged("elsewhere", "2026-09-22T01:00", "2026-09-22T02:00", experiment="docs", metric=("energy_kwh", [0.0])),
    Logged("before", "2026-08-30T22:00", "2026-08-31T23:59", metric=("energy_kwh", [9.0])),
    Logged("after", "2026-10-01T00:00", "2026-10-01T01:00", metric=("energy_kwh", [9.0])),
)  # fmt: skip
IN_SEPTEMBER = {run.name for run in RUNS} - {"before", "after"}


def _ms(text: str) -> int:
    return int(dt.datetime.fromisoformat(f"{text}+00:00").timestamp() * 1000)


def _log(url: str, run: Logged, experiment_id: str, ids: dict[str, str]) -> str:
    tags = {"mlflow.user": "alice", "mlflow.source.name": "/home/alice/secret/train.py", "cost_center": "CC-42",
            "mlflow.note.content": "asked by alice", "footing.lifecycle_phase": "development"}  # fmt: skip
    if run.project:
        tags["footing.project"] = run.project
    if run.parent:
        tags["mlflow.parentRunId"] = ids[run.parent]
    pairs = [{"key": key, "value": value} for key, value in tags.items()]
    made = call(url, "runs/create", experiment_id=experiment_id, run_name=run.name, user_id="alice",
                start_time=_ms(run.start), tags=pairs)  # fmt: skip
    run_id = str(made["run"]["info"]["run_id"])
    for key, value in run.params.items():
        call(url, "runs/log-parameter", run_id=run_id, key=key, value=value)
    for step, value in enumerate(run.metric[1] if run.metric else []):
        assert run.metric
        call(url, "runs/log-metric", run_id=run_id, key=run.metric[0], value=value, step=step,
             timestamp=_ms(run.start) + step)  # fmt: skip
    if run.end:
        call(url, "runs/update", run_id=run_id, status=run.status, end_time=_ms(run.end))
    if run.deleted:
        call(url, "runs/delete", run_id=run_id)
    return run_id


def serve(directory: Path) -> Iterator[str]:
    """Give the URL of a server that holds ``RUNS``."""
    for url in start_mlflow(install(), directory):
        experiments: dict[str, str] = {}
        ids: dict[str, str] = {}
        for run in RUNS:
            if run.experiment not in experiments:
                made = call(url, "experiments/create", name=run.experiment)
                experiments[run.experiment] = made["experiment_id"]
            ids[run.name] = _log(url, run, experiments[run.experiment], ids)
        yield url

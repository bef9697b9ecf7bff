"""Jobs run by a real Slurm, read back from its accounting through sacct."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from connectors.base import Document, Secrets, Source
from connectors.slurm_sacct import connector

from .reading import assert_whole, fetched, rows_of
from .slurm_cluster import CLUSTER, Cluster

SOURCE = Source("slurm", "slurm_sacct", ("par1",), {"timezone": "UTC"})


@pytest.fixture(scope="module")
def jobs(slurm: Cluster) -> dict[str, str]:
    """Run three short jobs and give their ids by name."""
    ids = {
        "triage": slurm.submit("triage", "claims", "sleep 3", comment="project=P-CLAIMS;phase=production"),
        "train": slurm.submit("train", "docai", "srun sleep 2", comment="project=P-DOCAI", gpus=2),
        "broken": slurm.submit("broken", "docai", "exit 3"),
    }
    slurm.wait_for(list(ids.values()))
    return ids


@pytest.fixture
def documents(slurm: Cluster, jobs: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    for name, value in slurm.env.items():
        monkeypatch.setenv(name, value)
    return fetched(connector, SOURCE, f"{datetime.now(UTC):%Y-%m}", Secrets())


def test_every_job_comes_with_account_comment_gpus_and_time(
    jobs: dict[str, str], documents: list[Document]
) -> None:
    rows = {row["job_id"]: row for row in rows_of(connector, documents) if not row["is_step"]}
    triage, train, broken = (rows[jobs[name]] for name in ("triage", "train", "broken"))
    assert (triage["job_name"], triage["account"], triage["cluster"]) == ("triage", "claims", CLUSTER)
    assert triage["comment"] == "project=P-CLAIMS;phase=production"
    assert (triage["state"], broken["state"]) == ("COMPLETED", "FAILED")
    assert (triage["alloc_gpus"], train["alloc_gpus"]) == (1, 2)
    assert 3 <= triage["elapsed_s"] <= 10
    assert triage["end_at"] - triage["start_at"] == timedelta(seconds=triage["elapsed_s"])
    assert abs(triage["end_at"].replace(tzinfo=UTC) - datetime.now(UTC)) < timedelta(minutes=30)


def test_steps_are_marked_so_that_no_job_counts_twice(
    jobs: dict[str, str], documents: list[Document]
) -> None:
    steps = {row["job_id"] for row in rows_of(connector, documents) if row["is_step"]}
    assert {f"{jobs['train']}.batch", f"{jobs['train']}.0"} <= steps


def test_a_requeued_job_stands_once_per_run_and_an_array_once_per_task(
    slurm: Cluster, jobs: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    array = slurm.submit("sweep", "docai", "sleep 1", array="0-1")
    again = slurm.submit("again", "docai", "srun sleep 4")
    deadline = time.monotonic() + 60
    while slurm.state_of(again) != "RUNNING" and time.monotonic() < deadline:
        time.sleep(0.2)
    time.sleep(2)
    slurm.requeue(again)
    slurm.wait_for([again, f"{array}_0", f"{array}_1"], seconds=120)
    for name, value in slurm.env.items():
        monkeypatch.setenv(name, value)
    rows = rows_of(connector, fetched(connector, SOURCE, f"{datetime.now(UTC):%Y-%m}", Secrets()))
    tasks = [row for row in rows if row["job_id"].startswith(f"{array}_") and not row["is_step"]]
    assert {row["job_id"] for row in tasks} == {f"{array}_0", f"{array}_1"}
    assert len({row["job_id_raw"] for row in tasks}) == 2
    runs = [row for row in rows if row["job_id_raw"].split(".")[0] == again]
    first, second = (at for at, row in enumerate(runs) if not row["is_step"])
    assert (runs[first]["state"], runs[second]["state"]) == ("REQUEUED", "COMPLETED")
    assert runs[first]["submit_at"] < runs[second]["submit_at"]
    # Each run is followed by its own steps: stg_slurm__jobs counts on it.
    for at, row in enumerate(runs):
        if row["is_step"]:
            own = runs[first] if at < second else runs[second]
            assert own["start_at"] <= row["start_at"] <= own["end_at"]


def test_the_user_never_reaches_landing(documents: list[Document]) -> None:
    assert_whole(documents)
    for document in documents:
        with document.open() as stream:
            assert not any("root" in line.split("|") for line in stream.read().decode().splitlines())


def test_the_same_question_gets_the_same_bytes(slurm: Cluster, documents: list[Document]) -> None:
    again = fetched(connector, SOURCE, f"{datetime.now(UTC):%Y-%m}", Secrets())
    assert [d.data for d in again] == [d.data for d in documents]


def test_a_month_without_jobs_is_a_document_without_rows(
    slurm: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in slurm.env.items():
        monkeypatch.setenv(name, value)
    assert rows_of(connector, fetched(connector, SOURCE, "2020-01", Secrets())) == []


def test_times_are_those_of_the_zone_the_source_names(
    slurm: Cluster, jobs: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # sacct writes local time of the process that runs it, wherever the cluster stands.
    monkeypatch.setenv("SLURM_CONF", str(slurm.slurm_conf))
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    paris = Source("slurm", "slurm_sacct", ("par1",), {"timezone": "Europe/Paris"})
    rows = rows_of(connector, fetched(connector, paris, f"{datetime.now(UTC):%Y-%m}", Secrets()))
    triage = next(row for row in rows if row["job_id"] == jobs["triage"])
    assert abs(triage["end_at"].replace(tzinfo=UTC) - datetime.now(UTC)) < timedelta(minutes=30)

"""``sacct --json`` gives the rows that ``sacct -P`` gives, and lands no user."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connectors import load
from connectors.base import Document, ParseError

SAMPLES = Path(__file__).with_name("samples")
CONNECTOR = load("slurm_sacct")


def read(data: bytes, name: str = "sacct.json") -> tuple[list[dict[str, Any]], list[Any]]:
    document = CONNECTOR.scrub(Document(data, name, "par1", options={"timezone": "UTC"}))
    parsed = list(CONNECTOR.parse(document))
    return [row for p in parsed for row in p.rows.to_pylist()], [
        reject for p in parsed for reject in p.rejects
    ]


@pytest.mark.parametrize("sample", ["sacct_energy_pm_counters", "sacct_energy_none"])
def test_both_formats_of_one_accounting_say_the_same(sample: str) -> None:
    told, refused = read((SAMPLES / f"{sample}.json").read_bytes())
    printed, _ = read((SAMPLES / f"{sample}.psv").read_bytes(), "sacct.psv")
    assert refused == []
    key = "job_id_raw"
    assert sorted(row[key] for row in told) == sorted(row[key] for row in printed)
    expected = {row[key]: row for row in printed}
    for row in told:
        other = expected[row[key]]
        # sacct prints whole milliseconds of processor time.
        assert row["cpu_busy_share"] == pytest.approx(other["cpu_busy_share"], abs=1e-3)
        same = {name for name in row if row[name] == other[name]} | {"cpu_busy_share"}
        assert set(row) - same <= {"document_row"}, (
            row[key],
            {n: (row[n], other[n]) for n in set(row) - same},
        )


def test_no_user_group_or_command_line_is_landed() -> None:
    data = (SAMPLES / "sacct_energy_none.json").read_bytes()
    told = json.loads(data)
    told["jobs"][0] |= {"submit_line": "sbatch --export=TOKEN=hunter2 run.sh", "user": {"name": "alice"}}
    scrubbed = CONNECTOR.scrub(Document(json.dumps(told).encode(), "sacct.json", "par1"))
    text = scrubbed.open().read().decode()
    assert "hunter2" not in text
    assert "alice" not in text
    assert '"root"' not in text


def job(**fields: Any) -> dict[str, Any]:
    time = {
        "submission": 1_000,
        "start": {"set": True, "infinite": False, "number": 1_800_000_000},
        "end": 1_800_003_600,
        "elapsed": 3600,
    }
    allocated = [
        {"type": "gres", "name": "gpu", "count": 2},
        {"type": "energy", "name": None, "count": 7_200},
    ]
    return {"job_id": 9, "name": "j", "time": time, "state": {"current": ["COMPLETED"]}, "nodes": "n[1-2]",
            "allocation_nodes": 2, "tres": {"allocated": allocated}, "comment": "plain",
            "wckey": {"wckey": "P-1", "flags": []}, "steps": []} | fields  # fmt: skip


def test_newer_parsers_wrap_numbers_and_states() -> None:
    array = {"job_id": 8, "task_id": {"set": True, "infinite": False, "number": 0}}
    [row], _ = read(json.dumps({"errors": [], "jobs": [job(array=array)]}).encode())
    assert (row["job_id"], row["job_id_raw"], row["state"], row["wckey"]) == ("8_0", "9", "COMPLETED", "P-1")
    assert (row["alloc_gpus"], row["consumed_energy_j"], row["node_names"]) == (2, 7_200, ["n1", "n2"])
    assert (row["elapsed_s"], str(row["start_at"])) == (3_600, "2027-01-15 08:00:00")


def test_an_unknown_shape_and_a_doubled_job_are_told() -> None:
    with pytest.raises(ParseError, match="job 1: unknown shape"):
        read(json.dumps({"jobs": [job(time={})]}).encode())
    with pytest.raises(ParseError, match="field jobs"):
        read(b'{"meta": {}}')
    rows, rejects = read(json.dumps({"jobs": [job(), job()]}).encode())
    assert (len(rows), [reject.reason for reject in rejects]) == (1, ["stands twice"])

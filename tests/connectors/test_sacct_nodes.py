"""What a job held of its nodes: worked by hand, and options that say what a partition is built of."""

from __future__ import annotations

import pytest

from connectors import load
from connectors._batches import RowError
from connectors._sacct_nodes import busy_share, memory_gb
from connectors.base import Document, ParseError

CONNECTOR = load("slurm_sacct")
HEADER = (
    "JobID|JobIDRaw|JobName|Cluster|Account|User|Partition|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NNodes|AllocTRES|"
    "ConsumedEnergyRaw|TotalCPU|CPUTimeRAW|NodeList|Comment"
)
GPU_JOB = "7|7|t|c|a|u|gpu|COMPLETED|2026-09-01T10:00:00|2026-09-01T10:00:00|2026-09-01T11:00:00|3600|4|1|cpu=4,gres/gpu=2,mem=512000M,node=1||02:00:00|14400|n1|"
BUILT = {"gpu": {"gpu": "h100", "processor": "AMD EPYC 9654", "processors": 2, "cpus": 384}}


def read(line: str, nodes: object) -> list[dict[str, object]]:
    options = {"timezone": "UTC", "nodes": nodes}
    document = Document(f"{HEADER}\n{line}\n".encode(), "sacct.psv", "par1", options=options)
    return [row for parsed in CONNECTOR.parse(document) for row in parsed.rows.to_pylist()]


@pytest.mark.parametrize(
    ("total", "available", "share"),
    [("02:00:00", "14400", 0.5), ("1-00:00:00", "172800", 0.5), ("00:30.500", "61", 0.5), ("45", "30", 1.0),
     ("00:00:00", "14400", None), ("", "14400", None), (None, None, None), ("10:00", "0", None)],
)  # fmt: skip
def test_processor_time_used_is_a_share_of_what_was_held(total, available, share):
    assert busy_share(total, available) == share


@pytest.mark.parametrize(
    ("text", "gb"),
    [("512000M", 536.870912), ("8G", 8.589934592), ("1024", 1.073741824), ("0", 0), (None, None)],
)
def test_memory_is_read_in_gigabytes(text, gb):
    assert memory_gb(text) == gb


def test_what_is_no_size_or_time_is_refused():
    with pytest.raises(RowError, match="is no size of memory"):
        memory_gb("lots")
    with pytest.raises(RowError, match="is no time used"):
        busy_share("soon", "10")


def test_a_partition_lends_its_jobs_what_its_nodes_are_built_of():
    (row,) = read(GPU_JOB, BUILT)
    assert {key: row[key] for key in ("gpu_type", "processor", "node_processors", "node_cpus")} == {
        "gpu_type": "h100",
        "processor": "AMD EPYC 9654",
        "node_processors": 2,
        "node_cpus": 384,
    }
    assert (row["cpu_busy_share"], row["alloc_memory_gb"]) == (0.5, 536.870912)
    (other,) = read(GPU_JOB.replace("|gpu|", "|cpu|"), BUILT)
    assert (other["gpu_type"], other["processor"]) == (None, None)
    (starred,) = read(GPU_JOB.replace("gres/gpu=2", "gres/gpu:a100=2,gres/gpu=2"), {"*": {"gpu": "h100"}})
    assert starred["gpu_type"] == "a100"


@pytest.mark.parametrize(
    ("nodes", "said"),
    [({"gpu": {"cores": 4}}, "options.nodes.gpu.*takes only"), ({"gpu": "h100"}, "takes only"),
     ({"gpu": {"processor": "P"}}, "needs its number per node"), ({"gpu": {"processor": "P", "processors": 0, "cpus": 4}}, "needs")],
)  # fmt: skip
def test_an_option_that_says_too_little_is_refused(nodes, said):
    with pytest.raises(ParseError, match=said):
        read(GPU_JOB, nodes)

"""Synthetic typed telemetry and Slurm jobs of any number of clusters: 1,000 boards, a month of one-minute samples each."""

from __future__ import annotations

from pathlib import Path

import duckdb

BOARDS, MINUTES = 1_000, 43_200

# Watts by a hash, so that every run has the same samples. The last digits make sums inexact, as real ones are.
SAMPLES = """
select
    'cluster-{cluster}' as doc_key,
    m.minute * {boards} + b.board + 1 as document_row,
    'DCGM_FI_DEV_POWER_USAGE' as metric,
    'power' as kind,
    'gpu' as level,
    1 as board_series,
    timestamp '2026-09-01' + interval 1 minute * (m.minute + 1) as ts,
    60 + (hash(b.board * 100003 + m.minute * 7 + {cluster}) % 34000) / 100.0 as value,
    60.0 as step_seconds,
    printf('GPU-{cluster}-%06d', b.board) as uuid,
    printf('node{cluster}-%06d', b.board) as hostname,
    cast(null as varchar) as namespace,
    cast(null as varchar) as pod,
    cast(null as varchar) as hpc_job
from range({boards}) as b(board), range({minutes}) as m(minute)
"""
# Idle gaps of 1–120 minutes, jobs of 1–500 minutes and some seconds, one after the other on each board.
JOBS = """
with lengths as (
    select
        b.board,
        k.number,
        60 * (1 + hash(b.board * 1009 + k.number + {cluster}) % 120) as gap_s,
        60 * (1 + hash(b.board * 773 + k.number * 5 + {cluster}) % 500) + hash(b.board + k.number * 31) % 60 as length_s
    from range({boards}) as b(board), range(135) as k(number)
),

ends as (
    select *, sum(gap_s + length_s) over (partition by board order by number) as end_s from lengths
)

select
    'jobs-{cluster}' as doc_key,
    row_number() over (order by board, number) as document_row,
    cast(board * 1000 + number as varchar) as job_id_raw,
    timestamp '2026-08-31' as submit_at,
    1 as nodes,
    1 as alloc_gpus,
    timestamp '2026-09-01' + to_seconds(cast(end_s - length_s as bigint)) as start_at,
    timestamp '2026-09-01' + to_seconds(cast(end_s as bigint)) as end_at,
    cast(length_s as bigint) as elapsed_s,
    [printf('node{cluster}-%06d', board)] as node_names,
    false as is_step
from ends
where end_s < {minutes} * 60
"""


def write(folder: Path, clusters: int) -> int:
    """Write ``samples-<n>.parquet`` and ``jobs-<n>.parquet`` per cluster; give the number of jobs."""
    jobs = 0
    with duckdb.connect() as con:
        for cluster in range(clusters):
            for name, query in (("samples", SAMPLES), ("jobs", JOBS)):
                text = query.format(cluster=cluster, boards=BOARDS, minutes=MINUTES)
                path = folder / f"{name}-{cluster:02d}.parquet"
                con.execute(f"copy ({text}) to '{path}' (format parquet)")
                if name == "jobs":
                    [(count,)] = con.execute(f"select count(*) from '{path}'").fetchall()
                    jobs += count
    return jobs

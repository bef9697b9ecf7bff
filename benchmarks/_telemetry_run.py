"""Child process of ``telemetry``: roll up plainly, or attribute to jobs; print seconds, kWh in all and kWh of jobs."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import duckdb

from footing import rollup

# The least that any use of telemetry must do: one pass, one sum per board and hour.
PLAIN = """
select
    doc_key,
    uuid,
    hostname,
    date_trunc('hour', ts - interval '1' second) as hour_start,
    cast(null as varchar) as job_id,
    sum(value * step_seconds) / 3600000 as kwh
from samples
group by doc_key, uuid, hostname, date_trunc('hour', ts - interval '1' second)
"""


def main(way: str, folder: Path) -> None:
    """Run over every cluster of the folder, one document after the other, as a close does."""
    query = PLAIN if way == "plain" else rollup.text_of("job_hours")
    started = time.monotonic()
    for samples in sorted(folder.glob("samples-*.parquet")):
        jobs = samples.with_name(samples.name.replace("samples", "jobs"))
        rollup.run(query, samples, [jobs], folder / f"{way}-{samples.stem}.out")
    seconds = time.monotonic() - started
    with duckdb.connect() as con:
        con.execute("set memory_limit = '100MB'")
        found = con.execute(
            f"select fsum(kwh), coalesce(fsum(kwh) filter (where job_id is not null), 0), min(kwh) "
            f"from read_parquet('{folder}/{way}-*.out')"
        ).fetchall()
    print(seconds, *found[0])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

"""``sacct --json`` as the cells that ``sacct -P`` would print: the shapes of data parsers 0.0.38 to 0.0.42.

Their fields: https://slurm.schedmd.com/rest_api.html (``dbv0.0.xx_job``, ``dbv0.0.xx_step``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from connectors import base

# Who ran a job, and what the command line held: emptied wherever they stand before the document is landed.
PERSONAL = {"user", "group", "user_name", "working_directory", "submit_line", "kill_request_user", "std_in", "std_out",
            "std_err", "stdin_expanded", "stdout_expanded", "stderr_expanded", "mail_user", "script"}  # fmt: skip


def scrubbed(value: Any) -> Any:
    """Give the same structure with personal fields emptied."""
    if isinstance(value, dict):
        return {name: "" if name in PERSONAL else scrubbed(inner) for name, inner in value.items()}
    return [scrubbed(inner) for inner in value] if isinstance(value, list) else value


def cells(document: base.Document, told: Any) -> Iterator[dict[str, str]]:
    """Give one row per job and step, in the order of ``sacct -P``; times are UTC.

    Raises
    ------
    ParseError
        When the answer holds errors or no list of jobs, or a job lacks its number or times.
    """
    if not isinstance(told, dict) or not isinstance(told.get("jobs"), list):
        raise base.ParseError(f"{document.name}, field jobs: missing; run sacct --json again")
    if told.get("errors"):
        raise base.ParseError(f"{document.name}, field errors: sacct answered with an error; run it again")
    for number, job in enumerate(told["jobs"], start=1):
        try:
            yield from _rows(job)
        except (KeyError, TypeError, AttributeError, ValueError, OverflowError, OSError) as error:
            raise base.ParseError(
                f"{document.name}, job {number}: unknown shape ({type(error).__name__}: {error}); use sacct -P instead"
            ) from None


def _rows(job: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    raw, array = str(job["job_id"]), job.get("array") or {}
    task = _number(array.get("task_id"))
    name = f"{_number(array.get('job_id'))}_{task}" if _number(array.get("job_id")) and task else raw
    comment, wckey = job.get("comment"), job.get("wckey")
    shared = {
        "Cluster": job.get("cluster") or "",
        "Account": job.get("account") or "",
        "Submit": _time(job["time"]["submission"]),
        "AdminComment": (comment.get("administrator") if isinstance(comment, dict) else None) or "",
        "WCKey": (wckey.get("wckey") if isinstance(wckey, dict) else wckey) or "",
    }
    allocated = _tres(job)
    yield (
        shared
        | {
            "JobID": name,
            "JobIDRaw": raw,
            "JobName": job.get("name") or "",
            "Partition": job.get("partition") or "",
            "State": _state(job),
            "NNodes": _number(job.get("allocation_nodes")),
            "NodeList": job.get("nodes") or "",
            "Comment": (comment.get("job") if isinstance(comment, dict) else comment) or "",
            "ConsumedEnergyRaw": next((value for key, value in allocated if key == "energy"), ""),
        }
        | _use(job, allocated)
    )
    for step in job.get("steps") or []:
        part = str(step["step"]["id"]).removeprefix(f"{raw}.")
        allocated = _tres(step)
        yield (
            shared
            | {
                # sacct prints the start of a step as its submission.
                "Submit": _time(step["time"]["start"]),
                "JobID": f"{name}.{part}",
                "JobIDRaw": f"{raw}.{part}",
                "JobName": step["step"].get("name") or "",
                "Partition": "",
                "State": _state(step),
                "NNodes": _number(step["nodes"].get("count")),
                "NodeList": step["nodes"].get("range") or "",
                "Comment": "",
                "ConsumedEnergyRaw": _number(step["statistics"]["energy"].get("consumed")),
            }
            | _use(step, allocated)
        )


def _use(row: Mapping[str, Any], allocated: list[tuple[str, str]]) -> dict[str, str]:
    elapsed, cpus = (
        _number(row["time"]["elapsed"]) or "0",
        next((v for key, v in allocated if key == "cpu"), "0"),
    )
    # sacct prints on a job's line what its steps used.
    used = _cpu_seconds(row) or sum(map(_cpu_seconds, row.get("steps") or []))
    return {
        "TotalCPU": f"{used:.3f}",
        "CPUTimeRAW": str(int(elapsed) * int(cpus)),
        "Start": _time(row["time"]["start"]),
        "End": _time(row["time"]["end"]),
        "ElapsedRaw": _number(row["time"]["elapsed"]) or "0",
        "AllocCPUS": next((value for key, value in allocated if key == "cpu"), "0"),
        "AllocTRES": ",".join(f"{key}={value}" for key, value in allocated),
    }


def _cpu_seconds(row: Mapping[str, Any]) -> float:
    total = row["time"].get("total") or {}
    return float(_number(total.get("seconds")) or 0) + float(_number(total.get("microseconds")) or 0) / 1e6


def _tres(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        ("/".join(filter(None, (one["type"], one.get("name")))), _number(one["count"]))
        for one in (row.get("tres") or {}).get("allocated") or []
    ]


def _state(row: Mapping[str, Any]) -> str:
    state = row.get("state") or ""
    current = state.get("current") if isinstance(state, dict) else state
    return str(current[0] if isinstance(current, list) and current else current or "")


def _number(value: Any) -> str:
    # Newer parsers wrap numbers: {"set": true, "infinite": false, "number": 5}.
    if isinstance(value, dict):
        value = value.get("number") if value.get("set") and not value.get("infinite") else None
    return "" if value is None else str(int(value))


def _time(value: Any) -> str:
    seconds = int(_number(value) or 0)
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S") if seconds else "Unknown"

"""Slurm accounting: ``sacct -P`` of one cluster and month, run here or over ssh; ``sacct --json`` as a dropped file."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number, whole
from connectors._csv import first_bytes, lines, rows
from connectors._hostlist import expand
from connectors._json import answer
from connectors._sacct_json import cells, scrubbed
from connectors._sacct_nodes import built_of, busy_share, hardware, memory_gb
from connectors._times import span_to_utc, to_utc, zone_of

COLUMNS = (
    "JobID,JobIDRaw,JobName,Cluster,Account,User,Partition,QOS,State,ExitCode,Submit,Eligible,Start,End,ElapsedRaw,"
    "Suspended,AllocCPUS,NNodes,AllocTRES,ReqTRES,ConsumedEnergyRaw,ConsumedEnergy,TRESUsageInTot,TotalCPU,CPUTimeRAW,"
    "NodeList,Comment,AdminComment,WCKey"
)
NEEDED = {
    "JobID", "JobIDRaw", "JobName", "Cluster", "Account", "Partition", "State", "Submit", "Start", "End",
    "ElapsedRaw", "AllocCPUS", "NNodes", "AllocTRES", "ConsumedEnergyRaw", "NodeList", "Comment",
}  # fmt: skip
UTC = ZoneInfo("UTC")
REMEDY = "run sacct again without a time format"
# Slurm's own longest usual limits are weeks; more than a year is a clock that was wrong.
MAX_SECONDS = 400 * 86_400
# 10 MW for a month, in joules: a node counter that wrapped.
MAX_JOULES = 3e13


class Connector(base.Connector):
    """One request is one cluster; see ``docs/sources/slurm.md``. Who ran a job never reaches landing."""

    PERSONAL_FIELDS = ("User",)
    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("job_id", pa.string()), ("job_id_raw", pa.string()), ("job_name", pa.string()),
        ("cluster", pa.string()), ("account", pa.string()), ("partition", pa.string()), ("state", pa.string()),
        ("submit_at", pa.timestamp("us")), ("start_at", pa.timestamp("us")), ("end_at", pa.timestamp("us")),
        ("elapsed_s", pa.int64()), ("alloc_cpus", pa.int64()), ("nodes", pa.int64()), ("alloc_gpus", pa.int64()),
        ("gpu_type", pa.string()), ("alloc_memory_gb", pa.float64()), ("cpu_busy_share", pa.float64()),
        ("processor", pa.string()), ("node_processors", pa.int64()), ("node_cpus", pa.int64()),
        ("consumed_energy_j", pa.float64()), ("node_list", pa.string()),
        ("node_names", pa.list_(pa.string())), ("comment", pa.string()), ("admin_comment", pa.string()),
        ("wckey", pa.string()), ("is_step", pa.bool_()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Run ``sacct`` for the month: every job that ran in it, also across its borders.

        sacct prints times in its process' own zone, so ``TZ`` is set to the zone that the source names. Without a
        host it runs here; else through the system's ``ssh`` (login, port, ``extra.key_file``).
        """
        start = dt.date.fromisoformat(f"{period}-01")
        end = (start + dt.timedelta(days=32)).replace(day=1)
        for name in source.requests:
            options = source.options_for(name)
            command = [
                "env",
                f"TZ={options['timezone']}",
                "sacct",
                "-a",
                "-P",
                "-D",
                "-S",
                f"{start}T00:00:00",
                "-E",
                f"{end}T00:00:00",
                "-o",
                COLUMNS,
            ]
            if cluster := options.get("cluster"):
                command += ["-M", str(cluster)]
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "sacct.psv"
                with path.open("wb") as out:
                    done = subprocess.run(
                        [*_reach(secrets), *command], stdout=out, stderr=subprocess.PIPE, check=False
                    )
                if done.returncode:
                    said = done.stderr.decode("utf-8", "replace").strip()[-300:]
                    raise RuntimeError(f"{source.id} ({name}): sacct ended with {done.returncode}: {said}")
                yield base.Document(path, f"sacct-{period}.psv", name, options=options)

    def scrub(self, document: base.Document) -> base.Document:
        """Empty the personal columns or fields; the header and all else stay."""
        if _is_json(document):
            kept = json.dumps(scrubbed(answer(document)), ensure_ascii=False)
            return replace(document, data=kept.encode(), name=document.name.removesuffix(".gz"))
        out = io.StringIO(newline="")
        header: list[str] | None = None
        for line in lines(document):
            fields = line.rstrip("\r\n").split("|")
            if header is None:
                header = fields
            else:
                fields = ["" if column < len(header) and header[column] in self.PERSONAL_FIELDS else field
                          for column, field in enumerate(fields)]  # fmt: skip
            out.write("|".join(fields) + line[len(line.rstrip("\r\n")) :])
        return base.Document(out.getvalue().encode(), document.name.removesuffix(".gz"), document.request, document.part,
                             document.last_part, document.options)  # fmt: skip

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one accounting file; local times become UTC by ``options.timezone`` (JSON's are UTC already)."""
        nodes = hardware(document)
        rows = _jobs(document, zone_of(document))
        return batches(
            (row if isinstance(row, base.Reject) else row | built_of(row, nodes) for row in rows), self.SCHEMA
        )


def _reach(secrets: base.Secrets) -> list[str]:
    if not secrets.host:
        return []
    target = f"{secrets.login}@{secrets.host}" if secrets.login else secrets.host
    key = ["-i", str(secrets.extra["key_file"])] if secrets.extra.get("key_file") else []
    return ["ssh", "-o", "BatchMode=yes", "-p", str(secrets.port or 22), *key, target, "--"]


def _is_json(document: base.Document) -> bool:
    return first_bytes(document, 64).lstrip()[:1] == b"{"


def _json_rows(document: base.Document) -> Iterator[dict[str, Any] | base.Reject]:
    seen: set[str] = set()
    for row, found in enumerate(cells(document, answer(document)), start=1):
        text = "|".join(found.values())
        try:
            if text in seen:
                raise RowError("(row)", found["JobIDRaw"], "stands twice", "run sacct again")
            seen.add(text)
            yield {"document_row": row} | _job(found, UTC)
        except RowError as error:
            yield error.reject(row, text)


def _jobs(document: base.Document, zone: ZoneInfo) -> Iterator[dict[str, Any] | base.Reject]:
    if _is_json(document):
        yield from _json_rows(document)
        return
    for row, text, found in rows(document, "|", NEEDED):
        if isinstance(found, base.Reject):
            yield found
            continue
        try:
            yield {"document_row": row} | _job(found, zone)
        except RowError as error:
            yield error.reject(row, text)


def _job(cells: dict[str, str], zone: ZoneInfo) -> dict[str, Any]:
    tres = dict(part.split("=", 1) for part in cells["AllocTRES"].split(",") if "=" in part)
    # gres/gpu and gres/gpu:h100 count the same devices: the first is the number, the second the type.
    gpu_type = next((key.split(":", 1)[1] for key in tres if key.startswith("gres/gpu:")), None)
    # A job that never started has "None assigned".
    nodes = "" if cells["NodeList"].startswith("None") else cells["NodeList"]
    energy = number("ConsumedEnergyRaw", cells["ConsumedEnergyRaw"], minimum=0, maximum=MAX_JOULES)
    if not re.fullmatch(r"\d+([._].*)?", cells["JobIDRaw"]):
        raise RowError("JobIDRaw", cells["JobIDRaw"], "is no job number", "run sacct again")
    elapsed_s = whole("ElapsedRaw", cells["ElapsedRaw"], minimum=0, maximum=MAX_SECONDS)
    start_at, end_at = _ran(cells, elapsed_s, zone)
    return {
        "job_id": cells["JobID"],
        "job_id_raw": cells["JobIDRaw"],
        "job_name": cells["JobName"] or None,
        "cluster": cells["Cluster"] or None,
        "account": cells["Account"] or None,
        "partition": cells["Partition"] or None,
        "state": cells["State"].split(" ")[0] or None,
        "submit_at": _utc("Submit", cells, zone),
        "start_at": start_at,
        "end_at": end_at,
        "elapsed_s": elapsed_s,
        "alloc_cpus": whole("AllocCPUS", cells["AllocCPUS"], minimum=0),
        "nodes": whole("NNodes", cells["NNodes"], minimum=0),
        "alloc_gpus": whole("AllocTRES", tres.get("gres/gpu"), minimum=0),
        "gpu_type": gpu_type,
        "alloc_memory_gb": memory_gb(tres.get("mem")),
        "cpu_busy_share": busy_share(cells.get("TotalCPU"), cells.get("CPUTimeRAW")),
        "consumed_energy_j": energy or None,
        "node_list": nodes or None,
        "node_names": expand(nodes) if nodes else None,
        "comment": cells["Comment"] or None,
        "admin_comment": cells.get("AdminComment") or None,
        # A key that the user did not choose but the cluster gave by default is marked with a star.
        "wckey": (cells.get("WCKey") or "").removeprefix("*") or None,
        "is_step": "." in cells["JobIDRaw"],
    }


def _ran(
    cells: dict[str, str], elapsed_s: int | None, zone: ZoneInfo
) -> tuple[dt.datetime | None, dt.datetime | None]:
    start_at, end_at = _utc("Start", cells, zone), _utc("End", cells, zone)
    if start_at is None or end_at is None:
        return start_at, end_at
    start, end = ("Start", cells["Start"]), ("End", cells["End"])
    return span_to_utc(start, end, elapsed_s, zone, REMEDY)


def _utc(field: str, cells: dict[str, str], zone: ZoneInfo) -> dt.datetime | None:
    text = cells[field].strip()
    if text in ("", "Unknown", "None"):
        return None
    return to_utc(field, text, zone, REMEDY)


connector = Connector()

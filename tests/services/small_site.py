"""One small site's configuration: telemetry and jobs from real servers, the bill from the inbox."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from .prometheus_server import METRIC, MONTH, STEP_SECONDS

REPOSITORY = Path(__file__).resolve().parents[2]
SITE = "par1"
BILL_KWH = 14_000.0

_BILL_COLUMNS = {
    "supplier": "supplier",
    "invoice_number": "invoice",
    "invoice_line": "line",
    "meter_id": "meter",
    "period_from": "from",
    "period_to": "to",
    "consumption_kwh": "kwh",
    "reading_type": "reading",
    "amount": "net",
    "currency": "currency",
    "is_credit_note": "credit",
}


RULES = """\
priority,source_id,field,pattern,boundary,project_id,lifecycle_phase,lifecycle_activity,note
10,slurm,comment,project:P-DOCAI.*,ai,P-DOCAI,development,training,Label on the job
20,dcgm,namespace,docai,ai,P-DOCAI,development,training,Namespace of the pod
30,dcgm,namespace,claims,ai,P-CLAIMS,usage,serving,Namespace of the pod
"""


def _source(id: str, connector: str, kind: str, options: dict[str, Any], connection: str | None) -> dict[str, Any]:
    return {
        "id": id,
        "title": id,
        "connector": connector,
        "kind": kind,
        "via": "inbox" if kind == "meter" else "api",
        "connection": connection,
        "requests": [SITE],
        "first_period": MONTH,
        "options": options,
    }


def write_config(folder: Path) -> Path:
    """Give the bundled organization's configuration with three sources of its main site, two asked by API."""
    shutil.copytree(REPOSITORY / "config", folder)
    bill = {"delimiter": ",", "decimal": ".", "date_order": "YMD", "period_to": "exclusive"}
    sources = [
        _source(
            "dcgm",
            "prometheus",
            "telemetry",
            {"query": METRIC, "step_seconds": STEP_SECONDS},
            "prometheus_par1",
        ),
        _source("slurm", "slurm_sacct", "jobs", {"timezone": "UTC"}, None),
        _source("electricity", "electricity_bill", "meter", {**bill, "columns": _BILL_COLUMNS}, None),
    ]
    (folder / "sources.yml").write_text(yaml.safe_dump({"sources": sources}, sort_keys=False))
    (folder / "allocation_rules.csv").write_text(RULES)
    return folder


def bill_csv() -> str:
    """Give the month's synthetic bill of the site's meter."""
    meters = (REPOSITORY / "config" / "meters.csv").read_text().splitlines()
    meter = next(line.split(",")[0] for line in meters if f",{SITE}," in line)
    header = ",".join(_BILL_COLUMNS.values())
    return f"{header}\nTest supplier,F-1,1,{meter},2026-09-01,2026-10-01,{BILL_KWH},actual,1400.00,EUR,no\n"

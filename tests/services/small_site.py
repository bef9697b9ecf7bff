"""One small site's configuration: telemetry and jobs from real servers, the bill from the inbox."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from .prometheus_server import METRIC, MONTH, STEP_SECONDS

REPOSITORY = Path(__file__).resolve().parents[2]
SITE = "par1"
METER = "30000000000001"
# 9 kW of other IT for 720 h and 326 kWh of boards, × 1.35, on a feed that carries 85 % of the meter: some
# 10,810 kWh; the rest is idle.
BILL_KWH = 11_500.0

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


TABLES = {
    "allocation_rules.csv": """\
priority,source_id,field,pattern,boundary,project_id,lifecycle_phase,lifecycle_activity,note
10,slurm,comment,project:P-DOCAI.*,ai,P-DOCAI,development,training,Label on the job
20,dcgm,namespace,docai,ai,P-DOCAI,development,training,Namespace of the pod
30,dcgm,namespace,claims,ai,P-CLAIMS,usage,serving,Namespace of the pod
""",
    "loads.csv": """\
load_id,site_id,kw,boundary,project_id,lifecycle_phase,lifecycle_activity,valid_from,valid_to,evidence
par1-web,par1,9.0,outside_ai,,,,2024-01-01,,Made up for the test
""",
    "meters.csv": f"""\
meter_id,site_id,energy_source,note
{METER},par1,grid,Made up for the test
""",
    "site_parameters.csv": """\
site_id,valid_from,pue,it_feed_share,evidence
par1,2024-01-01,1.35,0.85,Made up for the test
""",
}


def _source(
    id: str, connector: str, kind: str, options: dict[str, Any], connection: str | None
) -> dict[str, Any]:
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
    """Give the bundled organization's configuration, cut down to one site and three sources."""
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
    for name, text in TABLES.items():
        (folder / name).write_text(text)
    return folder


def bill_csv() -> str:
    """Give the month's synthetic bill of the site's meter."""
    header = ",".join(_BILL_COLUMNS.values())
    return f"{header}\nTest supplier,F-1,1,{METER},2026-09-01,2026-10-01,{BILL_KWH},actual,1400.00,EUR,no\n"

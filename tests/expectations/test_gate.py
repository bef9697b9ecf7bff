"""Both doors: clean frames pass, each planted fault fails with its severity, empty frames fail."""

import subprocess
import sys

import duckdb
import pandas as pd
import pytest

from expectations import gate, page
from expectations.results import CheckResult
from expectations.suites import (
    asset_register,
    aws_carbon_export,
    aws_console_csv,
    aws_sustainability,
    azure_carbon,
    azure_monitor,
    codecarbon,
    deliveries,
    electricity_bill,
    focus,
    google_carbon_footprint,
    heat_bill,
    marts,
    microsoft_emissions,
    mlflow,
    opencost,
    ovhcloud_carbon,
    prometheus,
    scaleway_footprint,
    slurm_sacct,
)
from tests.ledger import world


def failed(results, severity=None):
    return {r.check_id for r in results if not r.success and (severity is None or r.severity == severity)}


def run(module, frame):
    frame = getattr(module, "columns", lambda rows: rows)(frame)
    return gate._validate(frame, module.suite(), "s", "documents", "suite")


HEAT = {"meter_id": ["h", "c"], "consumption_kwh": [900.0, -900.0], "kind": ["heat", "cooling"]}

GOOGLE = {
    "usage_month": ["2026-09-01"] * 2, "billing_account_id": ["A"] * 2, "service_description": ["Vertex AI"] * 2,
    "carbon_model_version": ["15"] * 2, "scope1_kg_co2e": [1.0] * 2, "scope2_location_kg_co2e": [2.0] * 2,
    "scope2_market_kg_co2e": [1.0] * 2, "scope3_kg_co2e": [3.0] * 2, "total_location_kg_co2e": [6.0] * 2,
    "total_undivided_kg_co2e": [None] * 2,
}  # fmt: skip
GPU = {
    "metric": ["DCGM_FI_DEV_POWER_USAGE"] * 2,
    "device_id": ["G1", "G2"],
    "ts": pd.to_datetime(["2026-09-01"] * 2),
    "value": [300.0, 80.0],
    "model_name": ["H100"] * 2,
    "level": ["gpu", "gpu"],
    "kind": ["power", "power"],
}
JOBS = {
    "job_id_raw": ["1", "2"],
    "submit_at": pd.to_datetime(["2026-09-01"] * 2),
    "elapsed_s": [10, 20],
    "alloc_gpus": [4.0, 0.0],
}
ASSETS = {
    "asset_tag": ["a", "b"], "serial_number": ["1", "2"], "model": ["R740"] * 2, "in_service_date": ["2024-01-01"] * 2,
    "site_id": ["par1"] * 2, "device_class": ["server"] * 2, "embodied_kg_co2e": [1300.0, None],
}  # fmt: skip
BILLS = {
    "meter_id": ["m"] * 2,
    "period_from": ["2026-09-01"] * 2,
    "period_to": ["2026-10-01"] * 2,
    "consumption_kwh": [900.0, 950.0],
}
AWS = {
    "period_month": ["2026-09-01"] * 2, "account_id": ["000011112222"] * 2, "model_version": ["v3.0.1", "v2.0.0"],
    "product_code": ["Other"] * 2, "scope1_t_co2e": [0.01, None], "scope2_location_t_co2e": [0.3, None],
    "scope2_market_t_co2e": [0.02, None], "scope3_location_t_co2e": [0.19, None], "scope3_market_t_co2e": [0.15, None],
    "total_location_t_co2e": [0.5, 0.4], "total_market_t_co2e": [0.18, 0.1],
}  # fmt: skip
CONSOLE = {"usage_year": [2025] * 2, "service": ["Other"] * 2, "region": ["Global"] * 2, "unit": ["t"] * 2}
CHARGES = {
    "charges": [9, 9], "usage_charges": [8, 8], "usage_without_service": [0, 0], "share_tag_faults": [0.0, 0.0],
    "share_without_region": [0.1, 0.1], "months": [1, 2], "usage_list_cost": [9.0, 9.0], "effective_to_list": [0.9, None],
}  # fmt: skip
OVHCLOUD = {
    "month": ["2026-09-01"] * 2, "service_type": ["BAREMETAL"] * 2, "datacenter": ["GRA"] * 2,
    "manufacturing_kg_co2e": [5.0] * 2, "electricity_location_kg_co2e": [15.5] * 2, "electricity_market_kg_co2e": [1.25] * 2,
    "operational_location_kg_co2e": [7.0] * 2, "operational_market_kg_co2e": [6.75] * 2,
    "total_location_kg_co2e": [27.5, 27.52], "total_market_kg_co2e": [13.0, None],
}  # fmt: skip
SCALEWAY = {
    "month": ["2026-09-01"] * 2, "project_id": ["p"] * 2, "region": ["fr-par"] * 2, "zone": [None, "fr-par-1"],
    "sku": ["a", "b"], "kg_co2e": [1.25, 4.75], "water_m3": [0.003, 0.012], "zone_kg_co2e": [None, 4.75],
    "zone_water_m3": [None, 0.012],
    **{f"{level}_kg_co2e": [6.0] * 2 for level in ("organization", "project", "region")},
    **{f"{level}_water_m3": [0.015] * 2 for level in ("organization", "project", "region")},
}  # fmt: skip
TRACKED = {
    "ended_at": pd.to_datetime(["2026-09-01"] * 2), "run_id": ["a", "b"], "duration_s": [60.0, 90.0], "pue": [1.0, 1.2],
    "cpu_energy_kwh": [1.0] * 2, "gpu_energy_kwh": [2.0] * 2, "ram_energy_kwh": [0.5] * 2, "energy_consumed_kwh": [3.5] * 2,
}  # fmt: skip
LOGGED = {
    "run_id": ["a", "b"], "started_at": pd.to_datetime(["2026-09-01"] * 2), "duration_s": [60.0, 90.0],
    "project": ["P"] * 2, "energy_value": [1.0, 2.0],
}  # fmt: skip
MINUTES = {
    "minute_start": pd.to_datetime(["2026-09-01"] * 2), "instance_id": ["i"] * 2, "energy_j": [18_000.0, 0.0],
}  # fmt: skip
SHARES = {"day": ["2026-09-01"] * 2, "cluster": ["c"] * 2, "minutes": [1440.0] * 2, "gpu_hours": [1.0, 0.0]}
RESOURCES = {
    "month": ["2026-09-01"] * 3, "scope": ["1", "2", "3"], "subscription_id": ["s"] * 3, "decision": ["Allowed"] * 3,
    "resource_id": ["/r"] * 3, "kg_co2e": [1.0, 2.0, 3.0],
}  # fmt: skip
MICROSOFT = {
    "month": ["2026-09-01"] * 2, "subscription_id": ["s"] * 2, "service": ["Storage"] * 2, "scope": ["1", "3"],
    "emissions_t_co2e": [0.0005, 0.0225],
}  # fmt: skip
CASES = {
    azure_carbon: (
        RESOURCES,
        {"decision": ["Allowed", "Allowed", "Denied"]},
        "no_subscription_denied",
        "warning",
    ),
    microsoft_emissions: (MICROSOFT, {"scope": ["1", "total"]}, "scope_known", "critical"),
    aws_carbon_export: (
        AWS,
        {"scope3_market_t_co2e": [0.151, None]},
        "market_total_equals_scopes",
        "critical",
    ),
    aws_sustainability: (
        AWS,
        {"total_location_t_co2e": [500, 0.4]},
        "total_location_t_co2e_plausible",
        "warning",
    ),
    aws_console_csv: (CONSOLE, {"unit": ["t", "lb"]}, "unit_known", "critical"),
    focus: (CHARGES, {"share_tag_faults": [0.5, 0.0]}, "share_tag_faults_plausible", "warning"),
    scaleway_footprint: (
        SCALEWAY,
        {"region_kg_co2e": [10.75] * 2},
        "region_total_equals_leaves",
        "critical",
    ),
    ovhcloud_carbon: (
        OVHCLOUD,
        {"total_location_kg_co2e": [27.5, 28.0]},
        "location_total_equals_parts",
        "critical",
    ),
    opencost: (SHARES, {"gpu_hours": [-1.0, 0.0]}, "gpu_hours_plausible", "critical"),
    codecarbon: (TRACKED, {"energy_consumed_kwh": [3.4, 3.5]}, "sum_equals_parts", "critical"),
    mlflow: (LOGGED, {"project": ["P", None]}, "project_filled", "warning"),
    azure_monitor: (MINUTES, {"energy_j": [9e6, 0.0]}, "energy_j_plausible", "warning"),
    google_carbon_footprint: (
        GOOGLE,
        {"total_location_kg_co2e": [7.0, 6.0]},
        "total_equals_parts",
        "critical",
    ),
    prometheus: (GPU, {"device_id": [None, "G2"]}, "device_id_filled", "critical"),
    slurm_sacct: (JOBS, {"elapsed_s": [10, 9_999_999]}, "elapsed_s_plausible", "warning"),
    asset_register: (ASSETS, {"serial_number": ["1", "1"]}, "serial_number_unique", "critical"),
    heat_bill: (HEAT, {"kind": ["heat", "gas"]}, "kind_known", "critical"),
    electricity_bill: (BILLS, {"period_to": ["2027-09-01", "2026-10-01"]}, "days_plausible", "warning"),
}


@pytest.mark.parametrize("module", CASES, ids=lambda m: m.__name__.rsplit(".", 1)[-1])
def test_a_clean_frame_passes_a_fault_and_an_empty_frame_fail(module):
    good, fault, check_id, severity = CASES[module]
    assert failed(run(module, pd.DataFrame(good))) == set()
    assert check_id in failed(run(module, pd.DataFrame(good | fault)), severity)
    assert "has_rows" in failed(run(module, pd.DataFrame(good).iloc[:0]))


@pytest.mark.parametrize(
    ("fault", "check_id"),
    [
        ({"scope": ["1", "2", "2"], "resource_id": ["/r", "/r", "/q"]}, "scopes_complete"),
        ({"scope": ["1", "3", "3"], "resource_id": ["/r", "/r", "/R"]}, "resource_stands_once"),
    ],
)
def test_an_azure_month_with_a_hole_or_a_shifted_page_is_critical(fault, check_id):
    assert check_id in failed(run(azure_carbon, pd.DataFrame(RESOURCES | fault)), "critical")


def test_a_delivery_without_rows_is_critical_but_for_telemetry():
    frame = pd.DataFrame({"delivery_id": ["d"], "rows_accepted": [0], "share_rejected": [0.0]})
    for kind, severity in (("statement", "critical"), ("telemetry", "warning")):
        results = gate._validate(frame, deliveries.suite(kind), "s", "documents", "deliveries")
        assert "rows_accepted_plausible" in failed(results, severity)


def test_too_many_rejects_are_first_a_warning_then_critical():
    for share, severity in ((0.03, "warning"), (0.2, "critical")):
        frame = pd.DataFrame({"delivery_id": ["d"], "rows_accepted": [10], "share_rejected": [share]})
        results = gate._validate(frame, deliveries.suite("meter"), "s", "documents", "deliveries")
        assert "share_rejected_plausible" in failed(results, severity)


@pytest.fixture(scope="module")
def build_file(small_world):
    folder, code, failed = small_world
    assert (code, failed) == (0, {})
    return folder / "build.duckdb"


FAULTS = {
    "everything_foots": "update rpt_conservation set difference = 5 where check_name = 'bill'",
    "off_by_plausible": "update fct_allocation set share = share * 1.1 where claim_id = 'meter|dc|m1'",
    "inside_its_interval": "update rpt_monthly set amount_high = amount - 1 where level = 'scope'",
    "ai_inside_it": "update rpt_monthly set amount = amount * 9 where level = 'total' and total = 'ai'",
    "emission_id_unique": "insert into fct_emissions select * from fct_emissions limit 1",
    "amount_plausible": "update fct_emissions set amount = -1",
    "has_rows": "delete from fct_emissions",
    "key_overrun_critical": "insert into rpt_warnings values ('key_overrun', 'critical', date '2026-09-01', 'dc', 'planted')",
    "node_overrun_critical": "insert into rpt_warnings values ('node_overrun', 'critical', date '2026-09-01', 'dc/n1', 'planted')",
}


def test_the_small_world_passes_but_for_its_known_warnings(build_file):
    results = gate.check_marts(build_file)
    assert failed(results, "critical") == set()
    assert failed(results, "warning") == {"market_basis_substituted", "stale_fuel_factor", "unknown_model"}


@pytest.mark.parametrize("check_id", FAULTS)
def test_a_planted_fault_is_critical(build_file, tmp_path, check_id):
    copy = tmp_path / "b.duckdb"
    copy.write_bytes(build_file.read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute(FAULTS[check_id])
    assert check_id in failed(gate.check_marts(copy), "critical")


def test_every_warning_code_of_the_models_has_a_check():
    sql = (world.ROOT / "dbt_project/models/reports/rpt_warnings.sql").read_text()
    codes = {
        part.split("'")[1]
        for part in sql.split(" as code")[:-1]
        for part in [part[part.rindex("\n") :]]
        if "||" not in part
    }
    assert codes <= set(marts.WARNING_CODES)


def test_the_page_opens_without_internet_and_shows_failures_first():
    results = [
        CheckResult("bills", "documents", "s", "ok", "fine", "critical", True, 10, 0, "0 of 10 rows", "none"),
        CheckResult(
            None, "marts", "m", "bad", "sums <foot>", "critical", False, 5, 1, "1 of 5 rows", "look there"
        ),
    ]
    html = page.render(results, "Checks", {"file": "x"})
    assert "http" not in html and "sums &lt;foot&gt;" in html and "look there" in html
    assert html.index("What failed") < html.index("Documents · bills") and "Nothing may be published" in html


def test_results_and_page_do_not_load_great_expectations():
    code = "import sys, expectations.results, expectations.page, expectations.gate; print('great_expectations' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=world.ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"

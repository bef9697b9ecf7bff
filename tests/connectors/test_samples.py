"""Real documents through the parsers: what is in them, counted by hand or by independent means."""

import csv
import datetime as dt
import math
from pathlib import Path

import pytest

from connectors import load
from connectors.base import Document, ParseError

SAMPLES = Path(__file__).parent / "samples"
BOAVIZTA = Path(__file__).parents[2] / "examples/orselia/drops/1-history/boavizta/dataset/2024-10"


def read(name, path, **options):
    connector = load(name)
    parsed = list(connector.parse(connector.scrub(Document(path, path.name, "r", options=options))))
    rows = [row for part in parsed for row in part.rows.to_pylist()]
    return rows, [reject for part in parsed for reject in part.rejects]


def test_google_sample_sums_like_the_file_itself():
    path = SAMPLES / "gcp_carbon_footprint_flat_anonymised_2025.csv"
    rows, rejects = read("google_carbon_footprint", path)
    with path.open(newline="") as lines:
        raw = list(csv.DictReader(lines))
    assert len(rows) == len(raw) == 276 and not rejects
    total = math.fsum(float(r["carbon_footprint_total_kgCO2e.location_based"]) for r in raw)
    parts = math.fsum(r["scope1_kg_co2e"] + r["scope2_location_kg_co2e"] + r["scope3_kg_co2e"] for r in rows)
    assert parts == pytest.approx(total, abs=0.5)
    assert rows[0]["usage_month"] == dt.date(2025, 1, 1) and rows[0]["carbon_model_version"] == "v2025.1"


def test_prometheus_sample_keeps_idle_boards():
    rows, rejects = read("prometheus", SAMPLES / "query_range_dcgm_power.json", step_seconds=15)
    assert len(rows) == 18 and not rejects
    assert {row["pod"] for row in rows} == {"train-llm-0", "serve-chat-5d9c", None}
    assert rows[0]["value"] == 622.576 and rows[0]["ts"] == dt.datetime(2026, 11, 23, 14, 46, 6)


def test_lost_telemetry_is_a_document_without_rows():
    assert read("prometheus", SAMPLES / "empty_result.json", step_seconds=15) == ([], [])


def test_an_error_answer_is_refused_with_what_the_server_said():
    with pytest.raises(ParseError, match="field status"):
        read("prometheus", SAMPLES / "error_bad_query.json", step_seconds=15)


def test_sacct_sample_counts_gpus_once_and_drops_the_user():
    rows, rejects = read("slurm_sacct", SAMPLES / "sacct_energy_pm_counters.psv", timezone="UTC")
    assert len(rows) == 13 and not rejects
    job = next(row for row in rows if row["job_id_raw"] == "1")
    assert (job["alloc_gpus"], job["gpu_type"], job["consumed_energy_j"]) == (4, "h100", 5200.0)
    assert next(row for row in rows if row["job_id_raw"] == "4")["state"] == "CANCELLED"
    assert next(row for row in rows if row["job_id"] == "2_0")["job_id_raw"] == "5"
    scrubbed = load("slurm_sacct").scrub(Document(SAMPLES / "sacct_energy_none.psv", "s.psv", "r"))
    header, *lines = scrubbed.data.decode().splitlines()
    assert {line.split("|")[header.split("|").index("User")] for line in lines} == {""}


def test_sacct_times_become_utc_and_zero_energy_is_unknown():
    rows, _ = read("slurm_sacct", SAMPLES / "sacct_energy_none.psv", timezone="Europe/Paris")
    assert rows[0]["start_at"] == dt.datetime(2026, 11, 23, 8, 39, 24)
    assert all(row["consumed_energy_j"] is None for row in rows)


def test_boavizta_data_set_reads_whole():
    rows, rejects = read("boavizta", next(BOAVIZTA.glob("*.csv")))
    assert len(rows) + len(rejects) == 462 and len(rows) > 455
    r740 = next(row for row in rows if row["name"] == "PowerEdge R740")
    assert (r740["gwp_total_kg_co2e"], r740["gwp_use_ratio"]) == (8640.0, 0.843)


def test_ovhcloud_sample_foots_per_row_and_keeps_servers_without_a_name():
    rows, rejects = read("ovhcloud_carbon", SAMPLES / "ovhcloud_carbon_synthetic.csv")
    assert len(rows) == 6 and not rejects
    for basis in ("location", "market"):
        for row in rows:
            parts = row["manufacturing_kg_co2e"] + row[f"electricity_{basis}_kg_co2e"]
            parts += row[f"operational_{basis}_kg_co2e"]
            assert parts == pytest.approx(row[f"total_{basis}_kg_co2e"], abs=0.005)
    # By hand: 103.75 + 27.51 + 8.50 + 8.50 + 7.47 + 1.00 and 43.25 + 27.14 + 8.50 + 8.50 + 6.66 + 0.85.
    assert math.fsum(row["total_location_kg_co2e"] for row in rows) == pytest.approx(156.73)
    assert math.fsum(row["total_market_kg_co2e"] for row in rows) == pytest.approx(94.90)
    assert [row["server_domain"] for row in rows[2:4]] == [None, None]


def test_scaleway_sample_gives_leaves_once_with_the_totals_beside():
    rows, rejects = read("scaleway_footprint", SAMPLES / "scaleway_impact_synthetic.json")
    assert len(rows) == 7 and not rejects
    # By hand: 1.25 + 0.5 + 4.75 + 42.5 + 80.25 + 2 + 18.75 kg; 3.5 + 1 + 12 + 105 + 200 + 4.5 + 0 litres.
    assert math.fsum(row["kg_co2e"] for row in rows) == pytest.approx(150)
    assert math.fsum(row["water_m3"] for row in rows) == pytest.approx(0.326)
    assert {(row["organization_kg_co2e"], row["organization_water_m3"]) for row in rows} == {(150.0, 0.326)}
    h100 = next(row for row in rows if row["product_category"] == "managed_inference")
    # The zone: 42.5 + 80.25 = 122.75 kg; the region adds 1.25 + 0.5 + 4.75.
    assert (h100["zone"], h100["zone_kg_co2e"], h100["region_kg_co2e"]) == ("fr-par-2", 122.75, 129.25)
    regional = next(row for row in rows if row["product_category"] == "generative_apis")
    assert (regional["zone"], regional["zone_kg_co2e"], regional["accounting_basis"]) == (
        None,
        None,
        "location",
    )
    assert rows[0]["month"] == dt.date(2026, 9, 1)


def test_azures_own_example_gives_its_resources_and_the_subscriptions_it_denies():
    rows, rejects = read("azure_carbon", SAMPLES / "azure_carbon_vendor_example_page1.json")
    allowed = [row for row in rows if row["decision"] == "Allowed"]
    # Five resources of 0.1 kg; three of nine subscriptions are denied, two of them without a reason.
    assert [row["kg_co2e"] for row in allowed] == [0.1] * 5 and not rejects
    assert {(row["scope"], row["month"]) for row in rows} == {("3", dt.date(2025, 4, 1))}
    denied = [
        (row["subscription_id"][-1], row["denial_reason"]) for row in rows if row["decision"] == "Denied"
    ]
    assert denied == [
        ("6", "no reason given"), ("7", "no reason given"), ("8", "Carbon Optimization Reader permisison required"),
    ]  # fmt: skip


def test_microsoft_sample_is_in_tonnes_per_subscription_service_and_scope():
    rows, rejects = read("microsoft_emissions", SAMPLES / "microsoft_emissions_synthetic.csv")
    assert len(rows) == 6 and not rejects
    # By hand: 0.0005 + 0.01125 + 0.0225 + 0.00025 + 0 + 0.0055 t.
    assert math.fsum(row["emissions_t_co2e"] for row in rows) == pytest.approx(0.04)
    assert [row["scope"] for row in rows] == ["1", "2", "3"] * 2 and rows[0]["month"] == dt.date(2026, 9, 1)
    assert rows[0]["subscription_id"].endswith("a") and rows[3]["region"] is None


def test_a_dashboards_display_names_are_mapped():
    names = {"month": "Month", "subscription_id": "Subscription ID", "service": "Service", "scope": "Scope",
             "emissions": "Emissions (mtCO2e)"}  # fmt: skip
    text = "Month;Subscription ID;Service;Scope;Emissions (mtCO2e)\n01/09/2026;AB;Storage;Scope 3;0,0055\n"
    options = {"columns": names, "delimiter": ";", "decimal": ",", "date_order": "DMY"}
    parsed = list(load("microsoft_emissions").parse(Document(text.encode(), "eid.csv", "r", options=options)))
    [row] = parsed[0].rows.to_pylist()
    assert (row["subscription_id"], row["scope"], row["emissions_t_co2e"]) == ("ab", "3", 0.0055)

"""Cloud seeds: their patterns compile and classify real billing lines, and their figures hang together."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

SEEDS = Path(__file__).parents[2] / "dbt_project" / "seeds"
SAMPLE = Path(__file__).parent / "samples" / "focus_services.csv"
PROVIDERS = {"aws", "azure", "google", "ovhcloud", "scaleway"}
ACTIVITIES = {
    "", "data_ingestion", "data_storage", "data_processing", "experimentation", "training", "hyperparameter_search",
    "fine_tuning", "evaluation", "deployment", "serving", "monitoring", "retraining", "archiving", "decommissioning",
    "idle", "end_user_device", "network",
}  # fmt: skip
PARTS = {
    "*", "fuel", "refrigerant", "electricity", "heat_cooling", "energy_upstream", "grid_losses", "hardware", "buildings",
}  # fmt: skip


def seed(name: str) -> list[dict[str, str]]:
    """Rows of one seed, as text."""
    with (SEEDS / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def first_rule(name: str, **line: str) -> dict[str, str] | None:
    """The rule of a seed that a billing line meets first, matched by the engine that the build uses."""
    met = [
        rule
        for rule in seed(name)
        if rule["provider"] == line["provider"]
        and matches(line.get(rule["match_field"], ""), rule["pattern"])
    ]
    return min(met, key=lambda rule: int(rule["priority"]), default=None)


def matches(text: str, pattern: str) -> bool:
    """Whether the whole text meets the pattern, without case."""
    row = duckdb.execute("select regexp_full_match(?, ?, 'i')", [text, pattern]).fetchall()[0]
    return bool(row and row[0])


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("service_taxonomy", "pattern"),
        ("cloud_hardware", "pattern"),
        ("statement_coverage", "service_pattern"),
    ],
)
def test_every_pattern_compiles(name: str, column: str) -> None:
    for rule in seed(name):
        matches("", rule[column])


def test_no_pattern_takes_everything_but_the_coverage_of_a_whole_statement() -> None:
    for name in ("service_taxonomy", "cloud_hardware"):
        assert [rule["pattern"] for rule in seed(name) if matches("", rule["pattern"])] == []


def test_vocabularies() -> None:
    taxonomy = seed("service_taxonomy")
    assert {rule["lifecycle_activity"] for rule in taxonomy} <= ACTIVITIES
    assert {rule["lifecycle_phase"] for rule in taxonomy} <= {"", "development", "production"}
    assert {rule["is_ai"] for rule in taxonomy} == {"true", "false", ""}
    assert {row["part"] for row in seed("statement_coverage")} <= PARTS
    for name in ("service_taxonomy", "statement_coverage", "cloud_regions", "cloud_hardware"):
        assert {row["provider"] for row in seed(name)} == PROVIDERS, name


def test_rules_are_wide_enough_and_never_twice() -> None:
    taxonomy = [(rule["provider"], rule["match_field"], rule["pattern"]) for rule in seed("service_taxonomy")]
    assert len(set(taxonomy)) == len(taxonomy)
    least = {"aws": 60, "azure": 60, "google": 60, "ovhcloud": 20, "scaleway": 20}
    assert all(sum(rule[0] == provider for rule in taxonomy) >= rules for provider, rules in least.items())


def test_every_region_has_one_row_a_plausible_pue_and_a_factor() -> None:
    regions = seed("cloud_regions")
    codes = [(row["provider"], row["region"].lower()) for row in regions]
    assert len(set(codes)) == len(codes)
    zones = {row["geography"] for row in seed("grid_factors") if row["is_component"] == "false"}
    assert {row["grid_zone"] for row in regions} <= zones
    assert all(1 < float(row["pue"]) < 2 for row in regions)
    assert all(0 <= float(row["wue_l_per_kwh"] or 0) < 5 for row in regions)


def test_a_factor_of_a_known_publisher_within_the_bounds_of_a_grid() -> None:
    publishers = {row["publisher"] for row in seed("factor_publishers")}
    for row in seed("grid_factors"):
        assert row["publisher"] in publishers, row["factor_id"]
        assert 0 < float(row["value"]) < 1.2, row["factor_id"]


def test_lifecycle_only_publishers_cannot_displace_the_british_split() -> None:
    """UK DESNZ splits generation from upstream and losses and must stay the only one that does, for GB."""
    split = {
        row["publisher"]
        for row in seed("grid_factors")
        if row["geography"] == "GB" and row["factor_boundary"] != "lifecycle"
    }
    assert split == {"UK DESNZ"}


@pytest.mark.parametrize(
    ("line", "group", "is_ai", "activity"),
    [
        ({"provider": "aws", "service": "Amazon SageMaker", "sku_meter": "USE1-Train:ml.p4d.24xlarge"},
         "ML training", "true", "training"),
        ({"provider": "aws", "service": "Amazon SageMaker", "sku_meter": "EUW3-Host:ml.g5.2xlarge"},
         "ML endpoints", "true", "serving"),
        ({"provider": "aws", "service": "Amazon SageMaker", "sku_meter": "Notebk:ml.t3.medium"},
         "Notebooks", "true", "experimentation"),
        ({"provider": "aws", "service": "Amazon SageMaker", "sku_meter": "$0.09 per GB data transfer out"},
         "ML platform", "true", ""),
        ({"provider": "aws", "service": "Claude 3.5 Sonnet (Amazon Bedrock Edition)", "sku_meter": "Million tokens"},
         "Model API", "true", "serving"),
        ({"provider": "aws", "service": "Amazon Elastic Compute Cloud", "sku_meter": "USW2-BoxUsage:m5.2xlarge"},
         "Virtual machines", "", ""),
        ({"provider": "azure", "resource_type": "microsoft.machinelearningservices/workspaces",
          "service": "Azure Machine Learning", "sku_meter": "NC24ads A100 v4"}, "ML platform", "true", ""),
        ({"provider": "azure", "resource_type": "microsoft.cognitiveservices/accounts", "service": "Azure OpenAI",
          "sku_meter": "gpt-4o-0806-Inp-glbl Tokens"}, "Model API", "true", "serving"),
        ({"provider": "google", "service": "Vertex AI", "sku_meter": "Vertex AI: Training/Pipelines on N1 Core in Paris"},
         "ML training", "true", "training"),
        ({"provider": "google", "service": "Vertex AI", "sku_meter": "Gemini 2.5 Pro Text Output - Predictions"},
         "Model API", "true", "serving"),
        ({"provider": "google", "service": "BigQuery", "sku_meter": "Analysis"}, "Analytics", "", "data_processing"),
        ({"provider": "google", "service": "Compute Engine", "sku_meter": "TpuV5e chip hours in Iowa"}, "TPU", "true", ""),
        ({"provider": "ovhcloud", "service": "AI Endpoints", "sku_meter": "x"}, "Model API", "true", "serving"),
        ({"provider": "ovhcloud", "service": "Public Cloud", "sku_meter": "b3-8.consumption"}, "Virtual machines", "", ""),
        ({"provider": "scaleway", "service": "Generative APIs", "sku_meter": "llama input tokens"},
         "Model API", "true", "serving"),
    ],
)  # fmt: skip
def test_classification(line: dict[str, str], group: str, is_ai: str, activity: str) -> None:
    rule = first_rule("service_taxonomy", **line)
    assert rule is not None
    assert (rule["service_group"], rule["is_ai"], rule["lifecycle_activity"]) == (group, is_ai, activity)


EXPECTED = {
    "$1.624 per On Demand Linux g5.4xlarge Instance Hour": "GPU virtual machines",
    "$0.444 per On Demand Linux m5.2xlarge Instance Hour": "Virtual machines",
    "$0.08 per GB-month of General Purpose (gp3) provisioned storage - US West (Oregon)": "Block storage",
    "$0.045 per NAT Gateway Hour": "Network",
    "AWS Lambda - Total Requests - US East (Ohio)": "Serverless",
    "$0.004 per 10,000 GET and all other requests": "Object storage",
    "Virtual Machines Dv2/DSv2 Series - D11 v2/DS11 v2 - US East 2": "ML platform",
    "Tiered Block Blob - Hot LRS - Data Stored - US West": "Object storage",
}


def test_real_billing_lines() -> None:
    with SAMPLE.open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    groups: dict[str, str] = {}
    for line in lines:
        rule = first_rule("service_taxonomy", **line)
        assert rule is not None, line
        groups[line["sku_meter"]] = rule["service_group"]
    assert {meter: groups[meter] for meter in EXPECTED} == EXPECTED


def test_a_p4d_hour_by_hand() -> None:
    """8 x 400 W x 0.6 + 96 x 2.12 W + (1,152 - 1.7 x 96) GB x 0.392 W; hardware is Boavizta's 77 kg for 730 hours."""
    rule = first_rule("cloud_hardware", provider="aws", instance_type="p4d.24xlarge")
    assert rule is not None
    watts = 1920 + 203.52 + 988.8 * 0.392
    assert float(rule["watts_per_unit"]) == pytest.approx(watts, rel=1e-5)
    assert float(rule["kwh_per_unit"]) == pytest.approx(2.51113, rel=1e-5)
    assert float(rule["embodied_kg_per_unit"]) == pytest.approx(77.0 / 730, rel=1e-4)
    training = first_rule("cloud_hardware", provider="aws", sku_meter="USE1-Train:ml.p4d.24xlarge")
    assert training is not None and training["kwh_per_unit"] == rule["kwh_per_unit"]


@pytest.mark.parametrize(
    ("line", "kind", "kwh"),
    [
        ({"provider": "aws", "instance_type": "c5.4xlarge"}, "instance_hours", (16 * 2.12 + 4.8 * 0.392) / 1000),
        ({"provider": "azure", "instance_type": "Standard_D4s_v5"}, "instance_hours", (4 * 2.27 + 9.2 * 0.392) / 1000),
        ({"provider": "azure", "sku_meter": "NC24ads A100 v4"}, "instance_hours",
         (300 * 0.6 + 24 * 2.27 + 179.2 * 0.392) / 1000),
        ({"provider": "google", "sku_meter": "N2 Instance Core running in Paris"}, "vcpu_hours", 0.002485),
        ({"provider": "google", "sku_meter": "Nvidia Tesla T4 GPU running in Belgium"}, "gpu_hours", 0.042),
        ({"provider": "ovhcloud", "instance_type": "h100-380"}, "instance_hours",
         (350 * 0.6 + 30 * 2.29 + 329 * 0.392) / 1000),
        ({"provider": "scaleway", "instance_type": "L4-1-24G"}, "instance_hours",
         (72 * 0.6 + 8 * 2.29 + 34.4 * 0.392) / 1000),
        ({"provider": "aws", "sku_meter": "EUW3-TimedStorage-ByteHrs"}, "gb_month", 0.65 * 730 * 3 / 1e6),
        ({"provider": "azure", "sku_meter": "Premium SSD Managed Disks - P6 LRS - US East 2"}, "disk_months",
         64 * 1.2 * 730 * 3 / 1e6),
    ],
)  # fmt: skip
def test_hardware_by_hand(line: dict[str, str], kind: str, kwh: float) -> None:
    rule = first_rule("cloud_hardware", **line)
    assert rule is not None
    assert rule["quantity_kind"] == kind
    assert float(rule["kwh_per_unit"]) == pytest.approx(kwh, rel=1e-4)


def test_inbound_traffic_and_idle_meters_carry_no_energy() -> None:
    for meter in ("$0.000 per GB - data transfer in per month", "$0.045 per NAT Gateway Hour"):
        assert first_rule("cloud_hardware", provider="aws", sku_meter=meter) is None


def test_hardware_figures_hang_together() -> None:
    accelerators = {row["device"]: float(row["watts"]) for row in seed("accelerator_watts")}
    for rule in seed("cloud_hardware"):
        if rule["watts_per_unit"]:
            assert float(rule["kwh_per_unit"]) == pytest.approx(
                float(rule["watts_per_unit"]) / 1000, rel=1e-4
            )
        if rule["gpu_device"]:
            floor = accelerators[rule["gpu_device"]] * float(rule["gpus"]) * 0.6
            assert float(rule["watts_per_unit"]) >= floor * 0.9999, rule["pattern"]
        assert rule["source"] and rule["licence"] and 0 < float(rule["uncertainty_rel"]) <= 1
        # Only shared lines of the network have no hardware figure.
        assert bool(rule["embodied_kg_per_unit"]) == (rule["quantity_kind"] != "gb")


def test_the_spend_factor_of_hosting_is_the_published_one() -> None:
    hosting = [row for row in seed("spend_factors") if row["naics"] == "518210"]
    assert {(row["margins"], row["value"], row["price_year"]) for row in hosting} == {
        ("with", "0.093", "2022"), ("without", "0.093", "2022"),
    }  # fmt: skip


def test_every_statement_row_has_evidence_and_bedrock_is_open() -> None:
    rows = seed("statement_coverage")
    assert all(row["evidence"] and row["source"] for row in rows)
    bedrock = [
        row for row in rows if row["provider"] == "aws" and matches("Amazon Bedrock", row["service_pattern"])
    ]
    assert "not" in {row["coverage"] for row in bedrock if row["part"] == "*"}

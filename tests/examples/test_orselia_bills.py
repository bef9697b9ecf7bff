"""The bills name what the statements name, and hold every charge that no use causes."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.examples.clouds_reading import BILLS, aws, azure, bill, labelled, ovh, scaleway, usage
from tests.examples.orselia_reading import HISTORY, MONTHS, google, table

OVH_FROM, AWS_MISSING, OVH_FREE = "2025-01", "2026-05", "2025-08"
GROUP, UK = "01A7C4-5E90B2-D36F18", "0B42E9-C81D57-3FA60C"
COSTS = ("ListCost", "ContractedCost", "EffectiveCost", "BilledCost")
# Where the statement would carry a service of the bill; the others have their own product code.
AWS_PRODUCTS = {"AmazonEC2": "AmazonEC2", "AmazonS3": "AmazonS3"}


def _months(source: str) -> list[str]:
    months = [month for month in MONTHS if source != "focus_ovh" or month >= OVH_FROM]
    return [month for month in months if (source, month) != ("focus_aws", AWS_MISSING)]


@pytest.mark.parametrize("source", BILLS)
def test_a_bill_each_month_but_the_missing_one(source: str) -> None:
    for request in (HISTORY / source).iterdir():
        assert sorted(folder.name for folder in request.iterdir()) == _months(source)


@pytest.mark.parametrize("source", BILLS)
def test_columns_and_mandatory_cells(source: str) -> None:
    for month in _months(source):
        rows = bill(source, month)
        assert 40 <= len(rows) <= 150
        columns = [name for name in rows[0] if not name.startswith("x_")]
        assert len(columns) == (43 if month < "2025-07" else 57)
        for row in rows:
            assert None not in row
            assert None not in row.values()
            assert all(row[name] for name in (*COSTS, "BillingAccountId", "ChargePeriodStart", "ServiceName"))
            assert row["BillingPeriodStart"].startswith(f"{month}-01")
            assert row["ChargePeriodStart"] < row["ChargePeriodEnd"]
        currency = {"focus_aws": {"USD"}, "focus_google": {"EUR", "GBP"}}.get(source, {"EUR"})
        assert {row["BillingCurrency"] for row in rows} == currency


def test_a_null_is_written_as_text_in_early_bills() -> None:
    def text(source: str, month: str) -> str:
        (path,) = (HISTORY / source).glob(f"*/{month}/*")
        return gzip.decompress(path.read_bytes()).decode()

    assert ",NULL," in text("focus_aws", "2025-06")
    assert ",NULL," in text("focus_azure", "2025-06")
    assert ",NULL," not in text("focus_scaleway", "2025-06") + text("focus_aws", "2025-07")


def test_usage_periods_stand_in_their_month() -> None:
    for source in BILLS:
        for month in _months(source):
            assert {row["ChargePeriodStart"][:7] for row in usage(source, month)} == {month}


def test_every_google_claim_has_a_bill_and_the_other_way() -> None:
    for month in MONTHS:
        stated = {
            (row["billing_account_id"], row["project.id"], row["service.description"], row["location.region"])
            for account in (GROUP, UK)
            for row in google("1-history", account, month)
        }
        names = ("BillingAccountId", "SubAccountId", "ServiceName", "RegionId")
        assert {tuple(row[name] for name in names) for row in usage("focus_google", month)} == stated


def test_every_azure_resource_has_a_bill_in_another_case() -> None:
    for month in MONTHS:
        stated = {item["resourceId"] for item in azure(month)["Scope1"]["answer"]["value"]}
        billed = {row["ResourceId"] for row in usage("focus_azure", month) if row["ResourceId"]}
        assert not stated & billed
        missing = {resource.lower() for resource in billed} - stated
        assert stated <= {resource.lower() for resource in billed}
        assert bool(missing) is (month == "2026-03")
        assert any(not row["ResourceId"] for row in usage("focus_azure", month))


def test_every_aws_claim_has_a_bill_and_bedrock_has_no_claim() -> None:
    for month in _months("focus_aws"):
        statement = aws("1-history", month)["v2.0.0" if month < "2025-10" else "v3.0.0"]
        stated = {(row["usage_account_id"], row["region_code"], row["product_code"]) for row in statement}
        rows = usage("focus_aws", month)
        billed = {
            (row["SubAccountId"], row["RegionId"], AWS_PRODUCTS.get(row["x_ServiceCode"], "Other"))
            for row in rows if row["x_ServiceCode"] != "AmazonBedrock"
        }  # fmt: skip
        assert billed == stated
        regions = {row["RegionId"] for row in rows if row["x_ServiceCode"] == "AmazonBedrock"}
        assert regions == ({"eu-central-1"} if month >= "2025-06" else set())


def test_every_ovhcloud_machine_has_a_bill() -> None:
    for month in _months("focus_ovh"):
        rows = usage("focus_ovh", month)
        billed = {(row["ResourceType"], row["RegionId"], row["SkuId"]) for row in rows}
        names = {row["ResourceName"] for row in rows}
        for row in ovh(month):
            sku = row["range"] if row["type"] == "BAREMETAL" else row["name"]
            assert (row["type"], row["datacenter"], sku) in billed
            assert row["type"] != "BAREMETAL" or not row["name"] or row["name"] in names


def test_every_scaleway_sku_has_a_bill_and_the_other_way() -> None:
    for month in MONTHS:
        stated = set()
        for project in scaleway(month)["projects"]:
            for region in project["regions"]:
                for zone in [*region["zones"], {"zone": "", "skus": region["skus"]}]:
                    stated |= {
                        (project["project_id"], region["region"], zone["zone"], sku["sku"])
                        for sku in zone["skus"]
                    }
        names = ("SubAccountId", "RegionId", "AvailabilityZone", "SkuId")
        assert {tuple(row[name] for name in names) for row in usage("focus_scaleway", month)} == stated


def test_credits_pay_training_whole() -> None:
    for month in _months("focus_aws"):
        free = [row for row in usage("focus_aws", month) if float(row["EffectiveCost"]) == 0]
        assert free
        assert all("Train:" in row["x_UsageType"] and float(row["ListCost"]) > 0 for row in free)


def test_aws_has_charges_that_no_use_causes() -> None:
    for month in _months("focus_aws"):
        rows = bill("focus_aws", month)
        assert {row["ChargeCategory"] for row in rows} == {"Usage", "Tax", "Credit", "Purchase"}
        assert [float(row["BilledCost"]) < 0 for row in rows if row["ChargeCategory"] == "Credit"] == [True]
        assert "AWS Support (Business)" in {row["ServiceName"] for row in rows}
        assert any(row["PublisherName"] != row["InvoiceIssuerName"] for row in rows)
        statuses = {row["CommitmentDiscountStatus"] for row in rows}
        assert statuses == ({"", "Used", "Unused"} if month >= "2025-04" else {""})
        used = [row for row in rows if row["CommitmentDiscountStatus"] == "Used"]
        assert all(
            float(row["BilledCost"]) == 0 and float(row["ListCost"]) > float(row["EffectiveCost"])
            for row in used
        )
        unused = [row for row in rows if row["CommitmentDiscountStatus"] == "Unused"]
        assert all(float(row["ListCost"]) == 0 < float(row["EffectiveCost"]) for row in unused)


def test_a_correction_takes_back_a_charge_of_the_month_before() -> None:
    corrections = [
        (source, month, row)
        for source in BILLS for month in _months(source) for row in bill(source, month)
        if row["ChargeClass"] == "Correction"
    ]  # fmt: skip
    ((source, month, row),) = corrections
    assert (source, month, row["ChargePeriodStart"][:7]) == ("focus_aws", "2025-02", "2025-01")
    names = ("ResourceId", "SkuId", "ChargePeriodStart")
    (wrong,) = [
        other
        for other in usage(source, "2025-01")
        if all(other[name] == row[name] for name in names)
    ]  # fmt: skip
    assert float(row["ListCost"]) == -float(wrong["ListCost"]) < 0


def test_one_ovhcloud_bill_costs_nothing() -> None:
    for month in _months("focus_ovh"):
        costs = [float(row[name]) for row in usage("focus_ovh", month) for name in COSTS]
        assert (max(costs) == 0) is (month == OVH_FREE)
    credit = [row for row in bill("focus_ovh", OVH_FREE) if row["ChargeCategory"] == "Credit"]
    assert [float(row["BilledCost"]) < 0 for row in credit] == [True]


def test_labels_name_projects_some_resources_have_none_and_keys_are_spelled_anyhow() -> None:
    projects = {row["project_id"] for row in table("projects")}
    rows = [row for source in BILLS for month in _months(source) for row in usage(source, month)]
    bare = [row for row in rows if not row["Tags"]]
    assert 0.1 <= len(bare) / len(rows) <= 0.2
    assert {labelled(row) for row in rows} == projects | {""}
    keys = {key for row in rows if row["Tags"] for key in json.loads(row["Tags"])}
    assert {"Project", "project", "PROJECT"} <= keys


def test_what_has_no_rule_has_no_label() -> None:
    for month in MONTHS:
        lab = [row for row in usage("focus_google", month) if row["SubAccountId"] == "orselia-uk-lab7"]
        sandbox = [row for row in usage("focus_azure", month) if row["x_ResourceGroupName"] == "RG-Sandbox"]
        assert lab and sandbox
        assert not any(row["Tags"] for row in lab + sandbox)


def test_one_service_is_known_to_nobody() -> None:
    found = {
        month for month in _months("focus_aws") for row in usage("focus_aws", month)
        if row["ServiceName"] == "Orbital Cache Service"
    }  # fmt: skip
    assert found == {month for month in _months("focus_aws") if month >= "2026-02"}

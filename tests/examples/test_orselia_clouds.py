"""The clouds' statements add up by their providers' own rules and tell the story."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from scaleway.environmental_footprint.v1alpha1.marshalling import unmarshal_ImpactDataResponse
from scaleway.environmental_footprint.v1alpha1.types import ProductCategory, ServiceCategory

from tests.examples.clouds_reading import aws, azure, ovh, scaleway
from tests.examples.orselia_reading import MONTHS

SIDE_BY_SIDE = ("2025-10", "2025-11", "2025-12")
SECOND = "00000000-0000-0000-0000-0000000a1002"
OVH_MONTHS = [month for month in MONTHS if month >= "2025-01"]


def _tonnes(row: dict[str, str], measure: str) -> Decimal:
    return Decimal(row[f"total_{measure}_emissions_value"] or 0)


def _location(month: str, version: str = "v3.0.0") -> Decimal:
    return sum((_tonnes(row, "lbm") for row in aws("1-history", month)[version]), Decimal(0))


@pytest.mark.parametrize("drop", ["1-history", "2-restatement"])
def test_aws_totals_are_the_sums_of_their_scopes_to_the_digit(drop: str) -> None:
    for month in MONTHS if drop == "1-history" else ["2026-07"]:
        for version, rows in aws(drop, month).items():
            for row in rows:
                scope1 = _tonnes(row, "scope_1")
                for basis in ("lbm", "mbm"):
                    parts = scope1 + _tonnes(row, f"scope_2_{basis}") + _tonnes(row, f"scope_3_{basis}")
                    assert parts == _tonnes(row, basis), row
                assert row["model_version"] == version
                assert row["usage_period_start"] == f"{month}-01T00:00:00.000Z"
                assert (row["total_scope_3_lbm_emissions_value"] == "") is (version == "v2.0.0")
                assert row["total_lbm_emissions_unit"] == "MTCO2e"


def test_aws_rows_stand_once_and_keep_leading_zeros() -> None:
    for month in MONTHS:
        for rows in aws("1-history", month).values():
            keys = [(row["usage_account_id"], row["region_code"], row["product_code"]) for row in rows]
            assert len(keys) == len(set(keys))
            assert {account for account, _, _ in keys} == {"004215773910", "118830046275"}
            assert {region for _, region, _ in keys} == {"eu-west-1", "eu-west-3", ""}
            assert {product for _, _, product in keys} == {"AmazonEC2", "AmazonS3", "Other"}


def test_aws_delivers_two_models_side_by_side_for_three_months() -> None:
    for month in MONTHS:
        expected = {"v2.0.0"} if month < "2025-10" else {"v3.0.0"}
        assert set(aws("1-history", month)) == expected | ({"v2.0.0"} if month in SIDE_BY_SIDE else set())
    for month in SIDE_BY_SIDE:
        assert _location(month) > 2 * _location(month, "v2.0.0")


def test_aws_has_its_size_and_ireland_is_nearly_nothing_on_the_market() -> None:
    for month in [month for month in MONTHS if month >= "2026-01"]:
        assert Decimal("1.1") < _location(month) < Decimal("1.4")
    irish = [row for row in aws("1-history", "2026-07")["v3.0.0"] if row["region_code"] == "eu-west-1"]
    for row in irish:
        assert _tonnes(row, "scope_2_mbm") < Decimal("0.01") * _tonnes(row, "scope_2_lbm")
    assert any(_tonnes(row, "scope_2_mbm") == 0 for row in irish)


def test_training_moves_from_ireland_to_paris() -> None:
    def other(region: str, month: str) -> Decimal:
        rows = aws("1-history", month)["v2.0.0" if month < "2025-10" else "v3.0.0"]
        found = [
            row for row in rows if (row["usage_account_id"], row["region_code"], row["product_code"])
            == ("004215773910", region, "Other")
        ]  # fmt: skip
        return sum((_tonnes(row, "scope_2_lbm") for row in found), Decimal(0))

    assert other("eu-west-1", "2025-09") < other("eu-west-1", "2025-08") / 2
    assert other("eu-west-1", "2025-11") == 0
    assert other("eu-west-3", "2025-09") > 2 * other("eu-west-3", "2025-08")


def test_the_aws_restatement_moves_the_market_basis_of_ireland_alone() -> None:
    (before,), (after,) = aws("1-history", "2026-07").values(), aws("2-restatement", "2026-07").values()
    assert len(before) == len(after)
    moving = {f"total_{name}_emissions_value" for name in ("mbm", "scope_2_mbm")}
    for old, new in zip(before, after, strict=True):
        changed = {name for name in old if old[name] != new[name]}
        expected = moving if old["region_code"] == "eu-west-1" else set()
        assert changed == expected | {"last_refresh_timestamp"}, old


def _resources(month: str, scope: str, field: str) -> dict[str, float]:
    return {item["resourceId"]: item[field] for item in azure(month)[scope]["answer"]["value"]}


def test_azure_has_three_scopes_of_the_same_resources_and_months_follow() -> None:
    for month in MONTHS:
        pages = azure(month)
        assert set(pages) == {"Scope1", "Scope2", "Scope3"}
        ids = [[item["resourceId"] for item in page["answer"]["value"]] for page in pages.values()]
        assert ids[0] == ids[1] == ids[2]
        assert len(set(ids[0])) == len(ids[0])
        for page in pages.values():
            assert page["asked"]["month"] == f"{month}-01"
            assert page["asked"]["page"] == 1
    for before, month in zip(MONTHS, MONTHS[1:], strict=False):
        for scope in ("Scope1", "Scope2", "Scope3"):
            earlier = _resources(before, scope, "latestMonthEmissions")
            for resource, amount in _resources(month, scope, "previousMonthEmissions").items():
                denied = before == "2026-03" and SECOND in resource
                assert amount == earlier.get(resource, 0) or (denied and amount > 0), (month, resource)


def test_azure_refuses_one_subscription_in_one_month() -> None:
    for month in MONTHS:
        for page in azure(month).values():
            decisions = {
                decision["subscriptionId"]: decision["decision"]
                for decision in page["answer"]["subscriptionAccessDecisionList"]
            }
            assert list(decisions) == page["asked"]["subscriptions"]
            assert decisions[SECOND] == ("Denied" if month == "2026-03" else "Allowed")
            present = {item["subscriptionId"] for item in page["answer"]["value"]}
            assert present == {key for key, decision in decisions.items() if decision == "Allowed"}


def test_azure_has_its_size_and_the_language_model_moves() -> None:
    for month in MONTHS:
        total = sum(
            sum(_resources(month, scope, "latestMonthEmissions").values())
            for scope in ("Scope1", "Scope2", "Scope3")
        )
        assert (200 if month == "2026-03" else 380) < total < 600
        places = {item["location"] for item in azure(month)["Scope2"]["answer"]["value"]}
        assert ("sweden central" in places) is ("2025-06" <= month <= "2026-01")


def test_ovhcloud_totals_are_the_sums_of_their_parts_to_the_digit() -> None:
    for month in OVH_MONTHS:
        for row in ovh(month):
            made = Decimal(row["manufacturing_emissions_kg_co2eq"])
            for basis in ("location", "market"):
                electricity = Decimal(row[f"{basis}_based_electricity_emissions_kg_co2eq"])
                operations = Decimal(row[f"{basis}_based_operational_emissions_kg_co2eq"])
                assert made + electricity + operations == Decimal(row[f"total_{basis}_based_kg_co2eq"])
            assert row["date"] == month
            assert (row["type"], row["datacenter"]) in {
                (kind, place) for kind in ("BAREMETAL", "PCI-COMPUTE") for place in ("GRA", "SBG")
            }
        keys = [(row["type"], row["datacenter"], row["range"], row["name"]) for row in ovh(month)]
        assert len(keys) == len(set(keys))
        assert any(row["type"] == "BAREMETAL" and not row["name"] for row in ovh(month)) is (
            month < "2026-07"
        )
        assert 200 < sum(float(row["total_location_based_kg_co2eq"]) for row in ovh(month)) < 400


Leaf = tuple[str, str, str, str]


def _leaves(month: str, measure: str) -> dict[Leaf, Decimal]:
    """Check each level against the one below and give the leaves."""
    found: dict[Leaf, Decimal] = defaultdict(Decimal)

    def skus(place: tuple[str, str, str], rows: list[dict[str, Any]]) -> Decimal:
        for row in rows:
            found[*place, row["sku"]] += row["total_sku_impact"][measure]
        return sum((row["total_sku_impact"][measure] for row in rows), Decimal(0))

    answer, total = scaleway(month), Decimal(0)
    for project in answer["projects"]:
        of_project = Decimal(0)
        for region in project["regions"]:
            of_region = skus((project["project_id"], region["region"], ""), region["skus"])
            for zone in region["zones"]:
                below = skus((project["project_id"], region["region"], zone["zone"]), zone["skus"])
                assert below == zone["total_zone_impact"][measure]
                of_region += below
            assert of_region == region["total_region_impact"][measure]
            of_project += of_region
        assert of_project == project["total_project_impact"][measure]
        total += of_project
    assert total == answer["total_impact"][measure]
    return found


@pytest.mark.parametrize("measure", ["kg_co2_equivalent", "m3_water_usage"])
def test_scaleway_leaves_sum_to_every_level_above(measure: str) -> None:
    for month in MONTHS:
        leaves = _leaves(month, measure)
        assert any(not zone for _, _, zone, _ in leaves)
        assert all(amount > 0 for amount in leaves.values())


def test_scaleway_answers_are_what_the_sdk_reads() -> None:
    for month in MONTHS:
        answer = unmarshal_ImpactDataResponse(scaleway(month))
        assert answer.start_date is not None
        assert f"{answer.start_date:%Y-%m}" == month
        for project in answer.projects:
            for region in project.regions:
                for sku in [*region.skus, *(sku for zone in region.zones for sku in zone.skus)]:
                    assert (
                        ServiceCategory(sku.service_category) is not ServiceCategory.UNKNOWN_SERVICE_CATEGORY
                    )
                    assert (
                        ProductCategory(sku.product_category) is not ProductCategory.UNKNOWN_PRODUCT_CATEGORY
                    )


def test_scaleway_has_its_size_and_the_boards_leave_amsterdam() -> None:
    for month in MONTHS:
        leaves = _leaves(month, "kg_co2_equivalent")
        assert 70 < sum(leaves.values()) < 130
        assert any(region == "nl-ams" for _, region, _, _ in leaves) is (month <= "2025-11")

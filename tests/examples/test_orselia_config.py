"""The bundled configuration parses and names only what exists."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import yaml

from tests.examples.orselia_reading import CONFIG, HISTORY, ROOT, table

PHASES = {"transversal", "ideation", "qualification", "development", "production", "usage"}
BOUNDARIES = {"ai", "outside_ai", "outside_it", "unattributed"}
ACTIVITIES = {
    "data_ingestion", "data_storage", "data_processing", "experimentation", "training", "hyperparameter_search",
    "fine_tuning", "evaluation", "deployment", "serving", "monitoring", "retraining", "archiving", "decommissioning",
    "idle", "end_user_device", "network",
}  # fmt: skip
HEADERS = {
    "entities": "entity_id,name,country,parent_entity_id,consolidation_approach,consolidation_share,valid_from,valid_to",
    "sites": "site_id,name,entity_id,country,grid_zone,control,purpose",
    "site_parameters": "site_id,valid_from,pue,it_feed_share,evidence",
    "meters": "meter_id,site_id,energy_source,note",
    "loads": "load_id,site_id,kw,boundary,project_id,lifecycle_phase,lifecycle_activity,valid_from,valid_to,evidence",
    "projects": "project_id,name,name_fr,organization_unit,entity_id,default_phase,started_on,ended_on",
    "project_calendar": "project_id,lifecycle_phase,valid_from,valid_to,evidence",
    "allocation_rules": "priority,source_id,field,pattern,boundary,project_id,lifecycle_phase,lifecycle_activity,note",
    "targets": "target_id,name,name_fr,total,accounting_basis,base_from,base_to,target_month,reduction",
    "budgets": "project_id,lifecycle_phase,year,accounting_basis,amount_kg_co2e",
    "factors": "factor_id,name,geography,valid_from,valid_to,value,unit,factor_boundary,gases,gwp_set,"
    "accounting_basis,indicator,uncertainty_profile,source,licence,note",
}
SOURCES = yaml.safe_load((CONFIG / "sources.yml").read_text(encoding="utf-8"))["sources"]
# Where a column of one file must name a row of another.
REFERENCES = {
    "entity_id": ("entities", "entity_id"), "parent_entity_id": ("entities", "entity_id"),
    "site_id": ("sites", "site_id"), "project_id": ("projects", "project_id"),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADERS)
def test_each_table_has_its_columns_and_every_row_fills_them(name: str) -> None:
    lines = (CONFIG / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == HEADERS[name]
    for row in table(name):
        assert None not in row, row
        assert None not in row.values(), row


@pytest.mark.parametrize("name", HEADERS)
def test_each_table_names_only_what_exists(name: str) -> None:
    for row in table(name):
        for column, (other, key) in REFERENCES.items():
            if row.get(column):
                assert row[column] in {known[key] for known in table(other)}, (name, row)
        assert row.get("boundary", "") in BOUNDARIES | {""}, row
        assert (row.get("lifecycle_phase") or row.get("default_phase") or "ideation") in PHASES, row
        assert row.get("lifecycle_activity", "") in ACTIVITIES | {""}, row


@pytest.mark.parametrize("name", [name for name in HEADERS if "valid_from" in HEADERS[name]])
def test_dates_and_their_order(name: str) -> None:
    for row in table(name):
        first = dt.date.fromisoformat(row["valid_from"])
        if row.get("valid_to"):
            assert dt.date.fromisoformat(row["valid_to"]) > first, row


def test_identifiers_stand_once() -> None:
    for name, column in (("entities", "entity_id"), ("sites", "site_id"), ("meters", "meter_id"),
                         ("loads", "load_id"), ("projects", "project_id"), ("allocation_rules", "priority"),
                         ("targets", "target_id")):  # fmt: skip
        ids = [row[column] for row in table(name)]
        assert len(ids) == len(set(ids)), name


def test_rules_are_expressions_on_configured_sources() -> None:
    ids = {source["id"] for source in SOURCES}
    for rule in table("allocation_rules"):
        re.compile(rule["pattern"])
        assert rule["source_id"] in ids | {"*"}, rule
        assert rule["boundary"] or rule["lifecycle_phase"] or rule["lifecycle_activity"], rule


def test_sources_have_a_connector_and_a_folder_for_each_request() -> None:
    assert [source["id"] for source in SOURCES] == [
        "gcp_carbon",
        "aws_carbon",
        "azure_carbon",
        "ovh_carbon",
        "scaleway_footprint",
        "focus_aws",
        "focus_azure",
        "focus_google",
        "focus_ovh",
        "focus_scaleway",
        "dcgm",
        "slurm",
        "electricity",
        "assets",
        "boavizta",
    ]
    for source in SOURCES:
        assert (ROOT / "connectors" / f"{source['connector']}.py").is_file()
        folders = {folder.name for folder in (HISTORY / source["id"]).iterdir()}
        assert folders == set(source["requests"]), source["id"]
        assert set(source.get("options_by_request", {})) <= set(source["requests"])


def test_mapped_headers_stand_in_the_documents() -> None:
    for source in SOURCES:
        for request in source["requests"]:
            options = source["options"] | source.get("options_by_request", {}).get(request, {})
            for path in (HISTORY / source["id"] / request).glob("*/*"):
                if columns := options.get("columns"):
                    header = path.read_text(encoding="utf-8").splitlines()[0].split(options["delimiter"])
                    assert set(columns.values()) <= set(header), path


def test_organization() -> None:
    organization = yaml.safe_load((CONFIG / "organization.yml").read_text(encoding="utf-8"))
    assert organization["is_fictional"] is True
    assert (organization["first_period"], organization["lifetime_months"]) == ("2024-10", 72)

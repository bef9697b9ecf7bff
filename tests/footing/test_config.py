"""A fault in the configuration names file, row, field and remedy."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

from footing.config import ConfigError, load_organization, load_sources
from footing.config_models import TABLES
from footing.config_tables import write_tables
from footing.paths import Paths


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def fault(paths: Paths) -> str:
    with pytest.raises(ConfigError) as caught:
        write_tables(paths.config, paths.typed)
    assert not (paths.typed / "_config").exists(), "something was written"
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("sites.csv", "par1,Saint", "par1,Saint-Denis,Saint", "sites.csv, line 2: 8 cells where the header has 7"),
        ("sites.csv", "grid_zone", "zone", "sites.csv, line 1: the column 'grid_zone' is missing"),
        ("factors.csv", "licence,note", "licence,note,extra", "factors.csv, line 1: unknown column 'extra'"),
        ("site_parameters.csv", "1.35", "0.9", "site_parameters.csv, line 2, field pue"),
        ("site_parameters.csv", "2024-01-01", "01/01/2024", "site_parameters.csv, line 2, field valid_from"),
        ("projects.csv", "P-DOCAI", "P-CLAIMS", "projects.csv, field project_id: 'P-CLAIMS' stands twice"),
        ("projects.csv", ",orselia,production", ",orselis,production", "projects.csv, line 2, field entity_id: 'orselis'"),
        ("sites.csv", "lon1", "lon2", "site_parameters.csv, line 3, field site_id: 'lon1' is not in sites.csv"),
        ("loads.csv", "2025-03-31", "2023-03-31", "loads.csv, line 4, field (row): Value error, valid_to 2023-03-31"),
        ("allocation_rules.csv", "sft-.*", "(?!sft)", "field pattern: '(?!sft)' is no RE2 pattern"),
        ("statement_coverage.csv", "ce,source", "ce,source\naws,,,*,(?!x),hardware,not,,,e,s", "line 2, field service_pattern"),
        ("asset_moves.csv", ",par1,lon1,", ",par1,par1,", "asset_moves.csv, line 2, field (row): Value error, to_site_id par1 is where"),
        ("asset_moves.csv", ",par1,lon1,", ",par1,lon9,", "asset_moves.csv, line 2, field to_site_id: 'lon9' is not in sites.csv"),
        ("device_lifetimes.csv", "laptop,48", "laptops,48", "device_lifetimes.csv, line 3, field device_class"),
        ("regions.csv", "lon1", "par1", "regions.csv, field site_id: 'par1' stands twice"),
        ("capacity_prices.csv", "evidence", "evidence\npar1,gpu_energy,2024-01-01,0,e", "line 2, field price_per_kwh"),
        ("asset_treatments.csv", "source", "source\nX,2026-01-01,0,5,s", "asset_treatments.csv, line 2, field pieces"),
        ("allocation_rules.csv", "10,slurm", "10,slurn", "line 2, field source_id: 'slurn' is not in sources.yml"),
        ("allocation_rules.csv", "11,slurm", "10,slurm", "field priority: '10' stands twice"),
        ("organization.yml", "key_tolerance: 0.05", "key_tolerance: 5", "organization.yml, field key_tolerance"),
        ("organization.yml", "gwp_set: AR6", "gwp: AR6", "organization.yml, field gwp"),
        ("organization.yml", "2024-10", "2024-13", "organization.yml, field first_period"),
        ("sources.yml", "connector: prometheus", "connector: promtheus", "source dcgm, field connector: no connector 'promtheus'"),
        ("sources.yml", "id: slurm", "id: dcgm", "sources.yml, field id: 'dcgm' stands twice"),
        ("sources.yml", "available_day: 16", "available_day: 31", "source 1 (gcp_carbon), field available_day"),
        ("sources.yml", "[par1, lon1]", "[par1, par1]", "source dcgm, field requests: 'par1' stands twice"),
        ("sources.yml", "lon1: { timezone", "lon9: { timezone", "field options_by_request: 'lon9' is not among requests"),
        ("sources.yml", "lon1: { timezone", "lon1: { site: lon9, timezone", "source slurm, field options_by_request.lon1.site: 'lon9' is not in"),
        ("sources.yml", "requests: [par1, lon1]", "requests: [par1, lon1, fra1]", "source dcgm, field options_by_request.fra1.site: 'fra1' is not in"),
        ("sources.yml", "restates: [1, 2, 3]", "restates: [0]", "field restates.0"),
        ("sources.yml", "sources:", "sources: [", "sources.yml: not valid YAML"),
    ],
)  # fmt: skip
def test_each_fault_is_named(paths: Paths, file: str, old: str, new: str, said: str) -> None:
    edit(paths.config / file, old, new)
    assert said in fault(paths)


def test_requests_that_would_share_a_file_name_are_refused(paths: Paths) -> None:
    path = paths.config / "sources.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["sources"][1]["requests"] = ["a/b", "a_b"]
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(ConfigError, match="field requests: 'a_b' stands twice"):
        load_sources(paths.config)


def test_a_wrong_encoding_and_a_missing_file_are_named(paths: Paths) -> None:
    table = paths.config / "sites.csv"
    table.write_bytes(table.read_text(encoding="utf-8").replace("Paris", "Évry").encode("latin-1"))
    assert "sites.csv: not UTF-8" in fault(paths)
    table.unlink()
    assert "sites.csv: the file is missing" in fault(paths)


def test_the_bundled_configuration_becomes_typed_tables(paths: Paths) -> None:
    write_tables(paths.config, paths.typed)
    folder = paths.typed / "_config"
    written = {path.stem: pq.read_table(path) for path in folder.glob("*.parquet")}
    assert set(written) == {*TABLES, "organization", "sources", "requests"}
    assert str(written["factors"].schema.field("value").type) == "double"
    assert written["factors"].column("geography").to_pylist() == ["heat:Chaleur Séquanaise"] * 2
    assert str(written["loads"].schema.field("valid_to").type) == "date32[day]"
    sources = written["sources"].to_pylist()[0]
    assert (sources["source_id"], sources["cadence"], sources["first_period"].isoformat()) == (
        "gcp_carbon",
        "monthly",
        "2024-10-01",
    )
    assert {"source_id": "dcgm", "request": "lon1", "site_id": "lon1"} in written["requests"].to_pylist()
    assert written["organization"].to_pylist()[0]["name"] == load_organization(paths.config).name


def test_a_source_that_is_asked_daily_has_monthly_deliveries(paths: Paths) -> None:
    text = (paths.config / "sources.yml").read_text(encoding="utf-8")
    before, dcgm, after = text.partition("  - id: dcgm\n")
    text = before + dcgm + after.replace("cadence: monthly", "cadence: daily", 1)
    (paths.config / "sources.yml").write_text(text, encoding="utf-8")
    assert {source.id for source in load_sources(paths.config) if source.cadence == "daily"} == {"dcgm"}
    write_tables(paths.config, paths.typed)
    written = pq.read_table(paths.typed / "_config" / "sources.parquet").to_pylist()
    assert {row["cadence"] for row in written} == {"monthly", "once"}


def test_no_source_and_empty_tables_keep_their_types(paths: Paths) -> None:
    (paths.config / "sources.yml").write_text("sources: []\n")
    for name in TABLES:
        path = paths.config / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    write_tables(paths.config, paths.typed)
    for path in (paths.typed / "_config").glob("*.parquet"):
        assert "null" not in {str(field.type) for field in pq.read_schema(path)}, path.name


def test_two_offices_of_one_zone_may_use_a_product_from_one_day(paths: Paths) -> None:
    row = "P-CLAIMS,own_staff_on_site,volumes,0.1,0.0005,,FR,lon1,2024-10-01,,a second office"
    edit(paths.config / "usage_profiles.csv", "evidence\n", f"evidence\n{row}\n")
    write_tables(paths.config, paths.typed)
    rows = pq.read_table(paths.typed / "_config/usage_profiles.parquet").to_pylist()
    assert {"par1", "lon1"} <= {row["site_id"] for row in rows if row["project_id"] == "P-CLAIMS"}


def test_one_offices_profile_stands_once_a_day(paths: Paths) -> None:
    row = "P-CLAIMS,own_staff_on_site,volumes,0.1,0.0005,,FR,par1,2024-10-01,,the same office"
    edit(paths.config / "usage_profiles.csv", "evidence\n", f"evidence\n{row}\n")
    assert "usage_profiles.csv" in fault(paths)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("own_staff_on_site,volumes,0.1,0.0005,,FR,lon1,2024-10-01,,e,laptop,", "go together"),
        (
            "own_staff_at_home,volumes,0.1,0.0005,,FR,,2024-10-01,,e,laptop,0.01",
            "device_class is for own_staff_on_site",
        ),
        ("own_staff_on_site,volumes,0.1,,,FR,lon1,2024-10-01,,e,laptop,0.01", "needs device_kwh_per_request"),
        (
            "own_staff_on_site,volumes,0.1,0.0005,,FR,lon1,2024-10-01,,e,server,0.01",
            "line 2, field device_class",
        ),
    ],
)
def test_hours_of_devices_need_their_class_and_place(paths: Paths, cells: str, said: str) -> None:
    path = paths.config / "usage_profiles.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0]
    path.write_text(f"{header},device_class,device_hours_per_request\nP-CLAIMS,{cells}\n", encoding="utf-8")
    assert said in fault(paths)


def test_columns_that_may_be_left_out_are_empty(paths: Paths) -> None:
    write_tables(paths.config, paths.typed)
    rows = pq.read_table(paths.typed / "_config/usage_profiles.parquet").to_pylist()
    assert {(row["device_class"], row["device_hours_per_request"]) for row in rows} == {(None, None)}

"""Faults in the configuration are told with file, row, field and remedy."""

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from footing.config import ConfigError
from footing.config_tables import write_tables

BUNDLED = Path(__file__).parents[2] / "config"


@pytest.fixture
def config(tmp_path):
    shutil.copytree(BUNDLED, tmp_path / "config")
    return tmp_path / "config"


def test_the_bundled_configuration_is_right_and_typed(config, tmp_path):
    write_tables(config, tmp_path)
    loads = pq.read_table(tmp_path / "_config" / "loads.parquet")
    assert (
        str(loads.schema.field("kw").type) == "double"
        and str(loads.schema.field("valid_from").type) == "date32[day]"
    )
    factors = pq.read_table(tmp_path / "_config" / "factors.parquet")
    assert factors.num_rows == 0 and str(factors.schema.field("value").type) == "double"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("sites.csv", "owned", "rented", r"sites.csv, row 1, field control"),
        ("site_parameters.csv", ",1.35,", ",0.35,", r"site_parameters.csv, row 1, field pue"),
        (
            "loads.csv",
            "par1-erp-web,par1,9.0",
            "par1-erp-web,par9,9.0",
            r"loads.csv, row 1, field site_id: 'par9' is not in sites.csv",
        ),
        ("projects.csv", "project_id,", "project,", r"projects.csv, row 1, field project"),
        ("organization.yml", "country: FR", "country: France", r"organization.yml, field country"),
        ("sources.yml", "kind: telemetry", "kind: magic", r"sources.yml, source 2, field kind"),
        ("sources.yml", "id: dcgm", "id: gcp_carbon", r"sources.yml, field id: 'gcp_carbon' stands twice"),
    ],
)
def test_a_fault_names_its_place(config, tmp_path, file, old, new, said):
    path = config / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(ConfigError, match=said):
        write_tables(config, tmp_path)
    assert not (tmp_path / "_config").exists(), "nothing is written on a fault"

"""The data dictionary says what the models' YAML says, and knows when it no longer does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Repository = Callable[[dict[str, str]], Path]

YAML = """\
version: 2
models:
  - name: fct_emissions
    description: >
      One row per emission:
      claim, month and part.
    columns:
      - name: amount
        data_type: DOUBLE
        description: Emission, in kg | CO2e.
  - name: dim_month
    description: One row per month.
    columns:
      - {name: period_month, data_type: date, description: First day.}
  - name: meta_organization
    description: One row, whose books these are.
    columns:
      - {name: name, data_type: varchar, description: Its name.}
"""
SQL = {
    f"dbt_project/models/marts/{m}.sql": "select 1\n"
    for m in ("fct_emissions", "dim_month", "meta_organization")
}
MARTS = {"dbt_project/models/marts/_marts.yml": YAML, **SQL}


def test_every_model_and_column_stands_in_the_dictionary(
    data_dictionary: ModuleType, repository: Repository
) -> None:
    root = repository(MARTS)
    assert data_dictionary.main([], root) == 0
    text = (root / "docs/data-dictionary.md").read_text()
    assert "### fct_emissions\n\nOne row per emission: claim, month and part.\n" in text
    assert "| `amount` | double | Emission, in kg \\| CO2e. |" in text
    assert text.index("## Facts") < text.index("### fct_emissions") < text.index("## Dimensions")
    assert text.count("### ") == 3
    assert text.index("### dim_month") < text.index("## About the file") < text.index("### meta_organization")


def test_check_passes_on_what_was_just_written(data_dictionary: ModuleType, repository: Repository) -> None:
    root = repository(MARTS)
    data_dictionary.main([], root)
    assert data_dictionary.main(["--check"], root) == 0


def test_check_fails_after_a_description_changed(
    data_dictionary: ModuleType, repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    root = repository(MARTS)
    data_dictionary.main([], root)
    repository({"dbt_project/models/marts/_marts.yml": YAML.replace("First day.", "First day of the month.")})
    before = (root / "docs/data-dictionary.md").read_text()
    assert data_dictionary.main(["--check"], root) == 1
    assert "not what the models say" in capsys.readouterr().err
    assert (root / "docs/data-dictionary.md").read_text() == before


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (YAML.replace("data_type: DOUBLE", "tests: []"), "fct_emissions.amount: no data_type"),
        (YAML.replace("description: First day.", "tests: []"), "dim_month.period_month: no description"),
        (YAML.replace("description: One row per month.", "config: {}"), "dim_month: no description"),
        (YAML.split("  - name: dim_month")[0], "dim_month.sql: no YAML beside it"),
    ],
)
def test_what_lacks_a_description_is_named(
    data_dictionary: ModuleType, repository: Repository, changed: str, expected: str
) -> None:
    root = repository({**MARTS, "dbt_project/models/marts/_marts.yml": changed})
    assert any(expected in problem for problem in data_dictionary.problems(root))

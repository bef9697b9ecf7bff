"""What the screens read, against a kept answer; `python -m tests.dashboards.test_queries` writes it anew."""

import json
import tempfile
from pathlib import Path

import duckdb
import pytest

from dashboards import published as publication
from dashboards import queries, queries_energy
from tests.dashboards import fixture

KEPT = Path(__file__).with_name("screens.json")


def answers(path):
    month = fixture.LAST
    found = {
        "organization": queries.organization(path),
        "months": queries.months(path),
        "month_figures": queries.month_figures(path, month),
        "coverage": queries.coverage(path, month),
        "warnings": queries.warnings(path, month),
        "restatements": queries.restatements(path),
        "energy sites": queries_energy.sites(path),
        "energy balances": queries_energy.balances(path, month),
        "energy measures": queries_energy.measures(path, month, "hall"),
        "energy lost": queries_energy.lost(path, month, "hall"),
    }
    for basis in ("location", "market"):
        found[f"change_on_year {basis}"] = queries.change_on_year(path, basis, month)
        for query in (queries.totals, queries.scopes, queries.phases, queries.targets):
            # Two years of near-equal rows prove no more than the first and the last month do.
            rows = query(path, basis)
            found[f"{query.__name__} {basis}"] = [
                row for row in rows if row["period_month"] in (fixture.FIRST, fixture.LAST)
            ]
    return json.loads(json.dumps(found, default=str), parse_float=lambda text: float(f"{float(text):.9g}"))


def test_screens_read_what_they_read_before(published):
    assert answers(published) == json.loads(KEPT.read_text())


def test_every_month_is_there_and_the_missing_one_has_no_status(published):
    months = queries.months(published)
    assert [row["period_month"] for row in months] == fixture.MONTHS
    assert [row["period_month"] for row in months if row["data_status"] is None] == [fixture.MISSING]


def test_answers_cannot_be_spoilt_by_a_reader(published):
    queries.totals(published, "location")[0]["amount"] = -1.0
    assert queries.totals(published, "location")[0]["amount"] != -1.0


def test_no_change_without_the_month_a_year_before(published):
    assert queries.change_on_year(published, "location", fixture.MISSING.replace(year=2026)) is None
    assert queries.change_on_year(published, "location", fixture.FIRST) is None


def test_the_published_file_is_opened_read_only_and_left_as_it_was(published):
    before = published.read_bytes()
    answers(published)
    assert published.read_bytes() == before
    with duckdb.connect(str(published), read_only=True):
        assert queries.is_readable(published)


def test_the_pointer_is_resolved_to_the_versioned_file(published, monkeypatch):
    monkeypatch.setenv("FOOTING_DATA", str(published.parents[1]))
    found = publication.current()
    assert found is not None
    assert (found.path, found.period, found.revision, found.hash8) == (
        published.resolve(),
        "2026-10",
        3,
        "0badcafe",
    )


def test_a_file_that_is_not_published_is_refused(tmp_path):
    with pytest.raises(ValueError, match="not a published file"):
        publication.describe(tmp_path / "build.duckdb")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        found = answers(fixture.write(Path(folder) / fixture.NAME))
    KEPT.write_text(json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n")

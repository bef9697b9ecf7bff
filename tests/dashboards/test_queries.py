"""What the screens are given, as a snapshot on a known file."""

import datetime as dt

import pytest

from dashboards import charts, published, queries


def test_the_file_is_named_by_what_it_is(published_file):
    found = published.named(published_file)
    assert (found.period, found.revision, found.hash8) == ("2026-09", 3, "0a1b2c3d")
    with pytest.raises(ValueError, match="not a published file"):
        published.named(published_file.with_name("build.duckdb"))


def test_snapshot_of_the_last_month(published_file):
    month = dt.date(2026, 9, 1)

    def now(rows):
        return [
            {k: v for k, v in row.items() if k != "period_month"}
            for row in rows
            if row["period_month"] == month
        ]

    assert now(queries.totals(published_file, "location")) == [
        {"total": "ai", "amount": 3000.0, "amount_low": 2700.0, "amount_high": pytest.approx(3300.0), "data_status": "preliminary", "share_metered": 0.5},
        {"total": "it", "amount": 9000.0, "amount_low": 8100.0, "amount_high": pytest.approx(9900.0), "data_status": "preliminary", "share_metered": 0.5},
        {"total": "undecided", "amount": 1500.0, "amount_low": 1350.0, "amount_high": pytest.approx(1650.0), "data_status": "preliminary", "share_metered": 0.5},
    ]  # fmt: skip
    assert [(r["scope"], r["amount"]) for r in now(queries.by_scope(published_file, "market"))] == [
        (2, 3000.0),
        (3, 4000.0),
    ]
    phases = [
        (r["total"], r["lifecycle_phase"], r["amount"])
        for r in now(queries.by_phase(published_file, "location"))
    ]
    assert phases == [
        ("ai", "development", 1000.0),
        ("ai", "production", 2000.0),
        ("undecided", "unattributed", 1500.0),
    ]
    assert queries.target(published_file, "it", "location")[-1]["target_amount"] == 8000.0
    assert queries.target(published_file, "it", "market") == []
    assert queries.change_on_year(published_file, "location", month) == {
        "total": -250.0,
        "low": -300.0,
        "high": -200.0,
    }
    assert queries.change_on_year(published_file, "location", dt.date(2025, 8, 1)) is None
    assert queries.warnings(published_file, month)[0]["subject"] == "FR"
    assert queries.restatements(published_file)[0]["difference"] == 2.5


def test_a_missing_month_is_a_gap_in_the_chart_not_a_zero(published_file):
    drawn = charts.total_chart(queries.by_scope(published_file, "location"), queries.totals(published_file, "location"),
                               queries.target(published_file, "it", "location"), lambda text: text).to_dict()  # fmt: skip
    bars, whiskers, line = drawn["layer"]
    assert {row["month"] for row in bars["data"]["values"]} == {"2025-08-01", "2025-09-01", "2026-09-01"}
    assert {row["amount_low"] for row in whiskers["data"]["values"]} == {8100.0}
    assert len(line["data"]["values"]) == 4


def test_undecided_stands_beside_ai_never_inside(published_file):
    bars, line = charts.phase_chart(
        queries.by_phase(published_file, "location"), lambda text: text
    ).to_dict()["layer"]
    assert {row["lifecycle_phase"] for row in bars["data"]["values"]} == {"development", "production"}
    assert {row["amount"] for row in line["data"]["values"]} == {1500.0}

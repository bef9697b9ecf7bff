"""The facts of the story, counted from the documents themselves."""

from __future__ import annotations

import datetime as dt

from tests.examples.orselia_reading import MONTHS, SITES, bills, bounds, google, jobs, phase, power, project

GROUP, UK = "01A7C4-5E90B2-D36F18", "0B42E9-C81D57-3FA60C"
SPIKE = ("2025-04", "2025-05", "2025-06")
LOCATION = "carbon_footprint_total_kgCO2e.location_based"
MARKET = "carbon_footprint_total_kgCO2e.market_based"
SCOPE2 = "carbon_footprint_kgCO2e.scope2.location_based"


def _claims(month: str) -> float:
    return sum(power(site, month).kwh.get(("namespace", "claims-prod"), 0.0) for site in SITES)


def _training(site: str, month: str, of: str = "") -> float:
    """kWh of jobs labelled development or qualification."""
    total = 0.0
    for (kind, holder), kwh in power(site, month).kwh.items():
        if kind == "job" and phase(jobs(site)[holder]) in ("development", "qualification"):
            total += kwh if of in ("", project(jobs(site)[holder])) else 0.0
    return total


def test_training_spikes_on_both_sites() -> None:
    for site in SITES:
        others = [_training(site, month, "P-DOCAI") for month in MONTHS if month not in SPIKE]
        assert min(_training(site, month, "P-DOCAI") for month in SPIKE) > 2 * max(others)


def test_claims_triage_draws_more_every_month() -> None:
    months = [month for month in MONTHS if month != "2026-02"]
    hours = {month: (bounds(month)[1] - bounds(month)[0]).total_seconds() / 3600 for month in months}
    means = [_claims(month) / hours[month] for month in months]
    assert means == sorted(means)
    assert means[-1] > 3 * means[0]


def test_claims_triage_passes_training_by_2026() -> None:
    def training(month: str) -> float:
        return sum(_training(site, month) for site in SITES)

    assert all(_claims(month) < training(month) for month in MONTHS if month < "2025-09")
    assert all(
        _claims(month) > training(month) for month in MONTHS if month >= "2025-09" and month != "2026-02"
    )


def test_telemetry_of_one_month_is_lost_while_jobs_ran() -> None:
    empty = [(site, month) for site in SITES for month in MONTHS if power(site, month).samples == 0]
    assert empty == [("lon1", "2026-02")]
    start, end = (int(at.timestamp()) for at in bounds("2026-02"))
    assert any(start < job.utc("Start") < end for job in jobs("lon1").values())


def test_sentinels_stand_in_one_month() -> None:
    counts = {(site, month): power(site, month).sentinels for site in SITES for month in MONTHS}
    assert {where: count for where, count in counts.items() if count} == {("par1", "2025-11"): 6}


def test_phases_of_the_assistant_follow_each_other() -> None:
    expected = {"ideation": ("2025-06", "2025-10"), "qualification": ("2025-10", "2026-01"),
                "development": ("2026-01", "2026-07")}  # fmt: skip
    for site in SITES:
        labelled = [job for job in jobs(site).values() if project(job) == "P-ASSIST" and phase(job)]
        assert {phase(job) for job in labelled} == set(expected)
        for job in labelled:
            first, last = expected[phase(job)]
            # A job may wait over the border of a month.
            assert first <= job.cells["Start"][:7] <= last, job.cells
    assert {month for month in MONTHS if ("namespace", "assist-prod") in power("par1", month).kwh} == set(
        MONTHS[21:]
    )
    assert {month for month in MONTHS if ("namespace", "docai-prod") in power("par1", month).kwh} == set(
        MONTHS[11:21]
    )


def test_a_share_is_untagged() -> None:
    for site in SITES:
        everything = list(jobs(site).values())
        unknown = [job for job in everything if not project(job)]
        assert 0.04 <= len(unknown) / len(everything) <= 0.12
        assert {(job.cells["Account"], job.cells["Comment"]) for job in unknown} == {("default", "")}
    for month in MONTHS:
        seen = any(power(site, month).kwh.get(("namespace", "sandbox")) for site in SITES)
        assert seen is (month != "2026-02"), month
        assert "orselia-uk-lab7" in {row["project.id"] for row in google("1-history", UK, month)}


def test_fraud_detection_moves_region() -> None:
    for month in MONTHS:
        regions = {
            row["location.region"] for row in google("1-history", GROUP, month)
            if row["project.id"] == "orselia-fraud-prod" and row["service.description"] == "Vertex AI"
        }  # fmt: skip
        assert regions == {"us-central1" if month < "2026-01" else "europe-west9"}


def test_statements_add_up_and_have_the_size_of_the_story() -> None:
    for month in MONTHS:
        rows = google("1-history", GROUP, month) + google("1-history", UK, month)
        total = sum(float(row[LOCATION]) for row in rows)
        assert 600 <= total <= 2500
        assert sum(float(row[MARKET]) for row in rows) < total
        for row in rows:
            parts = sum(float(row[f"carbon_footprint_kgCO2e.{name}"])
                        for name in ("scope1", "scope2.location_based", "scope3"))  # fmt: skip
            assert abs(parts - float(row[LOCATION])) < 1e-5
        versions = {int(row["carbon_model_version"]) for row in rows}
        assert versions == {14 if month < "2026-01" else 15 if month < "2026-07" else 16}


def test_the_restatement_raises_vertex_ai_and_drops_a_line() -> None:
    def keyed(drop: str) -> dict[tuple[str, ...], dict[str, str]]:
        names = ("project.id", "service.description", "location.location")
        return {tuple(row[name] for name in names): row for row in google(drop, GROUP, "2026-03")}

    before, after = keyed("1-history"), keyed("2-restatement")
    assert set(before) - set(after) == {("orselia-web", "Cloud Storage", "europe-west9")}
    assert set(after) <= set(before)
    for key, row in after.items():
        factor = 1.12 if key[1] == "Vertex AI" else 1.0
        assert abs(float(row[SCOPE2]) - factor * float(before[key][SCOPE2])) < 1e-5
        assert int(row["carbon_model_version"]) > int(before[key]["carbon_model_version"])


def test_bills_run_by_month_in_paris_and_from_the_21st_in_slough() -> None:
    paris = list(bills("par1"))
    assert [(month, credit) for month, _, _, _, credit in paris if credit] == [("2025-05", True)]
    assert sum(month == "2025-05" for month, *_ in paris) == 3
    assert all(first.day == 1 and (last + dt.timedelta(days=1)).day == 1 for _, first, last, _, _ in paris)
    assert all(22_000 < kwh < 35_000 for _, _, _, kwh, credit in paris if not credit)
    slough = list(bills("lon1"))
    assert all(first.day == 21 and last.day == 20 for _, first, last, _, _ in slough)
    assert [str(first)[:7] for month, first, *_ in slough if str(first)[:7] != month] == ["2024-09"]

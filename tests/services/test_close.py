"""A month of one site, from real servers and a dropped bill to the published file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from footing import pipeline

from . import small_site
from .prometheus_server import MONTH, MONTH_END, MONTH_START, SLURM_WATTS, site_series
from .slurm_cluster import Cluster

SOURCES = ("dcgm", "slurm", "electricity")


@pytest.fixture(scope="module")
def jobs(slurm: Cluster) -> list[str]:
    """Two ended jobs, dated back into the month that Prometheus holds."""
    ids = [slurm.submit("finetune", "docai", "true", comment="project:P-DOCAI", gpus=n) for n in (1, 2)]
    slurm.wait_for(ids)
    slurm.date_back(ids[0], datetime(2026, 9, 3, 10, tzinfo=UTC), 6 * 3600)
    slurm.date_back(ids[1], datetime(2026, 9, 30, 22, tzinfo=UTC), 3600)
    return ids


@pytest.fixture(scope="module")
def published(
    slurm: Cluster, jobs: list[str], prometheus_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, list[str]]]:
    """Land, read, build, audit and publish; give the file and the deliveries that made it."""
    root = tmp_path_factory.mktemp("close")
    inbox = root / "data" / "inbox" / "electricity" / small_site.SITE / MONTH
    inbox.mkdir(parents=True)
    (inbox / "bill.csv").write_text(small_site.bill_csv())
    (inbox / "_SUCCESS").touch()
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {
            **slurm.env,
            "FOOTING_CONFIG": str(small_site.write_config(root / "config")),
            "FOOTING_DATA": str(root / "data"),
            "AIRFLOW_HOME": str(root / "airflow"),
            "AIRFLOW_CONN_PROMETHEUS_PAR1": f'{{"conn_type": "http", "host": "{prometheus_url}"}}',
        }.items():
            environment.setenv(name, value)
        deliveries = [delivery for source in SOURCES for delivery in pipeline.land(source, MONTH)]
        again = [delivery for source in SOURCES for delivery in pipeline.land(source, MONTH)]
        assert again == [], "an unchanged answer made a new delivery"
        for source in SOURCES:
            pipeline.type_source(source)
        pipeline.build(MONTH)
        pipeline.audit()
        yield Path(pipeline.publish_build(MONTH)), deliveries


def ask(published: tuple[Path, list[str]], query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(published[0]), read_only=True) as file:
        return file.execute(query).fetchall()


def test_every_source_delivered_once_and_was_read(published: tuple[Path, list[str]]) -> None:
    assert len(published[1]) == len(SOURCES)
    rows = ask(published, "select source_id, status, rows_rejected from rpt_coverage order by source_id")
    assert {row[0] for row in rows} >= set(SOURCES)
    assert sum(row[2] or 0 for row in rows) == 0


def test_the_boards_energy_is_what_prometheus_held(published: tuple[Path, list[str]]) -> None:
    put_in = sum(series.kwh_within(MONTH_START, MONTH_END) for series in site_series())
    [(kwh,)] = ask(
        published,
        "select sum(kwh) from fct_energy where source_id = 'dcgm' and period_month = date '2026-09-01'",
    )
    assert kwh == pytest.approx(put_in, rel=1e-9)


def test_the_bill_is_the_sites_electricity_and_the_boards_only_split_it(
    published: tuple[Path, list[str]],
) -> None:
    rows = ask(
        published,
        "select accounting_basis, sum(quantity), sum(amount) from fct_emissions where is_reported "
        "and site_id = 'par1' and part = 'electricity' and indicator = 'gwp' group by all order by all",
    )
    assert [(basis, quantity) for basis, quantity, _ in rows] == [
        ("location", pytest.approx(small_site.BILL_KWH)),
        ("market", pytest.approx(small_site.BILL_KWH)),
    ]
    assert all(amount > 0 for _, _, amount in rows)


def test_the_months_column_foots(published: tuple[Path, list[str]]) -> None:
    rows = ask(published, "select check_name, difference, tolerance from rpt_conservation")
    assert rows
    assert [row for row in rows if abs(row[1]) > row[2]] == []


def test_a_board_without_labels_is_split_by_the_jobs_that_slurm_ran(
    published: tuple[Path, list[str]], jobs: list[str]
) -> None:
    # One board of 300 W in Slurm's node: the first job held it for six hours, the second for one.
    rows = ask(
        published,
        "select job_id, sum(kwh) from fct_energy where source_id = 'dcgm' and used_as = 'key' and job_id is not null "
        "and project_id = 'P-DOCAI' and period_month = date '2026-09-01' group by all order by 1",
    )
    hours = dict(zip(jobs, (6, 1), strict=True))
    assert dict(rows) == {job: pytest.approx(hours[job] * SLURM_WATTS / 1000, rel=1e-9) for job in jobs}


def test_the_jobs_project_carries_energy(published: tuple[Path, list[str]]) -> None:
    [(kwh,)] = ask(published, "select sum(kwh) from fct_energy where project_id = 'P-DOCAI'")
    assert kwh > 0

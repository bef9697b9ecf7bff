"""A month of a site that knows its runs alone: logged to a real MLflow server, tracked in CodeCarbon's files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from footing import pipeline

from . import small_site
from .prometheus_server import MONTH
from .test_mlflow import OPTIONS

SOURCES = ("mlflow", "codecarbon", "electricity")
# Two runs measured the node for one hour and one of them went on. The first one's
# time is that of MLflow's run "failed". The tool's own PUE of 1.25 is in every energy.
TRACKED = """\
timestamp,project_name,run_id,duration,emissions,cpu_energy,gpu_energy,ram_energy,energy_consumed,codecarbon_version,tracking_mode,pue
2026-09-11T10:30:00,docai,c1,1800,0.1,0.25,1.25,0.125,1.625,3.3.2,machine,1.25
2026-09-15T11:00:00,docai,c2,3600,0.1,0.0,2.5,0.0,2.5,3.3.2,machine,1.25
2026-09-15T12:00:00,other,c3,7200,0.1,0.0,5.0,0.0,5.0,3.3.2,machine,1.25
"""


@pytest.fixture(scope="module")
def published(mlflow_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Land, read, build, audit and publish."""
    root = tmp_path_factory.mktemp("run-close")
    for source, request, name, text in (
        ("electricity", small_site.SITE, "bill.csv", small_site.bill_csv()),
        ("codecarbon", "w1", "emissions.csv", TRACKED),
    ):
        inbox = root / "data" / "inbox" / source / request / MONTH
        inbox.mkdir(parents=True)
        (inbox / name).write_text(text)
        (inbox / "_SUCCESS").touch()
    config = small_site.write_runs_config(root / "config", OPTIONS["energy_metric"])
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {
            "FOOTING_CONFIG": str(config),
            "FOOTING_DATA": str(root / "data"),
            "AIRFLOW_HOME": str(root / "airflow"),
            "AIRFLOW_CONN_MLFLOW": f'{{"conn_type": "http", "host": "{mlflow_url}"}}',
        }.items():
            environment.setenv(name, value)
        for source in SOURCES:
            assert pipeline.land(source, MONTH)
            pipeline.type_source(source)
        pipeline.build(MONTH)
        pipeline.audit()
        yield Path(pipeline.publish_build(MONTH))


def ask(published: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(published), read_only=True) as file:
        return file.execute(query).fetchall()


def energy(published: Path, source: str) -> dict[tuple[str, str | None], float]:
    rows = ask(
        published,
        f"select used_as, reason, sum(kwh) from fct_energy where source_id = '{source}' "
        "and period_month = date '2026-09-01' group by all",
    )
    return {(used_as, reason): kwh for used_as, reason, kwh in rows}


def test_what_runs_logged_is_what_the_site_is_split_by(published: Path) -> None:
    # inside 1.5, half of across 4, running .5, parent 6, deleted 2; child 1 is in its parent; failed 1 was tracked, too.
    assert energy(published, "mlflow") == {
        ("key", None): pytest.approx(14.0),
        ("loser", "inner_measure"): pytest.approx(1.0),
        ("loser", "outranked"): pytest.approx(1.0),
    }
    [(august,)] = ask(
        published,
        "select sum(kwh) from fct_energy where source_id = 'mlflow' and period_month = date '2026-08-01'",
    )
    assert august == pytest.approx(4.0)


def test_what_the_tracker_read_counts_once_and_without_its_pue(published: Path) -> None:
    # c1 1.3; c2 2 and c3 4 kWh of two hours, of which each kept half in the common one: 1 + 1 + 2.
    assert energy(published, "codecarbon") == {
        ("key", None): pytest.approx(1.3 + 4.0),
        ("loser", "duplicate"): pytest.approx(2.0),
    }
    tiers = ask(
        published,
        "select tier, sum(kwh) from fct_energy where source_id = 'codecarbon' and job_id = 'c1' group by all order by 1",
    )
    assert tiers == [("a_posteriori", pytest.approx(0.3)), ("metered", pytest.approx(1.0))]


def test_tags_and_names_give_the_project(published: Path) -> None:
    [(kwh,)] = ask(
        published,
        "select sum(kwh) from fct_energy where project_id = 'P-DOCAI' and used_as = 'key' "
        "and period_month = date '2026-09-01'",
    )
    # All of MLflow's but parent's 6; c1 and c2's hour.
    assert kwh == pytest.approx(14.0 - 6.0 + 1.3 + 1.0)


def test_the_bill_stays_the_total_and_the_month_foots(published: Path) -> None:
    [(kwh,)] = ask(
        published,
        "select sum(quantity) from fct_emissions where is_reported and part = 'electricity' and indicator = 'gwp' "
        "and site_id = 'par1' and accounting_basis = 'location' and period_month = date '2026-09-01'",
    )
    assert kwh == pytest.approx(small_site.BILL_KWH)
    rows = ask(published, "select check_name, difference, tolerance from rpt_conservation")
    assert {"runs", "bill"} <= {row[0] for row in rows}
    assert [row for row in rows if abs(row[1]) > row[2]] == []

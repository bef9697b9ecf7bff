"""One ingest DAG per configured source: land what is due, read it, check it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import DAG, Asset, CronDataIntervalTimetable, task

from footing.config import load_sources
from footing.config_models import SourceEntry
from footing.paths import Paths
from footing.periods import period_of

# A day is over at midnight in UTC; exporters and stores may be late by an hour.
DAILY, MONTHLY = "0 2 * * *", "0 0 1 * *"
DOC = """
### {title}

Brings in **{source}** through the connector `{connector}` ({via}), {cadence}.

A run is about one month: `conf.period`, else its data interval; a daily run lands the days of it that are over. It asks
for that month and for those that the source restates; with `conf.since` for all months from there. An unchanged answer makes no new delivery, so a run may be
repeated. A month that is not out yet is asked for again, in a scheduled run, on its due day, then daily for ten days;
after that, or in a run by hand, the run goes on without it, and coverage shows it as missing. Backfill: `airflow backfill create --dag-id ingest_{source} …`.
"""


def make(source: SourceEntry) -> DAG:
    """The DAG of a source."""
    with DAG(
        dag_id=f"ingest_{source.id}",
        description=source.title,
        doc_md=DOC.format(
            title=source.title,
            source=source.id,
            connector=source.connector,
            via=source.via,
            cadence="daily" if source.cadence == "daily" else "monthly",
        ),
        schedule=CronDataIntervalTimetable(DAILY if source.cadence == "daily" else MONTHLY, timezone="UTC"),
        start_date=datetime.fromisoformat(f"{source.first_period}-01T00:00:00+00:00"),
        catchup=False,
        max_active_runs=1,
        default_args={
            "owner": "footing",
            "retries": 3,
            "retry_delay": timedelta(minutes=1),
            "retry_exponential_backoff": True,
            "max_retry_delay": timedelta(hours=1),
        },
        tags=["ingest", source.kind],
    ) as dag:

        @task
        def due(dag_run: Any = None, data_interval_start: Any = None) -> list[str]:
            """Find the months to ask for."""
            from footing import pipeline

            conf = dag_run.conf or {}
            period = period_of(conf, getattr(dag_run, "partition_key", None), data_interval_start)
            return pipeline.due(source.id, period, conf.get("since"))

        @task(max_active_tis_per_dag=4)
        def land(period: str, dag_run: Any = None) -> list[str]:
            """Land one month; when it is not out yet, come back later (a run by hand goes on without it)."""
            from footing.waiting import land_or_wait

            return land_or_wait(source.id, period, dag_run)

        @task(trigger_rule="none_failed")
        def read() -> None:
            """Read what landed into typed Parquet, rejects beside it."""
            from footing import pipeline
            from footing.waiting import for_good

            with for_good():
                pipeline.type_source(source.id)

        @task(outlets=[Asset(f"footing://typed/{source.id}")])
        def check() -> str:
            """Run the document suites; a critical failure stops here."""
            from footing import pipeline
            from footing.waiting import for_good

            with for_good():
                return pipeline.check_source(source.id)

        land.expand(period=due()) >> read() >> check()
    return dag


for _source in load_sources(Paths.from_env().config):
    globals()[f"ingest_{_source.id}"] = make(_source)

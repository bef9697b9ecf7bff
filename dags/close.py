"""The monthly close: build, audit, publish, report, summary, for one month."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import DAG, Asset, CronDataIntervalTimetable, task

from footing.config import load_sources
from footing.paths import Paths
from footing.periods import period_of

DOC = """
### Monthly close

Builds the ledger up to the month from everything landed, lets the gate decide, and publishes a new revision when a row
has changed. A failed critical check publishes nothing and leaves the last published file in place. A scheduled run waits
for the 25th of the month after; trigger it with `{"period": "YYYY-MM"}` to close earlier or again, as often as you like.
Backfill: `airflow backfill create --dag-id close --from-date … --to-date …`.
"""

FIRST = min(source.first_period for source in load_sources(Paths.from_env().config))

with DAG(
    dag_id="close",
    description="Build, audit, publish and report one month",
    doc_md=DOC,
    schedule=CronDataIntervalTimetable("0 0 1 * *", timezone="UTC"),
    start_date=datetime.fromisoformat(f"{FIRST}-01T00:00:00+00:00"),
    catchup=False,
    max_active_runs=1,
    default_args={
        "owner": "footing",
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
        "retry_exponential_backoff": True,
    },
    tags=["close"],
) as dag:

    @task
    def due(dag_run: Any = None, data_interval_start: Any = None) -> str:
        """Find the month and wait for the day on which it is closed."""
        from footing.waiting import until_close_day

        period = period_of(dag_run.conf, getattr(dag_run, "partition_key", None), data_interval_start)
        until_close_day(period, dag_run)
        return period

    @task
    def build(period: str) -> str:
        """Read what landed and build the months up to this one."""
        from footing import pipeline
        from footing.waiting import for_good

        with for_good():
            pipeline.build(period)
        return period

    @task
    def audit(period: str) -> str:
        """Run the marts' suites; a critical failure stops here."""
        from footing import pipeline
        from footing.waiting import for_good

        with for_good():
            pipeline.audit()
        return period

    @task(outlets=[Asset("footing://published")])
    def publish(period: str) -> str:
        """Publish when a row has changed; give the published file."""
        from footing import pipeline

        return pipeline.publish_build(period)

    @task
    def report(published: str) -> list[str]:
        """Write the report pack in English and French."""
        from footing import pipeline

        return pipeline.report(published)

    @task
    def summary(published: str, _after: list[str]) -> None:
        """Print the totals, the conservation check and where everything is."""
        from footing import pipeline

        pipeline.summary(published)

    published = publish(audit(build(due())))
    summary(published, report(published))

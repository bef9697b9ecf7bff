"""How a task ends: come back later, go on without, or fail for good where trying again cannot help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from airflow.sdk.exceptions import AirflowFailException, AirflowRescheduleException, AirflowSkipException

from connectors.base import NotYetPublished, ParseError
from footing import periods, pipeline
from footing.config import ConfigError
from footing.paths import Paths


@contextmanager
def for_good() -> Iterator[None]:
    """Fail at once, without retries, on faults that a person must mend.

    Raises
    ------
    airflow.sdk.exceptions.AirflowFailException
        In their place, with their text.
    """
    try:
        yield
    except (ConfigError, ParseError, pipeline.Unreadable, pipeline.AuditFailed) as fault:
        raise AirflowFailException(str(fault)) from fault


def land_or_wait(source_id: str, period: str, dag_run: Any) -> list[str]:
    """Land a month of a source.

    Raises
    ------
    airflow.sdk.exceptions.AirflowRescheduleException
        When the month is not out yet and a scheduler runs the DAG: on its due day, then daily for a while.
    airflow.sdk.exceptions.AirflowSkipException
        The same when nobody waits: a run by hand, a test run or backfill, or a month long overdue.
    """
    try:
        with for_good():
            return pipeline.land(source_id, period)
    except NotYetPublished as not_yet:
        entry = pipeline.source_entry(Paths.from_env(), source_id)
        again = periods.ask_again(entry, period, dt.datetime.now(dt.UTC))
        if again is None or not _may_wait(dag_run):
            raise AirflowSkipException(str(not_yet)) from None
        raise _come_back(again) from not_yet


def until_close_day(period: str, dag_run: Any) -> None:
    """Hold a scheduled close back to the day on which a month is closed; one by hand or of a backfill runs at once.

    Raises
    ------
    airflow.sdk.exceptions.AirflowRescheduleException
        Before that day.
    """
    day = periods.on_day(period, periods.CLOSE_DAY)
    if _may_wait(dag_run) and dt.datetime.now(dt.UTC) < day:
        raise _come_back(day)


def _may_wait(dag_run: Any) -> bool:
    """Only what the scheduler started on its own: a test run would wait in real time, a person wants an answer now."""
    run_type = getattr(dag_run, "run_type", "")
    return str(getattr(run_type, "value", run_type)) == "scheduled"


def _come_back(when: dt.datetime) -> AirflowRescheduleException:
    return AirflowRescheduleException(when)  # type: ignore[no-untyped-call]

"""What a task does when a month is not out yet: come back under a scheduler, go on without it when run by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from airflow.sdk.exceptions import AirflowRescheduleException, AirflowSkipException

from connectors.base import NotYetPublished
from footing import pipeline

WAIT = dt.timedelta(days=1)


def land_or_wait(source_id: str, period: str, dag_run: Any) -> list[str]:
    """Land a month of a source.

    Raises
    ------
    AirflowRescheduleException
        When the month is not out yet and a scheduler runs the DAG.
    AirflowSkipException
        The same in a test run or one with ``conf.wait = false``, which would otherwise wait in real time.
    """
    try:
        return pipeline.land(source_id, period)
    except NotYetPublished as not_yet:
        by_hand = str(getattr(dag_run, "triggered_by", "")).lower().endswith("test")
        if by_hand or (dag_run.conf or {}).get("wait") is False:
            raise AirflowSkipException(str(not_yet)) from None
        raise AirflowRescheduleException(dt.datetime.now(dt.UTC) + WAIT) from not_yet

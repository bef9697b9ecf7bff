"""A month that is not out yet: come back under a scheduler, go on in a test run."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowRescheduleException, AirflowSkipException
from airflow.utils.types import DagRunType

from connectors.base import NotYetPublished, ParseError
from footing import periods, pipeline, waiting

NOW = dt.datetime.now(dt.UTC)
THIS_MONTH = f"{NOW:%Y-%m}"


def run(run_type: str = "scheduled") -> Any:
    return SimpleNamespace(run_type=DagRunType(run_type), conf={})


@pytest.fixture
def unpublished(monkeypatch: pytest.MonkeyPatch) -> None:
    def land(source_id: str, period: str) -> list[str]:
        raise NotYetPublished(f"{source_id}: nothing yet")

    monkeypatch.setattr(pipeline, "land", land)


@pytest.mark.usefixtures("unpublished")
def test_a_scheduler_comes_back_on_the_day_the_month_is_due() -> None:
    with pytest.raises(AirflowRescheduleException) as caught:
        waiting.land_or_wait("gcp_carbon", THIS_MONTH, run())
    assert caught.value.reschedule_date == periods.on_day(THIS_MONTH, 16)


@pytest.mark.usefixtures("unpublished")
@pytest.mark.parametrize("run_type", ["manual", "backfill", "asset_triggered"])
def test_a_run_that_cannot_wait_goes_on_without_the_month(run_type: str) -> None:
    with pytest.raises(AirflowSkipException, match="gcp_carbon: nothing yet"):
        waiting.land_or_wait("gcp_carbon", THIS_MONTH, run(run_type))


@pytest.mark.usefixtures("unpublished")
def test_nobody_waits_for_a_month_long_overdue() -> None:
    with pytest.raises(AirflowSkipException):
        waiting.land_or_wait("gcp_carbon", "2024-10", run())


def test_a_landed_month_gives_its_deliveries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "land", lambda source_id, period: [f"{source_id}-{period}"])
    assert waiting.land_or_wait("dcgm", "2026-03", run()) == ["dcgm-2026-03"]


def test_what_a_person_must_mend_is_not_tried_again() -> None:
    for fault in (ParseError("page-2.csv is cut off"), pipeline.Unreadable("x"), pipeline.AuditFailed("y")):
        with pytest.raises(AirflowFailException, match=str(fault)), waiting.for_good():
            raise fault
    with pytest.raises(OSError, match="the network"), waiting.for_good():
        raise OSError("the network")


def test_a_scheduled_close_waits_for_its_day_and_one_by_hand_does_not() -> None:
    with pytest.raises(AirflowRescheduleException) as caught:
        waiting.until_close_day(THIS_MONTH, run())
    assert caught.value.reschedule_date == periods.on_day(THIS_MONTH, 25)
    waiting.until_close_day(THIS_MONTH, run("manual"))
    waiting.until_close_day(THIS_MONTH, run("backfill"))
    waiting.until_close_day("2024-10", run())

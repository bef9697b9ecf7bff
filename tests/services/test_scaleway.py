"""An organization's footprint asked through Scaleway's SDK from a server that misbehaves on demand."""

from __future__ import annotations

import json
import math
import traceback
from collections.abc import Iterator
from dataclasses import replace

import pytest

from connectors import _patience, scaleway_footprint
from connectors._http import SourceError
from connectors.base import NotYetPublished, Secrets, Source
from footing.secrets import from_connection

from .fake_http import Fault, serving
from .fake_scaleway import ACCESS_KEY, ORGANIZATION, SECRET_KEY, Scaleway
from .reading import assert_whole, fetched, rows_of

connector = scaleway_footprint.connector
SOURCE = Source("scaleway", "scaleway_footprint", ("orselia",))
MONTH = "2026-09"
DATA, REPORTS = r"GET .*/data/query", r"GET .*/reports/availability"
# The sample's leaves by hand: 1.25 + 0.5 + 4.75 + 42.5 + 80.25 + 2 + 18.75 kg.
KG = 150.0


@pytest.fixture
def scaleway() -> Iterator[Scaleway]:
    with serving(Scaleway()) as fake:
        yield fake


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr(_patience.time, "sleep", slept.append)
    return slept


@pytest.fixture
def secrets(scaleway: Scaleway, naps: list[float], monkeypatch: pytest.MonkeyPatch) -> Secrets:
    connection = {
        "conn_type": "generic", "host": scaleway.url, "login": ACCESS_KEY, "password": SECRET_KEY,
        "extra": {"organization_id": ORGANIZATION},
    }  # fmt: skip
    monkeypatch.setenv("AIRFLOW_CONN_SCALEWAY", json.dumps(connection))
    return from_connection("scaleway")


def assert_the_month_came_whole(secrets: Secrets) -> None:
    documents = fetched(connector, SOURCE, MONTH, secrets)
    assert_whole(documents)
    rows = rows_of(connector, documents)
    assert len(rows) == 7 and math.fsum(row["kg_co2e"] for row in rows) == pytest.approx(KG, abs=1e-9)


def test_a_month_is_asked_with_its_exclusive_end_and_landed_as_it_came(
    secrets: Secrets, scaleway: Scaleway
) -> None:
    assert_the_month_came_whole(secrets)
    assert scaleway.asked_spans == [("2026-09-01T00:00:00Z", "2026-10-01T00:00:00Z")]
    [document] = fetched(connector, SOURCE, MONTH, secrets)
    assert document.data == json.dumps(scaleway.impact).encode()


def test_too_many_requests_are_waited_out(secrets: Secrets, scaleway: Scaleway, naps: list[float]) -> None:
    scaleway.faults = [Fault(DATA, 429, b'{"message": "quota"}', {"Retry-After": "9"}, times=2)]
    assert_the_month_came_whole(secrets)
    assert scaleway.count(DATA) == 3 and naps == [9.0, 9.0]


def test_server_errors_of_either_kind_are_asked_again(secrets: Secrets, scaleway: Scaleway) -> None:
    scaleway.faults = [
        Fault(REPORTS, 500, b'{"message": "internal error"}'),
        Fault(DATA, 502, b"<html>Bad Gateway</html>"),
    ]
    assert_the_month_came_whole(secrets)
    assert (scaleway.count(REPORTS), scaleway.count(DATA)) == (2, 2)


def test_a_truncated_answer_is_asked_again(secrets: Secrets, scaleway: Scaleway) -> None:
    scaleway.faults = [Fault(DATA, cut_body_at=700, times=2)]
    assert_the_month_came_whole(secrets)
    assert scaleway.count(DATA) == 3


def test_it_gives_up_in_the_end(secrets: Secrets, scaleway: Scaleway) -> None:
    scaleway.faults = [Fault(DATA, 503, b"busy", times=99)]
    with pytest.raises(SourceError, match="gave up after 5 attempts: HTTP 503"):
        fetched(connector, SOURCE, MONTH, secrets)
    assert scaleway.count(DATA) == 5


def test_a_deleted_key_is_an_error_that_says_what_to_do_and_shows_none(
    secrets: Secrets, scaleway: Scaleway
) -> None:
    gone = replace(secrets, password="deadbeef-0000-4000-8000-00000000dead")
    with pytest.raises(SourceError, match="EnvironmentalImpactReadOnly") as failure:
        fetched(connector, SOURCE, MONTH, gone)
    assert "00000000dead" not in "".join(traceback.format_exception(failure.value))
    assert len(scaleway.requests) == 1


@pytest.mark.parametrize("change", [{"login": "no-key"}, {"password": "hunter2"}, {"extra": {}}])
def test_a_connection_of_another_shape_is_an_error_that_shows_no_secret(
    secrets: Secrets, change: dict[str, object]
) -> None:
    with pytest.raises(SourceError, match="access key") as failure:
        fetched(connector, SOURCE, MONTH, replace(secrets, **change))
    assert "hunter2" not in "".join(traceback.format_exception(failure.value))


def test_a_month_whose_report_is_not_out_is_not_published_yet(secrets: Secrets, scaleway: Scaleway) -> None:
    scaleway.reports.pop()
    with pytest.raises(NotYetPublished, match="lists no report of 2026-09"):
        fetched(connector, SOURCE, MONTH, secrets)
    assert scaleway.count(DATA) == 0


def test_a_month_without_projects_is_not_published_yet(secrets: Secrets, scaleway: Scaleway) -> None:
    scaleway.impact["projects"] = []
    with pytest.raises(NotYetPublished, match="no project"):
        fetched(connector, SOURCE, MONTH, secrets)


def test_a_month_that_runs_is_not_asked_for(secrets: Secrets, scaleway: Scaleway) -> None:
    with pytest.raises(NotYetPublished, match="has not ended"):
        fetched(connector, SOURCE, "2999-01", secrets)
    assert scaleway.requests == []


def test_one_connection_never_answers_for_two_organizations(secrets: Secrets) -> None:
    with pytest.raises(SourceError, match="per organization"):
        fetched(connector, Source("scaleway", "scaleway_footprint", ("a", "b")), MONTH, secrets)

"""Subscriptions asked through Microsoft's SDK and an Airflow connection from a server that misbehaves on demand."""

from __future__ import annotations

import json
import math
import traceback
from collections.abc import Iterator
from dataclasses import replace

import pytest

from connectors import _patience, azure_carbon
from connectors._http import SourceError
from connectors.base import NotYetPublished, Secrets, Source
from footing.secrets import from_connection

from .fake_azure_carbon import TOKEN, AzureCarbon, subscription
from .fake_http import Fault, serving
from .reading import assert_whole, fetched, rows_of

connector = azure_carbon.connector
MONTH = "2026-09"
REPORTS, RANGE = r"POST .*/carbonEmissionReports", r"POST .*/queryCarbonEmissionDataAvailableDateRange"


def source(*numbers: int) -> Source:
    ids = [subscription(number).upper() for number in numbers]
    return Source("azure", "azure_carbon", ("subscriptions",), options={"subscriptions": ids})


@pytest.fixture
def azure() -> Iterator[AzureCarbon]:
    with serving(AzureCarbon()) as fake:
        yield fake


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr(_patience.time, "sleep", slept.append)
    return slept


@pytest.fixture
def secrets(azure: AzureCarbon, naps: list[float], monkeypatch: pytest.MonkeyPatch) -> Secrets:
    connection = {"conn_type": "azure", "host": azure.url, "password": TOKEN}
    monkeypatch.setenv("AIRFLOW_CONN_AZURE", json.dumps(connection))
    return from_connection("azure")


def assert_the_month_came_whole(secrets: Secrets) -> None:
    documents = fetched(connector, source(1, 2), MONTH, secrets)
    assert_whole(documents)
    rows = rows_of(connector, documents)
    # Five resources of 1 + 20 + 4 kg.
    assert len(rows) == 15 and math.fsum(row["kg_co2e"] for row in rows) == pytest.approx(125, abs=1e-9)


def test_each_scope_is_asked_on_its_own_and_paged_to_its_end(secrets: Secrets, azure: AzureCarbon) -> None:
    assert_the_month_came_whole(secrets)
    # Pages of two: three of five resources each, per scope.
    asked = [(query["carbonScopeList"], query.get("skipToken")) for query in azure.queries]
    assert asked == [([scope], token) for scope in azure_carbon.SCOPES for token in (None, "2", "4")]
    assert azure.queries[0]["dateRange"] == {"start": "2026-09-01", "end": "2026-09-01"}
    assert azure.count(RANGE) == 1


def test_more_than_a_hundred_subscriptions_are_asked_in_parts(secrets: Secrets, azure: AzureCarbon) -> None:
    azure.resources = {subscription(n): 1 for n in range(1, 231)}
    rows = rows_of(connector, fetched(connector, source(*range(1, 231)), MONTH, secrets))
    assert len({row["resource_id"] for row in rows}) == 230
    assert {len(query["subscriptionList"]) for query in azure.queries} == {100, 30}


def test_a_denied_subscription_is_a_row_that_says_so_and_not_a_smaller_total(
    secrets: Secrets, azure: AzureCarbon
) -> None:
    azure.denied = {subscription(2): "Carbon Optimization Reader permission required"}
    rows = rows_of(connector, fetched(connector, source(1, 2), MONTH, secrets))
    denied = {
        (row["subscription_id"], row["decision"], row["denial_reason"])
        for row in rows
        if row["kg_co2e"] is None
    }
    assert denied == {(subscription(2), "Denied", "Carbon Optimization Reader permission required")}


def test_too_many_requests_are_waited_out(secrets: Secrets, azure: AzureCarbon, naps: list[float]) -> None:
    azure.faults = [
        Fault(REPORTS, 429, b'{"error": {"code": "TooManyRequests"}}', {"Retry-After": "7"}, times=2)
    ]
    assert_the_month_came_whole(secrets)
    assert naps == [7.0, 7.0]


def test_server_errors_of_either_kind_are_asked_again(secrets: Secrets, azure: AzureCarbon) -> None:
    azure.faults = [
        Fault(RANGE, 500, b'{"error": {}}'),
        Fault(REPORTS, 502, b"<html>Bad Gateway</html>", nth=4),
    ]
    assert_the_month_came_whole(secrets)


@pytest.mark.parametrize("cut", [0, 1, 300])
def test_a_truncated_answer_is_asked_again(secrets: Secrets, azure: AzureCarbon, cut: int) -> None:
    azure.faults = [Fault(REPORTS, cut_body_at=cut, nth=2, times=2)]
    assert_the_month_came_whole(secrets)
    assert azure.count(REPORTS) == 11


def test_it_gives_up_in_the_end(secrets: Secrets, azure: AzureCarbon) -> None:
    azure.faults = [Fault(REPORTS, 503, b"busy", times=99)]
    with pytest.raises(SourceError, match="gave up after 5 attempts: HTTP 503"):
        fetched(connector, source(1, 2), MONTH, secrets)
    assert azure.count(REPORTS) == 5


def test_an_expired_token_is_an_error_that_says_what_to_do_and_shows_none(
    secrets: Secrets, azure: AzureCarbon
) -> None:
    stale = replace(secrets, password="-".join(["stale", "token"]))
    with pytest.raises(SourceError, match="Carbon Optimization Reader") as failure:
        fetched(connector, source(1), MONTH, stale)
    assert stale.password not in "".join(traceback.format_exception(failure.value))
    assert len(azure.requests) == 1


def test_a_client_without_its_tenant_is_an_error_that_shows_no_secret(secrets: Secrets) -> None:
    half = replace(secrets, login="client", password="-".join(["hunter", "2"]))
    with pytest.raises(SourceError, match="tenant_id") as failure:
        fetched(connector, source(1), MONTH, half)
    assert half.password not in "".join(traceback.format_exception(failure.value))


def test_the_months_that_azure_does_not_offer(secrets: Secrets, azure: AzureCarbon) -> None:
    azure.span = ("2025-10-01", "2026-08-01")
    with pytest.raises(NotYetPublished, match="2025-10-01 to 2026-08-01, not 2026-09 yet"):
        fetched(connector, source(1), MONTH, secrets)
    with pytest.raises(SourceError, match="2025-09 is past"):
        fetched(connector, source(1), "2025-09", secrets)
    with pytest.raises(NotYetPublished, match="has not ended"):
        fetched(connector, source(1), "2999-01", secrets)
    assert azure.count(REPORTS) == 0


def test_a_request_without_subscriptions_is_named(secrets: Secrets) -> None:
    with pytest.raises(SourceError, match="options.subscriptions"):
        fetched(connector, Source("azure", "azure_carbon", ("subscriptions",)), MONTH, secrets)

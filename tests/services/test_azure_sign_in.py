"""Sign-in through azure-identity over TLS as in production, and answers that are not what they seem."""

from __future__ import annotations

import json
import math
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from connectors import _patience, azure_carbon
from connectors._http import SourceError
from connectors.base import Secrets, Source
from footing.secrets import from_connection

from .fake_azure_cloud import CLIENT, KG, SECRET, TENANT, TOKEN, Azure, write_certificate
from .fake_http import Fault, serving
from .reading import assert_whole, fetched, rows_of

connector = azure_carbon.connector
IDS = [f"00000000-0000-4000-8000-{n:012d}" for n in range(1, 4)]
SOURCE = Source("azure", "azure_carbon", ("all",), {"subscriptions": IDS})
MONTH = "2026-09"
ROLE = "Carbon Optimization Reader"
REPORTS, RANGE, SIGN_IN = r"POST .*/carbonEmissionReports", r"POST .*DateRange", r"POST .*/oauth2/v2.0/token"
# By hand: 0.25 + 0.125 + 4.5 + 1.5 + 8 + 2.75 kg of each subscription.
KG_EACH = 17.125


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_certificate(tmp_path_factory.mktemp("tls") / "server.pem")


@pytest.fixture
def azure(certificate: Path) -> Iterator[Azure]:
    with serving(Azure(), certificate) as fake:
        yield fake


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr(_patience.time, "sleep", slept.append)
    return slept


@pytest.fixture
def secrets(azure: Azure, certificate: Path, naps: list[float], monkeypatch: pytest.MonkeyPatch) -> Secrets:
    # What an installation with its own certificate authority sets; nothing in Footing turns TLS off.
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    connection = {
        "conn_type": "azure", "host": azure.url, "login": CLIENT, "password": SECRET,
        "extra": {"tenantId": TENANT, "authority": azure.url},
    }  # fmt: skip
    monkeypatch.setenv("AIRFLOW_CONN_AZURE_CARBON", json.dumps(connection))
    return from_connection("azure_carbon")


def assert_the_month_came_whole(secrets: Secrets, source: Source = SOURCE) -> None:
    documents = fetched(connector, source, MONTH, secrets)
    assert_whole(documents)
    rows = rows_of(connector, documents)
    count = len(source.options["subscriptions"])
    assert Counter(row["scope"] for row in rows) == {scope: 2 * count for scope in "123"}
    assert math.fsum(row["kg_co2e"] for row in rows) == pytest.approx(KG_EACH * count, abs=1e-9)


def text_of(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


def test_each_scope_is_asked_alone_for_one_month_and_landed_beside_the_question(
    secrets: Secrets, azure: Azure
) -> None:
    assert_the_month_came_whole(secrets)
    assert [query["carbonScopeList"] for query in azure.asked] == [["Scope1"], ["Scope2"], ["Scope3"]]
    assert {query["dateRange"]["start"] for query in azure.asked} == {"2026-09-01"}
    assert azure.requests[-4].line.startswith("POST /providers/Microsoft.Carbon/queryCarbonEmissionData")
    assert {scope.split()[0] for scope in azure.scopes} == {f"{azure.url}/.default"}
    document = fetched(connector, SOURCE, MONTH, secrets)[1]
    landed = json.loads(document.open().read())
    assert landed["asked"] == {"scope": "Scope2", "month": "2026-09-01", "subscriptions": IDS, "page": 1}
    assert [item["latestMonthEmissions"] for item in landed["answer"]["value"][:2]] == list(KG["Scope2"])


def test_a_token_that_leads_nowhere_ends(secrets: Secrets, azure: Azure) -> None:
    azure.page_size, azure.repeats_token = 4, True
    with pytest.raises(SourceError, match="one skipToken twice"):
        fetched(connector, SOURCE, MONTH, secrets)


def test_a_call_takes_a_hundred_subscriptions_in_lower_case_and_each_once(
    secrets: Secrets, azure: Azure
) -> None:
    ids = [f"ABCDEF00-0000-4000-8000-{n:012d}" for n in range(250)]
    source = replace(SOURCE, options={"subscriptions": ids})
    assert_the_month_came_whole(secrets, source)
    assert [len(query["subscriptionList"]) for query in azure.asked] == [100, 100, 50] * 3
    asked_twice = replace(SOURCE, options={"subscriptions": [*ids[:2], ids[0].lower()], "per_call": 1})
    azure.asked.clear()
    fetched(connector, asked_twice, MONTH, secrets)
    assert [query["subscriptionList"] for query in azure.asked[:2]] == [[one.lower()] for one in ids[:2]]
    assert len(azure.asked) == 6


def test_an_answer_that_may_have_been_cut_is_no_month(
    secrets: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(azure_carbon, "CUT_AT", 6)
    with pytest.raises(SourceError, match="lower options.per_call"):
        fetched(connector, SOURCE, MONTH, secrets)
    assert_the_month_came_whole(secrets, replace(SOURCE, options={"subscriptions": IDS, "per_call": 2}))


def test_an_expired_secret_is_an_error_that_says_what_to_do_and_shows_none(
    secrets: Secrets, azure: Azure
) -> None:
    gone = replace(secrets, password="a-secret-of-yesterday")
    with pytest.raises(SourceError, match=ROLE) as failure:
        fetched(connector, SOURCE, MONTH, gone)
    assert "yesterday" not in text_of(failure.value)
    assert azure.count(RANGE) == 0 and azure.count(SIGN_IN) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_token_is_an_error_that_shows_none(secrets: Secrets, azure: Azure, status: int) -> None:
    azure.faults = [Fault(RANGE, status, b'{"error": {"code": "AuthorizationFailed"}}', times=9)]
    with pytest.raises(SourceError, match=rf"HTTP {status}.*{ROLE}") as failure:
        fetched(connector, SOURCE, MONTH, secrets)
    assert SECRET not in text_of(failure.value) and TOKEN not in text_of(failure.value)
    assert azure.count(REPORTS) == 0


@pytest.mark.parametrize(
    "change", [{"extra": {}}, {"password": ""}, {"extra": {"tenant_id": "no such/tenant"}}]
)
def test_a_connection_of_another_shape_is_an_error(secrets: Secrets, change: dict[str, object]) -> None:
    with pytest.raises(SourceError, match="tenant_id|client secret"):
        fetched(connector, SOURCE, MONTH, replace(secrets, **change))


def test_the_token_never_travels_without_tls(secrets: Secrets, azure: Azure) -> None:
    with pytest.raises(SourceError, match="https://"):
        fetched(connector, SOURCE, MONTH, replace(secrets, host="http://management.example"))
    assert azure.requests == []


def test_a_server_without_a_trusted_certificate_is_not_spoken_to(
    secrets: Secrets, azure: Azure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    with pytest.raises(SourceError):
        fetched(connector, SOURCE, MONTH, secrets)
    assert azure.requests == []

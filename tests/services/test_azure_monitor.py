"""A month of GPU energy over HTTP: every joule once, gaps as gaps, and what the service refuses is told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

import pytest

from connectors import _http, azure_monitor
from connectors.base import ParseError, Secrets, Source

from .fake_azure_monitor import DEPLOYMENT, TOKEN, WORKSPACE, AzureMonitor, Series, serve
from .reading import assert_whole, fetched, rows_of


def _at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{text}+00:00")


def _board(device: str, run: str, joules: float, start: str, end: str) -> Series:
    return Series({"InstanceId": "n1", "DeviceId": device, "runId": run}, joules, _at(start), _at(end))


# 18,000 J a minute are 300 W; one run crosses days, one the month's end; a board that idles is measured, too.
TRAIN = _board("0", "r1", 18_000.0, "2026-09-03T10:00", "2026-09-04T02:30")
ACROSS = _board("1", "r2", 12_000.0, "2026-09-30T23:00", "2026-10-01T01:00")
IDLE = _board("2", "r3", 0.0, "2026-09-05T00:00", "2026-09-05T01:00")
BLUE = Series({"instanceId": "i1"}, 60_000.0, _at("2026-09-10T00:00"), _at("2026-09-10T06:00"))
SOURCE = Source(
    "azure", "azure_monitor", ("ws", "blue"), {},
    {"ws": {"resource": WORKSPACE}, "blue": {"resource": f"{DEPLOYMENT}/", "days": 99}},
)  # fmt: skip


@pytest.fixture
def azure(monkeypatch: pytest.MonkeyPatch) -> Iterator[AzureMonitor]:
    """The fake, and no nap between attempts."""
    patient = {**(_http.request.__kwdefaults__ or {}), "sleep": lambda _: None}
    monkeypatch.setattr(_http.request, "__kwdefaults__", patient)
    with serve({WORKSPACE: [TRAIN, ACROSS, IDLE], DEPLOYMENT: [BLUE]}) as state:
        yield state


def test_the_months_energy_is_what_was_put_in_and_no_gap_is_a_zero(azure: AzureMonitor) -> None:
    azure.faults += [(429, {"Retry-After": "3"}), (503, {})]
    documents = fetched(azure_monitor.connector, SOURCE, "2026-09", Secrets(host=azure.url, password=TOKEN))
    assert_whole(documents)
    kwh: dict[tuple[str, str | None, str | None], float] = defaultdict(float)
    minutes: dict[str | None, int] = defaultdict(int)
    for row in rows_of(azure_monitor.connector, documents):
        kwh[row["instance_id"], row["device_id"], row["run_id"]] += row["energy_j"] / 3.6e6
        minutes[row["run_id"]] += 1
    # 16.5 h at 300 W, 1 h at 200 W, an hour of zeros, 6 h at 1 kW.
    assert kwh == pytest.approx(
        {("n1", "0", "r1"): 4.95, ("n1", "1", "r2"): 0.2, ("n1", "2", "r3"): 0.0, ("i1", None, None): 6.0}
    )
    assert minutes == {"r1": 990, "r2": 60, "r3": 60, None: 360}


def test_windows_cover_the_month_once_and_ask_for_every_series(azure: AzureMonitor) -> None:
    fetched(azure_monitor.connector, SOURCE, "2026-10", Secrets(host=azure.url, password=TOKEN))
    spans = [query["timespan"].split("/") for query in azure.asked]
    workspace, deployment = spans[:31], spans[31:]
    assert (workspace[0][0], workspace[-1][1]) == ("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z")
    assert [since for since, _ in workspace[1:]] == [until for _, until in workspace[:-1]]
    assert deployment == [
        ["2026-10-01T00:00:00Z", "2026-10-31T00:00:00Z"],
        ["2026-10-31T00:00:00Z", "2026-11-01T00:00:00Z"],
    ]
    assert {(q["aggregation"], q["$filter"], q["top"]) for q in azure.asked} == {
        ("Total", "InstanceId eq '*' and DeviceId eq '*' and runId eq '*'", "10000"),
        ("Average", "instanceId eq '*'", "10000"),
    }


def test_as_many_series_as_asked_for_may_be_too_few(azure: AzureMonitor) -> None:
    source = Source("azure", "azure_monitor", ("ws",), {"resource": WORKSPACE, "top": 1})
    documents = fetched(azure_monitor.connector, source, "2026-09", Secrets(host=azure.url, password=TOKEN))
    with pytest.raises(ParseError, match="raise options.top"):
        rows_of(azure_monitor.connector, documents)


def test_a_lasting_refusal_names_the_source_and_no_token(azure: AzureMonitor) -> None:
    with pytest.raises(
        _http.SourceError, match=r"azure \(ws, 2026-09-01\).*InvalidAuthenticationToken"
    ) as told:
        fetched(azure_monitor.connector, SOURCE, "2026-09", Secrets(host=azure.url, password="stale"))
    assert "stale" not in str(told.value)


def test_a_service_principal_asks_for_a_token_of_the_management_scope(
    azure: AzureMonitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entra ID itself cannot run here, and azure-identity refuses plain HTTP: its credential alone is stood in for."""
    given: list[tuple[str, ...]] = []

    class Credential:
        def __init__(self, *who: str) -> None:
            given.append(who)

        def get_token(self, *scopes: str) -> object:
            given.append(scopes)
            return type("Token", (), {"token": TOKEN})()

    monkeypatch.setattr("azure.identity.ClientSecretCredential", Credential)
    secrets = Secrets(host=azure.url, login="app", password="pw", extra={"tenant_id": "tenant"})
    fetched(azure_monitor.connector, SOURCE, "2026-09", secrets)
    assert given[0] == ("tenant", "app", "pw") and set(given[1:]) == {
        ("https://management.azure.com/.default",)
    }

"""The carbon calculator asked through OVHcloud's SDK: a task, a wait, a link, and every way they go wrong."""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterator

import pytest

from connectors import _patience, ovhcloud_carbon
from connectors._http import SourceError
from connectors.base import NotYetPublished, Secrets, Source
from footing.secrets import from_connection

from .fake_http import Fault, serving
from .fake_ovhcloud import ACCOUNT, APPLICATION_KEY, APPLICATION_SECRET, CONSUMER_KEY, CSV, ROWS, Ovhcloud
from .reading import assert_whole, fetched, rows_of

connector = ovhcloud_carbon.connector
SOURCE = Source("ovh", "ovhcloud_carbon", (ACCOUNT,))
MONTH = "2026-09"
POST, TASK, FILE = f"POST {CSV}", r"GET .*/carbonCalculator/task/", "GET /files/"


@pytest.fixture
def ovhcloud() -> Iterator[Ovhcloud]:
    with serving(Ovhcloud()) as fake:
        yield fake


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr(_patience.time, "sleep", slept.append)
    return slept


@pytest.fixture
def secrets(ovhcloud: Ovhcloud, naps: list[float], monkeypatch: pytest.MonkeyPatch) -> Secrets:
    extra = {"consumer_key": CONSUMER_KEY, "endpoint": f"{ovhcloud.url}/1.0"}
    connection = {
        "conn_type": "generic",
        "login": APPLICATION_KEY,
        "password": APPLICATION_SECRET,
        "extra": extra,
    }
    monkeypatch.setenv("AIRFLOW_CONN_OVHCLOUD", json.dumps(connection))
    return from_connection("ovhcloud")


def assert_the_month_came_whole(secrets: Secrets) -> None:
    documents = fetched(connector, SOURCE, MONTH, secrets)
    assert_whole(documents)
    rows = rows_of(connector, documents)
    assert [(row["service_type"], row["datacenter"], row["total_location_kg_co2e"]) for row in rows] == [
        ("BAREMETAL", "GRA", 27.5),
        ("PCI-COMPUTE", "RBX", 7.5),
    ]


def test_a_month_is_asked_waited_for_and_downloaded(
    secrets: Secrets, ovhcloud: Ovhcloud, naps: list[float]
) -> None:
    assert_the_month_came_whole(secrets)
    assert ovhcloud.asked_months == [("2026-09-01", "2026-09-01")]
    assert ovhcloud.count(TASK) == 3 and naps == [2.0, 4.0], "polled with growing waits"


def test_the_link_is_followed_without_keys(secrets: Secrets, ovhcloud: Ovhcloud) -> None:
    fetched(connector, SOURCE, MONTH, secrets)
    download = next(asked for asked in ovhcloud.requests if asked.path.startswith("/files/"))
    assert not [name for name in download.headers if name.lower().startswith(("x-ovh", "authorization"))]


def test_too_many_requests_are_waited_out_and_signed_anew(
    secrets: Secrets, ovhcloud: Ovhcloud, naps: list[float]
) -> None:
    ovhcloud.faults = [Fault(POST, 429, b'{"message": "slow down"}', {"Retry-After": "7"}, times=2)]
    assert_the_month_came_whole(secrets)
    assert ovhcloud.count(POST) == 3 and naps[:2] == [7.0, 7.0]


def test_server_errors_of_either_kind_are_asked_again(secrets: Secrets, ovhcloud: Ovhcloud) -> None:
    ovhcloud.faults = [
        Fault(TASK, 500, b'{"message": "Internal server error"}'),
        Fault(TASK, 502, b"<html>Bad Gateway</html>", nth=2),
        Fault(FILE, 503, b"busy"),
    ]
    assert_the_month_came_whole(secrets)
    assert ovhcloud.count(FILE) == 2


def test_a_truncated_answer_of_the_api_is_asked_again(secrets: Secrets, ovhcloud: Ovhcloud) -> None:
    ovhcloud.faults = [Fault(TASK, cut_body_at=20, nth=3)]
    assert_the_month_came_whole(secrets)
    assert ovhcloud.count(TASK) == 4


def test_an_interrupted_download_goes_on_where_it_broke(secrets: Secrets, ovhcloud: Ovhcloud) -> None:
    ovhcloud.rows = [ROWS[0].replace("ns1.", f"ns{n}.") for n in range(500)]
    ovhcloud.faults = [Fault(FILE, cut_body_at=20_000), Fault(FILE, cut_body_at=9_000, nth=2)]
    rows = rows_of(connector, fetched(connector, SOURCE, MONTH, secrets))
    assert [row["server_domain"] for row in rows] == [f"ns{n}.ip-10-0-0.eu" for n in range(500)]
    asked = [
        request.headers.get("Range") for request in ovhcloud.requests if request.path.startswith("/files/")
    ]
    assert asked == [None, "bytes=16384-", "bytes=24576-"]


def test_a_file_that_changed_meanwhile_comes_again_from_its_start(
    secrets: Secrets, ovhcloud: Ovhcloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    ovhcloud.rows = [ROWS[0].replace("ns1.", f"ns{n}.") for n in range(500)]
    ovhcloud.faults = [Fault(FILE, cut_body_at=20_000)]

    def changed(_: float) -> None:
        if ovhcloud.count(FILE):
            ovhcloud.etag, ovhcloud.rows = '"v2"', ovhcloud.rows[:1]

    monkeypatch.setattr(_patience.time, "sleep", changed)
    rows = rows_of(connector, fetched(connector, SOURCE, MONTH, secrets))
    assert len(rows) == 1
    assert any("Range" in request.headers for request in ovhcloud.requests)


def test_a_download_that_keeps_breaking_is_an_error_without_the_links_signature(
    secrets: Secrets, ovhcloud: Ovhcloud
) -> None:
    ovhcloud.faults = [Fault(FILE, cut_body_at=1, times=99)]
    with pytest.raises(SourceError, match="gave up after 5 attempts: the transfer broke off") as failure:
        fetched(connector, SOURCE, MONTH, secrets)
    assert "s3cr3t-link" not in "".join(traceback.format_exception(failure.value))


def test_withdrawn_keys_are_an_error_that_says_what_to_do_and_shows_none(
    secrets: Secrets, ovhcloud: Ovhcloud
) -> None:
    refused = b'{"errorCode": "INVALID_CREDENTIAL", "message": "This credential is not valid"}'
    ovhcloud.faults = [Fault(POST, 403, refused, times=99)]
    with pytest.raises(SourceError, match="not valid.*make a new one") as failure:
        fetched(connector, SOURCE, MONTH, secrets)
    told = "".join(traceback.format_exception(failure.value))
    assert ovhcloud.count(POST) == 1 and APPLICATION_SECRET not in told and CONSUMER_KEY not in told


def test_a_wrong_signature_is_refused(secrets: Secrets, ovhcloud: Ovhcloud) -> None:
    other = Secrets(login=APPLICATION_KEY, password="another-secret", extra=secrets.extra)
    with pytest.raises(SourceError, match="refuses the keys"):
        fetched(connector, SOURCE, MONTH, other)


def test_a_task_that_fails_is_an_error_with_its_name(secrets: Secrets, ovhcloud: Ovhcloud) -> None:
    ovhcloud.ending = "ERROR"
    with pytest.raises(SourceError, match="aa00000-ovh_202609 ended with 'ERROR'"):
        fetched(connector, SOURCE, MONTH, secrets)


def test_a_task_that_never_ends_is_given_up(secrets: Secrets, ovhcloud: Ovhcloud, naps: list[float]) -> None:
    ovhcloud.polls = 10_000
    with pytest.raises(SourceError, match="is not done after"):
        fetched(connector, SOURCE, MONTH, secrets)
    assert 600 <= sum(naps) < 700 and max(naps) == 60


def test_a_month_without_rows_is_not_published_yet(secrets: Secrets, ovhcloud: Ovhcloud) -> None:
    ovhcloud.rows = []
    with pytest.raises(NotYetPublished, match="no row"):
        fetched(connector, SOURCE, MONTH, secrets)


def test_a_month_that_runs_is_not_asked_for(secrets: Secrets, ovhcloud: Ovhcloud) -> None:
    with pytest.raises(NotYetPublished, match="has not ended"):
        fetched(connector, SOURCE, "2999-01", secrets)
    assert ovhcloud.requests == []


def test_one_connection_never_answers_for_two_accounts(secrets: Secrets) -> None:
    both = Source("ovh", "ovhcloud_carbon", (ACCOUNT, "bb11111-ovh"))
    with pytest.raises(SourceError, match="one source with its own connection per account"):
        fetched(connector, both, MONTH, secrets)


def test_keys_are_sent_over_tls_or_to_this_machine_alone(secrets: Secrets) -> None:
    plain = Secrets(
        login="k", password="s", extra={"consumer_key": "c", "endpoint": "http://api.example.org/1.0"}
    )
    with pytest.raises(SourceError, match="neither ovh-eu"):
        fetched(connector, SOURCE, MONTH, plain)


def test_the_same_month_gets_the_same_bytes(secrets: Secrets) -> None:
    first, second = (fetched(connector, SOURCE, MONTH, secrets) for _ in range(2))
    assert [d.data for d in first] == [d.data for d in second]

"""The Sustainability API asked through boto3 and an Airflow connection from a server that misbehaves on demand."""

from __future__ import annotations

import json
import math
import traceback
from collections.abc import Iterator

import pytest

from connectors import aws_sustainability
from connectors._http import SourceError
from connectors.base import NotYetPublished, Secrets, Source
from footing.secrets import from_connection

from .fake_aws import Sustainability, error
from .fake_http import Fault, serving
from .reading import assert_whole, fetched, rows_of

connector = aws_sustainability.connector
MONTH = "2026-09"
POST = "POST /v1/estimated-carbon-emissions"


def fault(status: int, code: str, **more: object) -> Fault:
    _, headers, body = error(status, code, "said by AWS")
    return Fault(POST, status, body, {**headers, "Retry-After": "1"}, **more)  # type: ignore[arg-type]


@pytest.fixture
def aws() -> Iterator[Sustainability]:
    with serving(Sustainability()) as fake:
        yield fake


@pytest.fixture
def secrets(aws: Sustainability, monkeypatch: pytest.MonkeyPatch) -> Secrets:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    connection = {
        "conn_type": "aws", "login": "AKIDEXAMPLE", "password": "not-a-real-key",
        "extra": {"region_name": "us-east-1", "endpoint_url": aws.url},
    }  # fmt: skip
    monkeypatch.setenv("AIRFLOW_CONN_AWS", json.dumps(connection))
    return from_connection("aws")


def source(request: str = "all") -> Source:
    return Source("aws", "aws_sustainability", (request,))


def assert_the_month_came_whole(secrets: Secrets, aws: Sustainability) -> None:
    documents = fetched(connector, source(), MONTH, secrets)
    assert_whole(documents)
    rows = rows_of(connector, documents)
    stated = math.fsum(
        result["EmissionsValues"]["TOTAL_LBM_CARBON_EMISSIONS"]["Value"] for result in aws.results
    )
    assert len(rows) == len(aws.results) > 1
    assert math.fsum(row["total_location_t_co2e"] for row in rows) == pytest.approx(stated, abs=1e-12)


def test_the_month_is_asked_once_per_page(secrets: Secrets, aws: Sustainability) -> None:
    assert_the_month_came_whole(secrets, aws)
    tokens = [question.get("NextToken") for question in aws.questions]
    assert tokens == [None, *(str(n) for n in range(1, len(aws.results)))]
    assert aws.questions[0]["Granularity"] == "MONTHLY" and "FilterBy" not in aws.questions[0]


def test_an_account_is_a_filter(secrets: Secrets, aws: Sustainability) -> None:
    fetched(connector, source("000011112222"), MONTH, secrets)
    assert aws.questions[0]["FilterBy"] == {"Dimensions": {"USAGE_ACCOUNT_ID": ["000011112222"]}}


@pytest.mark.parametrize(
    "faults",
    [
        [fault(429, "ThrottlingException", times=2)],
        [fault(500, "InternalServerException", nth=2)],
        [Fault(POST, 502, b"<html>Bad Gateway</html>")],
        [Fault(POST, cut_body_at=40, nth=2)],
    ],
    ids=["throttled", "internal error on page 2", "bad gateway", "truncated page 2"],
)
def test_what_passes_is_waited_out(secrets: Secrets, aws: Sustainability, faults: list[Fault]) -> None:
    aws.faults = faults
    assert_the_month_came_whole(secrets, aws)


def test_it_gives_up_in_the_end(secrets: Secrets, aws: Sustainability) -> None:
    aws.faults = [fault(429, "ThrottlingException", times=99)]
    with pytest.raises(SourceError, match="ThrottlingException"):
        fetched(connector, source(), MONTH, secrets)
    assert aws.count(POST) == 5


@pytest.mark.parametrize("code", ["ExpiredTokenException", "AccessDeniedException"])
def test_a_refusal_says_what_to_do_and_shows_no_secret(
    secrets: Secrets, aws: Sustainability, code: str
) -> None:
    aws.faults = [fault(403, code, times=99)]
    with pytest.raises(SourceError, match="renew|policy of docs/sources/aws.md") as failure:
        fetched(connector, source(), MONTH, secrets)
    assert secrets.password not in "".join(traceback.format_exception(failure.value))
    assert aws.count(POST) == 1


def test_an_empty_month_is_not_published_yet(secrets: Secrets, aws: Sustainability) -> None:
    aws.results = []
    with pytest.raises(NotYetPublished, match="no results for 2026-09 yet"):
        fetched(connector, source(), MONTH, secrets)
